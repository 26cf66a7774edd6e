package atm.soak;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine that serves for months keeps nothing of those who were there: after ever more visits,
/// no class of ours has more instances than before.
class LeftBehindTest {
  private static final long SEED = 7000;

  /// Until each kind of thing has been made once.
  private static final int FIRST = 12;

  private static final int THEN = 24;

  @TempDir Path folder;

  @Test
  void visitsLeaveNothingBehind() throws Exception {
    Rig rig = new Rig(folder, Path.of("../devices.yaml"));
    try {
      serve(rig, 0, FIRST);
      Map<String, Long> before = alive();
      serve(rig, FIRST, FIRST + THEN);

      Map<String, Long> grown = new TreeMap<>(alive());
      grown.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
      grown.values().removeIf(more -> more < THEN / 2);
      assertThat(grown).as("one or more of each for every other of %d visits", THEN).isEmpty();
    } finally {
      rig.close();
    }
  }

  private static void serve(Rig rig, int first, int end) throws Exception {
    Pins pins = new Pins();
    Attendant attendant = new Attendant(rig);
    Auditor auditor = new Auditor(rig, pins, new TreeMap<>());
    auditor.events();
    for (int n = first; n < end; n++) {
      Plan plan = Plan.of(SEED + n, rig.customers().size(), rig.welcome(pins)).untroubled();
      rig.newRecord();
      rig.note(plan.toString());
      Pockets before = rig.pockets();
      Visitor visitor = new Visitor(rig, plan, pins);
      visitor.visits();
      attendant.sees(before, auditor.events());
      auditor.audits(visitor, before);
    }
  }

  /// By class, once what nobody can reach any more is gone.
  private static Map<String, Long> alive() throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    // number: instances bytes class (module)
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(row -> row.length >= 4 && row[0].endsWith(":"))
        .filter(row -> row[3].startsWith("atm.") && !row[3].startsWith("atm.soak."))
        .collect(
            groupingBy(row -> row[3], TreeMap::new, summingLong(row -> Long.parseLong(row[1]))));
  }
}
