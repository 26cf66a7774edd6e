package atm.driver.escpos;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.ReceiptPrinter;
import atm.driver.PlayedMachine;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.DeviceEvent;
import sim.mechanics.SimReceiptPrinter;

/// The profile for clones without status, against the simulated printer over tcp.
class PlainPrinterTest {
  @TempDir Path folder;
  private PlayedMachine machine;

  @BeforeEach
  void start() {
    machine =
        new PlayedMachine(
            folder,
            DeviceKind.RECEIPT_PRINTER,
            "escpos",
            URI.create("tcp://localhost:0"),
            List.of(),
            Map.of("status", "none", "columns", "32"));
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void whatIsWrittenIsPrinted() throws Exception {
    CompletableFuture<List<String>> hanging = new CompletableFuture<>();
    SimReceiptPrinter mechanics = (SimReceiptPrinter) machine.mechanics();
    machine.hand(
        () ->
            mechanics.listen(
                event -> {
                  if (event instanceof DeviceEvent.ReceiptPresented) {
                    hanging.complete(mechanics.slot().orElseThrow());
                  }
                }));

    await(printer().print(List.of("Grüße", "60,00 €")));

    assertThat(hanging.get(120, TimeUnit.SECONDS)).containsExactly("Grüße", "60,00 €");
  }

  @Test
  void itSaysWhatItLacks() {
    assertThat(printer().capabilities())
        .isEqualTo(new ReceiptPrinter.Capabilities(32, false, false));
    assertThat(faultOf(printer().retract()).code()).isEqualTo(Fault.Code.UNSUPPORTED);
  }

  @Test
  void aCutWireIsNoticed() {
    machine.hand(() -> machine.mechanics().unplug());
    awaitState(printer(), DeviceStatus.State.OFFLINE);

    assertThat(faultOf(printer().print(List.of("x"))).code()).isEqualTo(Fault.Code.OFFLINE);
    machine.hand(() -> machine.mechanics().plug());
    awaitState(printer(), DeviceStatus.State.ONLINE);
  }

  private ReceiptPrinter printer() {
    return (ReceiptPrinter) machine.device();
  }
}
