package lesson;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;

import atm.config.DeviceEntry;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.ReceiptPrinter;
import atm.device.ReceiptPrinterContract;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Faults;
import sim.wire.Door;
import sim.wire.Line;
import sim.wire.TcpDoor;

/// What every receipt printer has to do, done by this one over a socket.
class LessonPrinterOverTcpTest extends ReceiptPrinterContract {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Line line = new Line(new Faults());
  private final PlayedPrinter played = new PlayedPrinter(line);
  private Door door;
  private ReceiptPrinter printer;

  Door door(Vertx vertx, Context context, Line line) {
    return new TcpDoor(vertx, context, "localhost", 0, line);
  }

  URI at(Door door) {
    return URI.create("tcp://localhost:" + ((TcpDoor) door).port());
  }

  @BeforeEach
  void open() {
    door = door(vertx, context, line);
    mendWire();
    DeviceEntry entry =
        new DeviceEntry("receipt-printer", "lesson-printer", at(door), List.of(), 1);
    printer =
        (ReceiptPrinter) new LessonPrinterDriver().create(DeviceKind.RECEIPT_PRINTER, entry, vertx);
    printer.open();
    awaitState(printer, DeviceStatus.State.ONLINE);
  }

  @AfterEach
  void close() {
    await(printer.close());
    cutWire();
    await(vertx.close());
  }

  @Override
  protected ReceiptPrinter printer() {
    return printer;
  }

  @Override
  protected void takeReceipt() {
    hand(played::take);
  }

  @Override
  protected List<String> linesHangingOut() {
    return onContext(() -> Future.succeededFuture(played.hanging()));
  }

  @Override
  protected void paperLow() {
    hand(() -> played.paper(false, true));
  }

  @Override
  protected void paperOut() {
    hand(() -> played.paper(true, false));
  }

  @Override
  protected void refill() {
    hand(() -> played.paper(false, false));
  }

  @Override
  protected void cutWire() {
    onContext(door::close);
  }

  @Override
  protected void mendWire() {
    onContext(door::open);
  }

  private void hand(Runnable act) {
    onContext(
        () -> {
          act.run();
          return Future.succeededFuture();
        });
  }

  private <T> T onContext(Callable<Future<T>> act) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            act.call().onComplete(done);
          } catch (Exception failed) {
            done.fail(failed);
          }
        });
    return await(done.future());
  }
}
