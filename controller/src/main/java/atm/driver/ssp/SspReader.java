package atm.driver.ssp;

import java.util.Arrays;
import java.util.function.Consumer;

/// Finds packets in a stream of bytes. Whatever comes before a lone STX is noise and skipped; a
/// packet that was cut ends where the next one begins. Holds one packet, so no stream can fill it.
final class SspReader {
  /// Sequence, length, the longest data, check.
  private static final int PACKET_MAX = SspPacket.DATA_MAX + 4;

  private final Consumer<SspPacket> found;
  private final Consumer<String> damaged;
  private final byte[] packet = new byte[PACKET_MAX];
  private int length;
  private boolean inPacket;
  private boolean afterStx;

  /// @param damaged told in words of a packet whose check is wrong or that was cut
  SspReader(Consumer<SspPacket> found, Consumer<String> damaged) {
    this.found = found;
    this.damaged = damaged;
  }

  void read(byte[] bytes) {
    for (byte b : bytes) read(b);
  }

  private void read(byte b) {
    if (afterStx) {
      afterStx = false;
      if (b == SspPacket.STX) {
        // Twice is the byte itself, inside a packet; outside it is noise.
        if (inPacket) add(b);
      } else {
        begin();
        add(b);
      }
    } else if (b == SspPacket.STX) {
      afterStx = true;
    } else if (inPacket) {
      add(b);
    }
  }

  private void begin() {
    if (inPacket) damaged.accept("cut after " + length + " bytes");
    inPacket = true;
    length = 0;
  }

  private void add(byte b) {
    packet[length++] = b;
    if (length >= 2 && length == dataLength() + 4) end();
  }

  private void end() {
    inPacket = false;
    int data = dataLength();
    int wanted = Crc16.of(packet, 0, data + 2);
    int seen = packet[data + 2] & 0xFF | (packet[data + 3] & 0xFF) << 8;
    int address = packet[0] & 0x7F;
    if (seen != wanted) {
      damaged.accept("bad check %04X, wanted %04X".formatted(seen, wanted));
    } else if (data == 0 || address > SspPacket.ADDRESS_MAX) {
      damaged.accept("%d bytes of data from address %02X".formatted(data, address));
    } else {
      found.accept(
          new SspPacket((packet[0] & 0x80) != 0, address, Arrays.copyOfRange(packet, 2, data + 2)));
    }
  }

  private int dataLength() {
    return packet[1] & 0xFF;
  }
}
