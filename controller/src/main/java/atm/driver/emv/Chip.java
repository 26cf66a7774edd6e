package atm.driver.emv;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HexFormat;

/// Commands to a chip and its answers. What T=0 makes of an answer is put together again here: 61xx
/// is fetched, 6Cxx asked anew. Blocks.
public final class Chip {
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

  private final Contact contact;

  public Chip(Contact contact) {
    this.contact = contact;
  }

  Answer select(byte[] name) throws IOException {
    return ask(
        Buffer.buffer(HexFormat.of().parseHex("00A40400"))
            .appendByte((byte) name.length)
            .appendBytes(name)
            .appendByte((byte) 0));
  }

  /// @param data that the card has asked for
  Answer processingOptions(byte[] data) throws IOException {
    return ask(
        Buffer.buffer(HexFormat.of().parseHex("80A80000"))
            .appendByte((byte) (data.length + 2))
            .appendByte((byte) 0x83)
            .appendByte((byte) data.length)
            .appendBytes(data)
            .appendByte((byte) 0));
  }

  Answer record(int file, int number) throws IOException {
    return ask(
        Buffer.buffer(new byte[] {0, (byte) 0xB2, (byte) number, (byte) (file << 3 | 4), 0}));
  }

  private Answer ask(Buffer command) throws IOException {
    byte[] asked = command.getBytes();
    Buffer data = Buffer.buffer();
    for (int pieces = 0; pieces < PIECES_MAX; pieces++) {
      byte[] answer = contact.transmit(asked);
      int end = answer.length - 2;
      if (end < 0) throw new SilentChip("an answer of " + answer.length + " bytes");
      data.appendBytes(answer, 0, end);
      switch (answer[end]) {
        case 0x61 -> asked = new byte[] {0, (byte) 0xC0, 0, 0, answer[end + 1]};
        case 0x6C -> {
          asked = asked.clone();
          asked[asked.length - 1] = answer[end + 1];
        }
        default -> {
          return new Answer(Tlv.number(answer, end, end + 2), data.getBytes());
        }
      }
    }
    throw new SilentChip("the chip has more to say " + PIECES_MAX + " times");
  }
}
