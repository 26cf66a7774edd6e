package atm.driver.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CardReader;
import atm.device.CardReaderContract;
import atm.device.DeviceKind;
import atm.value.Track2;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.When;

/// The driver against the simulated reader over loopback; each message checked by the table.
class Xfs4IotCardReaderTest extends CardReaderContract {
  @TempDir Path folder;
  private SimulatedMachine machine;

  @BeforeEach
  void start() {
    machine = new SimulatedMachine(folder, DeviceKind.CARD_READER);
  }

  @AfterEach
  void stop() {
    machine.close();
    assertThat(machine.tap().complaints()).isEmpty();
  }

  @Override
  protected CardReader reader() {
    return (CardReader) machine.device();
  }

  @Override
  protected Track2 insertCard() {
    machine.hand(() -> machine.reader().insert(SimulatedMachine.ALICE.card()));
    return Track2.parse(
        new String(SimulatedMachine.ALICE.card().track2(), StandardCharsets.US_ASCII));
  }

  @Override
  protected void insertUnreadableCard() {
    machine.hand(() -> machine.reader().fault("unreadable", When.ONCE));
    insertCard();
  }

  @Override
  protected void takeCard() {
    machine.hand(() -> machine.reader().take());
  }

  @Override
  protected void jam() {
    machine.hand(() -> machine.reader().fault("jam", When.NOW));
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
