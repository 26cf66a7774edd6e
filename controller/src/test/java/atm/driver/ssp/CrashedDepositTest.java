package atm.driver.ssp;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.CashInStatus.State;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.DeviceKind;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Paper;
import sim.mechanics.When;

/// What is known of a deposit after the controller crashed in the middle of it: by what was kept
/// for the unit, and what the unit counts.
class CrashedDepositTest {
  private static final Map<Money, Integer> TWENTY = Map.of(Money.parse("20 EUR"), 1);

  @TempDir Path folder;
  private SspMachine machine;

  @BeforeEach
  void start() {
    machine =
        new SspMachine(folder, URI.create("tcp://localhost:0"), Map.of(), DeviceKind.CASH_ACCEPTOR);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void aNoteThatWasHeldIsGivenBackAndNamed() {
    takeIn();
    machine.controllerStartsAgain();

    isKnown(State.RETURNED);
    assertThat(inBox()).isZero();
  }

  @Test
  void aNoteThatWasStoredWasStored() {
    takeIn();
    assertThat(await(machine.acceptor().store())).isInstanceOf(StoreOutcome.Stored.class);
    machine.controllerStartsAgain();

    isKnown(State.STORED);
    assertThat(inBox()).isEqualTo(1);
  }

  @Test
  void soWasOneOfWhichNobodyHeard() {
    takeIn();
    arm("reply-lost");
    assertThat(await(machine.acceptor().store())).isInstanceOf(StoreOutcome.Unknown.class);
    machine.controllerStartsAgain();

    isKnown(State.STORED);
    assertThat(inBox()).isEqualTo(1);
  }

  @Test
  void aNoteThatWasGivenBackWasGivenBack() {
    takeIn();
    assertThat(await(machine.acceptor().giveBack())).isInstanceOf(ReturnOutcome.Returned.class);
    machine.controllerStartsAgain();

    isKnown(State.RETURNED);
  }

  @Test
  void aNoteThatNobodyCameBackForWasRetracted() {
    takeIn();
    await(machine.acceptor().retract());
    machine.controllerStartsAgain();

    isKnown(State.RETRACTED);
    assertThat(inBox()).isEqualTo(1);
  }

  @Test
  void wherePowerFailedTheUnitSaysWhereItPutTheNote() {
    takeIn();
    machine.hand(() -> machine.taking().powerCut());
    machine.controllerStartsAgain();

    isKnown(State.RETURNED);
    assertThat(inBox()).isZero();
  }

  @Test
  void whereNoNoteCameNoneIsMissed() {
    await(machine.acceptor().begin());
    machine.controllerStartsAgain();

    CashInStatus last = last();
    assertThat(last.state()).isEqualTo(State.NONE);
    assertThat(last.notesInside()).isFalse();
    takeIn();
    assertThat(await(machine.acceptor().store())).isEqualTo(new StoreOutcome.Stored(TWENTY));
  }

  @Test
  void countersThatExplainNothingAreNotBelieved() throws IOException {
    takeIn();
    Path memory = folder.resolve("cash-acceptor.memory");
    String kept = Files.readString(memory);
    assertThat(kept).contains("counters=0 0 0 0 0");
    Files.writeString(memory, kept.replace("counters=0", "counters=7"));
    machine.controllerStartsAgain();

    assertThat(last().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void whatIsCutShortOrGoneLeavesItUnknown() throws IOException {
    takeIn();
    Path memory = folder.resolve("cash-acceptor.memory");
    Files.writeString(memory, Files.readString(memory).replace("whole=yes", ""));
    machine.controllerStartsAgain();
    assertThat(last().state()).isEqualTo(State.UNKNOWN);

    Files.delete(memory);
    machine.controllerStartsAgain();
    assertThat(last().state()).isEqualTo(State.UNKNOWN);
  }

  private void isKnown(State state) {
    CashInStatus last = last();
    assertThat(last.state()).isEqualTo(state);
    assertThat(last.notes()).isEqualTo(TWENTY);
    assertThat(last.notesInside()).isFalse();
    machine.hand(
        () -> {
          if (!machine.taking().slotNotes().isEmpty()) machine.taking().take();
        });
    await(machine.acceptor().begin());
  }

  private CashInStatus last() {
    return await(machine.acceptor().lastCashIn());
  }

  private void arm(String fault) {
    machine.hand(() -> machine.taking().fault(fault, When.ONCE));
  }

  private int inBox() {
    return machine.look(
        () -> machine.taking().units().stream().mapToInt(AcceptorUnit::count).sum());
  }

  private void takeIn() {
    await(machine.acceptor().begin());
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> inserted = machine.acceptor().insert(Duration.ZERO, open::tryComplete);
    await(open.future());
    machine.handWhenPossible(() -> machine.taking().insert(List.of(Paper.parse("20 EUR"))));
    assertThat(await(inserted)).isEqualTo(new InsertOutcome.Inserted(TWENTY, Map.of(), 0));
  }
}
