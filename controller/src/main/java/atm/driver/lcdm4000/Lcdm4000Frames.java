package atm.driver.lcdm4000;

import atm.link.frame.Bcc;
import atm.link.frame.FrameShape;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/// Frames: EOT (ours) or SOH (the device's), ID, STX, command, parameters, ETX, BCC. Small numbers
/// travel with 20 hex added.
final class Lcdm4000Frames implements FrameShape {
  static final byte STATUS = 0x50;
  static final byte PURGE = 0x51;
  static final byte DISPENSE = 0x52;
  static final byte LAST_STATUS = 0x55;

  static final int OFFSET = 0x20;
  static final int DATA = 4;
  static final int CASSETTES = 4;

  private static final byte[] HEAD = {0x01, 0x30, 0x02};
  private static final byte ETX = 0x03;
  private static final Map<Byte, Integer> REPLY_LENGTH =
      Map.of(STATUS, 24, PURGE, 20, DISPENSE, 29, LAST_STATUS, 21);

  static Buffer command(byte command, int... parameters) {
    Buffer frame = Buffer.buffer(new byte[] {0x04, 0x30, 0x02, command});
    for (int parameter : parameters) frame.appendByte((byte) parameter);
    return Bcc.append(frame.appendByte(ETX));
  }

  /// Without a timeout of its own: TO1, TO2 and the nine bytes after them are 20.
  static Buffer dispense(int[] notes) {
    int[] parameters = new int[15];
    java.util.Arrays.fill(parameters, OFFSET);
    for (int i = 0; i < CASSETTES; i++) parameters[i] += notes[i];
    return command(DISPENSE, parameters);
  }

  @Override
  public int length(Buffer bytes, int from) {
    for (int i = 0; i < HEAD.length; i++) {
      if (bytes.length() <= from + i) return TOO_SHORT;
      if (bytes.getByte(from + i) != HEAD[i]) return NO_FRAME;
    }
    if (bytes.length() <= from + HEAD.length) return TOO_SHORT;
    return REPLY_LENGTH.getOrDefault(bytes.getByte(from + HEAD.length), NO_FRAME);
  }

  @Override
  public String wrong(Buffer frame) {
    byte end = frame.getByte(frame.length() - 2);
    return end == ETX ? Bcc.wrong(frame) : "%02X where ETX should be".formatted(end);
  }

  @Override
  public boolean answers(Buffer command, Buffer reply) {
    return command.getByte(HEAD.length) == reply.getByte(HEAD.length);
  }
}
