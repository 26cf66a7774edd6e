package lesson;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.ReceiptPrinter;
import atm.driver.LinkFaults;
import atm.driver.Slot;
import atm.driver.Supervised;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;

/// The printer of `lesson-printer.md` as a receipt printer. `Supervised` connects, connects again,
/// and runs one command at a time; here stands what is said then.
final class LessonPrinter extends Supervised<PrinterLine> implements ReceiptPrinter {
  private static final int COLUMNS = 40;
  private static final int LINES_MAX = 90;

  private static final Charset LATIN_9 = Charset.forName("ISO-8859-15");
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration REPORT_WITHIN = Duration.ofSeconds(5);
  private static final Duration CUT_WITHIN = Duration.ofSeconds(5);
  private static final Duration PER_LINE = Duration.ofMillis(50);

  /// A printer that went without a word is missed after this long.
  private static final Duration WATCH_EVERY = Duration.ofSeconds(3);

  private final ByteConnector connector;
  private final Deadlines deadlines;
  private final Slot slot;

  LessonPrinter(Vertx vertx, ByteConnector connector, Deadlines deadlines, Backoff backoff) {
    super(vertx, DeviceKind.RECEIPT_PRINTER, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.slot = new Slot(vertx);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(COLUMNS, false, true, true);
  }

  @Override
  public Future<Void> print(List<String> lines) {
    if (lines.size() > LINES_MAX) {
      return failed(Fault.Code.UNSUPPORTED, lines.size() + " lines, " + LINES_MAX + " fit");
    }
    Duration within = CUT_WITHIN.plus(PER_LINE.multipliedBy(lines.size()));
    return command(
        "print",
        printer ->
            printer
                .ask("C", receipt(lines), within, Said.Cut.class, Said.NotCut.class)
                .compose(said -> printed(printer, said, lines.size())));
  }

  private Future<Void> printed(PrinterLine printer, Said said, int wanted) {
    if (!(said instanceof Said.Cut(int lines))) {
      return report(printer)
          .compose(report -> failed(Fault.Code.HARDWARE, "not cut: " + report.status().detail()));
    }
    return lines == wanted
        ? Future.succeededFuture()
        : failed(Fault.Code.PROTOCOL, "printed " + lines + " of " + wanted + " lines");
  }

  /// `X` first: what an earlier receipt left behind is not for this customer.
  private static byte[] receipt(List<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(line("X"));
    for (String text : lines) {
      // A control character would be a command.
      String clean = text.replaceAll("\\p{Cntrl}", "?");
      bytes.writeBytes(line("T" + clean.substring(0, Math.min(COLUMNS, clean.length()))));
    }
    bytes.writeBytes(line("C"));
    return bytes.toByteArray();
  }

  /// What Latin 9 lacks becomes a question mark.
  private static byte[] line(String text) {
    return (text + "\n").getBytes(LATIN_9);
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return anyway(() -> slot.takenWithin(within));
  }

  @Override
  public Future<Void> retract() {
    return failed(Fault.Code.UNSUPPORTED, "does not draw a receipt back in");
  }

  @Override
  public Future<Void> reset() {
    return command("reset", this::canPrint);
  }

  @Override
  protected Future<PrinterLine> connect() {
    return connector.open(CONNECT_WITHIN).map(link -> new PrinterLine(link, deadlines));
  }

  @Override
  protected Future<DeviceStatus> prepare(PrinterLine printer) {
    printer.listen(this::reported, why -> lost(printer, LinkFaults.of(kind(), why)));
    watchLater(printer);
    return report(printer).map(Said.Report::status);
  }

  @Override
  protected Future<Void> disconnect(PrinterLine printer, Fault why) {
    return printer.close(why);
  }

  @Override
  protected Future<Void> release() {
    slot.closed(new Fault(Fault.Code.OFFLINE, kind() + ": closed"));
    return connector.close();
  }

  private void reported(Said.Report report) {
    if (report.hanging()) slot.filled();
    else slot.emptied();
    publish(report.status());
  }

  /// In turn with the commands, because one question is asked at a time.
  private void watchLater(PrinterLine printer) {
    printer.later(
        WATCH_EVERY, () -> command("watch", this::report).onComplete(_ -> watchLater(printer)));
  }

  private Future<Void> canPrint(PrinterLine printer) {
    return report(printer)
        .compose(
            report ->
                report.canPrint()
                    ? Future.succeededFuture()
                    : failed(Fault.Code.HARDWARE, report.status().detail()));
  }

  private Future<Said.Report> report(PrinterLine printer) {
    return printer
        .ask("?", line("?"), REPORT_WITHIN, Said.Report.class)
        .map(Said.Report.class::cast);
  }

  private <T> Future<T> failed(Fault.Code code, String why) {
    return Future.failedFuture(new DeviceException(new Fault(code, kind() + ": " + why)));
  }
}
