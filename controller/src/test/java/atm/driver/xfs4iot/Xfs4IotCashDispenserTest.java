package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenserContract;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.value.DispenseToken;
import atm.value.Mix;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.When;

/// The driver against the simulated dispenser over loopback; each message checked by the table.
class Xfs4IotCashDispenserTest extends CashDispenserContract {
  @TempDir Path folder;
  private SimulatedMachine machine;

  @BeforeEach
  void start() {
    machine = new SimulatedMachine(folder, DeviceKind.CASH_DISPENSER);
  }

  @Override
  protected void stop() {
    machine.close();
    assertThat(machine.tap().complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "event", "completion"})
  void aDispenseIsSentOnceWhicheverOfItsRepliesIsLost(String reply) {
    if (reply.equals("event")) {
      jamAtSecondNote();
      machine.tap().cutInsteadOf(reply, "CashDispenser.IncompleteDispenseEvent");
    } else {
      machine.tap().cutInsteadOf(reply, "CashDispenser.Dispense");
    }

    DispenseOutcome outcome = dispense(new Mix(Map.of("C1", 2, "C2", 2)));

    assertThat(outcome).isInstanceOf(DispenseOutcome.Unknown.class);
    awaitState(dispenser(), DeviceStatus.State.ONLINE, DeviceStatus.State.FAULT);
    CashDispenser.LastDispense last = await(dispenser().lastDispense("1415"));
    assertThat(last.state()).isEqualTo(CashDispenser.LastDispense.State.NOT_PRESENTED);
    assertThat(last.notesInside()).isTrue();
    assertThat(machine.tap().sent("CashDispenser.Dispense")).hasSize(1);
  }

  @Test
  void aSignedAnswerNamesTheOrderAndTheCallersNonce() {
    String nonce = await(dispenser().commandNonce()).orElseThrow();
    DispenseToken token = TestTokens.token(nonce, "60.00EUR");
    await(dispenser().dispense(new Mix(Map.of("C1", 2, "C2", 2)), token));

    assertThat(dispenser().capabilities().signsAnswers()).isTrue();
    assertThat(await(dispenser().lastDispense("1415")).token().orElseThrow())
        .startsWith("NONCE=1415,")
        .contains("DISPENSEID=" + token.id(), "DISPENSED1=60.00EUR", "PRESENTED1=NO");
  }

  @Override
  protected CashDispenser dispenser() {
    return (CashDispenser) machine.device();
  }

  @Override
  protected void takeNotes() {
    machine.hand(() -> machine.dispenser().take());
  }

  @Override
  protected void jamAtSecondNote() {
    arm("jam", When.atNote(2));
  }

  @Override
  protected void nextNoteIsDouble() {
    arm("double", When.ONCE);
  }

  @Override
  protected void jamShutter() {
    arm("shutter-jam", When.ALWAYS);
  }

  @Override
  protected void breakExitSensor() {
    arm("exit-sensor", When.NOW);
  }

  @Override
  protected void removeSecondCassette() {
    arm("cassette-missing:C2", When.NOW);
  }

  @Override
  protected void loseNextReply() {
    arm("reply-lost", When.ONCE);
  }

  @Override
  protected void cutWire() {
    machine.tap().cut();
  }

  @Override
  protected void mendWire() {
    machine.tap().mend();
  }

  @Override
  protected int notesInCassette(String id) {
    return machine.look(() -> notesIn(id));
  }

  @Override
  protected int notesAnywhere() {
    return machine.look(
        () -> {
          SimCashDispenser dispenser = machine.dispenser();
          return dispenser.units().stream().mapToInt(unit -> unit.count()).sum()
              + dispenser.stacker().size()
              + dispenser.transport().size()
              + dispenser.tray().size()
              + dispenser.taken().values().stream().mapToInt(Integer::intValue).sum();
        });
  }

  private int notesIn(String id) {
    return machine.dispenser().units().stream()
        .filter(unit -> unit.id().equals(id))
        .findFirst()
        .orElseThrow()
        .count();
  }

  private void arm(String fault, When when) {
    machine.hand(() -> machine.dispenser().fault(fault, when));
  }
}
