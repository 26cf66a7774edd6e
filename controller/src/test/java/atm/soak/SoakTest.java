package atm.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// `./atm soak` under JUnit: runs where `-Dsoak.sessions` says how many visits, `-Dsoak.seed` from
/// which. Forty take some ten seconds of a processor.
@EnabledIfSystemProperty(named = "soak.sessions", matches = "\\d+")
class SoakTest {
  @Test
  void afterEachVisitBooksBoxesAndPocketsAgree() throws Exception {
    int sessions = Integer.getInteger("soak.sessions");
    Soak soak = new Soak(Path.of("../devices.yaml"), Long.getLong("soak.seed", 1), sessions);

    soak.run(
        () -> {},
        failed -> {
          throw new AssertionError(failed.getMessage(), failed);
        });

    assertThat(soak.figures().sessions).isEqualTo(sessions);
    // A soak in which nothing happens proves nothing.
    assertThat(soak.figures().ends).containsKey("withdrawal.DONE");
  }
}
