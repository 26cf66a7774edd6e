package atm.driver.escpos;

import atm.device.Fault;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/// A printer with Epson's status: it tells by itself what changes, and answers at the end of a job
/// when all of it was processed. The receipt hangs from the cutter; nobody sees it taken.
final class EpsonPrinter extends EscPosPrinter {
  /// Online, errors and paper are told as they change.
  private static final byte[] AUTOMATIC = {0x1D, 0x61, 0x0E};

  private static final byte[] CUT = {0x1D, 0x56, 0x41, 0x03};
  private static final byte[] PAPER_IN_STREAM = {0x1D, 0x72, 0x01};
  private static final byte[] RECOVER_AND_CLEAR = {0x10, 0x05, 0x02};

  /// Of `10 04 01`.
  private static final int OFF_LINE = 0x08;

  // What may be asked of a name.
  private static final int FIRMWARE = 65;
  private static final int MAKER = 66;
  private static final int MODEL = 67;

  /// A slow line of 9600 baud takes less for a line of text, and so does a worn head.
  private static final Duration PER_LINE = Duration.ofMillis(300);

  private static final Duration PER_JOB = Duration.ofSeconds(10);

  private boolean printing;
  private boolean dropsJob;

  EpsonPrinter(
      Vertx vertx, ByteConnector connector, Backoff backoff, Deadlines deadlines, int columns) {
    super(vertx, connector, backoff, deadlines, AnswerReader::epson, columns);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(columns, false, false, true);
  }

  /// Nobody sees it: as far as is known, it is taken.
  @Override
  public Future<Boolean> taken(Duration within) {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Void> retract() {
    return failed(new Fault(Fault.Code.UNSUPPORTED, kind() + ": has no presenter"));
  }

  @Override
  Future<PrinterStatus> begin(PrinterLine line) {
    return line.send(INITIALISE)
        .compose(_ -> realTime(line, 1))
        .compose(bits -> (bits & OFF_LINE) == 0 ? introduced(line) : Future.succeededFuture())
        .compose(_ -> status(line))
        .compose(now -> line.send(AUTOMATIC).map(now));
  }

  /// Asked once, and no more where there is no answer: many clones know nothing of it, and take the
  /// last byte for a letter, which the initialisation drops again.
  private Future<Void> introduced(PrinterLine line) {
    if (!identity().isEmpty()) return Future.succeededFuture();
    return name(line, MAKER)
        .compose(
            maker ->
                name(line, MODEL)
                    .compose(
                        model ->
                            name(line, FIRMWARE)
                                .map("%s %s, firmware ".formatted(maker, model)::concat)))
        .onSuccess(this::identify)
        .mapEmpty()
        .otherwiseEmpty()
        .compose(_ -> line.send(INITIALISE));
  }

  private static Future<String> name(PrinterLine line, int n) {
    return line.ask(
            "its name",
            new byte[] {0x1D, 0x49, (byte) n},
            Answer.Text.class,
            PrinterLine.ANSWER_WITHIN,
            1)
        .map(Answer.Text::text);
  }

  @Override
  byte[] handOut() {
    return CUT;
  }

  @Override
  Future<Void> finish(PrinterLine line, int lines) {
    printing = true;
    return line.ask(
            "the end of the receipt",
            PAPER_IN_STREAM,
            Answer.InStream.class,
            PER_JOB.plus(PER_LINE.multipliedBy(lines)),
            1)
        .onComplete(_ -> printing = false)
        .onFailure(
            _ -> {
              dropsJob = true;
              line.send(RECOVER_AND_CLEAR);
            })
        .mapEmpty();
  }

  @Override
  Future<Void> watch(PrinterLine line) {
    return status(line)
        .map(
            now -> {
              changed(line, now);
              return null;
            });
  }

  @Override
  void unasked(PrinterLine line, Answer answer) {
    if (answer instanceof Answer.Automatic block) changed(line, PrinterStatus.of(block));
  }

  @Override
  byte[] recover() {
    return RECOVER_AND_CLEAR;
  }

  private void changed(PrinterLine line, PrinterStatus now) {
    tell(now);
    if (!now.faults().isEmpty() && printing) {
      line.giveUp(hardware(now));
    } else if (now.faults().isEmpty() && dropsJob) {
      // What is left of a receipt that failed must not come before the next customer's.
      dropsJob = false;
      line.send(RECOVER_AND_CLEAR);
    }
  }

  private Future<PrinterStatus> status(PrinterLine line) {
    return realTime(line, 2)
        .compose(
            cause ->
                realTime(line, 3)
                    .compose(
                        error ->
                            realTime(line, 4)
                                .map(paper -> PrinterStatus.epson(cause, error, paper))));
  }

  private static Future<Integer> realTime(PrinterLine line, int n) {
    return line.ask("status " + n, new byte[] {0x10, 0x04, (byte) n}, Answer.RealTime.class)
        .map(Answer.RealTime::bits);
  }
}
