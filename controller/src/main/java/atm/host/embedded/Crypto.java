package atm.host.embedded;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The few primitives the bank uses, with the exceptions that cannot happen taken out.
final class Crypto {
  private Crypto() {}

  static byte[] hmacSha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // ECB is right here and only here: PIN blocks and key components are single blocks, or chained
  // by the format itself.
  static byte[] aesEncrypt(byte[] key, byte[] blocks) {
    return ecb("AES", key, Cipher.ENCRYPT_MODE, blocks);
  }

  static byte[] aesDecrypt(byte[] key, byte[] blocks) {
    return ecb("AES", key, Cipher.DECRYPT_MODE, blocks);
  }

  /// Under a key of 16 bytes: the first eight serve again as the third.
  static byte[] tdesEncrypt(byte[] key, byte[] blocks) {
    return tdes(key, Cipher.ENCRYPT_MODE, blocks);
  }

  /// The same, back.
  static byte[] tdesDecrypt(byte[] key, byte[] blocks) {
    return tdes(key, Cipher.DECRYPT_MODE, blocks);
  }

  private static byte[] tdes(byte[] key, int mode, byte[] blocks) {
    byte[] three = Arrays.copyOf(key, 24);
    System.arraycopy(key, 0, three, 16, 8);
    try {
      return ecb("DESede", three, mode, blocks);
    } finally {
      Arrays.fill(three, (byte) 0);
    }
  }

  /// Check value of an AES key: the first three bytes of an encrypted block of zeros.
  static byte[] checkValue(byte[] aesKey) {
    return Arrays.copyOf(aesEncrypt(aesKey, new byte[16]), 3);
  }

  static byte[] xor(byte[] a, byte[] b) {
    byte[] result = new byte[a.length];
    for (int i = 0; i < a.length; i++) result[i] = (byte) (a[i] ^ b[i]);
    return result;
  }

  private static byte[] ecb(String algorithm, byte[] key, int mode, byte[] blocks) {
    try {
      Cipher cipher = Cipher.getInstance(algorithm + "/ECB/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, algorithm));
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          algorithm + ": key of " + key.length + " bytes, data of " + blocks.length, e);
    }
  }
}
