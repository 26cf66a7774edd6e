package atm.driver.ssp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// One packet of SSP without its wrapping: the flag that tells a new packet from a repeated one,
/// the address, and the data, of which the first byte is a command or a generic response.
record SspPacket(boolean flag, int address, byte[] data) {
  static final int STX = 0x7F;
  static final int ADDRESS_MAX = 0x7D;
  static final int DATA_MAX = 0xFF;

  SspPacket {
    if (address < 0 || address > ADDRESS_MAX) {
      throw new IllegalArgumentException("address " + address + ", wanted 0 to " + ADDRESS_MAX);
    }
    if (data.length == 0 || data.length > DATA_MAX) {
      throw new IllegalArgumentException(data.length + " bytes of data, wanted 1 to " + DATA_MAX);
    }
    data = data.clone();
  }

  @Override
  public byte[] data() {
    return data.clone();
  }

  int sequenceAndAddress() {
    return (flag ? 0x80 : 0) | address;
  }

  /// As it goes over the wire: stuffed, with STX and check.
  byte[] encoded() {
    byte[] plain = new byte[data.length + 4];
    plain[0] = (byte) sequenceAndAddress();
    plain[1] = (byte) data.length;
    System.arraycopy(data, 0, plain, 2, data.length);
    int crc = Crc16.of(plain, 0, data.length + 2);
    plain[data.length + 2] = (byte) crc;
    plain[data.length + 3] = (byte) (crc >> 8);
    ByteArrayOutputStream wire = new ByteArrayOutputStream(plain.length + 8);
    wire.write(STX);
    for (byte b : plain) {
      wire.write(b);
      // A lone 7F would restart the receiver.
      if (b == STX) wire.write(STX);
    }
    return wire.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SspPacket that
        && flag == that.flag
        && address == that.address
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * sequenceAndAddress() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "packet %02X of %d bytes".formatted(sequenceAndAddress(), data.length);
  }
}
