package sim.xfs4iot;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sim.mechanics.Key;

/// The pad's keys in XFS4IoT's words (sheet, section 9.4): `A`–`D` are fdk01–fdk04 on the right of
/// the screen, `F`–`I` fdk05–fdk08 on its left. Stateless.
final class PadKeys {
  private static final Map<String, Key> BY_WORD = new TreeMap<>();

  private PadKeys() {}

  static {
    for (Key key : Key.values()) BY_WORD.put(word(key), key);
  }

  static String word(Key key) {
    return switch (key) {
      case D0 -> "zero";
      case D1 -> "one";
      case D2 -> "two";
      case D3 -> "three";
      case D4 -> "four";
      case D5 -> "five";
      case D6 -> "six";
      case D7 -> "seven";
      case D8 -> "eight";
      case D9 -> "nine";
      case ENTER -> "enter";
      case CLEAR -> "clear";
      case CANCEL -> "cancel";
      case BACKSPACE -> "backspace";
      case A -> "fdk01";
      case B -> "fdk02";
      case C -> "fdk03";
      case D -> "fdk04";
      case F -> "fdk05";
      case G -> "fdk06";
      case H -> "fdk07";
      case I -> "fdk08";
    };
  }

  /// The key of a word, if the pad has it.
  static Optional<Key> key(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  static boolean isFdk(Key key) {
    return word(key).startsWith("fdk");
  }

  /// What pressing the key does to an entry; `ends` when the key is one that ends it.
  static String completion(Key key, boolean ends) {
    if (isFdk(key)) return ends ? "fdk" : "contFdk";
    return switch (key) {
      case CLEAR -> "clear";
      case BACKSPACE -> "backspace";
      case ENTER, CANCEL -> ends ? word(key) : "continue";
      default -> "continue";
    };
  }
}
