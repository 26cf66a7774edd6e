package atm.driver.escpos;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitStatus;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.When;

/// Every bit of the status that stops a printer, played, each in its own word.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpsonErrorsTest {
  private PlayedMachine machine;
  private ReceiptPrinter printer;

  @BeforeAll
  void start(@TempDir Path folder) {
    URI at = URI.create("tcp://localhost:0");
    machine = new PlayedMachine(folder, DeviceKind.RECEIPT_PRINTER, "escpos", at, List.of());
    printer = (ReceiptPrinter) machine.device();
  }

  @AfterAll
  void stop() {
    machine.close();
  }

  @ParameterizedTest
  @CsvSource({
    "paper-out, paper out",
    "jam, cutter error",
    "dead, 'unrecoverable error, wants power off and on'",
    "cause-bit-04, cover open",
    "error-bit-04, mechanical error",
    "error-bit-08, cutter error",
    "error-bit-20, 'unrecoverable error, wants power off and on'",
    "error-bit-40, head too hot"
  })
  void whatStopsItIsNamedAndNothingIsPrintedUntilItIsOver(String kind, String words) {
    order(kind);

    awaitStatus(printer, now -> now.equals(DeviceStatus.fault(words)));
    Fault refused = faultOf(printer.print(List.of("for nobody")));
    assertThat(refused.code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(refused.detail()).endsWith(words);

    clear(kind);
    printsAgain();
  }

  @ParameterizedTest
  @CsvSource("paper-low, paper low")
  void whatDoesNotStopItIsAWarningAtMost(String kind, String warning) {
    order(kind);

    awaitStatus(printer, now -> now.canServe() && now.warnings().equals(List.of(warning)));
    printsAgain();
    clear(kind);
    awaitStatus(printer, now -> now.canServe() && now.warnings().isEmpty());
  }

  private void order(String kind) {
    machine.hand(() -> mechanics().fault(kind, When.NOW));
  }

  private void clear(String kind) {
    machine.hand(() -> mechanics().clearFault(kind));
  }

  private void printsAgain() {
    awaitStatus(printer, DeviceStatus::canServe);
    await(printer.print(List.of("for Alice")));
    assertThat(machine.<List<String>>look(() -> mechanics().slot().orElseThrow()))
        .containsExactly("for Alice");
    machine.hand(() -> mechanics().take());
  }

  private SimReceiptPrinter mechanics() {
    return (SimReceiptPrinter) machine.mechanics();
  }
}
