package atm.driver.lcdm;

import atm.link.frame.Bcc;
import atm.link.frame.FrameShape;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The frames of both models. Ours: EOT, ID, STX, command, digits, ETX, BCC; the device's begin
/// with SOH. No frame tells its length, the command does.
final class LcdmFrames implements FrameShape {
  static final byte PURGE = 0x44;
  static final byte DISPENSE_UPPER = 0x45;
  static final byte STATUS = 0x46;
  static final byte ROM_VERSION = 0x47;
  static final byte DISPENSE_LOWER = 0x55;
  static final byte DISPENSE_BOTH = 0x56;

  private static final byte[] HEAD = {0x01, 0x50, 0x02};
  private static final byte ETX = 0x03;
  private static final Map<Byte, Integer> REPLY_LENGTH =
      Map.of(
          PURGE, 7,
          DISPENSE_UPPER, 14,
          STATUS, 10,
          ROM_VERSION, 14,
          DISPENSE_LOWER, 14,
          DISPENSE_BOTH, 21);

  static Buffer command(byte command) {
    return command(command, "");
  }

  static Buffer command(byte command, String digits) {
    return Bcc.append(
        Buffer.buffer(new byte[] {0x04, 0x50, 0x02, command})
            .appendBytes(digits.getBytes(StandardCharsets.US_ASCII))
            .appendByte(ETX));
  }

  static byte commandOf(Buffer frame) {
    return frame.getByte(HEAD.length);
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
    return commandOf(command) == commandOf(reply);
  }
}
