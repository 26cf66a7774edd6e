package atm.driver;

import atm.device.DeviceKind;
import atm.device.ReceiptPrinter;
import atm.device.ReceiptPrinterContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.When;

/// The contract, for a printer's driver against the simulator at a wire of bytes.
public abstract class PlayedPrinterContract extends ReceiptPrinterContract {
  @TempDir protected Path folder;
  protected PlayedMachine machine;

  protected abstract String driver();

  protected Map<String, String> settings() {
    return Map.of();
  }

  /// Where the simulator plays it.
  protected URI at() {
    return URI.create("tcp://localhost:0");
  }

  @BeforeEach
  void start() {
    machine =
        new PlayedMachine(
            folder, DeviceKind.RECEIPT_PRINTER, driver(), at(), List.of(), settings());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Override
  protected ReceiptPrinter printer() {
    return (ReceiptPrinter) machine.device();
  }

  protected final SimReceiptPrinter mechanics() {
    return (SimReceiptPrinter) machine.mechanics();
  }

  @Override
  protected void takeReceipt() {
    machine.hand(() -> mechanics().take());
  }

  @Override
  protected List<String> linesHangingOut() {
    return machine.look(() -> mechanics().slot().orElse(List.of()));
  }

  @Override
  protected void paperLow() {
    machine.hand(() -> mechanics().fault("paper-low", When.NOW));
  }

  @Override
  protected void paperOut() {
    machine.hand(() -> mechanics().fault("paper-out", When.NOW));
  }

  @Override
  protected void refill() {
    machine.hand(() -> mechanics().refill());
  }

  @Override
  protected void cutWire() {
    machine.hand(() -> mechanics().unplug());
  }

  @Override
  protected void mendWire() {
    machine.hand(() -> mechanics().plug());
  }
}
