package atm.host.embedded;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106) over PINs, with a secret that the database does not hold and the card's
/// hash as associated data, so that one card's verifier proves nothing about another. Slow on
/// purpose, so never on an event loop.
public final class PinVerifier {
  // OWASP's smallest set for Argon2id: 19 MiB, two passes, one lane. About 50 ms on a server, 200
  // on a Raspberry Pi, and within a controller's 64 MB heap. The strength is in the pepper: no
  // cost saves ten thousand possible PINs from whoever has both database and key.
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  static final int SALT_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final byte[] pepper;
  private final int memoryKib;

  public PinVerifier(byte[] pepper) {
    this(pepper, MEMORY_KIB);
  }

  /// For who plays visits by the thousand, and has no PIN worth the work.
  PinVerifier(byte[] pepper, int memoryKib) {
    this.pepper = pepper.clone();
    this.memoryKib = memoryKib;
  }

  public byte[] newSalt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  public byte[] hash(byte[] pin, byte[] salt, byte[] cardHash) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withSecret(pepper)
            .withAdditional(cardHash)
            .withMemoryAsKB(memoryKib)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .build();
    return hash(pin, parameters);
  }

  static byte[] hash(byte[] password, Argon2Parameters parameters) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(parameters);
    byte[] hash = new byte[HASH_BYTES];
    argon2.generateBytes(password, hash);
    return hash;
  }

  /// Whether this is the PIN. Takes as long when it is not.
  public boolean matches(byte[] pin, byte[] salt, byte[] cardHash, byte[] verifier) {
    byte[] hash = hash(pin, salt, cardHash);
    try {
      return MessageDigest.isEqual(hash, verifier);
    } finally {
      Arrays.fill(hash, (byte) 0);
    }
  }
}
