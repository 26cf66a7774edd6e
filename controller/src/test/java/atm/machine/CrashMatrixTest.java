package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The crash matrix: every durable step and every act of a cash device × killed before the sync,
/// after it, during the act × what the device may be found as. The controller is a process that
/// halts; the devices live on in this one. `CrashCheck` says what has to hold after the restart,
/// `CrashDesk` what after a person has counted.
///
/// Plays one case of each step: 26, some 75 seconds of an idle machine with two cores.
/// `-Dcrash.stride=1` plays all of them, `-Dcrash.stride=5` each fifth,
/// `-Dcrash.case=paid/withdrawal.stacked/synced/as_it_is` just one, or all that begin so;
/// `-Dcrash.lanes=` so many at a time, `-Dcrash.verbose=true` tells of each as it ends.
class CrashMatrixTest {
  private static final int LANES = Integer.getInteger("crash.lanes", 2);

  @TempDir Path folder;

  @Test
  void noCrashLosesMoney() throws Exception {
    List<CrashCase> cases = chosen();
    assertThat(cases).isNotEmpty();
    Path template = Files.createDirectory(folder.resolve("template"));
    CrashChild.Launch launch = CrashChild.Launch.in(folder);
    CrashRun.found(template, launch);

    Queue<CrashCase> waiting = new ConcurrentLinkedQueue<>(cases);
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    AtomicInteger played = new AtomicInteger();
    List<Thread> lanes = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(Thread.ofPlatform().start(() -> play(waiting, template, launch, failures, played)));
    }
    for (Thread lane : lanes) lane.join();

    assertThat(failures).as(played + " of " + CrashCase.all().size() + " cases played").isEmpty();
    assertThat(played).hasValue(cases.size());
  }

  private void play(
      Queue<CrashCase> waiting,
      Path template,
      CrashChild.Launch launch,
      Queue<String> failures,
      AtomicInteger played) {
    try (CrashRun run = new CrashRun(template, launch)) {
      for (CrashCase each; (each = waiting.poll()) != null; ) {
        int number = played.incrementAndGet();
        Path own = folder.resolve("case-" + number);
        long began = System.nanoTime();
        String end = "held";
        try {
          run.play(each, Files.createDirectory(own));
          delete(own);
        } catch (Throwable failed) {
          end = "FAILED";
          failures.add(
              "\n"
                  + each.name()
                  + ": "
                  + failed
                  + "\n  replay: mvn test -pl controller -am -Dtest=CrashMatrixTest"
                  + " -Dsurefire.failIfNoSpecifiedTests=false -Dcrash.case="
                  + each.name());
          if (Boolean.getBoolean("crash.verbose")) failed.printStackTrace(System.out);
        }
        if (Boolean.getBoolean("crash.verbose")) {
          long ms = (System.nanoTime() - began) / 1_000_000;
          System.out.println(number + " " + each.name() + " " + end + " " + ms + " ms");
        }
      }
    }
  }

  private static List<CrashCase> chosen() {
    List<CrashCase> all = CrashCase.all();
    String named = System.getProperty("crash.case", "");
    if (!named.isEmpty()) return all.stream().filter(c -> c.name().startsWith(named)).toList();
    int stride = Integer.getInteger("crash.stride", 0);
    if (stride > 0) {
      List<CrashCase> some = new ArrayList<>();
      for (int i = 0; i < all.size(); i += stride) some.add(all.get(i));
      // So that a run that is broken off has seen something of everything; the order never changes.
      Collections.shuffle(some, new Random(1));
      return some;
    }
    // One of each step; moments and answers take turns.
    Map<String, List<CrashCase>> bySteps = new LinkedHashMap<>();
    for (CrashCase each : all) {
      bySteps.computeIfAbsent(each.step(), _ -> new ArrayList<>()).add(each);
    }
    List<CrashCase> some = new ArrayList<>();
    for (List<CrashCase> step : bySteps.values()) {
      some.add(step.get(some.size() * 7 % step.size()));
    }
    return some;
  }

  @Test
  void noTwoCasesHaveOneNameAndThereAreEnough() {
    Map<String, Integer> names = new HashMap<>();
    CrashCase.all().forEach(each -> names.merge(each.name(), 1, Integer::sum));

    assertThat(names.values()).allMatch(count -> count == 1);
    assertThat(names).hasSizeGreaterThanOrEqualTo(700);
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) Files.delete(file);
    }
  }
}
