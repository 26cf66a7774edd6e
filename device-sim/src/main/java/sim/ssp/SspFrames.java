package sim.ssp;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// Packets of SSP to and from the bytes of the wire. What is damaged is dropped in silence, as the
/// unit does.
final class SspFrames {
  /// A packet as it was received.
  ///
  /// @param head flag and address in one byte
  record Frame(int head, Buffer data) {
    boolean flag() {
      return (head & 0x80) != 0;
    }
  }

  private static final int STX = 0x7F;

  private final int address;
  private final Consumer<Frame> found;
  private final Buffer packet = Buffer.buffer(new byte[0xFF + 4]);
  private boolean open;
  private boolean escaped;
  private int length;

  SspFrames(int address, Consumer<Frame> found) {
    this.address = address;
    this.found = found;
  }

  void received(Buffer bytes) {
    for (int i = 0; i < bytes.length(); i++) received(bytes.getByte(i));
  }

  private void received(byte b) {
    boolean stx = b == STX;
    if (stx && !escaped) {
      escaped = true;
      return;
    }
    if (escaped && !stx) {
      // The STX before stood alone: a packet begins here, whatever came before.
      open = true;
      length = 0;
    }
    escaped = false;
    if (open) append(b);
  }

  private void append(byte b) {
    packet.setByte(length++, b);
    if (length < 2 || length < dataLength() + 4) return;
    open = false;
    int n = dataLength();
    int head = packet.getUnsignedByte(0);
    boolean sound = packet.getUnsignedShortLE(n + 2) == crc(packet.slice(0, n + 2));
    if (sound && n > 0 && (head & 0x7F) == address) {
      found.accept(new Frame(head, packet.getBuffer(2, n + 2)));
    }
  }

  private int dataLength() {
    return packet.getUnsignedByte(1);
  }

  /// The bytes of a packet on the wire.
  static Buffer encode(int head, Buffer data) {
    Buffer plain =
        Buffer.buffer()
            .appendUnsignedByte((short) head)
            .appendUnsignedByte((short) data.length())
            .appendBuffer(data);
    plain.appendUnsignedShortLE(crc(plain));
    Buffer wire = Buffer.buffer().appendByte((byte) STX);
    for (int i = 0; i < plain.length(); i++) {
      wire.appendByte(plain.getByte(i));
      if (plain.getByte(i) == STX) wire.appendByte((byte) STX);
    }
    return wire;
  }

  static int crc(Buffer bytes) {
    int crc = 0xFFFF;
    for (int i = 0; i < bytes.length(); i++) {
      crc ^= bytes.getUnsignedByte(i) << 8;
      for (int bit = 0; bit < 8; bit++) {
        boolean carry = (crc & 0x8000) != 0;
        crc = crc << 1 & 0xFFFF;
        if (carry) crc ^= 0x8005;
      }
    }
    return crc;
  }
}
