package atm.driver.crt310;

import atm.link.ByteMask;
import atm.link.frame.Bcc;
import atm.link.frame.FrameShape;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/// Frames, the same in both directions: STX, length of what follows in two bytes, command and
/// parameter, data, ETX, BCC. A refusal has `N` in the place of the command.
final class Crt310Frames implements FrameShape {
  static final byte REFUSED = 0x4E;

  /// Data of a reply begins here.
  static final int DATA = 5;

  private static final byte STX = 0x02;
  private static final byte ETX = 0x03;

  /// Command, parameter and 264 bytes of data.
  private static final int LENGTH_MAX = 266;

  /// STX and length before, ETX and BCC after.
  private static final int AROUND = 5;

  static Buffer command(int command, int parameter, int... data) {
    Buffer bytes = Buffer.buffer();
    for (int b : data) bytes.appendByte((byte) b);
    return command(command, parameter, bytes);
  }

  static Buffer command(int command, int parameter, Buffer data) {
    return Bcc.append(
        Buffer.buffer()
            .appendByte(STX)
            .appendUnsignedShort(2 + data.length())
            .appendByte((byte) command)
            .appendByte((byte) parameter)
            .appendBuffer(data)
            .appendByte(ETX));
  }

  static boolean isRefusal(Buffer reply) {
    return reply.getByte(3) == REFUSED && reply.getUnsignedShort(1) == 3;
  }

  @Override
  public int length(Buffer bytes, int from) {
    if (bytes.getByte(from) != STX) return NO_FRAME;
    if (bytes.length() < from + 3) return TOO_SHORT;
    int length = bytes.getUnsignedShort(from + 1);
    return length < 2 || length > LENGTH_MAX ? NO_FRAME : length + AROUND;
  }

  @Override
  public String wrong(Buffer frame) {
    byte end = frame.getByte(frame.length() - 2);
    return end == ETX ? Bcc.wrong(frame) : "%02X where ETX should be".formatted(end);
  }

  @Override
  public boolean answers(Buffer command, Buffer reply) {
    if (isRefusal(reply)) return reply.getByte(4) == command.getByte(3);
    return reply.getByte(3) == command.getByte(3) && reply.getByte(4) == command.getByte(4);
  }

  /// Hides what a track reading or a chip brings: the data of frames of commands 45 and 37, and
  /// their check bytes, which would give a digit away. A frame that was cut or damaged can leave a
  /// rest of such data where no frame is, or under another command: so it shows of what is outside
  /// of frames only what the sheet has there, and of other commands no more than they have.
  static final class TrackMask implements ByteMask {
    private static final byte TRACKS = 0x45;
    private static final byte CHIP = 0x37;
    private static final byte RESET = 0x30;

    /// Command, parameter and 13 characters of version.
    private static final int RESET_LENGTH = 15;

    /// The longest of the others that this driver gets is the status.
    private static final int OTHERS_MAX = 5;

    /// EOT, ENQ, ACK, NAK.
    private static final Set<Byte> CONTROLS = Set.of((byte) 4, (byte) 5, (byte) 6, (byte) 0x15);

    private int index;
    private int length;
    /// Where what is secret begins in this frame; 0 where nothing is.
    private int secret;

    @Override
    public boolean hides(byte next) {
      if (index == 0 && next != STX) return !CONTROLS.contains(next);
      int at = index++;
      if (at == 1) length = (next & 0xFF) << 8;
      if (at == 2) {
        length |= next & 0xFF;
        if (length < 2 || length > LENGTH_MAX) index = 0;
      }
      if (at == 3) {
        // Mode and tracks before one, status and length before the other.
        secret = secretFrom(next);
      }
      boolean hidden = secret > 0 && at >= secret && at != length + AROUND - 2;
      if (at == length + AROUND - 1 && at > 3) {
        index = 0;
        secret = 0;
      }
      return hidden;
    }

    private int secretFrom(byte command) {
      return switch (command) {
        case TRACKS -> DATA + 2;
        case CHIP -> DATA + 3;
        case RESET -> length <= RESET_LENGTH ? 0 : DATA;
        default -> length <= OTHERS_MAX ? 0 : DATA;
      };
    }
  }
}
