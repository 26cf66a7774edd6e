package atm.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Plays one visit after the other, each by its own seed, and audits the machine after each. A new
/// machine comes every so often, so that an audit, which reads all of the books, stays cheap.
final class Soak {
  /// Visits with one machine. A fault is replayed from its machine's first visit.
  static final int GENERATION = 200;

  /// Figures of a run.
  static final class Figures {
    final Map<String, Integer> kinds = new TreeMap<>();
    final Map<String, Integer> faults = new TreeMap<>();
    final Map<String, Integer> ends = new TreeMap<>();
    int sessions;
    int counted;
    int failed;
    final long startedAt = System.nanoTime();

    double perSecond() {
      return sessions / Math.max(1e-9, (System.nanoTime() - startedAt) / 1e9);
    }
  }

  private final Path devices;
  private final long seed;
  private final int sessions;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Figures figures = new Figures();

  Soak(Path devices, long seed, int sessions) {
    this.devices = devices;
    this.seed = seed;
    this.sessions = sessions;
  }

  Figures figures() {
    return figures;
  }

  /// Ends after the visit that runs.
  void stop() {
    stopped.set(true);
  }

  /// @param after hears of each visit that went well
  /// @param failed hears of each that did not; a new machine serves those who come after it
  void run(Runnable after, Consumer<Failed> failed) throws Exception {
    int first = 0;
    while (first < sessions && !stopped.get()) {
      int end = Math.min(sessions, first + GENERATION);
      try {
        generation(first, end, after);
        first = end;
      } catch (Failed wrong) {
        figures.sessions++;
        figures.failed++;
        first += wrong.visits;
        failed.accept(wrong);
      }
    }
  }

  private void generation(int first, int end, Runnable after) throws Exception {
    Path folder = Files.createTempDirectory("atm-soak");
    Rig rig = new Rig(folder, devices);
    try {
      Attendant attendant = new Attendant(rig);
      Auditor auditor = new Auditor(rig, figures.ends);
      Pins pins = new Pins();
      for (int n = first; n < end && !stopped.get(); n++) {
        Plan plan = Plan.of(seed + n, rig.customers().size(), rig.welcome());
        rig.newRecord();
        rig.note(plan.toString());
        try {
          Pockets before = rig.pockets();
          Visitor visitor = new Visitor(rig, plan, pins);
          visitor.visits();
          boolean struck = rig.wire().disarm();
          boolean counted = attendant.sees(before, auditor.events());
          auditor.audits(visitor, before);
          note(plan, struck);
          if (counted) figures.counted++;
        } catch (Exception wrong) {
          throw new Failed(plan, seed + first, n - first + 1, rig, wrong);
        }
        after.run();
      }
    } finally {
      rig.close();
      delete(folder);
    }
  }

  private void note(Plan plan, boolean struck) {
    figures.sessions++;
    figures.kinds.merge(word(plan.kind()), 1, Integer::sum);
    plan.hands().ifPresent(h -> figures.faults.merge(h.device() + " " + h.kind(), 1, Integer::sum));
    if (plan.wire().isPresent() && struck) {
      figures.faults.merge("wire " + word(plan.wire().get().harm()), 1, Integer::sum);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }

  /// A visit after which something was wrong: how to see it again, and what went before.
  static final class Failed extends Exception {
    /// With this machine, the last of which failed.
    private final int visits;

    Failed(Plan plan, long first, int visits, Rig rig, Throwable wrong) {
      super(
          "%s%n%s%n%nAgain with: ./atm soak --seed %d --sessions %d%n%n  %s"
              .formatted(
                  plan,
                  wrong instanceof SoakFault ? wrong.getMessage() : "" + wrong,
                  first,
                  visits,
                  String.join("\n  ", rig.record())),
          wrong);
      this.visits = visits;
    }
  }
}
