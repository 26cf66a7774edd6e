package atm.host.embedded;

import atm.value.PinBlock;
import java.util.Arrays;
import java.util.HexFormat;

/// Takes the PIN out of an ISO 9564-1 PIN block. What comes back is the digits as ASCII, for the
/// caller to fill with zeros. A block that is none is refused with a reason that says nothing of
/// the digits.
final class PinBlocks {
  private PinBlocks() {}

  static byte[] decode(PinBlock block, byte[] key, String pan) {
    return switch (block.format()) {
      case ISO_4 -> decodeFormat4(block.encrypted(), key, pan);
      case ISO_0 -> decodeClear(Crypto.tdesDecrypt(key, block.encrypted()), 0, pan);
      case ISO_3 -> decodeClear(Crypto.tdesDecrypt(key, block.encrypted()), 3, pan);
    };
  }

  /// Formats 0 and 3, clause 9.3.2 and 9.3.5: control, length, digits and fill, XOR the twelve
  /// rightmost digits of the PAN without its check digit.
  static byte[] decodeClear(byte[] block, int format, String pan) {
    if (pan.length() < 13) {
      throw new IllegalArgumentException("PIN block: a PAN of " + pan.length() + " digits");
    }
    int end = pan.length() - 1;
    byte[] panField = HexFormat.of().parseHex("0000" + pan.substring(end - 12, end));
    for (int i = 0; i < block.length; i++) block[i] ^= panField[i];
    // Format 0 is filled with F alone; format 3 with random A to F.
    return digits(block, format, format == 0 ? 0xF : 0xA, 0xF);
  }

  /// Format 4, clause 9.4.2: the PIN field is encrypted, XORed with the PAN field, and encrypted
  /// again, with AES.
  private static byte[] decodeFormat4(byte[] encrypted, byte[] key, String pan) {
    byte[] intermediate = Crypto.aesDecrypt(key, encrypted);
    return decodePinField4(Crypto.aesDecrypt(key, Crypto.xor(intermediate, panField4(pan))));
  }

  static byte[] decodePinField4(byte[] pinField) {
    return digits(pinField, 4, 0xA, 0xA);
  }

  /// How many digits beyond twelve, the digits, zeros; a shorter PAN is filled from the left.
  static byte[] panField4(String pan) {
    String twelve = "0".repeat(Math.max(0, 12 - pan.length())) + pan;
    String nibbles = (twelve.length() - 12) + twelve;
    return HexFormat.of().parseHex(nibbles + "0".repeat(32 - nibbles.length()));
  }

  /// Reads control, length, that many digits, and fill up to sixteen nibbles; then fills `field`
  /// with zeros.
  private static byte[] digits(byte[] field, int control, int fillMin, int fillMax) {
    try {
      if (nibble(field, 0) != control) throw refused("control is not " + control);
      int length = nibble(field, 1);
      if (length < 4 || length > 12) throw refused("its length is not 4 to 12");
      for (int i = 2; i < 2 + length; i++) {
        if (nibble(field, i) > 9) throw refused("a digit is none");
      }
      for (int i = 2 + length; i < 16; i++) {
        if (nibble(field, i) < fillMin || nibble(field, i) > fillMax) {
          throw refused("its fill is wrong");
        }
      }
      byte[] digits = new byte[length];
      for (int i = 0; i < length; i++) digits[i] = (byte) ('0' + nibble(field, 2 + i));
      return digits;
    } finally {
      Arrays.fill(field, (byte) 0);
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("PIN block cannot be read: " + why);
  }

  private static int nibble(byte[] field, int index) {
    int both = field[index / 2] & 0xFF;
    return index % 2 == 0 ? both >> 4 : both & 0xF;
  }
}
