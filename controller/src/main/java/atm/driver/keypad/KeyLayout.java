package atm.driver.keypad;

import atm.device.PinPad.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is printed on the keys of a matrix keypad, and what it means: protocol/gpio-keypad.md.
/// Settings: `layout`, rows with blanks between them and `.` where there is no key; and for keys of
/// a PIN pad what is printed on the one that means them, `cancel: D`.
///
/// @param printed a character for each key, row after row
/// @param meanings by what is printed
record KeyLayout(String printed, Map<Character, Key> meanings) {
  static final String LAYOUT = "layout";

  private static final String FOUR_BY_FOUR = "123A 456B 789C *0#D";
  private static final String FOUR_BY_THREE = "123 456 789 *0#";
  private static final char NO_KEY = '.';

  /// @param others settings that are not about keys
  static KeyLayout of(int rows, int columns, Map<String, String> settings, Set<String> others) {
    String usual = rows != 4 ? "" : columns == 4 ? FOUR_BY_FOUR : columns == 3 ? FOUR_BY_THREE : "";
    String layout = settings.getOrDefault(LAYOUT, usual).strip();
    if (layout.isEmpty()) {
      throw new IllegalArgumentException(
          "settings: lacks layout, which a keypad of " + rows + " × " + columns + " needs");
    }
    List<String> lines = List.of(layout.split("\\s+"));
    if (lines.size() != rows || lines.stream().anyMatch(line -> line.length() != columns)) {
      throw new IllegalArgumentException(
          "settings: layout is " + lines + ", wanted " + rows + " rows of " + columns + " keys");
    }
    String printed = String.join("", lines);
    Map<Character, Key> meanings = usual(printed);
    List<String> mistakes = new ArrayList<>();
    Set<Character> taken = new HashSet<>();
    settings.forEach(
        (word, character) -> {
          if (word.equals(LAYOUT) || others.contains(word)) return;
          Optional<Key> key = PadKeys.named(word);
          if (key.isEmpty()) {
            mistakes.add("settings: " + word + " is no key of a PIN pad");
          } else if (character.length() != 1 || printed.indexOf(character.charAt(0)) < 0) {
            mistakes.add("settings: " + word + ": \"" + character + "\" is not on the keypad");
          } else if (!taken.add(character.charAt(0))) {
            mistakes.add("settings: \"" + character + "\" means two keys");
          } else {
            meanings.values().removeIf(key.get()::equals);
            meanings.put(character.charAt(0), key.get());
          }
        });
    PadKeys.lack(Set.copyOf(meanings.values())).ifPresent(mistakes::add);
    if (!mistakes.isEmpty()) throw new IllegalArgumentException(String.join("; ", mistakes));
    return new KeyLayout(printed, Map.copyOf(meanings));
  }

  private static Map<Character, Key> usual(String printed) {
    Map<Character, Key> meanings = new HashMap<>();
    for (char character : printed.toCharArray()) {
      if (character == NO_KEY) continue;
      if (printed.indexOf(character) != printed.lastIndexOf(character)) {
        throw new IllegalArgumentException("settings: layout has \"" + character + "\" twice");
      }
      switch (character) {
        case '*' -> meanings.put(character, Key.CLEAR);
        case '#' -> meanings.put(character, Key.ENTER);
        case 'D' -> meanings.put(character, Key.CANCEL);
        default ->
            PadKeys.named(String.valueOf(character)).ifPresent(k -> meanings.put(character, k));
      }
    }
    return meanings;
  }

  Optional<Key> meaning(int key) {
    return Optional.ofNullable(meanings.get(printed.charAt(key)));
  }

  Set<Key> keys() {
    return Set.copyOf(meanings.values());
  }

  char printedOn(int key) {
    return printed.charAt(key);
  }
}
