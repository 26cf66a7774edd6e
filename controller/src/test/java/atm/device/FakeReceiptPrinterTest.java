package atm.device;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The fake keeps to the contract, so that a story told with it holds for a real printer.
class FakeReceiptPrinterTest extends ReceiptPrinterContract {
  private final Vertx vertx = Vertx.vertx();
  private final FakeReceiptPrinter fake = new FakeReceiptPrinter(vertx);

  @BeforeEach
  void open() {
    fake.open();
    Awaiting.awaitState(fake, DeviceStatus.State.ONLINE);
  }

  @AfterEach
  void close() {
    Awaiting.await(vertx.close());
  }

  @Override
  protected ReceiptPrinter printer() {
    return fake;
  }

  @Override
  protected void takeReceipt() {
    fake.takeReceipt();
  }

  @Override
  protected List<String> linesHangingOut() {
    return fake.slot().orElse(List.of());
  }

  @Override
  protected void paperLow() {
    fake.arm(FakeReceiptPrinter.Trouble.PAPER_LOW);
  }

  @Override
  protected void paperOut() {
    fake.arm(FakeReceiptPrinter.Trouble.PAPER_OUT);
  }

  @Override
  protected void refill() {
    fake.clear(FakeReceiptPrinter.Trouble.PAPER_OUT);
  }

  @Override
  protected void cutWire() {
    fake.cutWire();
  }

  @Override
  protected void mendWire() {
    fake.mendWire();
  }
}
