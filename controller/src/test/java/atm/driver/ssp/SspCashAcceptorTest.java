package atm.driver.ssp;

import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor;
import atm.device.CashAcceptor.CashUnit;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.OneNoteAcceptorContract;
import atm.value.Money;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.When;

/// A SMART Payout as acceptor, over tcp; its notes go to the cashbox.
class SspCashAcceptorTest extends OneNoteAcceptorContract {
  @TempDir Path folder;
  private SspMachine machine;

  URI at() {
    return URI.create("tcp://localhost:0");
  }

  Map<String, String> settings() {
    return Map.of();
  }

  @BeforeEach
  void start() {
    machine = new SspMachine(folder, at(), settings(), DeviceKind.CASH_ACCEPTOR);
  }

  @Override
  protected void stop() {
    machine.close();
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(acceptor().identity()).isEqualTo("SMART Payout, firmware 0411");
  }

  @Test
  void aBoxThatIsOutIsMissing() {
    arm("bin-missing:D1", When.NOW);

    awaitState(acceptor(), DeviceStatus.State.FAULT);
    assertThat(unit().state()).isEqualTo(CashUnit.State.MISSING);
    machine.hand(() -> machine.taking().clearFault("bin-missing:D1"));
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(unit().state()).isEqualTo(CashUnit.State.OK);
  }

  @Test
  void aFraudAttemptStopsItUntilItIsReset() {
    arm("fraud", When.ONCE);

    DeviceStatus fault = atm.device.Awaiting.awaitStatus(acceptor(), now -> !now.canServe());
    assertThat(fault.detail()).contains("fraud");
    atm.device.Awaiting.await(acceptor().reset());
    begin();
  }

  @Override
  protected CashAcceptor acceptor() {
    return machine.acceptor();
  }

  @Override
  protected void putIn(String... notes) {
    machine.handWhenPossible(
        () -> machine.taking().insert(Stream.of(notes).map(Paper::parse).toList()));
  }

  @Override
  protected void takeNotes() {
    machine.handWhenPossible(() -> machine.taking().take());
  }

  @Override
  protected void jamNoteIn() {
    arm("jam", When.atNote(1));
  }

  @Override
  protected void jamNoteStored() {
    arm("store-jam", When.atNote(1));
  }

  @Override
  protected void stickEscrow() {
    arm("escrow-stuck", When.NOW);
  }

  @Override
  protected void freeEscrow() {
    machine.hand(() -> machine.taking().clearFault("escrow-stuck"));
  }

  @Override
  protected void fillBox() {
    arm("bin-full", When.NOW);
  }

  @Override
  protected void loseNextReply() {
    arm("reply-lost", When.ONCE);
  }

  @Override
  protected void cutWire() {
    machine.hand(() -> machine.taking().unplug());
  }

  @Override
  protected void mendWire() {
    machine.hand(() -> machine.taking().plug());
  }

  @Override
  protected void cutPower() {
    machine.hand(() -> machine.taking().powerCut());
  }

  /// What its transport held at power-up lies in a bin of its own in the mechanics; the unit has
  /// one box.
  @Override
  protected Map<Money, Integer> notesInBox() {
    return machine.look(
        () -> {
          Map<Money, Integer> notes = new TreeMap<>();
          for (AcceptorUnit unit : machine.taking().units()) {
            unit.contents()
                .forEach(
                    (paper, n) ->
                        notes.merge(Money.parse(paper.note().toString()), n, Integer::sum));
          }
          return notes;
        });
  }

  @Override
  protected int notesPutIn() {
    return machine.look(() -> sum(machine.taking().inserted()));
  }

  @Override
  protected int notesAnywhere() {
    return machine.look(
        () -> {
          SimCashAcceptor acceptor = machine.taking();
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
    machine.hand(() -> machine.taking().fault(fault, when));
  }
}
