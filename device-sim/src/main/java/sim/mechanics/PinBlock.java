package sim.mechanics;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// PIN blocks of ISO 9564-1: formats 0 and 3 under TDES, format 4 under AES. Takes the PIN as
/// digits 0 to 9 in bytes and leaves no copy of it behind.
final class PinBlock {
  private PinBlock() {}

  /// Format 0: the PIN field, filled with F, XOR the PAN field; then TDES.
  static byte[] iso0(byte[] pin, String customerData, byte[] key) {
    byte[] fill = new byte[14 - pin.length];
    Arrays.fill(fill, (byte) 0xF);
    return tdes(key, clear(0, pin, fill, customerData));
  }

  /// Format 3: as format 0, but filled with random digits A to F.
  static byte[] iso3(byte[] pin, String customerData, byte[] key, SecureRandom random) {
    byte[] fill = new byte[14 - pin.length];
    for (int i = 0; i < fill.length; i++) {
      fill[i] = (byte) (0xA + random.nextInt(6));
    }
    return tdes(key, clear(3, pin, fill, customerData));
  }

  /// Format 4: AES(AES(PIN field) XOR PAN field), where eight random bytes end the PIN field.
  static byte[] iso4(byte[] pin, String pan, byte[] key, SecureRandom random) {
    byte[] tail = new byte[8];
    random.nextBytes(tail);
    byte[] field = pinField4(pin, tail);
    byte[] once = aes(key, field);
    Arrays.fill(field, (byte) 0);
    return aes(key, xor(once, panField4(pan)));
  }

  /// The block of formats 0 and 3 before encipherment (ISO 9564-1, 9.3.2 and 9.3.5).
  static byte[] clear(int format, byte[] pin, byte[] fill, String customerData) {
    byte[] nibbles = new byte[16];
    nibbles[0] = (byte) format;
    nibbles[1] = (byte) pin.length;
    System.arraycopy(pin, 0, nibbles, 2, pin.length);
    System.arraycopy(fill, 0, nibbles, 2 + pin.length, fill.length);
    byte[] block = pack(nibbles);
    Arrays.fill(nibbles, (byte) 0);
    byte[] account = new byte[16];
    // The rightmost twelve digits, the check digit left out already by the caller (XFS).
    String rightmost = customerData.substring(Math.max(0, customerData.length() - 12));
    for (int i = 0; i < rightmost.length(); i++) {
      account[16 - rightmost.length() + i] = (byte) (rightmost.charAt(i) - '0');
    }
    return xor(block, pack(account));
  }

  /// ISO 9564-1, 9.4.2.2: control 4, length, PIN, fill A, and eight random bytes.
  static byte[] pinField4(byte[] pin, byte[] random) {
    byte[] nibbles = new byte[16];
    Arrays.fill(nibbles, (byte) 0xA);
    nibbles[0] = 4;
    nibbles[1] = (byte) pin.length;
    System.arraycopy(pin, 0, nibbles, 2, pin.length);
    byte[] field = Arrays.copyOf(pack(nibbles), 16);
    Arrays.fill(nibbles, (byte) 0);
    System.arraycopy(random, 0, field, 8, 8);
    return field;
  }

  /// ISO 9564-1, 9.4.2.3: how much longer than twelve, the PAN padded left to twelve, zeroes.
  static byte[] panField4(String pan) {
    byte[] nibbles = new byte[32];
    String padded = "0".repeat(Math.max(0, 12 - pan.length())) + pan;
    nibbles[0] = (byte) (padded.length() - 12);
    for (int i = 0; i < padded.length(); i++) {
      nibbles[1 + i] = (byte) (padded.charAt(i) - '0');
    }
    return pack(nibbles);
  }

  static byte[] tdes(byte[] key, byte[] block) {
    return encipher("DESede", triple(key), block, Cipher.ENCRYPT_MODE);
  }

  /// Double-length keys: K1, K2, K1.
  private static byte[] triple(byte[] key) {
    byte[] triple = Arrays.copyOf(key, 24);
    if (key.length == 16) {
      System.arraycopy(key, 0, triple, 16, 8);
    }
    return triple;
  }

  static byte[] tdesDecipher(byte[] key, byte[] blocks) {
    return encipher("DESede", triple(key), blocks, Cipher.DECRYPT_MODE);
  }

  static byte[] aes(byte[] key, byte[] blocks) {
    return encipher("AES", key, blocks, Cipher.ENCRYPT_MODE);
  }

  static byte[] aesDecipher(byte[] key, byte[] blocks) {
    return encipher("AES", key, blocks, Cipher.DECRYPT_MODE);
  }

  private static byte[] encipher(String algorithm, byte[] key, byte[] blocks, int mode) {
    try {
      Cipher cipher = Cipher.getInstance(algorithm + "/ECB/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, algorithm));
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " with " + key.length + " bytes of key", e);
    }
  }

  private static byte[] pack(byte[] nibbles) {
    byte[] bytes = new byte[nibbles.length / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (nibbles[2 * i] << 4 | nibbles[2 * i + 1]);
    }
    return bytes;
  }

  private static byte[] xor(byte[] one, byte[] other) {
    byte[] result = new byte[one.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (one[i] ^ other[i]);
    }
    return result;
  }
}
