package atm.driver.swipe;

/// The characters of a US keyboard, as far as a stripe has them: protocol/usb-keys.md. Letters are
/// capital with and without shift, since a stripe has no others.
final class UsLayout {
  static final int ENTER = 28;
  static final int KEYPAD_ENTER = 96;

  private static final String PLAIN = " ".repeat(2) + "1234567890-=";
  private static final String SHIFTED = " ".repeat(2) + "!@#$%^&*()_+";

  /// Codes from 16 on; a blank is none.
  private static final String LETTERS = "QWERTYUIOP[]  ASDFGHJKL;'  \\ZXCVBNM,./";

  private static final String LETTERS_SHIFTED = "QWERTYUIOP    ASDFGHJKL:\"   ZXCVBNM<>?";

  private static final int FIRST_ROW = 2;
  private static final int FIRST_LETTER = 16;
  private static final int SPACE = 57;

  private UsLayout() {}

  static boolean isShift(int code) {
    return code == 42 || code == 54;
  }

  static boolean isEnter(int code) {
    return code == ENTER || code == KEYPAD_ENTER;
  }

  /// The character, as its ASCII code; 0 for a key that types none.
  static byte character(int code, boolean shift) {
    if (code == SPACE) return ' ';
    if (code >= FIRST_ROW && code < PLAIN.length()) {
      return (byte) (shift ? SHIFTED : PLAIN).charAt(code);
    }
    int index = code - FIRST_LETTER;
    if (index < 0 || index >= LETTERS.length()) return 0;
    char typed = (shift ? LETTERS_SHIFTED : LETTERS).charAt(index);
    return typed == ' ' ? 0 : (byte) typed;
  }
}
