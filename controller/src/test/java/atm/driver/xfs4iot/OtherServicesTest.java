package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.PresentOutcome;
import atm.device.CashDispenser.TakeOutcome;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.value.Mix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sim.xfs4iot.Dialect;

/// Services that are not quite like ours: another dialect, or not where we look for them.
class OtherServicesTest {
  @TempDir Path folder;

  @Test
  void aWithdrawalInTheDialectOfKal() {
    try (SimulatedMachine machine =
        new SimulatedMachine(
            folder, DeviceKind.CASH_DISPENSER, Dialect.KAL, SimulatedMachine.OURS)) {
      CashDispenser dispenser = (CashDispenser) machine.device();
      String nonce = await(dispenser.commandNonce()).orElseThrow();

      assertThat(
              await(
                  dispenser.dispense(
                      new Mix(Map.of("C3", 1)), TestTokens.token(nonce, "50.00EUR"))))
          .isInstanceOf(DispenseOutcome.Stacked.class);
      assertThat(await(dispenser.present())).isInstanceOf(PresentOutcome.Presented.class);
      machine.hand(() -> machine.dispenser().take());

      assertThat(await(dispenser.taken(Duration.ofSeconds(30))))
          .isInstanceOf(TakeOutcome.Taken.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/xfs4iot/v1.0/", "/xfs4iot/v1.0", "/xfs4iot/v1.0/NotHere"})
  void aServiceIsFoundThroughItsPublisher(String path) {
    try (SimulatedMachine machine = new SimulatedMachine(folder, DeviceKind.PIN_PAD)) {
      Device pad = machine.drive(DeviceKind.PIN_PAD, machine.past(path), List.of());

      assertThat(pad.status().state()).isEqualTo(DeviceStatus.State.ONLINE);
      await(pad.close());
    }
  }
}
