package sim.ssp;

import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// The unit's side of the encryption: it answers a key exchange, opens commands and seals replies.
/// A command is only opened when its count is the next one.
final class SspKey {
  private static final int STEX = 0x7E;

  private final long fixed;
  private final SecureRandom random;
  private BigInteger generator = BigInteger.ZERO;
  private BigInteger modulus = BigInteger.ZERO;
  private Optional<SecretKeySpec> key = Optional.empty();
  private int count;

  SspKey(long fixed, SecureRandom random) {
    this.fixed = fixed;
    this.random = random;
  }

  void forget() {
    generator = BigInteger.ZERO;
    modulus = BigInteger.ZERO;
    key = Optional.empty();
  }

  boolean isSet() {
    return key.isPresent();
  }

  boolean setGenerator(Buffer command) {
    if (command.length() != 9) return false;
    generator = number(command);
    return true;
  }

  boolean setModulus(Buffer command) {
    if (command.length() != 9) return false;
    modulus = number(command);
    return true;
  }

  /// What the host is to get, or nothing where the numbers do not make a key.
  Optional<Buffer> exchange(Buffer command) {
    boolean usable = modulus.signum() > 0 && generator.compareTo(modulus) > 0;
    if (command.length() != 9 || !usable) return Optional.empty();
    BigInteger secret = new BigInteger(60, random).add(BigInteger.ONE);
    long negotiated = number(command).modPow(secret, modulus).longValue();
    Buffer whole = Buffer.buffer().appendLongLE(fixed).appendLongLE(negotiated);
    key = Optional.of(new SecretKeySpec(whole.getBytes(), "AES"));
    count = 0;
    return Optional.of(Buffer.buffer().appendLongLE(generator.modPow(secret, modulus).longValue()));
  }

  static boolean isSealed(Buffer data) {
    return data.getUnsignedByte(0) == STEX && data.length() % 16 == 1 && data.length() > 16;
  }

  Optional<Buffer> open(Buffer data) {
    Buffer plain = aes(Cipher.DECRYPT_MODE, data.getBuffer(1, data.length()));
    int end = plain.length() - 2;
    int length = plain.getUnsignedByte(0);
    boolean sound =
        plain.getUnsignedShortLE(end) == SspFrames.crc(plain.slice(0, end))
            && length > 0
            && length + 5 <= end
            && plain.getIntLE(1) == count;
    if (!sound) return Optional.empty();
    count++;
    return Optional.of(plain.getBuffer(5, 5 + length));
  }

  Buffer seal(Buffer reply) {
    Buffer plain =
        Buffer.buffer()
            .appendUnsignedByte((short) reply.length())
            .appendIntLE(count)
            .appendBuffer(reply);
    while (plain.length() % 16 != 14) plain.appendByte((byte) random.nextInt(256));
    plain.appendUnsignedShortLE(SspFrames.crc(plain));
    return Buffer.buffer().appendByte((byte) STEX).appendBuffer(aes(Cipher.ENCRYPT_MODE, plain));
  }

  private Buffer aes(int mode, Buffer bytes) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(mode, key.orElseThrow());
      return Buffer.buffer(aes.doFinal(bytes.getBytes()));
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("AES of whole blocks", never);
    }
  }

  private static BigInteger number(Buffer command) {
    return new BigInteger(Long.toUnsignedString(command.getLongLE(1)));
  }
}
