package atm.driver.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.PinPad;
import atm.device.PinPadContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.When;

/// The driver against the simulated pad over loopback; each message checked by the table.
class Xfs4IotPinPadTest extends PinPadContract {
  @TempDir Path folder;
  private SimulatedMachine machine;

  @BeforeEach
  void start() {
    machine = new SimulatedMachine(folder, DeviceKind.PIN_PAD);
  }

  @AfterEach
  void stop() {
    machine.close();
    assertThat(machine.tap().complaints()).isEmpty();
  }

  @Override
  protected PinPad pad() {
    return (PinPad) machine.device();
  }

  @Override
  protected void press(PinPad.Key... keys) {
    for (PinPad.Key key : keys) {
      sim.mechanics.Key theirs = sim.mechanics.Key.valueOf(key.name());
      machine.hand(
          () -> {
            // A press of a dead key is lost, as on any pad; a customer waits for the prompt.
            if (!machine.pad().activeKeys().contains(theirs)) throw new ImpossibleAct("not yet");
            machine.pad().press(theirs);
          });
    }
  }

  @Override
  protected void loseKeys() {
    machine.hand(() -> machine.pad().fault("key-lost", When.NOW));
  }

  @Override
  protected void cutWire() {
    machine.tap().cut();
  }

  @Override
  protected void mendWire() {
    machine.tap().mend();
  }
}
