package atm.driver.zt598;

import atm.device.PinPad.Key;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What the key bytes of the default scan table mean. Which function key is beside which line of
/// the screen is up to who built the machine. Without a key here: `00`, point, and Backspace, which
/// the unit does not have.
final class PadKeys {
  static final Set<Key> KEYS = EnumSet.complementOf(EnumSet.of(Key.BACKSPACE));

  static final int MASKED_DIGIT = 0x2A;

  /// Timeout, or cancel by the unit.
  static final int ENDED_BY_UNIT = 0x80;

  static final String FUNCTION_KEYS = "ABCDFGHI";

  private static final int ENTER = 0x0D;
  private static final int CANCEL = 0x1B;
  private static final int CLEAR = 0x08;
  private static final int FIRST_FUNCTION = 0x41;

  private final String functionKeys;

  /// @param functionKeys which key 41 to 48 are, in their order
  PadKeys(String functionKeys) {
    this.functionKeys = functionKeys;
  }

  static boolean isDigit(int code) {
    return code >= '0' && code <= '9';
  }

  /// Whether the sheet knows the byte as a key's.
  static boolean isKnown(int code) {
    return isDigit(code)
        || code >= FIRST_FUNCTION && code < FIRST_FUNCTION + FUNCTION_KEYS.length()
        || switch (code) {
          case ENTER, CANCEL, CLEAR, MASKED_DIGIT, ENDED_BY_UNIT, 0x22, 0x23, 0x2E -> true;
          default -> false;
        };
  }

  Optional<Key> of(int code) {
    if (isDigit(code)) return Optional.of(Key.values()[code - '0']);
    int function = code - FIRST_FUNCTION;
    if (function >= 0 && function < functionKeys.length()) {
      return Optional.of(Key.valueOf(functionKeys.substring(function, function + 1)));
    }
    return switch (code) {
      case ENTER -> Optional.of(Key.ENTER);
      case CANCEL -> Optional.of(Key.CANCEL);
      case CLEAR -> Optional.of(Key.CLEAR);
      default -> Optional.empty();
    };
  }
}
