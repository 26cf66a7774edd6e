package atm.driver.ssp;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.CashUnit;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.DeviceKind;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Paper;

/// An acceptor whose notes are routed to the payout's store, which the unit counts by denomination.
class PayoutStoreTest {
  private static final Money TWENTY = Money.parse("20 EUR");

  @TempDir Path folder;

  @Test
  void whatIsInTheStoreIsCountedByTheUnit() {
    try (SspMachine machine =
        new SspMachine(
            folder,
            URI.create("tcp://localhost:0"),
            Map.of("route", "store"),
            DeviceKind.CASH_ACCEPTOR)) {
      assertThat(machine.acceptor().capabilities().countsBins()).isTrue();
      await(machine.acceptor().begin());
      Promise<Void> open = Promise.promise();
      Future<InsertOutcome> inserted = machine.acceptor().insert(Duration.ZERO, open::tryComplete);
      await(open.future());
      machine.handWhenPossible(() -> machine.taking().insert(List.of(Paper.parse("20 EUR"))));
      await(inserted);

      assertThat(await(machine.acceptor().store()))
          .isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
      CashUnit box = await(machine.acceptor().cashUnits()).getFirst();
      assertThat(box.notes()).isEqualTo(Map.of(TWENTY, 1));
      assertThat(box.count()).isEqualTo(1);
    }
  }
}
