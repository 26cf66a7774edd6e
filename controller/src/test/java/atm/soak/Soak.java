package atm.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Plays one visit after the other, each by its own seed, and audits the machine after each. A new
/// machine comes every so often, so that an audit, which reads all of the books, stays cheap. Some
/// machines serve beside one another: nothing of one reaches another.
final class Soak {
  /// Visits with one machine. A fault is replayed from its machine's first visit.
  static final int GENERATION = 100;

  /// Figures of a run; what can happen and did not is in them with zero.
  static final class Figures {
    final Map<String, Integer> kinds = new ConcurrentSkipListMap<>();
    final Map<String, Integer> faults = new ConcurrentSkipListMap<>();
    final Map<String, Integer> ends = new ConcurrentSkipListMap<>();

    {
      for (Plan.Kind kind : Plan.Kind.values()) kinds.put(word(kind), 0);
      Troubles.all().forEach(trouble -> faults.put(trouble, 0));
      Auditor.ENDS.forEach(end -> ends.put(end, 0));
    }

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
  private final int machines;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Figures figures = new Figures();

  /// @param machines at a time
  Soak(Path devices, long seed, int sessions, int machines) {
    this.devices = devices;
    this.seed = seed;
    this.sessions = sessions;
    this.machines = machines;
  }

  Figures figures() {
    return figures;
  }

  /// Ends after the visits that run.
  void stop() {
    stopped.set(true);
  }

  /// What is heard of the machines comes from one at a time.
  ///
  /// @param after hears of each visit that went well, step by step
  /// @param failed hears of each that did not; a new machine serves those who come after it
  void run(Consumer<List<String>> after, Consumer<Failed> failed) throws Exception {
    Callable<Void> lane =
        () -> {
          lane(after, failed);
          return null;
        };
    try (ExecutorService lanes = Executors.newFixedThreadPool(machines)) {
      for (Future<Void> each : lanes.invokeAll(Collections.nCopies(machines, lane))) each.get();
    }
  }

  private void lane(Consumer<List<String>> after, Consumer<Failed> failed) throws Exception {
    int first;
    while ((first = next.getAndAdd(GENERATION)) < sessions) {
      int end = Math.min(sessions, first + GENERATION);
      while (first < end && !stopped.get()) {
        try {
          generation(first, end, after);
          first = end;
        } catch (Failed wrong) {
          first += wrong.visits;
          synchronized (figures) {
            figures.sessions++;
            figures.failed++;
            failed.accept(wrong);
          }
        }
      }
    }
  }

  private void generation(int first, int end, Consumer<List<String>> after) throws Exception {
    Path folder = folder();
    Rig rig = new Rig(folder, devices);
    try {
      Attendant attendant = new Attendant(rig);
      Pins pins = new Pins();
      Auditor auditor = new Auditor(rig, pins, figures.ends);
      for (int n = first; n < end && !stopped.get(); n++) {
        Plan plan = Plan.of(seed + n, rig.customers().size(), rig.welcome(pins));
        rig.newRecord();
        rig.note(plan.toString());
        try {
          Pockets before = rig.pockets();
          Visitor visitor = new Visitor(rig, plan, pins);
          visitor.visits();
          boolean struck = rig.endsTroubles();
          boolean counted = attendant.sees(before, auditor.events());
          auditor.audits(visitor, before);
          synchronized (figures) {
            note(plan, visitor, struck, rig.power().atWrites());
            if (counted) figures.counted++;
            after.accept(rig.record());
          }
        } catch (Exception wrong) {
          auditor.notesJournal();
          throw new Failed(plan, seed + first, n - first + 1, rig, wrong);
        }
      }
    } finally {
      rig.close();
      delete(folder);
    }
  }

  /// In memory where there is such a place: what a disk loses with the power is played, and no sync
  /// is waited for.
  private static Path folder() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "atm-soak")
        : Files.createTempDirectory("atm-soak");
  }

  private void note(Plan plan, Visitor visitor, boolean struck, int atWrites) {
    figures.sessions++;
    figures.kinds.merge(word(plan.kind()), 1, Integer::sum);
    for (String trouble : plan.troubles().happened(visitor.mishaps(), struck, atWrites)) {
      figures.faults.merge(trouble, 1, Integer::sum);
    }
  }

  static String word(Enum<?> constant) {
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
