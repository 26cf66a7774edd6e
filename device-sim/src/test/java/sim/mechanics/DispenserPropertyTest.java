package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random wires and random hands do what they like, and no note is ever in two places or none. The
/// seed is the parameter of the test: `-Dsim.seed=N` runs one alone.
class DispenserPropertyTest {
  private static final int ACTS = 120;

  private static final List<Cassette> CASSETTES =
      List.of(
          new Cassette("C1", Denomination.parse("10 EUR"), 60),
          new Cassette("C2", Denomination.parse("20 EUR"), 200),
          new Cassette("C3", Denomination.parse("20 EUR"), 30));

  @TempDir Path folder;
  @AutoClose Bench bench;
  private StateFile file;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    file = bench.file("cash-dispenser.json");
  }

  static LongStream seeds() {
    String one = System.getProperty("sim.seed");
    return one != null ? LongStream.of(Long.parseLong(one)) : new Random().longs(8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyNoteIsInExactlyOnePlace(long seed) {
    Random random = new Random(seed);
    SimCashDispenser dispenser = reopen(0);
    List<String> story = new ArrayList<>();
    dispenser.listen(event -> toldIsOnDisk(dispenser, event));
    for (int i = 0; i < ACTS; i++) {
      Future<?> running = bench.begin(() -> wire(dispenser, random, story));
      bench.run(() -> hand(dispenser, random, story));
      String end = "";
      try {
        bench.done(running);
      } catch (MechanicalFault | ImpossibleAct e) {
        end = e.getMessage();
      }
      story.add(end);
      String told = "seed " + seed + " after " + story;
      bench.run(() -> everythingAddsUp(dispenser, told));
      // Somebody kills the simulator, and it starts again.
      SimCashDispenser again = reopen(0);
      bench.run(() -> assertThat(seen(again)).as(told).isEqualTo(seen(dispenser)));
    }
  }

  private Future<Void> wire(SimCashDispenser dispenser, Random random, List<String> story) {
    int act = random.nextInt(12);
    Bin bin = random.nextBoolean() ? Bin.REJECT : Bin.RETRACT;
    story.add("wire " + act);
    return switch (act) {
      case 0, 1, 2, 3 -> dispenser.dispense(mix(random), "" + act).mapEmpty();
      case 4, 5, 6 -> dispenser.present().mapEmpty();
      case 7 -> dispenser.retract(bin).mapEmpty();
      case 8 -> dispenser.reject().mapEmpty();
      case 9, 10 -> dispenser.reset(bin).mapEmpty();
      default -> {
        dispenser.load("unit" + (1 + random.nextInt(5)), random.nextInt(3) * 40);
        yield Future.succeededFuture();
      }
    };
  }

  private static Map<String, Integer> mix(Random random) {
    Map<String, Integer> mix = new LinkedHashMap<>();
    mix.put("unit" + (1 + random.nextInt(3)), random.nextInt(8));
    mix.put("unit" + (1 + random.nextInt(3)), random.nextInt(8));
    return mix;
  }

  private static void hand(SimCashDispenser dispenser, Random random, List<String> story) {
    int act = random.nextInt(8);
    List<Faults.Kind> kinds = dispenser.faults().kinds();
    String kind = kinds.get(random.nextInt(kinds.size())).kind();
    story.add("hand " + act + " " + kind);
    try {
      switch (act) {
        case 0, 1 -> dispenser.take();
        case 2 -> dispenser.fault(kind, When.ONCE);
        case 3 -> dispenser.fault(kind, When.NOW);
        case 4 -> dispenser.fault(kind, When.atNote(1 + random.nextInt(6)));
        case 5 -> dispenser.powerCut();
        default ->
            List.copyOf(dispenser.faults().armed()).forEach(f -> dispenser.clearFault(f.kind()));
      }
    } catch (ImpossibleAct _) {
      // as on the real thing
    }
  }

  private void toldIsOnDisk(SimCashDispenser dispenser, DeviceEvent event) {
    boolean counts = event instanceof DeviceEvent.CountsChanged;
    if (counts || event instanceof DeviceEvent.NotesPresented) {
      SimCashDispenser again = new SimCashDispenser(bench.pace(0), file, CASSETTES);
      assertThat(places(again)).as("told by " + event).isEqualTo(places(dispenser));
    }
  }

  private void everythingAddsUp(SimCashDispenser dispenser, String told) {
    for (CashUnit unit : dispenser.units()) {
      UnitCounts counts = unit.counts();
      assertThat(unit.count())
          .as(unit + ", " + told)
          .isEqualTo(counts.initial() + counts.in().sum() - counts.out().sum())
          .isBetween(0, unit.capacity());
    }
    assertThat(places(dispenser).values().stream().mapToInt(Integer::intValue).sum())
        .as(told)
        .isEqualTo(dispenser.units().stream().mapToInt(CashUnit::loaded).sum());
    JsonObject saved = file.read().orElseThrow();
    List<Integer> ids = new ArrayList<>();
    NoteIds.parse(saved.getString("taken")).stream().forEach(ids::add);
    saved
        .getJsonObject("units")
        .forEach(
            unit ->
                NoteIds.parse(((JsonObject) unit.getValue()).getString("notes")).stream()
                    .forEach(ids::add));
    for (String place : List.of("stacker", "transportOut", "transportBack", "tray")) {
      JsonArray there = saved.getJsonArray(place);
      there.forEach(id -> ids.add((Integer) id));
    }
    assertThat(ids).as(told).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(ids))
        .as(told)
        .hasSize(dispenser.units().stream().mapToInt(CashUnit::loaded).sum());
  }

  private SimCashDispenser reopen(double speed) {
    return bench.now(() -> new SimCashDispenser(bench.pace(speed), file, CASSETTES));
  }

  /// Place and denomination to notes.
  private static Map<String, Integer> places(SimCashDispenser dispenser) {
    Map<String, Integer> places = new TreeMap<>();
    dispenser
        .units()
        .forEach(u -> u.contents().forEach((note, n) -> places.put(u.unit() + " " + note, n)));
    dispenser.taken().forEach((note, n) -> places.put("taken " + note, n));
    Stream.of(
            Map.entry("stacker ", dispenser.stacker()),
            Map.entry("tray ", dispenser.tray()),
            Map.entry("transport ", dispenser.transport()))
        .forEach(
            place ->
                place
                    .getValue()
                    .forEach(note -> places.merge(place.getKey() + note.note(), 1, Integer::sum)));
    return places;
  }

  private static List<Object> seen(SimCashDispenser dispenser) {
    return List.of(
        places(dispenser),
        dispenser.stacker(),
        dispenser.tray(),
        dispenser.transport(),
        dispenser.units().stream().map(CashUnit::counts).toList(),
        dispenser.presentStatus());
  }
}
