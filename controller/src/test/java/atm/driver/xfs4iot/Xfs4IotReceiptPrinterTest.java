package atm.driver.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.ReceiptPrinter;
import atm.device.ReceiptPrinterContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.When;

/// The driver against the simulated printer over loopback; each message checked by the table.
class Xfs4IotReceiptPrinterTest extends ReceiptPrinterContract {
  @TempDir Path folder;
  private SimulatedMachine machine;

  @BeforeEach
  void start() {
    machine = new SimulatedMachine(folder, DeviceKind.RECEIPT_PRINTER);
  }

  @AfterEach
  void stop() {
    machine.close();
    assertThat(machine.tap().complaints()).isEmpty();
  }

  @Override
  protected ReceiptPrinter printer() {
    return (ReceiptPrinter) machine.device();
  }

  @Override
  protected void takeReceipt() {
    machine.hand(() -> machine.printer().take());
  }

  @Override
  protected List<String> linesHangingOut() {
    return machine.look(() -> machine.printer().slot().orElse(List.of()));
  }

  @Override
  protected void paperLow() {
    machine.hand(() -> machine.printer().fault("paper-low", When.NOW));
  }

  @Override
  protected void paperOut() {
    machine.hand(() -> machine.printer().fault("paper-out", When.NOW));
  }

  @Override
  protected void refill() {
    machine.hand(() -> machine.printer().refill());
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
