package atm.driver.pcsc;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/// Commands to a chip and its answers. What T=0 makes of an answer is put together again here: 61xx
/// is fetched, 6Cxx asked anew. Blocks.
final class Chip {
  static final int GOOD = 0x9000;
  static final int CARD_BLOCKED = 0x6A81;
  static final int NO_SUCH_RECORD = 0x6A83;

  /// An answer is 256 bytes at the most, and comes in fewer pieces than this; a chip that always
  /// has more to say must not keep us.
  private static final int PIECES_MAX = 16;

  /// @param status SW1 SW2
  record Answer(int status, byte[] data) {
    boolean isGood() {
      return status == GOOD;
    }

    @Override
    public String toString() {
      return "status word %04X".formatted(status);
    }
  }

  private final CardChannel channel;

  Chip(CardChannel channel) {
    this.channel = channel;
  }

  Answer select(byte[] name) throws CardException {
    return ask(
        Buffer.buffer(HexFormat.of().parseHex("00A40400"))
            .appendByte((byte) name.length)
            .appendBytes(name)
            .appendByte((byte) 0));
  }

  /// @param data that the card has asked for
  Answer processingOptions(byte[] data) throws CardException {
    return ask(
        Buffer.buffer(HexFormat.of().parseHex("80A80000"))
            .appendByte((byte) (data.length + 2))
            .appendByte((byte) 0x83)
            .appendByte((byte) data.length)
            .appendBytes(data)
            .appendByte((byte) 0));
  }

  Answer record(int file, int number) throws CardException {
    return ask(
        Buffer.buffer(new byte[] {0, (byte) 0xB2, (byte) number, (byte) (file << 3 | 4), 0}));
  }

  private Answer ask(Buffer command) throws CardException {
    byte[] asked = command.getBytes();
    Buffer data = Buffer.buffer();
    for (int pieces = 0; pieces < PIECES_MAX; pieces++) {
      ResponseAPDU answer = channel.transmit(new CommandAPDU(asked));
      data.appendBytes(answer.getData());
      switch (answer.getSW1()) {
        case 0x61 -> asked = new byte[] {0, (byte) 0xC0, 0, 0, (byte) answer.getSW2()};
        case 0x6C -> {
          asked = Arrays.copyOf(asked, asked.length);
          asked[asked.length - 1] = (byte) answer.getSW2();
        }
        default -> {
          return new Answer(answer.getSW(), data.getBytes());
        }
      }
    }
    throw new CardException("the chip has more to say " + PIECES_MAX + " times");
  }
}
