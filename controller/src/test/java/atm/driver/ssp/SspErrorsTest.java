package atm.driver.ssp;

import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Short;
import atm.device.CashDispenser.DispenseOutcome.Unknown;
import atm.device.CashDispenser.LastDispense;
import atm.device.Fault;
import atm.value.Counts;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sim.mechanics.When;

/// Every way of the sheet to refuse, with its reasons, as the answer to every command that the
/// drivers send: it is told, no more is promised than happened, and afterwards both devices serve.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SspErrorsTest {
  private static final List<String> INTRODUCING =
      List.of("11", "4A", "4B", "4C", "06", "05", "18", "02", "07", "0A", "5C", "22");
  private static final List<String> BEFORE_AN_ORDER = List.of("3B", "22", "58", "4619");
  private static final List<String> ORDER = List.of("46");
  private static final List<String> AFTER_AN_ORDER = List.of("07", "22", "58");
  private static final List<String> AFTER_A_STOP = List.of("5C", "0A");
  private static final List<String> HALT = List.of("38");
  private static final List<String> RESET = List.of("01");
  private static final List<String> LOOKING = List.of("22", "58");
  private static final List<String> OPENING = List.of("3B", "58", "02");
  private static final List<String> CLOSING = List.of("02", "0A");
  private static final List<String> HOLDING = List.of("18");
  private static final List<String> STORING = List.of("07");
  private static final List<String> GIVING_BACK = List.of("08");

  /// That nothing has moved.
  private static final Set<String> CERTAIN =
      Set.of("F2", "F3", "F4", "F5", "F501", "F502", "F503", "F504");

  /// That there is nothing to hold, or to count with.
  private static final Set<String> NONE = Set.of("F2", "F5");

  private static final Map<String, String> REASONS =
      Map.of(
          "F5", "there is no payout unit",
          "F501", "not enough value",
          "F502", "cannot pay exactly that",
          "F503", "it is busy",
          "F504", "it is disabled");

  /// Half of what a note has to arrive in.
  private static final Duration SOON = Duration.ofSeconds(15);

  private SspBench bench;

  @BeforeAll
  void start(@TempDir Path folder) {
    bench = new SspBench(folder);
    bench.servesAgain();
  }

  @AfterEach
  void servesAgain() {
    bench.servesAgain();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static Stream<Arguments> each(List<String> commands) {
    return commands.stream()
        .flatMap(command -> SspBench.answers(command).map(code -> Arguments.of(command, code)));
  }

  @Test
  void noCommandIsLeftOut() {
    Set<String> played = new TreeSet<>();
    Stream.of(
            INTRODUCING,
            BEFORE_AN_ORDER,
            ORDER,
            AFTER_AN_ORDER,
            AFTER_A_STOP,
            HALT,
            RESET,
            LOOKING,
            OPENING,
            CLOSING,
            HOLDING,
            STORING,
            GIVING_BACK)
        .forEach(played::addAll);
    assertThat(played).containsExactlyInAnyOrderElementsOf(SspBench.COMMANDS);
    assertThat(bench.heard()).as("by the unit").isNotEmpty().isSubsetOf(played);
  }

  // -- the unit

  static Stream<Arguments> introducing() {
    return each(INTRODUCING);
  }

  @ParameterizedTest
  @MethodSource("introducing")
  void aUnitThatRefusesToBeIntroducedIsOutUntilItDoesNot(String command, String code) {
    bench.paying(SspBench.kind(command, code), When.NOW);
    bench.cutWire();

    if (command.equals("18") && NONE.contains(code)) return;
    bench.until(() -> bench.hasSaid(SspBench.named(code)));
    assertThat(bench.dispenser().status().canServe()).isFalse();
  }

  static Stream<Arguments> reset() {
    return each(RESET);
  }

  @ParameterizedTest
  @MethodSource("reset")
  void aResetThatIsRefusedIsNoReset(String command, String code) {
    once(command, code);

    told(bench.dispenser().reset(), code);
  }

  // -- paying

  static Stream<Arguments> looking() {
    return each(LOOKING);
  }

  @ParameterizedTest
  @MethodSource("looking")
  void unitsThatAreNotToldAreNotMadeUp(String command, String code) {
    once(command, code);

    told(bench.dispenser().cashUnits(), code);
  }

  static Stream<Arguments> beforeAnOrder() {
    return each(BEFORE_AN_ORDER);
  }

  @ParameterizedTest
  @MethodSource("beforeAnOrder")
  void whatIsRefusedBeforeTheOrderMovesNothing(String command, String code) {
    int out = bench.notesOut();
    once(command, code);

    Fault why = ((Refused) bench.ended(bench.order())).why();

    assertThat(why.detail()).contains(command.equals("4619") ? reason(code) : SspBench.named(code));
    assertThat(bench.notesOut()).isEqualTo(out);
  }

  static Stream<Arguments> anOrder() {
    return each(ORDER);
  }

  @ParameterizedTest
  @MethodSource("anOrder")
  void anOrderThatIsRefusedIsNotPaidAndWhatIsNotCertainIsUnknown(String command, String code) {
    int out = bench.notesOut();
    once(command, code);

    DispenseOutcome outcome = bench.ended(bench.order());

    switch (outcome) {
      case Refused(Fault why) -> {
        assertThat(CERTAIN).contains(code);
        assertThat(why.detail()).contains(reason(code));
      }
      case Unknown(Fault why) -> {
        assertThat(CERTAIN).doesNotContain(code);
        assertThat(why.detail()).contains(code);
        bench.online();
      }
      default -> throw new AssertionError(outcome);
    }
    assertThat(bench.notesOut()).as("never ordered again").isEqualTo(out);
    assertThat(last().state()).isEqualTo(LastDispense.State.NOT_PRESENTED);
  }

  static Stream<Arguments> afterAnOrder() {
    return each(AFTER_AN_ORDER);
  }

  @ParameterizedTest
  @MethodSource("afterAnOrder")
  void whatIsRefusedAfterTheOrderLeavesItUnknownUntilTheUnitIsAsked(String command, String code) {
    int out = bench.notesOut();
    Future<DispenseOutcome> order = bench.begun();
    once(command, code);
    bench.customerTakes(true);

    Fault why = ((Unknown) bench.ended(order)).why();

    assertThat(why.detail()).contains(code);
    bench.online();
    assertThat(last().state()).isEqualTo(LastDispense.State.PRESENTED);
    assertThat(last().counts()).isEqualTo(SspBench.ALL);
    assertThat(bench.notesOut()).isEqualTo(out + SspBench.MIX.notes());
  }

  static Stream<Arguments> afterAStop() {
    return each(AFTER_A_STOP);
  }

  @ParameterizedTest
  @MethodSource("afterAStop")
  void aPayoutThatIsNotEnabledAgainIsMetAnew(String command, String code) {
    bench.paying("double", When.atNote(2));
    once(command, code);

    assertThat(((Short) bench.ended(bench.order())).presented())
        .as("the note after the double one came out")
        .isEqualTo(new Counts(Map.of("C1", 1, "C2", 1)));

    bench.until(() -> bench.hasSaid(SspBench.named(code)));
  }

  static Stream<Arguments> halt() {
    return each(HALT);
  }

  @ParameterizedTest
  @MethodSource("halt")
  void aPayoutThatDoesNotHaltIsUnknownAndSettledOnceItIsOver(String command, String code) {
    int out = bench.notesOut();
    Future<DispenseOutcome> order = bench.begun();
    once(command, code);

    Fault why = ((Unknown) bench.ended(order)).why();

    assertThat(why.detail()).contains(code);
    assertThat(bench.notesOut()).isEqualTo(out + 1);
    bench.customerTakes(true);
    bench.elapse(SOON);
    bench.online();
    assertThat(bench.notesOut()).isEqualTo(out + SspBench.MIX.notes());
    assertThat(last().state()).isEqualTo(LastDispense.State.PRESENTED);
    assertThat(last().counts()).isEqualTo(SspBench.ALL);
  }

  // -- taking

  static Stream<Arguments> opening() {
    return each(OPENING);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void aSlotThatDoesNotOpenIsNotSaidToBeOpen(String command, String code) {
    bench.ended(bench.acceptor().begin());
    once(command, code);

    Future<InsertOutcome> inserted = bench.slotOpen();

    if (command.equals("58") && NONE.contains(code)) {
      assertThat(inserted.isComplete()).as("it counts nothing, and takes notes").isFalse();
      bench.ended(bench.acceptor().cancel());
      return;
    }
    assertThat(((InsertOutcome.Unknown) bench.ended(inserted)).why().detail()).contains(code);
  }

  static Stream<Arguments> closing() {
    return each(CLOSING);
  }

  @ParameterizedTest
  @MethodSource("closing")
  void aSlotThatDoesNotCloseIsNotSaidToBeClosed(String command, String code) {
    bench.ended(bench.acceptor().begin());
    Future<InsertOutcome> inserted = bench.slotOpen();
    once(command, code);
    bench.putIn("foreign");

    assertThat(((InsertOutcome.Unknown) bench.ended(inserted)).why().detail()).contains(code);
  }

  static Stream<Arguments> holding() {
    return each(HOLDING);
  }

  @ParameterizedTest
  @MethodSource("holding")
  void aNoteThatIsNotHeldIsSomewhere(String command, String code) {
    int box = bench.inBox();
    bench.takeIn();
    once(command, code);

    switch (bench.ended(bench.acceptor().store())) {
      // The unit said that it holds none, and then that it is in the box.
      case StoreOutcome.Stored _ -> assertThat(NONE).contains(code);
      case StoreOutcome.Unknown(Fault why) -> assertThat(why.detail()).contains(code);
      case StoreOutcome.StillInEscrow other -> throw new AssertionError(other);
    }
    isWhereItIsSaidToBe(box);
  }

  static Stream<Arguments> storing() {
    return each(STORING);
  }

  @ParameterizedTest
  @MethodSource("storing")
  void aNoteThatIsNotLetInIsGivenBackWhenTheUnitIsMetAgain(String command, String code) {
    int box = bench.inBox();
    bench.takeIn();
    once(command, code);

    Fault why = ((StoreOutcome.Unknown) bench.ended(bench.acceptor().store())).why();

    assertThat(why.detail()).contains(code);
    isWhereItIsSaidToBe(box);
    assertThat(bench.ended(bench.acceptor().giveBack())).isInstanceOf(ReturnOutcome.Returned.class);
    assertThat(bench.inBox()).isEqualTo(box);
  }

  static Stream<Arguments> givingBack() {
    return each(GIVING_BACK);
  }

  @ParameterizedTest
  @MethodSource("givingBack")
  void aNoteThatIsNotGivenBackIsToldAtOnceAndCanBeStored(String command, String code) {
    bench.takeIn();
    once(command, code);
    Future<Void> late = bench.after(SOON);

    Fault why =
        switch (bench.ended(bench.acceptor().giveBack())) {
          case ReturnOutcome.StillInEscrow(Fault fault) -> fault;
          // Without a key it does not say where the note is.
          case ReturnOutcome.Unknown(Fault fault) when code.equals("FA") -> fault;
          case ReturnOutcome other -> throw new AssertionError(other);
        };

    assertThat(why.detail()).contains(code);
    assertThat(late.isComplete()).as("it waited for what could not come").isFalse();
    bench.online();
    assertThat(bench.ended(bench.acceptor().store()))
        .isEqualTo(new StoreOutcome.Stored(SspBench.A_TWENTY));
  }

  @ParameterizedTest
  @MethodSource("givingBack")
  void aNoteThatNobodyCanNameIsNotKept(String command, String code) {
    int box = bench.inBox();
    bench.takeIn();
    bench.paying(SspBench.kind(command, code), When.NOW);
    bench.controllerStartsAgain();
    bench.until(() -> bench.hasSaid(code));
    assertThat(bench.inEscrow()).isEqualTo(1);

    bench.clearAll();
    bench.online();

    assertThat(bench.inEscrow()).isZero();
    assertThat(bench.inBox()).isEqualTo(box);
  }

  private void isWhereItIsSaidToBe(int before) {
    bench.online();
    CashInStatus last = bench.ended(bench.acceptor().lastCashIn());
    switch (last.state()) {
      case ACTIVE -> assertThat(bench.inEscrow()).isEqualTo(1);
      case STORED -> assertThat(bench.inBox()).isEqualTo(before + 1);
      default -> throw new AssertionError(last);
    }
  }

  private void once(String command, String code) {
    bench.paying(SspBench.kind(command, code), When.ONCE);
  }

  private <T> void told(Future<T> act, String code) {
    bench.until(act::isComplete);
    assertThat(faultOf(act).detail()).contains(code);
  }

  /// What a payout's refusal is called.
  private static String reason(String code) {
    return REASONS.getOrDefault(code, code);
  }

  private LastDispense last() {
    return bench.ended(bench.dispenser().lastDispense("1"));
  }
}
