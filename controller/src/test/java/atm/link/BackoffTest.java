package atm.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class BackoffTest {
  @RepeatedTest(20)
  void theFirstTryIsAtOnceAndLaterOnesComeSlowerUpToTheBound(RepetitionInfo seed) {
    Backoff backoff =
        new Backoff(
            new Random(seed.getCurrentRepetition()), Duration.ofMillis(250), Duration.ofSeconds(5));

    for (int round = 0; round < 2; round++) {
      assertThat(backoff.next()).isZero();
      for (long wanted : new long[] {250, 500, 1000, 2000, 4000, 5000, 5000}) {
        assertThat(backoff.next().toMillis())
            .isBetween(wanted - wanted / 4, Math.min(5000, wanted + wanted / 4));
      }
      backoff.reset();
    }
  }
}
