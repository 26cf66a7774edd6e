package atm.driver.xfs4iot;

import atm.device.PinPad.Key;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The keys in the words of Keyboard messages (§9.4). The four on the right of the screen are
/// `fdk01` to `fdk04` from above, the four on the left `fdk05` to `fdk08`.
final class KeyNames {
  private static final String[] WORDS = {
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "enter",
    "clear",
    "backspace",
    "cancel",
    "fdk01",
    "fdk02",
    "fdk03",
    "fdk04",
    "fdk05",
    "fdk06",
    "fdk07",
    "fdk08"
  };

  private static final Map<Key, String> NAMES = new EnumMap<>(Key.class);

  static {
    for (Key key : Key.values()) NAMES.put(key, WORDS[key.ordinal()]);
  }

  private KeyNames() {}

  static String of(Key key) {
    return NAMES.get(key);
  }

  static Optional<Key> named(String word) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(word))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
