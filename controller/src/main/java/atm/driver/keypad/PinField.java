package atm.driver.keypad;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Makes PIN blocks of ISO 9564-1 format 4. Whatever held a digit on the way is filled with zeros.
final class PinField {
  private static final int BLOCK = 16;
  static final int RANDOM_BYTES = 8;

  private PinField() {}

  /// Clause 9.4.2: the PIN field enciphered, XOR the PAN field, enciphered again.
  ///
  /// @param digits each a number of 0 to 9
  static byte[] encrypted(byte[] key, byte[] digits, String pan, byte[] random) {
    byte[] field = pinField(digits, random);
    byte[] once = aes(Cipher.ENCRYPT_MODE, key, field);
    Arrays.fill(field, (byte) 0);
    byte[] panField = panField(pan);
    for (int i = 0; i < BLOCK; i++) once[i] ^= panField[i];
    return aes(Cipher.ENCRYPT_MODE, key, once);
  }

  /// Control 4, length, digits, fill A; then random bytes.
  static byte[] pinField(byte[] digits, byte[] random) {
    byte[] field = new byte[BLOCK];
    Arrays.fill(field, 0, BLOCK - RANDOM_BYTES, (byte) 0xAA);
    setNibble(field, 0, 4);
    setNibble(field, 1, digits.length);
    for (int i = 0; i < digits.length; i++) setNibble(field, 2 + i, digits[i]);
    System.arraycopy(random, 0, field, BLOCK - RANDOM_BYTES, RANDOM_BYTES);
    return field;
  }

  /// How many digits beyond twelve, the digits, zeros; a shorter PAN is filled from the left.
  static byte[] panField(String pan) {
    String digits = "0".repeat(Math.max(0, 12 - pan.length())) + pan;
    byte[] field = new byte[BLOCK];
    setNibble(field, 0, digits.length() - 12);
    for (int i = 0; i < digits.length(); i++) setNibble(field, 1 + i, digits.charAt(i) - '0');
    return field;
  }

  /// ECB is right for single blocks, and for keys under the scheme of XFS4IoT's `decryptMethod`.
  static byte[] aes(int mode, byte[] key, byte[] blocks) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"));
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException wrong) {
      throw new IllegalArgumentException(
          "a key of " + key.length + " bytes, data of " + blocks.length, wrong);
    }
  }

  private static void setNibble(byte[] field, int index, int value) {
    int shift = index % 2 == 0 ? 4 : 0;
    field[index / 2] = (byte) (field[index / 2] & ~(0xF << shift) | value << shift);
  }
}
