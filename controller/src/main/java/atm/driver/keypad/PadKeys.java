package atm.driver.keypad;

import atm.device.PinPad.Key;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words for the keys of a PIN pad in the settings of a keypad: `0` to `9`, `enter`, `clear`,
/// `backspace`, `cancel`, and `A` to `D`, `F` to `I` for the keys beside the screen.
final class PadKeys {
  private static final Map<String, Key> BY_WORD = new LinkedHashMap<>();

  static {
    for (Key key : Key.values()) {
      String word =
          key.isDigit()
              ? "" + key.digit()
              : key.isFdk() ? key.name() : key.name().toLowerCase(Locale.ROOT);
      BY_WORD.put(word, key);
    }
  }

  private PadKeys() {}

  /// Why nobody could log in with these alone; empty when they could. Cancel is on the screen too.
  static Optional<String> lack(Set<Key> keys) {
    Set<Key> wanted = EnumSet.range(Key.D0, Key.ENTER);
    wanted.removeAll(keys);
    return wanted.isEmpty()
        ? Optional.empty()
        : Optional.of("settings: there is no key for " + String.join(", ", words(wanted)));
  }

  private static List<String> words(Set<Key> keys) {
    return BY_WORD.entrySet().stream()
        .filter(entry -> keys.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  static Optional<Key> named(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
