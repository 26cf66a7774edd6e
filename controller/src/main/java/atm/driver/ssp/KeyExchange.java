package atm.driver.ssp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// Our side of the Diffie-Hellman exchange of eSSP: 64-bit unsigned numbers, little endian.
final class KeyExchange {
  /// Larger than needed for primes, smaller than what any firmware could read as negative.
  private static final int BITS = 62;

  private final BigInteger generator;
  private final BigInteger modulus;
  private final BigInteger secret;

  /// New primes and a new secret.
  static KeyExchange fresh(SecureRandom random) {
    BigInteger one = BigInteger.probablePrime(BITS, random);
    BigInteger other = BigInteger.probablePrime(BITS, random);
    while (one.equals(other)) other = BigInteger.probablePrime(BITS, random);
    // The guide wants the generator larger than the modulus.
    BigInteger secret = new BigInteger(BITS, random).max(BigInteger.TWO);
    return new KeyExchange(one.max(other), one.min(other), secret);
  }

  KeyExchange(BigInteger generator, BigInteger modulus, BigInteger secret) {
    this.generator = generator;
    this.modulus = modulus;
    this.secret = secret;
  }

  byte[] generatorBytes() {
    return bytes(generator);
  }

  byte[] modulusBytes() {
    return bytes(modulus);
  }

  /// What the device gets.
  byte[] ours() {
    return bytes(generator.modPow(secret, modulus));
  }

  /// The negotiated half of the key, from what the device gave.
  long agreed(byte[] theirs) {
    return number(theirs).modPow(secret, modulus).longValue();
  }

  private static BigInteger number(byte[] littleEndian) {
    long bits = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new BigInteger(Long.toUnsignedString(bits));
  }

  private static byte[] bytes(BigInteger number) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(number.longValue())
        .array();
  }
}
