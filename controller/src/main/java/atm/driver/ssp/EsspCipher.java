package atm.driver.ssp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// The encryption of eSSP under one key: AES-128-ECB of length, count, data, packing and a check.
/// The count makes each sealed packet the only one of its kind, so that a packet heard before is
/// worth nothing.
final class EsspCipher {
  static final int STEX = 0x7E;

  /// Fixed by the maker's guide; a unit can be given another one.
  static final long DEFAULT_FIXED_KEY = 0x0123456701234567L;

  private static final int BLOCK = 16;
  private static final int HEAD = 5;
  private static final int CHECK = 2;

  private final SecretKeySpec key;
  private final SecureRandom random;
  private int count;

  /// @param key 16 bytes: the fixed half, then the negotiated one, each little endian
  EsspCipher(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  static byte[] key(long fixed, long negotiated) {
    return ByteBuffer.allocate(BLOCK)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(fixed)
        .putLong(negotiated)
        .array();
  }

  /// The data of a packet that carries `data`; its reply must open with the next count.
  byte[] seal(byte[] data) {
    byte[] plain = new byte[blocks(HEAD + data.length + CHECK)];
    random.nextBytes(plain);
    ByteBuffer.wrap(plain)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) data.length)
        .putInt(count)
        .put(data);
    int crc = Crc16.of(plain, 0, plain.length - CHECK);
    plain[plain.length - 2] = (byte) crc;
    plain[plain.length - 1] = (byte) (crc >> 8);
    byte[] sealed = aes(Cipher.ENCRYPT_MODE, plain);
    byte[] packet = new byte[sealed.length + 1];
    packet[0] = STEX;
    System.arraycopy(sealed, 0, packet, 1, sealed.length);
    count++;
    return packet;
  }

  /// The data inside, or nothing where it was not sealed under this key as the next answer.
  Optional<byte[]> open(byte[] packet) {
    if (!isSealed(packet)) return Optional.empty();
    byte[] plain = aes(Cipher.DECRYPT_MODE, Arrays.copyOfRange(packet, 1, packet.length));
    int end = plain.length - CHECK;
    int crc = plain[end] & 0xFF | (plain[end + 1] & 0xFF) << 8;
    int length = plain[0] & 0xFF;
    int seen = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
    if (crc != Crc16.of(plain, 0, end) || length == 0 || HEAD + length > end || seen != count) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOfRange(plain, HEAD, HEAD + length));
  }

  static boolean isSealed(byte[] packet) {
    return packet.length > BLOCK && packet.length % BLOCK == 1 && packet[0] == STEX;
  }

  private byte[] aes(int mode, byte[] bytes) {
    try {
      // The protocol wants ECB; the count and the packing keep blocks from repeating.
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(mode, key);
      return aes.doFinal(bytes);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("AES of whole blocks", never);
    }
  }

  private static int blocks(int length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }
}
