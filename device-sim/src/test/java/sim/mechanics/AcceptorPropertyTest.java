package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random wires and random hands do what they like, and what was put in is always somewhere, once.
/// The seed is the parameter of the test: `-Dsim.seed=N` runs one alone.
class AcceptorPropertyTest {
  private static final int ACTS = 150;
  private static final List<String> PAPERS =
      List.of("10 EUR", "20 EUR", "20 EUR", "20 EUR torn", "10 EUR counterfeit", "foreign");

  @TempDir Path folder;
  @AutoClose Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  static LongStream seeds() {
    String one = System.getProperty("sim.seed");
    return one != null ? LongStream.of(Long.parseLong(one)) : new Random().longs(8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatWasPutInIsSomewhereOnce(long seed) {
    Random random = new Random(seed);
    SimCashAcceptor acceptor = reopen();
    List<String> story = new ArrayList<>();
    for (int i = 0; i < ACTS; i++) {
      Future<?> running = bench.begin(() -> wire(acceptor, random, story));
      bench.run(() -> hand(acceptor, random, story));
      bench.run(acceptor::cancelCashIn);
      bench.done(running.transform(_ -> Future.succeededFuture()));
      bench.run(() -> everythingIsSomewhere(acceptor, story));
      if (random.nextInt(10) == 0) {
        SimCashAcceptor found = reopen();
        bench.run(() -> everythingIsSomewhere(found, story));
        assertThat(found.inserted()).as("%s", story).isEqualTo(acceptor.inserted());
      }
    }
  }

  private SimCashAcceptor reopen() {
    return bench.now(
        () ->
            new SimCashAcceptor(
                bench.pace(0),
                bench.file("cash-acceptor.json"),
                List.of(Denomination.parse("10 EUR"), Denomination.parse("20 EUR")),
                List.of(new DepositBin("D1", 20), new DepositBin("D2", 15))));
  }

  private static Future<?> wire(SimCashAcceptor acceptor, Random random, List<String> story) {
    int act = random.nextInt(8);
    story.add("wire " + act);
    return switch (act) {
      case 0 -> acceptor.begin();
      case 1 -> acceptor.store();
      case 2 -> acceptor.rollback();
      case 3 -> acceptor.retract();
      case 4 -> acceptor.reset();
      default -> acceptor.cashIn(() -> putIn(acceptor, random, story), _ -> {});
    };
  }

  private static void putIn(SimCashAcceptor acceptor, Random random, List<String> story) {
    if (random.nextInt(6) == 0) return;
    List<Paper> bunch = new ArrayList<>();
    for (int n = random.nextInt(6); n >= 0; n--) {
      bunch.add(Paper.parse(PAPERS.get(random.nextInt(PAPERS.size()))));
    }
    story.add("in " + bunch);
    acceptor.insert(bunch);
  }

  private static void hand(SimCashAcceptor acceptor, Random random, List<String> story) {
    String fault =
        acceptor.faults().kinds().get(random.nextInt(acceptor.faults().kinds().size())).kind();
    int act = random.nextInt(7);
    story.add("hand " + act + " " + fault);
    try {
      switch (act) {
        case 0, 1 -> acceptor.take();
        case 2 -> acceptor.fault(fault, random.nextBoolean() ? When.ONCE : When.NOW);
        case 3, 4 -> acceptor.clearFault(fault);
        case 5 -> acceptor.empty(random.nextBoolean() ? "D1" : "RETRACT");
        default -> acceptor.powerCut();
      }
    } catch (ImpossibleAct no) {
      story.add("no");
    }
  }

  private static void everythingIsSomewhere(SimCashAcceptor acceptor, List<String> story) {
    Map<Paper, Integer> found = new TreeMap<>();
    for (Collection<Banknote> place :
        List.of(acceptor.escrow(), acceptor.slotNotes(), acceptor.transport())) {
      place.forEach(note -> found.merge(note.paper(), 1, Integer::sum));
    }
    acceptor.units().forEach(unit -> add(found, unit.contents()));
    add(found, acceptor.returned());
    add(found, acceptor.refused());
    add(found, acceptor.emptied());
    assertThat(found).as("%s", story).isEqualTo(acceptor.inserted());
  }

  private static void add(Map<Paper, Integer> to, Map<Paper, Integer> counts) {
    counts.forEach((paper, n) -> to.merge(paper, n, Integer::sum));
  }
}
