package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Short;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.CashDispenser.DispenseOutcome.Unknown;
import atm.device.CashDispenser.LastDispense;
import atm.device.Device;
import atm.device.DeviceStatus.State;
import atm.device.Fault;
import atm.driver.SheetTable;
import atm.value.Counts;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sim.mechanics.When;

/// Every event of the sheet, played: what the drivers make of it while they pay, while they wait
/// for a note, and when nobody does anything, each in its own words.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SspEventsTest {
  /// What ends a payout after its first note.
  private enum Ending {
    NOT_RECOGNISED(0xB1, "double", When.atNote(2), "a note was not recognised again", ""),
    NOTE_JAMMED(0xB1, "error-01", When.atNote(2), "a note jammed", "notes are jammed"),
    JAMMED(0xD5, "jam", When.atNote(2), "notes are jammed", "notes are jammed"),
    TIMED_OUT(0xD9, "cassette-missing:C2", When.ONCE, "timed out", ""),
    /// It tells no value, and its counters do not explain the note that sticks.
    OUT_OF_SERVICE(0xC6, "dead", When.atNote(2), "out of service", "");

    private final int code;
    private final String cause;
    private final When when;
    private final String words;
    private final String trouble;

    Ending(int code, String cause, When when, String words, String trouble) {
      this.code = code;
      this.cause = cause;
      this.when = when;
      this.words = words;
      this.trouble = trouble;
    }
  }

  /// What keeps a unit from serving.
  private enum Trouble {
    RECOVERS(0xB0, "event-B0", "it recovers from a jam", true, Lasts.WHILE_TOLD),
    OUT_OF_SERVICE(0xC6, "dead", "the payout is out of service", true, Lasts.UNTIL_RESET),
    STORE_FULL(0xCF, "event-CF", "the store is full", false, Lasts.WHILE_TOLD),
    PATH_OPEN(0xE0, "event-E0", "the note path is open", true, Lasts.WHILE_TOLD),
    CASHBOX_OUT(0xE3, "bin-missing:D1", "the cashbox is out", true, Lasts.UNTIL_REPLACED),
    FRAUD(0xE6, "fraud", "a fraud attempt was seen", true, Lasts.UNTIL_RESET),
    CASHBOX_FULL(0xE7, "bin-full", "the cashbox is full", true, Lasts.UNTIL_EMPTIED),
    UNSAFE_JAM(0xE9, "jam", "notes are jammed", true, Lasts.UNTIL_RESET),
    SAFE_JAM(0xEA, "event-EA", "notes are jammed", true, Lasts.UNTIL_RESET);

    private enum Lasts {
      WHILE_TOLD,
      UNTIL_REPLACED,
      UNTIL_EMPTIED,
      UNTIL_RESET
    }

    private final int code;
    private final String cause;
    private final String words;
    private final boolean stopsPaying;
    private final Lasts lasts;

    Trouble(int code, String cause, String words, boolean stopsPaying, Lasts lasts) {
      this.code = code;
      this.cause = cause;
      this.words = words;
      this.stopsPaying = stopsPaying;
      this.lasts = lasts;
    }
  }

  /// Of a payout that goes as it should, or is halted, or is cut off by the power.
  private static final Set<Integer> OF_A_PAYOUT =
      Set.of(0xC9, 0xCA, 0xCE, 0xD2, 0xD6, 0xDA, 0xDC, 0xF1);

  /// Of a note that is taken, or refused. DB is played where notes go to the store, in
  /// `PayoutStoreTest`; E1 and E2 after a loss of power with a note inside, in the tests of an
  /// acceptor of one note.
  private static final Set<Integer> OF_A_NOTE =
      Set.of(0xCC, 0xDB, 0xE1, 0xE2, 0xEB, 0xEC, 0xED, 0xEE, 0xEF);

  /// The box is back; the unit is disabled, as it is after each start. What these end or tell of
  /// is told by others, too.
  private static final Set<Integer> OF_ITS_STATE = Set.of(0xE4, 0xE8);

  /// Told of what the drivers never ask for, by a person at the unit itself; nothing moves.
  private static final Set<Integer> OF_NOTHING_ASKED = Set.of(0xB4, 0xB5, 0xC3, 0xCB, 0xD8, 0xDD);

  /// Notes are on their way.
  private static final Set<Integer> OF_MOVEMENTS = Set.of(0xB0, 0xB3, 0xB6, 0xC2, 0xD7);

  private static final Duration A_WHILE = Duration.ofSeconds(5);
  private static final Counts FIRST = new Counts(Map.of("C1", 1, "C2", 0));

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

  @Test
  void noEventIsLeftOut() {
    List<Integer> played =
        Stream.of(
                Stream.of(Ending.values()).map(ending -> ending.code),
                Stream.of(Trouble.values()).map(trouble -> trouble.code),
                OF_A_PAYOUT.stream(),
                OF_A_NOTE.stream(),
                OF_ITS_STATE.stream(),
                OF_NOTHING_ASKED.stream(),
                OF_MOVEMENTS.stream())
            .flatMap(codes -> codes)
            .distinct()
            .toList();

    assertThat(SheetTable.codes("ssp.md", "## Poll events", 0).toList())
        .containsExactlyInAnyOrderElementsOf(played);
  }

  // -- while it pays

  @ParameterizedTest
  @EnumSource
  void aPayoutThatEndsEarlyIsPaidAsFarAsItCame(Ending ending) {
    int out = bench.notesOut();
    Future<DispenseOutcome> order = bench.begun();
    bench.paying(ending.cause, ending.when);
    bench.customerTakes(true);

    DispenseOutcome outcome = bench.ended(order);

    int came = bench.notesOut() - out;
    switch (outcome) {
      case Short(Counts presented, _, Fault why) -> {
        assertThat(presented.notes()).isEqualTo(came);
        assertThat(why.detail()).contains(ending.words);
      }
      case Unknown(Fault why) -> {
        assertThat(ending).isEqualTo(Ending.OUT_OF_SERVICE);
        assertThat(why.detail()).contains(ending.words);
      }
      default -> throw new AssertionError(outcome);
    }
    afterwards(ending);
  }

  private void afterwards(Ending ending) {
    bench.elapse(A_WHILE);
    boolean jammed = !ending.trouble.isEmpty() || ending == Ending.OUT_OF_SERVICE;
    assertThat(bench.dispenser().status().state()).isEqualTo(jammed ? State.FAULT : State.ONLINE);
    assertThat(bench.dispenser().status().detail()).contains(ending.trouble);
    bench.clearAll();
    if (jammed) bench.ended(bench.dispenser().reset());
  }

  @Test
  void aNoteThatNobodyTakesHaltsThePayout() {
    Future<DispenseOutcome> order = bench.begun();
    bench.elapse(SmartPayout.PROGRESS_WITHIN.plusSeconds(1));
    assertThat(order.isComplete()).as("the note may be taken still").isFalse();
    bench.customerTakes(true);

    Short outcome = (Short) bench.ended(order);

    assertThat(outcome.presented()).isEqualTo(FIRST);
    assertThat(outcome.why().detail()).contains("halted");
  }

  @Test
  void aPayoutCutOffByThePowerIsUnknownUntilTheUnitTellsHowFarItCame() {
    Future<DispenseOutcome> order = bench.begun();
    bench.cutPower();

    assertThat(bench.ended(order)).isInstanceOf(Unknown.class);

    bench.customerTakes(true);
    bench.online();
    LastDispense last = bench.ended(bench.dispenser().lastDispense("1"));
    assertThat(last.state()).isEqualTo(LastDispense.State.PRESENTED);
    assertThat(last.counts()).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0xB0, 0xB3, 0xB4, 0xB5, 0xB6, 0xC2, 0xC3, 0xCB, 0xCF, 0xD7, 0xD8, 0xDD, 0xE0, 0xEA})
  void whatIsNotOfThePayoutDoesNotEndIt(int code) {
    Future<DispenseOutcome> order = bench.begun();
    tells(code, When.ONCE);
    bench.elapse(A_WHILE);
    bench.customerTakes(true);

    assertThat(bench.ended(order)).isEqualTo(new Stacked(SspBench.ALL, Counts.NONE));
    if (code == 0xEA) bench.ended(bench.dispenser().reset());
  }

  @Test
  void nothingIsCountedWhileNotesMove() {
    for (int code : OF_MOVEMENTS) {
      int out = bench.notesOut();
      Future<DispenseOutcome> order = bench.begun();
      bench.paying("double", When.atNote(2));
      tells(code, When.NOW);
      bench.customerTakes(true);
      bench.elapse(A_WHILE);
      assertThat(order.isComplete()).as("%02X".formatted(code)).isFalse();

      bench.clearAll();

      assertThat(((Short) bench.ended(order)).presented().notes())
          .isEqualTo(bench.notesOut() - out);
    }
  }

  /// The order ends however long they move.
  @Test
  void aUnitThatDoesNotComeToRestIsGivenUp() {
    Future<DispenseOutcome> order = bench.begun();
    bench.paying("double", When.atNote(2));
    tells(0xB0, When.NOW);
    bench.customerTakes(true);

    Fault why = ((Unknown) bench.ended(order)).why();

    assertThat(why.detail()).contains("cannot be processed in reply to halt payout");
  }

  // -- while it waits for a note, and while nothing goes on

  @ParameterizedTest
  @EnumSource
  void aTroubleEndsTheWaitAndIsNamedForAsLongAsItLasts(Trouble trouble) {
    bench.ended(bench.acceptor().begin());
    Future<InsertOutcome> inserted = bench.slotOpen();
    arm(trouble);

    Fault why = ((InsertOutcome.Failed) bench.ended(inserted)).why();

    assertThat(why.code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(why.detail()).contains(trouble.words);
    assertThat(bench.acceptor().status().state()).isEqualTo(State.FAULT);
    assertThat(bench.acceptor().status().detail()).isEqualTo(trouble.words);
    assertThat(bench.dispenser().status().state())
        .isEqualTo(trouble.stopsPaying ? State.FAULT : State.ONLINE);
    bench.ended(bench.acceptor().giveBack());
    isOverWhenItsCauseIs(trouble);
  }

  @ParameterizedTest
  @EnumSource
  void aTroubleIsNamedWhileNobodyAsksAndNothingIsBegun(Trouble trouble) {
    int out = bench.notesOut();
    arm(trouble);
    until(bench.acceptor(), State.FAULT);

    assertThat(bench.acceptor().status().detail()).isEqualTo(trouble.words);
    assertThat(bench.ended(bench.acceptor().begin().otherwiseEmpty())).isNull();
    if (trouble.stopsPaying) {
      assertThat(((Refused) bench.ended(bench.order())).why().detail()).contains(trouble.words);
      assertThat(bench.notesOut()).isEqualTo(out);
    }
    isOverWhenItsCauseIs(trouble);
  }

  private void isOverWhenItsCauseIs(Trouble trouble) {
    bench.clearAll();
    bench.elapse(A_WHILE);
    switch (trouble.lasts) {
      case WHILE_TOLD, UNTIL_REPLACED -> {}
      case UNTIL_EMPTIED -> {
        assertThat(bench.acceptor().status().detail()).isEqualTo(trouble.words);
        bench.taking("bin-missing:D1", When.NOW);
        bench.elapse(A_WHILE);
        bench.clearAll();
        bench.elapse(A_WHILE);
      }
      case UNTIL_RESET -> {
        assertThat(bench.acceptor().status().detail()).isEqualTo(trouble.words);
        bench.ended(bench.acceptor().reset());
      }
    }
    until(bench.acceptor(), State.ONLINE);
    until(bench.dispenser(), State.ONLINE);
  }

  @Test
  void whatConcernsNoNoteDoesNotEndTheWait() {
    bench.ended(bench.acceptor().begin());
    Future<InsertOutcome> inserted = bench.slotOpen();
    for (int code : OF_NOTHING_ASKED) {
      tells(code, When.ONCE);
      bench.elapse(A_WHILE);
    }
    for (int code : Set.of(0xB3, 0xB6, 0xC2, 0xD7)) {
      tells(code, When.ONCE);
      bench.elapse(A_WHILE);
    }
    assertThat(inserted.isComplete()).isFalse();
    bench.putIn("20 EUR");

    assertThat(bench.ended(inserted))
        .isEqualTo(new InsertOutcome.Inserted(SspBench.A_TWENTY, Map.of(), 0));
  }

  @Test
  void aNoteThatIsRefusedIsAtTheSlot() {
    bench.ended(bench.acceptor().begin());
    Future<InsertOutcome> inserted = bench.slotOpen();
    bench.putIn("foreign");

    assertThat(bench.ended(inserted)).isEqualTo(new InsertOutcome.Nothing(1));
  }

  private void arm(Trouble trouble) {
    When when = trouble == Trouble.FRAUD ? When.ONCE : When.NOW;
    if (Set.of("event-B0", "dead").contains(trouble.cause)) bench.paying(trouble.cause, when);
    else bench.taking(trouble.cause, when);
  }

  private void tells(int code, When when) {
    String event = "event-%02X".formatted(code);
    if (Set.of(0xB5, 0xB6, 0xCB, 0xEA).contains(code)) bench.taking(event, when);
    else bench.paying(event, when);
  }

  private void until(Device device, State state) {
    bench.until(() -> device.status().state() == state);
  }
}
