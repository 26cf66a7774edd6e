package atm.driver.zt598;

import atm.link.ByteMask;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/// Frames, the same in both directions: STX, the length of the text in three digits, the text, ETX,
/// and in two hex digits the XOR of all between. What comes outside of frames is keys.
final class PadFrames {
  static final byte STX = 0x02;
  static final byte ETX = 0x03;

  /// STX and length before, ETX and check behind.
  static final int AROUND = 7;

  /// The text begins here.
  static final int TEXT = 4;

  private static final int TEXT_MAX = 999;

  private PadFrames() {}

  /// @param text of characters 00 to FF
  static Buffer frame(String text) {
    if (text.isEmpty() || text.length() > TEXT_MAX) {
      throw new IllegalArgumentException("a text of " + text.length() + " characters");
    }
    Buffer frame =
        Buffer.buffer()
            .appendByte(STX)
            .appendString("%03d".formatted(text.length()))
            .appendBytes(text.getBytes(StandardCharsets.ISO_8859_1))
            .appendByte(ETX);
    return frame.appendString("%02X".formatted(check(frame, frame.length())));
  }

  /// How long the frame is whose first four bytes these are; 0 where they begin none.
  static int length(Buffer begun) {
    int text = 0;
    for (int i = 1; i < TEXT; i++) {
      int digit = begun.getByte(i) - '0';
      if (digit < 0 || digit > 9) return 0;
      text = 10 * text + digit;
    }
    return text == 0 ? 0 : text + AROUND;
  }

  /// What is wrong with a frame of the right length; empty where nothing is.
  static String wrong(Buffer frame) {
    int end = frame.length() - 3;
    if (frame.getByte(end) != ETX) {
      return "%02X where ETX should be".formatted(frame.getByte(end));
    }
    String seen = frame.getString(end + 1, frame.length(), StandardCharsets.ISO_8859_1.name());
    String wanted = "%02X".formatted(check(frame, end + 1));
    // What it is not would give away a byte of what is hidden.
    return seen.equalsIgnoreCase(wanted) ? "" : "a wrong check";
  }

  static String text(Buffer frame) {
    return frame.getString(TEXT, frame.length() - 3, StandardCharsets.ISO_8859_1.name());
  }

  private static int check(Buffer frame, int to) {
    int check = 0;
    for (int i = 1; i < to; i++) check ^= frame.getByte(i) & 0xFF;
    return check;
  }

  /// Hides digits that are typed, and of a frame all behind its first character and the check,
  /// but of controls and of the unit's information: keys, numbers, PIN blocks. A frame that was
  /// cut or damaged can leave a rest of those where keys are told, so of what can be written
  /// there only the masked digit is shown.
  static final class SecretMask implements ByteMask {
    private static final int CONTROL = 0x35;

    /// `5`, the parameter, its value in two digits.
    private static final int CONTROL_MAX = 4;

    /// RTN and the information of a ZT588.
    private static final int INFORMATION = 1 + PadReply.INFORMATION;

    private int index;
    private int length;
    private boolean secret;

    @Override
    public boolean hides(byte next) {
      if (index == 0 && next != STX) return next >= ' ' && next != PadKeys.MASKED_DIGIT;
      int at = index++;
      if (at == 0) {
        length = 0;
        secret = false;
      } else if (at < TEXT) {
        if (next < '0' || next > '9') {
          index = next == STX ? 1 : 0;
          length = 0;
          return false;
        }
        length = 10 * length + next - '0';
        if (at == TEXT - 1 && length == 0) index = 0;
      } else if (at == TEXT) {
        boolean control = next == CONTROL && length <= CONTROL_MAX;
        secret = !control && length != INFORMATION && length > 1;
      }
      boolean hidden = secret && at > TEXT && at != TEXT + length;
      if (at == length + AROUND - 1 && at > TEXT) index = 0;
      return hidden;
    }
  }
}
