package atm.driver.ssp;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.TestTokens;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Paper;

/// One SMART Payout that is acceptor and dispenser of a machine, over one wire.
class SharedUnitTest {
  private static final Money TWENTY = Money.parse("20 EUR");
  private static final Mix MIX = new Mix(Map.of("C1", 1, "C2", 1));

  @TempDir Path folder;
  private SspMachine machine;
  private boolean customerTakes = true;

  @BeforeEach
  void start() {
    machine =
        new SspMachine(
            folder,
            URI.create("tcp://localhost:0"),
            Map.of(),
            DeviceKind.CASH_DISPENSER,
            DeviceKind.CASH_ACCEPTOR);
    machine.hand(
        () ->
            machine
                .paying()
                .listen(
                    event -> {
                      boolean there = !machine.paying().tray().isEmpty();
                      if (customerTakes && there && event instanceof DeviceEvent.StatusChanged) {
                        machine.paying().take();
                      }
                    }));
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void itTakesANoteAndPaysOthersByTurns() {
    for (int i = 1; i <= 2; i++) {
      takeIn();
      assertThat(await(machine.acceptor().store()))
          .isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
      assertThat(dispense()).isEqualTo(new Stacked(new Counts(MIX.byCassette()), Counts.NONE));
    }
    assertThat(await(machine.dispenser().cashUnits()))
        .as("what came in went to the cashbox, not among the notes it pays")
        .extracting(unit -> unit.id() + " " + unit.count())
        .containsExactly("C1 998", "C2 1998", "REJECT 0");
  }

  @Test
  void whileANoteIsHeldNothingIsPaidAndNothingReset() {
    takeIn();

    assertThat(((Refused) dispense()).why().code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(faultOf(machine.dispenser().reset()).code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(await(machine.acceptor().lastCashIn()).notesInside()).isTrue();
    assertThat(await(machine.acceptor().store())).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(dispense()).isInstanceOf(Stacked.class);
  }

  @Test
  void whileItPaysNoNoteIsTaken() {
    machine.hand(() -> customerTakes = false);
    Future<DispenseOutcome> paying = order();
    machine.handWhenPossible(
        () -> {
          if (machine.paying().tray().isEmpty()) throw new sim.mechanics.ImpossibleAct("not yet");
        });
    await(machine.acceptor().begin());

    InsertOutcome no = await(machine.acceptor().insert(java.time.Duration.ZERO, () -> {}));

    assertThat(((InsertOutcome.Failed) no).why().code()).isEqualTo(Fault.Code.SEQUENCE);
    machine.hand(
        () -> {
          customerTakes = true;
          machine.paying().take();
        });
    assertThat(await(paying)).isInstanceOf(Stacked.class);
  }

  @Test
  void itIsLostForBothAndComesBackForBoth() {
    takeIn();
    machine.hand(() -> machine.paying().unplug());
    awaitState(machine.acceptor(), DeviceStatus.State.OFFLINE);
    awaitState(machine.dispenser(), DeviceStatus.State.OFFLINE);
    machine.hand(() -> machine.paying().plug());
    awaitState(machine.acceptor(), DeviceStatus.State.ONLINE);
    awaitState(machine.dispenser(), DeviceStatus.State.ONLINE);

    assertThat(await(machine.acceptor().store()))
        .as("held meanwhile")
        .isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    assertThat(dispense()).isInstanceOf(Stacked.class);
  }

  @Test
  void aResetOfOneBringsBothBack() {
    await(machine.dispenser().reset());
    awaitState(machine.acceptor(), DeviceStatus.State.ONLINE);
    takeIn();
    assertThat(await(machine.acceptor().store())).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(dispense()).isInstanceOf(Stacked.class);
  }

  @Test
  void whoIsLeftWorksOn() {
    await(machine.acceptor().close());
    awaitState(machine.dispenser(), DeviceStatus.State.ONLINE);

    DispenseOutcome outcome = dispense();

    assertThat(outcome).isInstanceOfAny(Stacked.class, Refused.class);
    awaitState(machine.dispenser(), DeviceStatus.State.ONLINE);
    if (outcome instanceof Refused) assertThat(dispense()).isInstanceOf(Stacked.class);
  }

  private void takeIn() {
    await(machine.acceptor().begin());
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> inserted =
        machine.acceptor().insert(java.time.Duration.ZERO, open::tryComplete);
    await(open.future());
    machine.handWhenPossible(() -> machine.taking().insert(List.of(Paper.parse("20 EUR"))));
    assertThat(await(inserted))
        .isEqualTo(new InsertOutcome.Inserted(Map.of(TWENTY, 1), Map.of(), 0));
  }

  private DispenseOutcome dispense() {
    return await(order());
  }

  private Future<DispenseOutcome> order() {
    String nonce = await(machine.dispenser().commandNonce()).orElseThrow();
    return machine.dispenser().dispense(MIX, TestTokens.token(nonce, "30.00EUR"));
  }
}
