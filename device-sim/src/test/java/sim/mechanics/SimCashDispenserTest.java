package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sim.mechanics.MechanicalFault.Kind.BIN_FULL;
import static sim.mechanics.MechanicalFault.Kind.DEAD;
import static sim.mechanics.MechanicalFault.Kind.ITEMS_LEFT;
import static sim.mechanics.MechanicalFault.Kind.ITEMS_TAKEN;
import static sim.mechanics.MechanicalFault.Kind.JAM;
import static sim.mechanics.MechanicalFault.Kind.NO_ITEMS;
import static sim.mechanics.MechanicalFault.Kind.POWER_LOST;
import static sim.mechanics.MechanicalFault.Kind.REPLY_LOST;
import static sim.mechanics.MechanicalFault.Kind.SHUTTER_JAM;
import static sim.mechanics.MechanicalFault.Kind.SLOT_UNKNOWN;
import static sim.mechanics.MechanicalFault.Kind.TOO_MANY_ITEMS;
import static sim.mechanics.MechanicalFault.Kind.UNIT_EMPTY;
import static sim.mechanics.MechanicalFault.Kind.UNIT_MISSING;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.PresentStatus.Retracted;
import sim.mechanics.PresentStatus.State;

class SimCashDispenserTest {
  private static final Denomination TEN = Denomination.parse("10 EUR");
  private static final Denomination TWENTY = Denomination.parse("20 EUR");
  private static final List<Cassette> CASSETTES =
      List.of(new Cassette("C1", TEN, 100), new Cassette("C2", TWENTY, 3));

  @TempDir Path folder;
  @AutoClose Bench bench;
  private SimCashDispenser dispenser;
  private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    dispenser = reopen();
    dispenser.listen(events::add);
  }

  @Test
  void notesAreDispensedPresentedAndTaken() {
    bench.await(() -> dispenser.dispense(Map.of("unit1", 2), "id-1"));
    assertThat(dispenser.stacker()).hasSize(2);
    assertThat(dispenser.presentStatus().state()).isEqualTo(State.NOT_PRESENTED);
    bench.await(dispenser::present);
    assertThat(dispenser.tray()).hasSize(2);
    assertThat(dispenser.shutter()).isEqualTo(SimCashDispenser.Shutter.OPEN);
    bench.run(dispenser::take);

    assertThat(dispenser.taken()).isEqualTo(Map.of(TEN, 2));
    assertThat(count("unit1")).isEqualTo(98);
    assertThat(dispenser.presentStatus())
        .isEqualTo(
            new PresentStatus(
                State.PRESENTED,
                "id-1",
                Map.of("unit1", 2),
                Map.of("unit1", 2),
                Retracted.NO,
                Map.of()));
    assertThat(events)
        .containsSubsequence(new DeviceEvent.NotesPresented(), new DeviceEvent.NotesTaken());
    bench.fails(ITEMS_TAKEN, () -> dispenser.retract(Bin.RETRACT));
  }

  @Test
  void notesLeftAreRetractedAndCounted() {
    presented(3);
    bench.await(() -> dispenser.retract(Bin.RETRACT));

    UnitCounts.In in = dispenser.unit(Bin.RETRACT).counts().in();
    assertThat(in.retracted()).isEqualTo(Map.of(TEN, 3));
    assertThat(in.retractOperations()).isEqualTo(1);
    assertThat(dispenser.presentStatus().retracted()).isEqualTo(Retracted.COUNTED);
    assertThat(dispenser.shutter()).isEqualTo(SimCashDispenser.Shutter.CLOSED);
    bench.fails(NO_ITEMS, () -> dispenser.retract(Bin.RETRACT));
    assertThatThrownBy(() -> bench.run(dispenser::take)).isInstanceOf(ImpossibleAct.class);
  }

  @Test
  void aJamAtTheThirdNoteLeavesTwoStackedAndOneStuck() {
    bench.run(() -> dispenser.fault("jam", When.atNote(3)));
    bench.fails(JAM, () -> dispenser.dispense(Map.of("unit1", 5), ""));

    assertThat(dispenser.stacker()).hasSize(2);
    assertThat(dispenser.transport()).hasSize(1);
    assertThat(dispenser.presentStatus().dispensed()).isEqualTo(Map.of("unit1", 2));
    bench.await(dispenser::reject);
    bench.fails(JAM, () -> dispenser.dispense(Map.of("unit1", 1), ""));
    bench.await(() -> dispenser.reset(Bin.REJECT));
    assertThat(dispenser.unit(Bin.REJECT).contents()).isEqualTo(Map.of(TEN, 3));
    bench.await(() -> dispenser.dispense(Map.of("unit1", 1), ""));
  }

  @Test
  void aJamThatHoldsIsNotResetAway() {
    bench.run(() -> dispenser.fault("jam", When.NOW));
    bench.fails(JAM, () -> dispenser.dispense(Map.of("unit1", 1), ""));
    bench.fails(JAM, () -> dispenser.reset(Bin.REJECT));
    bench.run(() -> dispenser.clearFault("jam"));
    bench.await(() -> dispenser.reset(Bin.REJECT));
    assertThat(dispenser.transport()).isEmpty();
  }

  @Test
  void aDoubleNoteIsRejectedAndReplaced() {
    bench.run(() -> dispenser.fault("double", When.atNote(2)));
    var done = bench.await(() -> dispenser.dispense(Map.of("unit1", 3), ""));

    assertThat(done.stacked()).hasSize(3);
    assertThat(done.rejected()).hasSize(2);
    assertThat(dispenser.unit(Bin.REJECT).count()).isEqualTo(2);
    assertThat(count("unit1")).isEqualTo(95);
  }

  @Test
  void aShutterThatDoesNotOpenKeepsTheNotesOnTheStacker() {
    bench.await(() -> dispenser.dispense(Map.of("unit1", 2), ""));
    bench.run(() -> dispenser.fault("shutter-jam", When.ONCE));
    bench.fails(SHUTTER_JAM, dispenser::present);
    assertThat(dispenser.stacker()).hasSize(2);
    assertThat(dispenser.presentStatus().state()).isEqualTo(State.NOT_PRESENTED);
    bench.await(dispenser::present);
  }

  @Test
  void withABlindExitNobodyIsToldThatNotesWereTaken() {
    bench.await(() -> dispenser.dispense(Map.of("unit1", 2), ""));
    bench.run(() -> dispenser.fault("exit-sensor", When.NOW));
    bench.fails(SLOT_UNKNOWN, dispenser::present);
    assertThat(dispenser.slot()).isEqualTo(SimCashDispenser.Slot.UNKNOWN);
    assertThat(dispenser.presentStatus().state()).isEqualTo(State.UNKNOWN);
    bench.fails(SLOT_UNKNOWN, () -> dispenser.retract(Bin.RETRACT));
    bench.run(dispenser::take);
    assertThat(dispenser.taken()).isEqualTo(Map.of(TEN, 2));
    assertThat(events).doesNotContain(new DeviceEvent.NotesTaken());
  }

  @Test
  void notesThatStickWhileRetractedAreNotCountedUntilAReset() {
    presented(2);
    bench.run(() -> dispenser.fault("retract-jam", When.ONCE));
    bench.fails(JAM, () -> dispenser.retract(Bin.RETRACT));
    assertThat(dispenser.presentStatus().retracted()).isEqualTo(Retracted.UNCOUNTED);
    assertThat(dispenser.transport()).hasSize(2);
    assertThat(dispenser.unit(Bin.RETRACT).count()).isZero();
    bench.await(() -> dispenser.reset(Bin.RETRACT));
    assertThat(dispenser.unit(Bin.RETRACT).count()).isEqualTo(2);
  }

  @Test
  void aLostReplyComesAfterTheNotesMoved() {
    bench.run(() -> dispenser.fault("reply-lost", When.ONCE));
    bench.fails(REPLY_LOST, () -> dispenser.dispense(Map.of("unit1", 2), "id-9"));
    assertThat(dispenser.stacker()).hasSize(2);
    assertThat(dispenser.presentStatus().dispenseId()).isEqualTo("id-9");
  }

  @Test
  void aCassetteThatIsMissingOrRunsEmptyStopsTheDispense() {
    bench.run(() -> dispenser.fault("cassette-missing:C2", When.NOW));
    assertThat(dispenser.unit("unit2").orElseThrow().status()).isEqualTo(CashUnit.Status.MISSING);
    bench.fails(UNIT_MISSING, () -> dispenser.dispense(Map.of("unit2", 1), ""));
    bench.run(() -> dispenser.clearFault("cassette-missing:C2"));
    bench.fails(UNIT_EMPTY, () -> dispenser.dispense(Map.of("unit2", 4), ""));
    assertThat(dispenser.stacker()).hasSize(3);
    assertThat(events).contains(new DeviceEvent.UnitChanged("unit2"));
  }

  @Test
  void deathAtANoteLeavesItOnTheWay() {
    bench.run(() -> dispenser.fault("dead", When.atNote(2)));
    bench.fails(DEAD, () -> dispenser.dispense(Map.of("unit1", 2), ""));
    assertThat(dispenser.stacker()).hasSize(1);
    assertThat(dispenser.transport()).hasSize(1);
  }

  @Test
  void powerGoesInTheMiddleOfADispenseAndTheNotesStayWhereTheyAre() {
    SimCashDispenser slow =
        bench.now(() -> new SimCashDispenser(bench.pace(100), bench.file("d.json"), CASSETTES));
    slow.listen(
        _ -> {
          if (slow.stacker().size() == 3 && slow.powered()) {
            bench.begin(
                () -> {
                  slow.powerCut();
                  return Future.succeededFuture();
                });
          }
        });
    bench.fails(POWER_LOST, () -> slow.dispense(Map.of("unit1", 40), "id"));

    SimCashDispenser again = reopen();
    assertThat(again.stacker()).isEqualTo(slow.stacker());
    assertThat(again.transport()).isEqualTo(slow.transport());
    assertThat(again.units()).isEqualTo(slow.units());
    assertThat(again.presentStatus().dispenseId()).isEqualTo("id");
    assertThat(again.stacker()).hasSizeBetween(3, 39);
  }

  @Test
  void notesTakenWhileThePowerIsOffAreNoticedByTheSlotOnly() {
    presented(2);
    bench.run(
        () -> {
          dispenser.powerCut();
          dispenser.take();
        });
    assertThat(events).doesNotContain(new DeviceEvent.NotesTaken());
    bench.run(() -> {});
    assertThat(dispenser.powered()).isTrue();
    assertThat(dispenser.slot()).isEqualTo(SimCashDispenser.Slot.EMPTY);
    assertThat(dispenser.presentStatus().state()).isEqualTo(State.PRESENTED);
  }

  @Test
  void whatCannotBeIsRefusedBeforeANoteMoves() {
    bench.fails(TOO_MANY_ITEMS, () -> dispenser.dispense(Map.of("unit1", 41), ""));
    bench.fails(NO_ITEMS, () -> dispenser.dispense(Map.of("unit1", 0), ""));
    bench.fails(
        MechanicalFault.Kind.UNKNOWN_UNIT, () -> dispenser.dispense(Map.of("unit4", 1), ""));
    bench.fails(
        MechanicalFault.Kind.UNKNOWN_UNIT, () -> dispenser.dispense(Map.of("unit1", -1), ""));
    bench.fails(NO_ITEMS, dispenser::present);
    bench.fails(NO_ITEMS, dispenser::reject);
    presented(1);
    bench.fails(ITEMS_LEFT, () -> dispenser.dispense(Map.of("unit1", 1), ""));
    assertThat(count("unit1")).isEqualTo(99);
  }

  @Test
  void aFullRejectBinRefusesMore() {
    bench.run(() -> dispenser.load("unit1", 1000));
    for (int i = 0; i < 7; i++) {
      bench.await(() -> dispenser.dispense(Map.of("unit1", 40), ""));
      bench.await(dispenser::reject);
    }
    bench.await(() -> dispenser.dispense(Map.of("unit1", 40), ""));
    bench.fails(BIN_FULL, dispenser::reject);
    assertThat(dispenser.stacker()).hasSize(40);
  }

  @Test
  void aReloadedCassetteCountsAnew() {
    presented(5);
    bench.run(dispenser::take);
    bench.run(() -> dispenser.load("unit1", 500));
    CashUnit unit = dispenser.unit("unit1").orElseThrow();
    assertThat(unit.count()).isEqualTo(500);
    assertThat(unit.counts().initial()).isEqualTo(500);
    assertThat(unit.counts().out().sum()).isZero();
    assertThat(unit.loaded()).as("with the five that customers have").isEqualTo(505);
  }

  @Test
  void otherCassettesAreNotTakenForThoseInTheFile() {
    List<Cassette> other = List.of(new Cassette("C1", TWENTY, 100), CASSETTES.get(1));
    assertThatThrownBy(() -> new SimCashDispenser(bench.pace(0), bench.file("d.json"), other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("C1 10 EUR")
        .hasMessageContaining("C1 20 EUR");
  }

  @Test
  void aFileThatIsNoStateIsRefused() throws Exception {
    for (String text : List.of("", "[]", "{", "{}", new JsonObject().put("units", 3).encode())) {
      Files.writeString(folder.resolve("broken.json"), text);
      assertThatThrownBy(
              () -> new SimCashDispenser(bench.pace(0), bench.file("broken.json"), CASSETTES))
          .as(text)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("broken.json");
    }
  }

  @Test
  void aDeviceWhoseMemoryCannotBeWrittenIsDead() throws Exception {
    // A folder in the way of the file's successor.
    Files.createDirectory(folder.resolve("d.json.new"));
    bench.fails(DEAD, () -> dispenser.dispense(Map.of("unit1", 1), ""));
    assertThat(dispenser.dead()).isTrue();
  }

  private void presented(int tens) {
    bench.await(() -> dispenser.dispense(Map.of("unit1", tens), ""));
    bench.await(dispenser::present);
  }

  private int count(String unit) {
    return dispenser.unit(unit).orElseThrow().count();
  }

  private SimCashDispenser reopen() {
    return bench.now(() -> new SimCashDispenser(bench.pace(0), bench.file("d.json"), CASSETTES));
  }
}
