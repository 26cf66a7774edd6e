package atm.driver.ssp;

/// The check of SSP: CRC-16, polynomial 8005, initial FFFF, most significant bit first.
final class Crc16 {
  private static final int POLYNOMIAL = 0x8005;

  private Crc16() {}

  static int of(byte[] bytes, int from, int to) {
    int crc = 0xFFFF;
    for (int i = from; i < to; i++) {
      crc ^= (bytes[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }
}
