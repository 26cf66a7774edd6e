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

/// What any receipt printer does, as far as its capabilities promise it. A driver is done when it
/// passes this over its own wire, with hands that take paper.
public abstract class ReceiptPrinterContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  private static final List<String> RECEIPT =
      List.of("MARKTPLATZ 1", "", "Auszahlung      60,00 €", "Vielen Dank, Grüße!");

  /// Opened, and in service.
  protected abstract ReceiptPrinter printer();

  /// Comes back when what was printed hangs out. A printer that answers has said so already.
  protected void awaitReceipt() {}

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
    print();

    assertThat(linesHangingOut()).startsWith(RECEIPT.toArray(String[]::new));
    Future<Boolean> taken = printer().taken(LONG);
    takeReceipt();

    assertThat(await(taken)).isTrue();
    assertThat(linesHangingOut()).isEmpty();
  }

  @Test
  void aReceiptTakenBeforeAnybodyWaitsForItIsTaken() {
    print();
    takeReceipt();

    assertThat(await(printer().taken(LONG))).isTrue();
  }

  @Test
  void aReceiptLeftIsSeenWhereThereIsASensor() {
    print();

    // Where nobody sees it, it is taken as far as is known: a customer is not kept waiting.
    assertThat(await(printer().taken(SHORT))).isEqualTo(!printer().capabilities().takenSensor());
  }

  @Test
  void aReceiptLeftIsDrawnBackInWhereThatIsPossible() {
    print();
    if (!printer().capabilities().retract()) {
      assertThat(faultOf(printer().retract()).code()).isEqualTo(Fault.Code.UNSUPPORTED);
      assertThat(linesHangingOut()).startsWith(RECEIPT.toArray(String[]::new));
      return;
    }
    await(printer().retract());

    assertThat(linesHangingOut()).isEmpty();
    assertThat(await(printer().taken(LONG))).isTrue();
  }

  @Test
  void whereNothingHangsOutThereIsNothingToTakeOrDrawIn() {
    if (printer().capabilities().retract()) await(printer().retract());

    assertThat(await(printer().taken(LONG))).isTrue();
  }

  @Test
  void withoutPaperThereIsAFaultAndNoReceiptUntilItIsRefilled() {
    paperOut();
    if (!printer().capabilities().answers()) {
      await(printer().print(RECEIPT));
      assertThat(printer().status().canServe()).as("taken at its word").isTrue();
      return;
    }

    awaitState(printer(), DeviceStatus.State.FAULT);
    assertThat(faultOf(printer().print(RECEIPT)).code()).isEqualTo(Fault.Code.HARDWARE);

    refill();
    awaitState(printer(), DeviceStatus.State.ONLINE);
    await(printer().print(RECEIPT));
  }

  @Test
  void littlePaperIsAWarning() {
    paperLow();
    if (printer().capabilities().answers()) {
      awaitStatus(printer(), status -> status.warnings().contains("paper low"));
    }

    assertThat(printer().status().canServe()).isTrue();
    print();
  }

  @Test
  void aReceiptTakenWhileTheWireWasCutIsTaken() {
    print();
    Future<Boolean> taken = printer().taken(LONG);
    cutWire();
    awaitState(printer(), DeviceStatus.State.OFFLINE);
    assertThat(faultOf(printer().print(RECEIPT)).code()).isEqualTo(Fault.Code.OFFLINE);
    takeReceipt();
    mendWire();

    assertThat(await(taken)).isTrue();
  }

  @Test
  void afterTheWireWasCutItPrintsAgain() {
    cutWire();
    awaitState(printer(), DeviceStatus.State.OFFLINE);
    mendWire();
    awaitState(printer(), DeviceStatus.State.ONLINE);

    print();
    assertThat(linesHangingOut()).startsWith(RECEIPT.toArray(String[]::new));
  }

  @Test
  void closingEndsTheWaitingForACustomer() {
    print();
    Future<Boolean> taken = printer().taken(Duration.ofMinutes(5));
    await(printer().close());

    if (printer().capabilities().takenSensor()) {
      assertThat(faultOf(taken).code()).isEqualTo(Fault.Code.OFFLINE);
    } else {
      assertThat(await(taken)).isTrue();
    }
    assertThat(faultOf(printer().print(RECEIPT)).code()).isEqualTo(Fault.Code.OFFLINE);
  }

  private void print() {
    await(printer().print(RECEIPT));
    awaitReceipt();
  }
}
