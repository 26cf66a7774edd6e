package atm.driver.escpos;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.ReceiptPrinter;
import atm.driver.Supervised;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// What all printers of ESC/POS share: a job is one run of bytes, and how the printer is gets known
/// by asking.
abstract class EscPosPrinter extends Supervised<PrinterLine> implements ReceiptPrinter {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// A printer that went without a word is missed after this long.
  static final Duration WATCH_EVERY = Duration.ofSeconds(3);

  static final byte[] INITIALISE = {0x1B, 0x40};

  private final ByteConnector connector;
  private final Deadlines deadlines;
  private final Function<Consumer<Answer>, AnswerReader> readers;
  final int columns;
  private PrinterStatus status = PrinterStatus.WELL;

  EscPosPrinter(
      Vertx vertx,
      ByteConnector connector,
      Backoff backoff,
      Deadlines deadlines,
      Function<Consumer<Answer>, AnswerReader> readers,
      int columns) {
    super(vertx, DeviceKind.RECEIPT_PRINTER, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.readers = readers;
    this.columns = columns;
  }

  /// Makes a printer that is there ready, and tells how it is.
  abstract Future<PrinterStatus> begin(PrinterLine line);

  /// Completes when a job is through, printed and held out; fails with why not.
  abstract Future<Void> finish(PrinterLine line, int lines);

  /// What cuts, and holds out, at the end of a job.
  abstract byte[] handOut();

  /// Asked from time to time while nothing else is; fails when there is no answer.
  abstract Future<Void> watch(PrinterLine line);

  /// The printer says something unasked.
  abstract void unasked(PrinterLine line, Answer answer);

  /// What gets rid of an error, before the printer is made ready anew.
  abstract byte[] recover();

  @Override
  public Future<Void> print(List<String> lines) {
    return command(
        "print",
        line -> {
          if (!status.faults().isEmpty()) return failed(hardware(status));
          ByteArrayOutputStream job = new ByteArrayOutputStream();
          job.writeBytes(INITIALISE);
          job.writeBytes(CodePages.first());
          job.writeBytes(new CodePages().encoded(lines));
          job.writeBytes(handOut());
          return line.send(job.toByteArray()).compose(_ -> finish(line, lines.size()));
        });
  }

  @Override
  public final Future<Void> reset() {
    return command(
        "reset",
        line ->
            line.send(recover())
                .compose(_ -> begin(line))
                .compose(
                    now -> {
                      tell(now);
                      return now.faults().isEmpty()
                          ? Future.<Void>succeededFuture()
                          : failed(hardware(now));
                    }));
  }

  @Override
  protected final Future<PrinterLine> connect() {
    return connector
        .open(CONNECT_WITHIN)
        .map(link -> new PrinterLine(kind(), link, deadlines, readers));
  }

  @Override
  protected final Future<DeviceStatus> prepare(PrinterLine line) {
    line.listen(answer -> unasked(line, answer), why -> lost(line, why));
    return begin(line)
        .map(
            now -> {
              status = now;
              watchLater(line);
              return now.device();
            });
  }

  @Override
  protected final Future<Void> disconnect(PrinterLine line, Fault why) {
    return line.close(why);
  }

  @Override
  protected Future<Void> release() {
    return connector.close();
  }

  final void tell(PrinterStatus now) {
    status = now;
    publish(now.device());
  }

  final Fault hardware(PrinterStatus why) {
    return new Fault(Fault.Code.HARDWARE, kind() + ": " + String.join(", ", why.faults()));
  }

  final PrinterStatus lastStatus() {
    return status;
  }

  static <T> Future<T> failed(Fault why) {
    return Future.failedFuture(new DeviceException(why));
  }

  private void watchLater(PrinterLine line) {
    line.later(WATCH_EVERY, () -> watchNow(line));
  }

  /// In turn with the commands: a job must not be mixed with questions.
  private void watchNow(PrinterLine line) {
    command("watch", _ -> watch(line).onFailure(why -> line.lose(DeviceException.faultOf(why))))
        .onComplete(_ -> watchLater(line));
  }
}
