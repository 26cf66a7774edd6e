package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor;
import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashAcceptorContract;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.value.Money;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "completion"})
  void aStoreIsSentOnceWhicheverOfItsRepliesIsLost(String reply) {
    begin();
    insert("20 EUR", "50 EUR");
    machine.tap().cutInsteadOf(reply, "CashAcceptor.CashInEnd");

    assertThat(store()).isInstanceOf(StoreOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.STORED);
    assertThat(last().notes()).isEqualTo(notesInBin()).hasSize(2);
    assertThat(machine.tap().sent("CashAcceptor.CashInEnd")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "completion"})
  void aGiveBackIsSentOnceWhicheverOfItsRepliesIsLost(String reply) {
    begin();
    insert("20 EUR");
    machine.tap().cutInsteadOf(reply, "CashAcceptor.CashInRollback");

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
    assertThat(last().slotEmpty()).contains(false);
    assertThat(machine.tap().sent("CashAcceptor.CashInRollback")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CashAcceptor.InputRefuseEvent", "CashAcceptor.SubCashInEvent"})
  void aBunchWhoseEventIsLostIsInsideAllTheSame(String event) {
    begin();
    machine.tap().cutInsteadOf("event", event);

    assertThat(insert("20 EUR", "foreign")).isInstanceOf(InsertOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEqualTo(Map.of(Money.parse("20 EUR"), 1));
    assertThat(last().refused()).isEqualTo(1);
    assertThat(last().slotEmpty()).contains(false);
    takeNotes();
    assertThat(await(acceptor().taken(LONG))).isInstanceOf(CashAcceptor.TakeOutcome.Taken.class);
    assertThat(insert("50 EUR"))
        .as("counted from what the device said when it was back")
        .isEqualTo(new InsertOutcome.Inserted(Map.of(Money.parse("50 EUR"), 1), Map.of(), 0));
  }

  @Test
  void aPowerCutLeavesTheEscrowAsItIs() {
    begin();
    insert("20 EUR");
    cutWire(); // stays cut, so that nobody misses it
    awaitState(acceptor(), DeviceStatus.State.OFFLINE);
    machine.hand(() -> machine.acceptor().powerCut());
    mendWire();
    awaitState(acceptor(), DeviceStatus.State.ONLINE);

    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notesInside()).isTrue();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(Money.parse("20 EUR"), 1)));
  }

  @Test
  void withoutItsBinItTakesNothing() {
    arm("bin-missing:D1", When.NOW);

    awaitState(acceptor(), DeviceStatus.State.FAULT);
    assertThat(unit("D1").state()).isEqualTo(CashAcceptor.CashUnit.State.MISSING);
    begin();
    assertThat(insert("20 EUR")).isEqualTo(new InsertOutcome.Nothing(1));
    takeNotes();
    machine.hand(() -> machine.acceptor().clearFault("bin-missing:D1"));
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
  }

  @Test
  void aRetractThatJamsIsClearedByAReset() {
    begin();
    insert("20 EUR");
    giveBack();
    arm("retract-jam", When.ONCE);

    assertThat(await(acceptor().retract())).isInstanceOf(CashAcceptor.RetractOutcome.Unknown.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.UNKNOWN);
    assertThat(last().notesInside()).isTrue();
    awaitState(acceptor(), DeviceStatus.State.FAULT);

    await(acceptor().reset());
    assertThat(last().state()).isEqualTo(CashInStatus.State.RESET);
    assertThat(unit("RETRACT").count()).isEqualTo(1);
  }

  @Test
  void aDeadAcceptorBeginsNothing() {
    arm("dead", When.NOW);
    awaitState(acceptor(), DeviceStatus.State.FAULT);

    assertThat(faultOf(acceptor().begin()).code()).isEqualTo(Fault.Code.HARDWARE);
    machine.hand(() -> machine.acceptor().clearFault("dead"));
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    begin();
  }

  @Test
  void itDiesWithANoteHalfWayIn() {
    begin();
    arm("dead", When.atNote(2));

    assertThat(insert("20 EUR", "50 EUR")).isInstanceOf(InsertOutcome.Failed.class);
    assertThat(last().notes()).isEqualTo(Map.of(Money.parse("20 EUR"), 1));
    assertThat(last().notesInside()).isTrue();
    assertThat(await(acceptor().retract()))
        .isInstanceOf(CashAcceptor.RetractOutcome.Retracted.class);
  }

  @Test
  void aFullEscrowTakesNoMore() {
    begin();
    String[] most = new String[SimCashAcceptor.ESCROW_MAX];
    Arrays.fill(most, "10 EUR");
    insert(most);

    assertThat(insert("20 EUR")).isEqualTo(new InsertOutcome.Nothing(1));
    assertThat(acceptor().capabilities().maxNotes()).isEqualTo(most.length);
    assertThat(store())
        .isEqualTo(new StoreOutcome.Stored(Map.of(Money.parse("10 EUR"), most.length)));
  }

  @Test
  void whoEmptiesABinIsSeen() {
    begin();
    insert("20 EUR");
    store();
    machine.hand(() -> machine.acceptor().empty("D1"));

    assertThat(unit("D1").count()).isZero();
    assertThat(unit("D1").notes()).isEmpty();
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
