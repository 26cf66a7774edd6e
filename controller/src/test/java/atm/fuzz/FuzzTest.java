package atm.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes make a value or the typed error that was promised, of every parser that reads from
/// outside. The short run is the same each time; `-Dfuzz.seed=` and `-Dfuzz.rounds=` go further,
/// and run a failure again.
class FuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 100);

  static Stream<String> targets() {
    return Targets.all().stream().map(Target::name);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void goodInputIsNoTrouble(String name) throws Exception {
    Target target = Targets.named(name);
    for (byte[] seed : Corpus.of(target)) target.read(seed);
  }

  @ParameterizedTest
  @MethodSource("targets")
  @Timeout(120)
  void anyBytesMakeAValueOrATypedError(String name) throws Exception {
    Target target = Targets.named(name);
    List<byte[]> seeds = Corpus.of(target);
    Random random = new Random(SEED);
    Mutator mutator = new Mutator(random);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = mutator.mutate(seeds, target.bytesMax());
      assertThatCode(() -> target.read(bytes))
          .as("seed %d, %d bytes: %s", SEED, bytes.length, HexFormat.of().formatHex(bytes))
          .doesNotThrowAnyException();
    }
  }
}
