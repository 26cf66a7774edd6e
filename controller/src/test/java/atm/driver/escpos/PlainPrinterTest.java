package atm.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.ReceiptPrinter;
import atm.driver.PlayedPrinterContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sim.mechanics.ImpossibleAct;

/// The profile for clones without status, against the simulated printer over tcp. It promises
/// little, and keeps that.
class PlainPrinterTest extends PlayedPrinterContract {
  @Override
  protected String driver() {
    return "escpos";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("status", "none", "columns", "32");
  }

  @Override
  protected void awaitReceipt() {
    machine.handWhenPossible(
        () -> {
          if (mechanics().slot().isEmpty()) throw new ImpossibleAct("nothing hangs out yet");
        });
  }

  @Test
  void itSaysWhatItLacks() {
    assertThat(printer().capabilities())
        .isEqualTo(new ReceiptPrinter.Capabilities(32, false, false, false));
  }
}
