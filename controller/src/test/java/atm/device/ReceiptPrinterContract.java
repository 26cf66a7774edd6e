package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.awaitStatus;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What any receipt printer does. A driver is done when it passes this over its own wire, with
/// hands that take paper.
public abstract class ReceiptPrinterContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  private static final List<String> RECEIPT =
      List.of("MARKTPLATZ 1", "", "Auszahlung      60,00 €", "Vielen Dank, Grüße!");

  /// Opened, and in service.
  protected abstract ReceiptPrinter printer();

  protected abstract void takeReceipt();

  /// The lines on the paper that hangs out; empty when none does.
  protected abstract List<String> linesHangingOut();

  protected abstract void paperLow();

  protected abstract void paperOut();

  protected abstract void refill();

  protected abstract void cutWire();

  protected abstract void mendWire();

  @Test
  void aReceiptIsPrintedAsItIsAndTaken() {
    await(printer().print(RECEIPT));

    assertThat(linesHangingOut()).startsWith(RECEIPT.toArray(String[]::new));
    Future<Boolean> taken = printer().taken(LONG);
    takeReceipt();

    assertThat(await(taken)).isTrue();
    assertThat(linesHangingOut()).isEmpty();
  }

  @Test
  void aReceiptTakenBeforeAnybodyWaitsForItIsTaken() {
    await(printer().print(RECEIPT));
    takeReceipt();

    assertThat(await(printer().taken(LONG))).isTrue();
  }

  @Test
  protected void aReceiptLeftIsDrawnBackIn() {
    await(printer().print(RECEIPT));

    assertThat(await(printer().taken(SHORT))).isFalse();
    await(printer().retract());

    assertThat(linesHangingOut()).isEmpty();
    assertThat(await(printer().taken(LONG))).isTrue();
  }

  @Test
  protected void whereNothingHangsOutThereIsNothingToDrawIn() {
    await(printer().retract());

    assertThat(await(printer().taken(LONG))).isTrue();
  }

  @Test
  void withoutPaperThereIsAFaultAndNoReceiptUntilItIsRefilled() {
    paperOut();

    awaitState(printer(), DeviceStatus.State.FAULT);
    assertThat(faultOf(printer().print(RECEIPT)).code()).isEqualTo(Fault.Code.HARDWARE);

    refill();
    awaitState(printer(), DeviceStatus.State.ONLINE);
    await(printer().print(RECEIPT));
  }

  @Test
  void littlePaperIsAWarning() {
    paperLow();

    awaitStatus(printer(), status -> status.warnings().contains("paper low"));
    assertThat(printer().status().canServe()).isTrue();
    await(printer().print(RECEIPT));
  }

  @Test
  void aReceiptTakenWhileTheWireWasCutIsTaken() {
    await(printer().print(RECEIPT));
    Future<Boolean> taken = printer().taken(LONG);
    cutWire();
    awaitState(printer(), DeviceStatus.State.OFFLINE);
    assertThat(faultOf(printer().print(RECEIPT)).code()).isEqualTo(Fault.Code.OFFLINE);
    takeReceipt();
    mendWire();

    assertThat(await(taken)).isTrue();
  }
}
