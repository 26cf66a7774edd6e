package atm.driver.ssp;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser.CashUnit;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Short;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.CashDispenser.DispenseOutcome.Unknown;
import atm.device.CashDispenser.LastDispense;
import atm.device.CashDispenser.PresentOutcome;
import atm.device.CashDispenser.RejectOutcome;
import atm.device.CashDispenser.RetractOutcome;
import atm.device.CashDispenser.TakeOutcome;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.PlayedDispenserContract;
import atm.value.Counts;
import atm.value.Mix;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sim.mechanics.DeviceEvent;
import sim.mechanics.When;

/// A SMART Payout over tcp. Unless a test says otherwise a customer stands there and takes each
/// note as it comes, because the next one only follows then.
class SmartPayoutTest extends PlayedDispenserContract {
  private static final Duration LONG = Duration.ofSeconds(30);

  private boolean customerTakes = true;

  @Override
  protected String driver() {
    return "ssp";
  }

  @BeforeEach
  void customer() {
    machine.hand(
        () ->
            machine
                .dispenser()
                .listen(
                    event -> {
                      boolean there = !machine.dispenser().tray().isEmpty();
                      if (customerTakes && there && event instanceof DeviceEvent.StatusChanged) {
                        machine.dispenser().take();
                      }
                    }));
  }

  @Override
  protected int notesOut() {
    return machine.look(
        () ->
            machine.dispenser().tray().size()
                + machine.dispenser().taken().values().stream().mapToInt(n -> n).sum());
  }

  @Override
  protected boolean remembers() {
    return true;
  }

  @Test
  void theLastNoteCountsAsPresentedWhileItWaitsToBeTaken() {
    machine.hand(() -> customerTakes = false);

    DispenseOutcome outcome = await(order(new Mix(Map.of("C2", 1)), "20.00EUR"));

    assertThat(outcome).isEqualTo(new Stacked(new Counts(Map.of("C2", 1)), Counts.NONE));
    assertThat(await(dispenser().present())).isInstanceOf(PresentOutcome.Presented.class);
    assertThat(await(dispenser().taken(Duration.ofMillis(50))))
        .isInstanceOf(TakeOutcome.Left.class);
    assertThat(await(dispenser().retract())).isInstanceOf(RetractOutcome.Unknown.class);
    assertThat(await(dispenser().lastDispense("1")).slotEmpty()).contains(false);
    assertThat(dispense(MIX)).as("while a note waits").isInstanceOf(Refused.class);

    Future<TakeOutcome> taken = dispenser().taken(LONG);
    machine.hand(() -> machine.dispenser().take());

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
    assertThat(await(dispenser().lastDispense("1")))
        .isEqualTo(
            new LastDispense(
                LastDispense.State.PRESENTED,
                new Counts(Map.of("C2", 1)),
                java.util.Optional.of(true),
                false,
                java.util.Optional.empty()));
  }

  /// A note that fails its reverse validation ends a payout, unlike with other dispensers.
  @Override
  @Test
  protected void aDoubleNoteIsRejectedAndReplaced() {
    nextNoteIsDouble();

    DispenseOutcome outcome = dispense(MIX);

    assertThat(outcome).isInstanceOf(Short.class);
    assertThat(((Short) outcome).rejected()).isEqualTo(new Counts(Map.of("C1", 2)));
    assertThat(((Short) outcome).presented().notes()).isEqualTo(notesOut());
    assertThat(dispenser().status().canServe()).as("it enabled the unit again").isTrue();
    assertThat(dispense(MIX)).isInstanceOf(Stacked.class);
  }

  /// The unit is asked first whether it can, and says no.
  @Override
  @Test
  protected void aCassetteThatRunsEmptyIsToldByWhatCameOut() {
    leaveOneNoteInFirstCassette();

    assertThat(await(order(new Mix(Map.of("C1", 2)), "20.00EUR"))).isInstanceOf(Refused.class);
    assertThat(notesOut()).isZero();
    CashUnit first = await(dispenser().cashUnits()).getFirst();
    assertThat(first.count()).isEqualTo(1);
    assertThat(first.state()).isEqualTo(CashUnit.State.LOW);
  }

  @Override
  @Test
  protected void afterALostReplyTheNotesAreOutOnceAndNobodySaysOtherwise() {
    loseNextReply();

    assertThat(dispense(MIX)).isInstanceOf(Unknown.class);

    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    assertThat(await(dispenser().lastDispense("1")).counts()).isEqualTo(ALL);
    assertThat(notesOut()).as("sent once").isEqualTo(4);
  }

  /// It sees that the notes were taken.
  @Override
  @Test
  protected void nothingThatIsOutComesBackIn() {
    dispense(MIX);

    assertThat(await(dispenser().retract())).isInstanceOf(RetractOutcome.Taken.class);
    assertThat(await(dispenser().reject())).isInstanceOf(RejectOutcome.NothingThere.class);
    assertThat(notesOut()).isEqualTo(4);
  }

  @Test
  void itsUnitsAreTheLevelsOfTheDrumAndTheCashbox() {
    dispense(MIX);

    assertThat(await(dispenser().cashUnits()))
        .extracting(unit -> unit.id() + " " + unit.count())
        .containsExactly("C1 998", "C2 1998", "REJECT 0");
  }

  @Test
  void aUnitThatReportsAFaultIsOutOfServiceUntilItIsReset() {
    arm("dead", When.NOW);
    awaitState(dispenser(), DeviceStatus.State.FAULT);
    assertThat(((Refused) dispense(MIX)).why().code()).isEqualTo(Fault.Code.HARDWARE);

    machine.hand(() -> machine.dispenser().clearFault("dead"));
    await(dispenser().reset());

    assertThat(dispense(MIX)).isInstanceOf(Stacked.class);
  }
}
