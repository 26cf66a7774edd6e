package atm.driver.keypad;

import atm.device.PinPad.Key;
import atm.link.InputEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which key of a USB keypad means which key of a PIN pad: protocol/usb-keys.md. The settings of
/// the device change it, `cancel: kpslash esc` or `A: 59`: names of keys, or their codes.
final class KeyCodes {
  private static final Map<String, Integer> NAMES = new LinkedHashMap<>();
  private static final Map<Integer, Key> USUAL = new HashMap<>();

  static {
    int[] keypad = {82, 79, 80, 81, 75, 76, 77, 71, 72, 73};
    int[] row = {11, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    for (int digit = 0; digit <= 9; digit++) {
      Key key = Key.values()[digit];
      NAMES.put("kp" + digit, keypad[digit]);
      NAMES.put("numeric_" + digit, 512 + digit);
      USUAL.put(keypad[digit], key);
      USUAL.put(row[digit], key);
      USUAL.put(512 + digit, key);
    }
    usual("kpenter", 96, Key.ENTER);
    usual("enter", 28, Key.ENTER);
    usual("numeric_pound", 523, Key.ENTER);
    usual("kpminus", 74, Key.CLEAR);
    usual("numeric_star", 522, Key.CLEAR);
    usual("backspace", 14, Key.BACKSPACE);
    usual("kpslash", 98, Key.CANCEL);
    usual("esc", 1, Key.CANCEL);
    usual("cancel", 223, Key.CANCEL);
    NAMES.put("kpdot", 83);
    NAMES.put("kpplus", 78);
    NAMES.put("kpasterisk", 55);
    NAMES.put("tab", 15);
  }

  private static void usual(String name, int code, Key key) {
    NAMES.put(name, code);
    USUAL.put(code, key);
  }

  private final Map<Integer, Key> byCode;

  private KeyCodes(Map<Integer, Key> byCode) {
    this.byCode = byCode;
  }

  static KeyCodes of(Map<String, String> settings) {
    List<String> mistakes = new ArrayList<>();
    Map<Integer, Key> byCode = read(settings, mistakes);
    if (!mistakes.isEmpty()) throw new IllegalArgumentException(mistakes.getFirst());
    return new KeyCodes(byCode);
  }

  /// What is wrong with the settings, one sentence each.
  static List<String> mistakes(Map<String, String> settings) {
    List<String> mistakes = new ArrayList<>();
    read(settings, mistakes);
    return mistakes;
  }

  /// A key that is named takes the place of the usual ones for it.
  private static Map<Integer, Key> read(Map<String, String> settings, List<String> mistakes) {
    Map<Integer, Key> byCode = new HashMap<>(USUAL);
    Map<Integer, String> wordByCode = new HashMap<>();
    settings.keySet().forEach(w -> PadKeys.named(w).ifPresent(k -> drop(byCode, k)));
    settings.forEach(
        (word, names) -> {
          Optional<Key> key = PadKeys.named(word);
          if (key.isEmpty()) {
            mistakes.add("settings: " + word + " is no key of a PIN pad");
            return;
          }
          for (String name : names.strip().split("\\s+")) {
            Optional<Integer> code = code(name);
            if (code.isEmpty()) {
              mistakes.add(
                  "settings: "
                      + word
                      + ": \""
                      + name
                      + "\" is no key, wanted a code or one of "
                      + String.join(" ", NAMES.keySet()));
            } else if (wordByCode.putIfAbsent(code.get(), word) != null) {
              mistakes.add(
                  "settings: " + name + " is " + wordByCode.get(code.get()) + " and " + word);
            } else {
              byCode.put(code.get(), key.get());
            }
          }
        });
    PadKeys.lack(Set.copyOf(byCode.values())).ifPresent(mistakes::add);
    return byCode;
  }

  private static void drop(Map<Integer, Key> byCode, Key key) {
    byCode.values().removeIf(key::equals);
  }

  private static Optional<Integer> code(String name) {
    if (name.matches("\\d{1,3}") && Integer.parseInt(name) <= InputEvents.CODE_MAX) {
      return Optional.of(Integer.parseInt(name));
    }
    return Optional.ofNullable(NAMES.get(name));
  }

  /// What the key means; empty for NumLock and any other that means nothing.
  Optional<Key> meaning(int code) {
    return Optional.ofNullable(byCode.get(code));
  }

  Set<Key> keys() {
    return Set.copyOf(byCode.values());
  }
}
