package atm.link;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Opens GPIO pins through pi4j, with the providers of gpiod named here: any that lies on the class
/// path would do otherwise. Its calls block, so they run one after the other on a thread of this
/// connector's own.
public final class LineConnector {
  /// Enough for a line of some decimetres behind a pull-up of the chip (protocol/gpio-keypad.md).
  private static final long SETTLE_NANOS = 20_000;

  /// The world beyond the pins.
  ///
  /// @param context makes pi4j's context for the chip of that name
  /// @param settle waits until a line that was switched is at its level
  public record Board(Function<String, Context> context, Runnable settle) {
    static Board real() {
      return new Board(Board::gpiod, () -> LockSupport.parkNanos(SETTLE_NANOS));
    }

    private static Context gpiod(String chip) {
      return Pi4J.newContextBuilder()
          .add(GpioDDigitalInputProvider.newInstance(), GpioDDigitalOutputProvider.newInstance())
          .setGpioChipName(chip)
          .build();
    }
  }

  private final LineAddress address;
  private final Vertx vertx;
  private final Board board;
  private final WorkerExecutor thread;

  public LineConnector(LineAddress address, Vertx vertx) {
    this(address, vertx, Board.real());
  }

  public LineConnector(LineAddress address, Vertx vertx, Board board) {
    this.address = address;
    this.vertx = vertx;
    this.board = board;
    this.thread =
        vertx.createSharedWorkerExecutor(address + " " + System.identityHashCode(this), 1);
  }

  /// Lines that are ours, all columns off, or an `IOException` that says why not, at the latest
  /// after `within`.
  public Future<LineLink> open(Duration within) {
    io.vertx.core.Context context = vertx.getOrCreateContext();
    Promise<LineLink> open = Promise.promise();
    Future<LineLink.Lines> opening = thread.executeBlocking(this::openNow);
    opening
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            lines -> open.complete(new LineLink(address, lines, context, thread, board.settle())),
            failure -> {
              // They may still open when nobody waits for them any more.
              opening.onSuccess(late -> thread.executeBlocking(() -> late.context().shutdown()));
              open.fail(
                  failure instanceof IOException known
                      ? known
                      : new IOException(address + ": " + failure.getMessage(), failure));
            });
    return open.future();
  }

  /// Ends an `open` under way.
  public Future<Void> close() {
    return thread.close();
  }

  private LineLink.Lines openNow() throws IOException {
    Path chip = Path.of(address.chip());
    if (!Files.exists(chip)) throw new IOException(address + ": there is no such GPIO chip");
    if (!Files.isReadable(chip) || !Files.isWritable(chip)) {
      throw new IOException(
          address + ": permission denied; the user has to be in the group that owns it (gpio)");
    }
    try {
      Context context = board.context().apply(chip.getFileName().toString());
      try {
        return lines(context);
      } catch (RuntimeException | LinkageError failed) {
        context.shutdown();
        throw failed;
      }
    } catch (RuntimeException | LinkageError failed) {
      throw new IOException(address + ": pi4j cannot use it: " + innermost(failed), failed);
    }
  }

  private LineLink.Lines lines(Context context) {
    List<DigitalInput> rows = new ArrayList<>();
    for (int pin : address.rows()) {
      rows.add(
          context.create(
              DigitalInput.newConfigBuilder(context)
                  .id("row-" + pin)
                  .address(pin)
                  .pull(address.pullUp() ? PullResistance.PULL_UP : PullResistance.OFF)
                  // The whole matrix is debounced at once, where it is read.
                  .debounce(0L)
                  .build()));
    }
    List<DigitalOutput> columns = new ArrayList<>();
    for (int pin : address.columns()) {
      columns.add(
          context.create(
              DigitalOutput.newConfigBuilder(context)
                  .id("column-" + pin)
                  .address(pin)
                  .initial(DigitalState.HIGH)
                  .shutdown(DigitalState.HIGH)
                  .build()));
    }
    return new LineLink.Lines(context, rows, columns);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
