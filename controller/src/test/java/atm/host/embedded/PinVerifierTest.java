package atm.host.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PinVerifierTest {
  private static final byte[] PIN = "1234".getBytes(US_ASCII);
  private static final byte[] CARD = new byte[32];

  static Stream<Vectors> argon2() {
    return Vectors.of("pin.argon2id");
  }

  @ParameterizedTest
  @MethodSource("argon2")
  void argon2idAsPublished(Vectors v) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(v.text("saltUtf8").getBytes(US_ASCII))
            .withIterations(v.number("iterations"))
            .withMemoryAsKB(v.number("memoryKiB"))
            .withParallelism(v.number("parallelism"))
            .build();
    assertThat(PinVerifier.hash(v.text("passwordUtf8").getBytes(US_ASCII), parameters))
        .isEqualTo(v.bytes("hash"));
  }

  @Test
  void theRightPinMatchesOnItsCardAlone() {
    PinVerifier verifier = new PinVerifier(new byte[32]);
    byte[] salt = verifier.newSalt();
    byte[] hash = verifier.hash(PIN, salt, CARD);
    byte[] otherCard = CARD.clone();
    otherCard[0] = 1;

    assertThat(verifier.matches(PIN, salt, CARD, hash)).isTrue();
    assertThat(verifier.matches("1235".getBytes(US_ASCII), salt, CARD, hash)).isFalse();
    assertThat(verifier.matches(PIN, salt, otherCard, hash)).isFalse();
    assertThat(verifier.matches(PIN, verifier.newSalt(), CARD, hash)).isFalse();
  }

  @Test
  void withoutThePepperTheDatabaseProvesNothing() {
    PinVerifier verifier = new PinVerifier(new byte[32]);
    byte[] salt = verifier.newSalt();
    byte[] hash = verifier.hash(PIN, salt, CARD);
    byte[] otherPepper = new byte[32];
    otherPepper[31] = 1;

    assertThat(new PinVerifier(otherPepper).matches(PIN, salt, CARD, hash)).isFalse();
  }
}
