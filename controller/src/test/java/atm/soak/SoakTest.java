package atm.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// `./atm soak` under JUnit, two hundred visits: `-Dsoak.sessions=` others, `-Dsoak.seed=` from
/// another seed. A failure says its seed, and the one command that plays it again.
class SoakTest {
  private static final int SESSIONS = Integer.getInteger("soak.sessions", 200);
  private static final int MACHINES = Runtime.getRuntime().availableProcessors();
  private static final long SEED = Long.getLong("soak.seed", 9070);

  @Test
  void afterEachVisitBooksBoxesAndPocketsAgree() throws Exception {
    Soak soak = new Soak(Path.of("../devices.yaml"), SEED, SESSIONS, MACHINES);
    List<Soak.Failed> failures = new ArrayList<>();

    soak.run(
        _ -> {},
        failed -> {
          failures.add(failed);
          soak.stop();
        });

    for (Soak.Failed first : failures) throw new AssertionError(first.getMessage(), first);

    Soak.Figures figures = soak.figures();
    assertThat(figures.sessions).isEqualTo(SESSIONS);
    // A soak in which nothing happens proves nothing.
    assertThat(happened(figures.ends)).containsKeys("withdrawal.DONE", "deposit.STORED");
    if (SESSIONS < 200) return;
    assertThat(happened(figures.ends)).containsKeys("withdrawal.REVERSED", "withdrawal.RETRACTED");
    assertThat(happened(figures.faults))
        .containsKeys("wire power cut", "wire blackout", "power of controller at a write");
  }

  private static Map<String, Integer> happened(Map<String, Integer> figures) {
    Map<String, Integer> happened = new TreeMap<>(figures);
    happened.values().removeIf(count -> count == 0);
    return happened;
  }
}
