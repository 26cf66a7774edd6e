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

/// Every bit of the full status, played, each in its own word.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Vkp80ErrorsTest {
  private PlayedMachine machine;
  private ReceiptPrinter printer;

  @BeforeAll
  void start(@TempDir Path folder) {
    URI at = URI.create("tcp://localhost:0");
    machine = new PlayedMachine(folder, DeviceKind.RECEIPT_PRINTER, "vkp80", at, List.of());
    printer = (ReceiptPrinter) machine.device();
  }

  @AfterAll
  void stop() {
    machine.close();
  }

  @ParameterizedTest
  @CsvSource({
    "dead, cutter error",
    "jam, paper jammed",
    "paper-out, paper out",
    "user-bit-01, head up",
    "user-bit-02, cover open",
    "recoverable-bit-01, head too hot",
    "recoverable-bit-02, error on the line",
    "recoverable-bit-08, supply voltage out of range",
    "recoverable-bit-20, a command it does not take",
    "recoverable-bit-80, black mark error",
    "unrecoverable-bit-02, cutter cover open",
    "unrecoverable-bit-04, memory error",
    "unrecoverable-bit-08, settings memory error",
    "unrecoverable-bit-80, presenter error"
  })
  void whatStopsItIsNamedAndNothingIsPrintedUntilItIsOver(String kind, String words) {
    order(kind);

    awaitStatus(printer, now -> now.equals(DeviceStatus.fault(words)));
    Fault refused = faultOf(printer.print(List.of("for nobody")));
    assertThat(refused.code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(refused.detail()).endsWith(words);

    clear(kind);
    awaitStatus(printer, DeviceStatus::canServe);
  }

  @ParameterizedTest
  @CsvSource({
    "paper-low, paper low",
    "paper-bit-40, paper low",
    "paper-bit-80, ",
    "user-bit-20, ",
    "user-bit-40, "
  })
  void whatDoesNotStopItIsAWarningAtMost(String kind, String warning) {
    order(kind);

    List<String> wanted = warning == null ? List.of() : List.of(warning);
    awaitStatus(printer, now -> now.canServe() && now.warnings().equals(wanted));
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
    await(printer.print(List.of("for Alice")));
    assertThat(machine.<List<String>>look(() -> mechanics().slot().orElseThrow()))
        .containsExactly("for Alice");
    machine.hand(() -> mechanics().take());
  }

  private SimReceiptPrinter mechanics() {
    return (SimReceiptPrinter) machine.mechanics();
  }
}
