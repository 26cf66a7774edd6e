package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.MechanicalFault.Kind;

class SimCashAcceptorTest {
  private static final Denomination TEN = Denomination.parse("10 EUR");
  private static final Denomination TWENTY = Denomination.parse("20 EUR");
  private static final List<DepositBin> BINS =
      List.of(new DepositBin("D1", 3), new DepositBin("D2", 300));

  @TempDir Path folder;
  @AutoClose Bench bench;
  private SimCashAcceptor acceptor;

  @BeforeEach
  void build() {
    bench = new Bench(folder);
    acceptor = open(0);
  }

  private SimCashAcceptor open(double speed) {
    return bench.now(
        () ->
            new SimCashAcceptor(
                bench.pace(speed), bench.file("cash-acceptor.json"), List.of(TEN, TWENTY), BINS));
  }

  @Test
  void aBunchIsSortedByWhatItsNotesAre() {
    begin();
    List<Refusal> refused = new ArrayList<>();
    TakenIn taken =
        insert(
            refused::add,
            "20 EUR",
            "10 EUR torn",
            "20 EUR counterfeit",
            "foreign",
            "500 EUR",
            "10 EUR");

    assertThat(taken.accepted()).isEqualTo(Map.of(TWENTY, 1, TEN, 1));
    assertThat(taken.suspect()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(refused).containsExactly(Refusal.INVALID, Refusal.FOREIGN, Refusal.FOREIGN);
    assertThat(words(acceptor.slotNotes())).containsExactly("10 EUR torn", "foreign", "500 EUR");
    assertThat(words(acceptor.escrow())).containsExactly("20 EUR", "10 EUR");
    assertThat(contents(AcceptorUnit.Role.SUSPECT)).isEqualTo(Map.of("20 EUR counterfeit", 1));
    assertThat(acceptor.shutter()).isEqualTo(SimCashAcceptor.Shutter.OPEN);
  }

  @Test
  void theNextBinTakesWhatTheFirstHasNoRoomFor() {
    begin();
    insert("20 EUR", "20 EUR", "10 EUR", "10 EUR");
    bench.await(acceptor::store);

    assertThat(acceptor.units()).extracting(AcceptorUnit::count).containsExactly(3, 1, 0, 0);
    assertThat(acceptor.units().getFirst().status()).isEqualTo(AcceptorUnit.Status.FULL);
    assertThat(acceptor.last().state()).isEqualTo(CashIn.State.OK);
  }

  @Test
  void whatHasNoRoomInTheBinsIsRefused() {
    bench.run(() -> acceptor.fault("bin-missing:D2", When.NOW));
    begin();
    List<Refusal> refused = new ArrayList<>();
    TakenIn taken = insert(refused::add, "10 EUR", "10 EUR", "10 EUR", "10 EUR");

    assertThat(taken.accepted()).isEqualTo(Map.of(TEN, 3));
    assertThat(refused).containsExactly(Refusal.BINS_FULL);
  }

  @Test
  void aFullSuspectBinGivesCounterfeitsBack() {
    begin();
    String[] false1 = new String[AcceptorStock.SUSPECT_CAPACITY];
    java.util.Arrays.fill(false1, "20 EUR counterfeit");
    insert(false1);
    List<Refusal> refused = new ArrayList<>();
    insert(refused::add, "20 EUR counterfeit");

    assertThat(refused).containsExactly(Refusal.COUNTERFEIT);
    assertThat(words(acceptor.slotNotes())).containsExactly("20 EUR counterfeit");
  }

  @Test
  void notesGoInOnlyWhileTheSlotIsOpen() {
    assertThatThrownBy(() -> hand("20 EUR")).isInstanceOf(ImpossibleAct.class);
    begin();
    assertThatThrownBy(() -> hand("20 EUR")).isInstanceOf(ImpossibleAct.class);
    assertThatThrownBy(() -> bench.run(acceptor::take)).isInstanceOf(ImpossibleAct.class);
    insert("20 EUR");
    assertThatThrownBy(() -> hand("20 EUR")).isInstanceOf(ImpossibleAct.class);
    assertThatThrownBy(() -> bench.run(() -> acceptor.empty("D1")))
        .isInstanceOf(ImpossibleAct.class);
    assertThatThrownBy(() -> bench.run(() -> acceptor.empty("D9")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCancelWhileTheSlotStillOpensIsNotForgotten() {
    begin();
    boolean[] opened = {false};
    Future<TakenIn> bunch =
        bench.begin(
            () -> {
              Future<TakenIn> end = acceptor.cashIn(() -> opened[0] = true, _ -> {});
              assertThat(acceptor.cancelCashIn()).isTrue();
              return end;
            });

    bench.fails(Kind.CANCELED, bunch);
    assertThat(opened[0]).isFalse();
    assertThat(acceptor.shutter()).isEqualTo(SimCashAcceptor.Shutter.CLOSED);
    assertThat(bench.now(acceptor::cancelCashIn)).isFalse();
    assertThat(insert("20 EUR").accepted()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void anEmptyEscrowEndsTheTransactionAllTheSame() {
    begin();
    bench.fails(Kind.NO_ITEMS, acceptor::store);
    assertThat(acceptor.last().state()).isEqualTo(CashIn.State.OK);
    begin();
    bench.fails(Kind.NO_ITEMS, acceptor::rollback);
    assertThat(acceptor.last().state()).isEqualTo(CashIn.State.ROLLBACK);
    bench.fails(Kind.NO_CASH_IN, acceptor::store);
  }

  @Test
  void aHeldJamIsNotResetAway() {
    begin();
    bench.run(() -> acceptor.fault("jam", When.NOW));
    Future<TakenIn> bunch = begin("20 EUR", "10 EUR");
    bench.fails(Kind.JAM, bunch);
    assertThat(words(acceptor.transport())).containsExactly("20 EUR");
    assertThat(words(acceptor.slotNotes())).containsExactly("10 EUR");
    assertThat(acceptor.last().refused()).isEqualTo(1);

    bench.fails(Kind.JAM, acceptor::reset);
    bench.fails(Kind.JAM, acceptor::retract);
    assertThat(acceptor.last().state()).isEqualTo(CashIn.State.ACTIVE);
    bench.run(() -> acceptor.clearFault("jam"));
    bench.await(acceptor::retract);
    assertThat(contents(AcceptorUnit.Role.RETRACT)).isEqualTo(Map.of("20 EUR", 1, "10 EUR", 1));
    assertThat(acceptor.last().state()).isEqualTo(CashIn.State.RETRACT);
  }

  @Test
  void withABrokenSensorNobodyKnowsWhatCameOut() {
    begin();
    insert("20 EUR");
    bench.run(() -> acceptor.fault("exit-sensor", When.NOW));
    bench.fails(Kind.SLOT_UNKNOWN, acceptor::rollback);

    assertThat(acceptor.slot()).isEqualTo(SimCashAcceptor.Slot.UNKNOWN);
    assertThat(acceptor.last().state()).isEqualTo(CashIn.State.UNKNOWN);
    bench.fails(Kind.SLOT_UNKNOWN, acceptor::retract);
    bench.run(acceptor::take);
    assertThat(sum(acceptor.returned())).isEqualTo(1);
  }

  /// At a real machine's pace, so that the power can go in the midst.
  @Test
  void whoLosesPowerWhileStoringKnowsThatItDoesNotKnow() {
    acceptor = open(500);
    begin();
    insert("20 EUR", "20 EUR", "10 EUR");
    Future<Void> storing = bench.begin(acceptor::store);
    bench.run(acceptor::powerCut);
    bench.fails(Kind.POWER_LOST, storing);

    assertThat(open(0).last().state()).isEqualTo(CashIn.State.UNKNOWN);
    assertThat(acceptor.last().accepted()).isEqualTo(Map.of(TWENTY, 2, TEN, 1));
  }

  @Test
  void whoLosesPowerWhileLookingAtABunchGivesBackWhatItHasNotSeen() {
    acceptor = open(100);
    begin();
    Future<TakenIn> bunch = begin("20 EUR", "20 EUR", "20 EUR");
    bench.run(acceptor::powerCut);
    bench.fails(Kind.POWER_LOST, bunch);
    SimCashAcceptor again = open(0);

    int inside = again.escrow().size() + again.transport().size();
    assertThat(again.slotNotes().size() + inside).isEqualTo(3);
    assertThat(again.last().refused()).isEqualTo(again.slotNotes().size());
    assertThat(again.shutter())
        .isEqualTo(
            again.slotNotes().isEmpty()
                ? SimCashAcceptor.Shutter.CLOSED
                : SimCashAcceptor.Shutter.OPEN);
  }

  @Test
  void itIsFoundAgainAsItWasLeft() {
    begin();
    insert("20 EUR", "20 EUR counterfeit", "foreign");
    SimCashAcceptor again = open(0);

    assertThat(again.escrow()).isEqualTo(acceptor.escrow());
    assertThat(again.slotNotes()).isEqualTo(acceptor.slotNotes());
    assertThat(again.last()).isEqualTo(acceptor.last());
    assertThat(again.units()).isEqualTo(acceptor.units());
    assertThat(again.inserted()).isEqualTo(acceptor.inserted());
  }

  @Test
  void aFileOfOtherBinsIsNotTakenForItsOwn() throws Exception {
    Path file = folder.resolve("cash-acceptor.json");
    Files.writeString(file, Files.readString(file).replace("\"D2\"", "\"D7\""));
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it has bins [D1, D7, SUSPECT, RETRACT]");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> open(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wordsThatNameNoPaperAreRefused() {
    for (String words : List.of("", "20", "20 EUR green", "torn", "20 XXY", "foreign torn")) {
      assertThatThrownBy(() -> Paper.parse(words))
          .as(words)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String words : List.of("20 EUR", "20 EUR torn", "20 EUR counterfeit", "foreign")) {
      assertThat(Paper.parse(words)).hasToString(words);
    }
  }

  private void begin() {
    bench.await(acceptor::begin);
  }

  private TakenIn insert(String... notes) {
    return insert(_ -> {}, notes);
  }

  private TakenIn insert(java.util.function.Consumer<Refusal> refused, String... notes) {
    return bench.done(begin(refused, notes));
  }

  private Future<TakenIn> begin(String... notes) {
    return begin(_ -> {}, notes);
  }

  /// Puts the bunch in at the moment the slot opens.
  private Future<TakenIn> begin(java.util.function.Consumer<Refusal> refused, String... notes) {
    List<Paper> bunch = Stream.of(notes).map(Paper::parse).toList();
    io.vertx.core.Promise<Void> in = io.vertx.core.Promise.promise();
    Future<TakenIn> end =
        bench.begin(
            () ->
                acceptor.cashIn(
                    () -> {
                      acceptor.insert(bunch);
                      in.complete();
                    },
                    refused));
    bench.done(in.future());
    return end;
  }

  private void hand(String... notes) {
    bench.run(() -> acceptor.insert(Stream.of(notes).map(Paper::parse).toList()));
  }

  private Map<String, Integer> contents(AcceptorUnit.Role role) {
    Map<String, Integer> words = new java.util.TreeMap<>();
    acceptor.unit(role).contents().forEach((paper, n) -> words.put(paper.toString(), n));
    return words;
  }

  private static List<String> words(List<Banknote> notes) {
    return notes.stream().map(note -> note.paper().toString()).toList();
  }

  private static int sum(Map<Paper, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
