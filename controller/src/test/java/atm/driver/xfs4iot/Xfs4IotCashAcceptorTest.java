package atm.driver.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor;
import atm.device.CashAcceptorContract;
import atm.device.DeviceKind;
import atm.value.Money;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.When;

/// The driver against the simulated acceptor over loopback; each message checked by the table.
class Xfs4IotCashAcceptorTest extends CashAcceptorContract {
  @TempDir Path folder;
  private SimulatedMachine machine;

  @BeforeEach
  void start() {
    machine = new SimulatedMachine(folder, DeviceKind.CASH_ACCEPTOR);
  }

  @Override
  protected void stop() {
    machine.close();
    assertThat(machine.tap().complaints()).isEmpty();
  }

  @Override
  protected CashAcceptor acceptor() {
    return (CashAcceptor) machine.device();
  }

  @Override
  protected void putIn(String... notes) {
    List<Paper> bunch = Stream.of(notes).map(Paper::parse).toList();
    machine.hand(() -> machine.acceptor().insert(bunch));
  }

  @Override
  protected void takeNotes() {
    machine.hand(() -> machine.acceptor().take());
  }

  @Override
  protected void jamAtSecondNoteIn() {
    arm("jam", When.atNote(2));
  }

  @Override
  protected void jamAtSecondNoteStored() {
    arm("store-jam", When.atNote(2));
  }

  @Override
  protected void stickEscrow() {
    arm("escrow-stuck", When.NOW);
  }

  @Override
  protected void freeEscrow() {
    machine.hand(() -> machine.acceptor().clearFault("escrow-stuck"));
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
  protected void fillBins() {
    arm("bin-full", When.NOW);
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
  protected Map<Money, Integer> notesInBin() {
    return machine.look(
        () -> {
          Map<Money, Integer> notes = new TreeMap<>();
          machine
              .acceptor()
              .unit(AcceptorUnit.Role.DEPOSIT)
              .contents()
              .forEach((paper, n) -> notes.put(Money.parse(paper.note().toString()), n));
          return notes;
        });
  }

  @Override
  protected int notesPutIn() {
    return machine.look(() -> sum(machine.acceptor().inserted()));
  }

  @Override
  protected int notesAnywhere() {
    return machine.look(
        () -> {
          SimCashAcceptor acceptor = machine.acceptor();
          return acceptor.units().stream().mapToInt(AcceptorUnit::count).sum()
              + acceptor.escrow().size()
              + acceptor.slotNotes().size()
              + acceptor.transport().size()
              + sum(acceptor.returned())
              + sum(acceptor.refused())
              + sum(acceptor.emptied());
        });
  }

  private static int sum(Map<Paper, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void arm(String fault, When when) {
    machine.hand(() -> machine.acceptor().fault(fault, when));
  }
}
