package atm.link;

/// Types what a swipe reader types, at a keyboard of the US layout that is played.
public final class PlayedSwipe {
  private static final int ENTER = 28;
  private static final int LEFT_SHIFT = 42;
  private static final String PLAIN = "  1234567890-=  QWERTYUIOP[]  ASDFGHJKL;'  \\ZXCVBNM,./";
  private static final String SHIFTED = "  !@#$%^&*()_+  QWERTYUIOP    ASDFGHJKL:    ZXCVBNM<>?";

  private PlayedSwipe() {}

  public static void type(PlayedKeyboard keyboard, String characters) {
    for (char c : characters.toCharArray()) {
      boolean shift = PLAIN.indexOf(c) < 2 || Character.isLetter(c);
      if (shift) keyboard.press(LEFT_SHIFT);
      keyboard.types(shift ? SHIFTED.indexOf(c) : PLAIN.indexOf(c));
      if (shift) keyboard.release(LEFT_SHIFT);
    }
  }

  public static void enter(PlayedKeyboard keyboard) {
    keyboard.types(ENTER);
  }
}
