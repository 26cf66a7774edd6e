package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.awaitStatus;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser.CashUnit;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Incomplete;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.CashDispenser.LastDispense;
import atm.device.CashDispenser.PresentOutcome;
import atm.device.CashDispenser.RejectOutcome;
import atm.device.CashDispenser.RetractOutcome;
import atm.device.CashDispenser.TakeOutcome;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What any cash dispenser with a stacker does, and above all that it tells the truth about the
/// notes. A driver is done when it passes this over its own wire, with hands that reach into the
/// (simulated) machine. The machine has C1 10 EUR, C2 20 EUR, C3 50 EUR.
public abstract class CashDispenserContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  /// 60 EUR in four notes.
  private static final Mix MIX = new Mix(Map.of("C1", 2, "C2", 2));

  private static final Counts ALL = new Counts(Map.of("C1", 2, "C2", 2));
  private static final Money TEN = Money.parse("10 EUR");
  private static final Money TWENTY = Money.parse("20 EUR");

  /// Opened, and in service.
  protected abstract CashDispenser dispenser();

  protected abstract void takeNotes();

  /// The second note of the next dispense sticks, once.
  protected abstract void jamAtSecondNote();

  protected abstract void nextNoteIsDouble();

  protected abstract void jamShutter();

  protected abstract void breakExitSensor();

  protected abstract void removeSecondCassette();

  /// The next movement is done, but its reply never comes: the wire goes instead, and comes back.
  protected abstract void loseNextReply();

  protected abstract void cutWire();

  protected abstract void mendWire();

  /// The notes a hand would count: how many are in that cassette.
  protected abstract int notesInCassette(String id);

  protected abstract int notesAnywhere();

  protected abstract void stop();

  @AfterEach
  void noNoteIsMadeOrLost() {
    try {
      assertThat(notesAnywhere()).isEqualTo(4000);
    } finally {
      stop();
    }
  }

  @Test
  void notesAreStackedPresentedAndTaken() {
    assertThat(dispense(MIX)).isEqualTo(new Stacked(ALL, Counts.NONE));
    LastDispense stacked = last();
    assertThat(stacked.state()).isEqualTo(LastDispense.State.NOT_PRESENTED);
    assertThat(stacked.notesInside()).isTrue();

    assertThat(await(dispenser().present())).isInstanceOf(PresentOutcome.Presented.class);
    assertThat(last().slotEmpty()).contains(false);
    Future<TakeOutcome> taken = dispenser().taken(LONG);
    takeNotes();

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
    LastDispense after = last();
    assertThat(after.state()).isEqualTo(LastDispense.State.PRESENTED);
    assertThat(after.counts()).isEqualTo(ALL);
    assertThat(after.slotEmpty()).contains(true);
    assertThat(after.notesInside()).isFalse();
    assertThat(unit("C1").count()).isEqualTo(998).isEqualTo(notesInCassette("C1"));
    assertThat(unit("C2").count()).isEqualTo(1998).isEqualTo(notesInCassette("C2"));
  }

  @Test
  void notesTakenBeforeAnybodyWaitsForThemAreTaken() {
    dispense(MIX);
    await(dispenser().present());
    takeNotes();

    assertThat(await(dispenser().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void notesLeftAreRetractedAndCounted() {
    dispense(MIX);
    await(dispenser().present());

    assertThat(await(dispenser().taken(SHORT))).isInstanceOf(TakeOutcome.Left.class);
    RetractOutcome outcome = await(dispenser().retract());
    assertThat(outcome).isInstanceOf(RetractOutcome.Retracted.class);
    ((RetractOutcome.Retracted) outcome)
        .counted()
        .ifPresent(
            counted -> assertThat(counted).containsOnly(Map.entry(TEN, 2), Map.entry(TWENTY, 2)));
    assertThat(last().state()).isEqualTo(LastDispense.State.PRESENTED);
    assertThat(last().slotEmpty()).contains(true);
  }

  @Test
  void notesTakenAtTheLastMomentAreNotRetracted() {
    dispense(MIX);
    await(dispenser().present());
    await(dispenser().taken(SHORT));
    takeNotes();

    assertThat(await(dispenser().retract())).isInstanceOf(RetractOutcome.Taken.class);
  }

  @Test
  void notesOnTheStackerCanBeRejectedOnce() {
    dispense(MIX);

    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.Rejected.class);
    assertThat(last().notesInside()).isFalse();
    assertThat(unit("REJECT").count()).isEqualTo(4);
    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.NothingThere.class);
  }

  @Test
  void aJamIsToldByWhatMovedAndNotByWhatWasAsked() {
    jamAtSecondNote();

    DispenseOutcome outcome = dispense(MIX);

    assertThat(outcome).isInstanceOf(Incomplete.class);
    Incomplete incomplete = (Incomplete) outcome;
    assertThat(incomplete.inside().notes() + incomplete.rejected().notes()).isEqualTo(2);
    assertThat(1000 - notesInCassette("C1") + 2000 - notesInCassette("C2")).isEqualTo(2);
    assertThat(incomplete.why().code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(last().notesInside()).isTrue();
    assertThat(last().state()).isEqualTo(LastDispense.State.NOT_PRESENTED);

    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.Rejected.class);
    assertThat(last().notesInside()).isFalse();
    assertThat(unit("REJECT").count()).isEqualTo(2);
  }

  @Test
  void aDoubleNoteIsRejectedAndReplaced() {
    nextNoteIsDouble();

    DispenseOutcome outcome = dispense(MIX);

    assertThat(outcome).isInstanceOf(Stacked.class);
    assertThat(((Stacked) outcome).stacked()).isEqualTo(ALL);
    int rejected = ((Stacked) outcome).rejected().notes();
    assertThat(rejected).isPositive();
    assertThat(1000 - notesInCassette("C1") + 2000 - notesInCassette("C2")).isEqualTo(4 + rejected);
    assertThat(unit("REJECT").count()).isEqualTo(rejected);
  }

  @Test
  void withAJammedShutterTheNotesStayInside() {
    dispense(MIX);
    jamShutter();

    assertThat(await(dispenser().present())).isInstanceOf(PresentOutcome.NotPresented.class);
    assertThat(last().state()).isEqualTo(LastDispense.State.NOT_PRESENTED);
    assertThat(last().notesInside()).isTrue();
    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.Rejected.class);
  }

  @Test
  void withABrokenExitSensorNobodyKnowsWhatWasTaken() {
    dispense(MIX);
    await(dispenser().present());
    breakExitSensor();

    assertThat(await(dispenser().taken(SHORT))).isInstanceOf(TakeOutcome.Unknown.class);
    assertThat(last().slotEmpty()).isEmpty();
  }

  @Test
  void whereNothingIsStackedNothingIsPresented() {
    assertThat(await(dispenser().present())).isInstanceOf(PresentOutcome.NotPresented.class);
    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.NothingThere.class);
    assertThat(await(dispenser().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void anOrderThatWasNotMeantForThisNonceIsRefused() {
    await(dispenser().commandNonce());

    DispenseOutcome outcome =
        await(dispenser().dispense(MIX, TestTokens.token("F".repeat(32), "60.00EUR")));

    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).why().code()).isEqualTo(Fault.Code.SECURITY);
    assertThat(notesInCassette("C1")).isEqualTo(1000);
  }

  @Test
  void aMixFromACassetteThereIsNotIsRefused() {
    assertThat(dispense(new Mix(Map.of("C9", 1)))).isInstanceOf(Refused.class);
  }

  @Test
  void anEmptySlotOfACassetteIsAWarningAndARefusal() {
    removeSecondCassette();

    awaitStatus(dispenser(), status -> !status.warnings().isEmpty());
    assertThat(unit("C2").state()).isEqualTo(CashUnit.State.MISSING);
    assertThat(dispense(MIX)).isInstanceOf(Refused.class);
    assertThat(last().notesInside()).isFalse();
    assertThat(dispense(new Mix(Map.of("C1", 1)))).isInstanceOf(Stacked.class);
  }

  @Test
  void whenTheReplyToADispenseIsLostItsOutcomeIsUnknownUntilTheDeviceIsAsked() {
    loseNextReply();

    assertThat(dispense(MIX)).isInstanceOf(DispenseOutcome.Unknown.class);

    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    LastDispense last = last();
    assertThat(last.state()).isEqualTo(LastDispense.State.NOT_PRESENTED);
    assertThat(last.counts()).isEqualTo(ALL);
    assertThat(last.notesInside()).isTrue();
    assertThat(notesInCassette("C1")).as("sent once").isEqualTo(998);
    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.Rejected.class);
  }

  @Test
  void whenTheReplyToAPresentIsLostTheDeviceStillKnows() {
    dispense(MIX);
    loseNextReply();

    assertThat(await(dispenser().present())).isInstanceOf(PresentOutcome.Unknown.class);

    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(LastDispense.State.PRESENTED);
    assertThat(last().slotEmpty()).contains(false);
    Future<TakeOutcome> taken = dispenser().taken(LONG);
    takeNotes();
    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void whenTheReplyToARetractIsLostItIsUnknownAndTheSlotEmpty() {
    dispense(MIX);
    await(dispenser().present());
    loseNextReply();

    assertThat(await(dispenser().retract())).isInstanceOf(RetractOutcome.Unknown.class);

    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    assertThat(last().slotEmpty()).contains(true);
  }

  @Test
  void notesTakenWhileTheWireWasCutAreTaken() {
    dispense(MIX);
    await(dispenser().present());
    Future<TakeOutcome> taken = dispenser().taken(LONG);
    cutWire();
    awaitState(dispenser(), DeviceStatus.State.OFFLINE);
    takeNotes();
    mendWire();

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void whatWasNeverSentIsRefused() {
    cutWire();
    awaitState(dispenser(), DeviceStatus.State.OFFLINE);

    DispenseOutcome outcome =
        await(dispenser().dispense(MIX, TestTokens.token("F".repeat(32), "60.00EUR")));

    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).why().code()).isEqualTo(Fault.Code.OFFLINE);
    assertThat(faultOf(dispenser().cashUnits()).code()).isEqualTo(Fault.Code.OFFLINE);
    mendWire();
    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    assertThat(dispense(MIX)).isInstanceOf(Stacked.class);
  }

  @Test
  void closingEndsTheWaitingForACustomer() {
    dispense(MIX);
    await(dispenser().present());
    Future<TakeOutcome> taken = dispenser().taken(LONG);
    await(dispenser().close());

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Unknown.class);
  }

  protected final DispenseOutcome dispense(Mix mix) {
    String nonce = await(dispenser().commandNonce()).orElseThrow();
    return await(dispenser().dispense(mix, TestTokens.token(nonce, "60.00EUR")));
  }

  private LastDispense last() {
    return await(dispenser().lastDispense("1415"));
  }

  private CashUnit unit(String id) {
    List<CashUnit> units = await(dispenser().cashUnits());
    return units.stream().filter(unit -> unit.id().equals(id)).findFirst().orElseThrow();
  }
}
