package atm.host.embedded;

import atm.value.PinBlock;
import java.util.Arrays;

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
    byte[] panField = packed("0000" + pan.substring(end - 12, end));
    byte[] field = Crypto.xor(block, panField);
    try {
      // Format 0 is filled with F alone; format 3 with random A to F.
      return digits(field, format, 16, format == 0 ? 0xF : 0xA, 0xF);
    } finally {
      Arrays.fill(field, (byte) 0);
      Arrays.fill(block, (byte) 0);
    }
  }

  /// Format 4, clause 9.4.2: the PIN field is encrypted, XORed with the PAN field, and encrypted
  /// again, with AES.
  private static byte[] decodeFormat4(byte[] encrypted, byte[] key, String pan) {
    byte[] intermediate = Crypto.aesDecrypt(key, encrypted);
    byte[] pinField = Crypto.aesDecrypt(key, Crypto.xor(intermediate, panField4(pan)));
    try {
      return decodePinField4(pinField);
    } finally {
      Arrays.fill(pinField, (byte) 0);
    }
  }

  static byte[] decodePinField4(byte[] pinField) {
    return digits(pinField, 4, 16, 0xA, 0xA);
  }

  /// How many digits beyond twelve, the digits, zeros; a shorter PAN is filled from the left.
  static byte[] panField4(String pan) {
    String twelve = "0".repeat(Math.max(0, 12 - pan.length())) + pan;
    String nibbles = (twelve.length() - 12) + twelve;
    return packed(nibbles + "0".repeat(32 - nibbles.length()));
  }

  /// Reads control, length, that many digits, and fill up to nibble `end`.
  private static byte[] digits(byte[] field, int control, int end, int fillMin, int fillMax) {
    if (nibble(field, 0) != control) throw refused("control is not " + control);
    int length = nibble(field, 1);
    if (length < 4 || length > 12) throw refused("its length is not 4 to 12");
    byte[] digits = new byte[length];
    for (int i = 0; i < length; i++) {
      int digit = nibble(field, 2 + i);
      if (digit > 9) {
        Arrays.fill(digits, (byte) 0);
        throw refused("a digit is none");
      }
      digits[i] = (byte) ('0' + digit);
    }
    for (int i = 2 + length; i < end; i++) {
      if (nibble(field, i) < fillMin || nibble(field, i) > fillMax) {
        Arrays.fill(digits, (byte) 0);
        throw refused("its fill is wrong");
      }
    }
    return digits;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("PIN block cannot be read: " + why);
  }

  private static int nibble(byte[] field, int index) {
    int both = field[index / 2] & 0xFF;
    return index % 2 == 0 ? both >> 4 : both & 0xF;
  }

  private static byte[] packed(String digits) {
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((digits.charAt(2 * i) - '0') << 4 | (digits.charAt(2 * i + 1) - '0'));
    }
    return bytes;
  }
}
