package sim.mechanics;

import java.util.Arrays;
import java.util.Locale;

/// A key of the PIN pad or beside the screen. `A`–`D` are on the screen's right, `F`–`I` on its
/// left.
public enum Key {
  D0("0"),
  D1("1"),
  D2("2"),
  D3("3"),
  D4("4"),
  D5("5"),
  D6("6"),
  D7("7"),
  D8("8"),
  D9("9"),
  ENTER,
  CLEAR,
  CANCEL,
  BACKSPACE,
  A("A"),
  B("B"),
  C("C"),
  D("D"),
  F("F"),
  G("G"),
  H("H"),
  I("I");

  private final String word;

  Key(String word) {
    this.word = word;
  }

  Key() {
    this.word = name().toLowerCase(Locale.ROOT);
  }

  /// The key in the words of the back door: `0`–`9`, `enter`, `A`.
  public String word() {
    return word;
  }

  public boolean isDigit() {
    return ordinal() <= D9.ordinal();
  }

  /// The digit on the key, 0 to 9.
  public byte digit() {
    if (!isDigit()) {
      throw new IllegalStateException("the key " + word + " is no digit");
    }
    return (byte) ordinal();
  }

  public static Key of(String word) {
    return Arrays.stream(values())
        .filter(key -> key.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "key '" + word + "', wanted 0-9, enter, clear, cancel, backspace, A-D or F-I"));
  }
}
