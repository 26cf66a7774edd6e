package atm.driver.escpos;

import atm.device.Fault;
import atm.driver.Slot;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Custom VKP80III: it cuts, holds the receipt out in its presenter, sees it taken, and can take
/// it back.
final class Vkp80Printer extends EscPosPrinter {
  private static final byte[] FULL_STATUS = {0x10, 0x04, 0x14};

  /// Every group of the full status is told as it changes.
  private static final byte[] AUTOMATIC = {0x1D, (byte) 0xE0, 0x0F};

  /// 100 mm out, the mouth blinks; it stays there until it is taken or the next job comes.
  private static final byte[] PRESENT = {0x1C, 0x50, 0x14, 0x01, 0x52, 0x00};

  /// The same with the shortest time after which the printer takes it back.
  private static final byte[] RETRACT = {0x1C, 0x50, 0x14, 0x00, 0x52, 0x01};

  private static final int TICKET_IN_OUTPUT = 0x20;
  private static final int SPOOLING = 0x04;
  private static final int MOTOR_ON = 0x08;

  private static final Duration ASK_EVERY = Duration.ofMillis(500);

  /// A driver of these units gives up a job after this long without progress.
  private static final int ASKED_MAX = 20;

  /// A question for a counter: `1D`, and this.
  private enum Asked {
    PAPER_LEFT(0xE1, "cm", "cm of paper left"),
    CUTS(0xE2, "cuts", "cuts"),
    PRINTED(0xE3, "cm", "cm printed"),
    RETRACTS(0xE4, "ret", "retracts"),
    POWER_UPS(0xE5, "on", "power-ups");

    final byte[] question;
    final String unit;
    final String of;

    Asked(int code, String unit, String of) {
      this.question = new byte[] {0x1D, (byte) code};
      this.unit = unit;
      this.of = of;
    }
  }

  private final Slot slot;
  private boolean worked;

  Vkp80Printer(
      Vertx vertx, ByteConnector connector, Backoff backoff, Deadlines deadlines, int columns) {
    super(vertx, connector, backoff, deadlines, AnswerReader::vkp80, columns);
    this.slot = new Slot(vertx);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(columns, true, true, true);
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return anyway(() -> slot.takenWithin(within));
  }

  @Override
  public Future<Void> retract() {
    return command(
        "retract",
        line ->
            status(line)
                .compose(
                    now ->
                        hangsOut(now)
                            ? line.send(RETRACT).compose(_ -> until(line, false, ASKED_MAX))
                            : Future.succeededFuture()));
  }

  @Override
  public Future<List<Counter>> counters() {
    return command(
        "counters",
        line -> {
          List<Counter> counters = new ArrayList<>();
          Future<Void> all = Future.succeededFuture();
          for (Asked asked : Asked.values()) {
            all = all.compose(_ -> count(line, asked).onSuccess(counters::add)).mapEmpty();
          }
          return all.map(counters);
        });
  }

  /// Once: an answer that came late could be taken for another's.
  private Future<Counter> count(PrinterLine line, Asked asked) {
    return line.ask(asked.of, asked.question, Answer.Counted.class, PrinterLine.ANSWER_WITHIN, 1)
        .compose(
            answer ->
                answer.unit().equals(asked.unit)
                    ? Future.succeededFuture(new Counter(answer.count(), asked.of))
                    : failed(
                        new Fault(
                            Fault.Code.PROTOCOL,
                            "%s: %d %s in reply to %s, wanted %s"
                                .formatted(
                                    kind(), answer.count(), answer.unit(), asked.of, asked.unit))));
  }

  @Override
  Future<PrinterStatus> begin(PrinterLine line) {
    return line.send(INITIALISE)
        .compose(_ -> status(line))
        .compose(now -> line.send(AUTOMATIC).map(PrinterStatus.of(now)));
  }

  @Override
  byte[] handOut() {
    return PRESENT;
  }

  @Override
  Future<Void> finish(PrinterLine line, int lines) {
    slot.filled();
    worked = false;
    return until(line, true, ASKED_MAX + lines);
  }

  @Override
  Future<Void> watch(PrinterLine line) {
    return status(line).mapEmpty();
  }

  @Override
  void unasked(PrinterLine line, Answer answer) {
    if (answer instanceof Answer.Full full) seen(full);
  }

  @Override
  byte[] recover() {
    return INITIALISE;
  }

  @Override
  protected Future<Void> release() {
    slot.closed(new Fault(Fault.Code.OFFLINE, kind() + ": closed"));
    return super.release();
  }

  /// Asks until the receipt hangs out, or does not any more. One that was printed and is gone again
  /// was taken by a quick hand.
  private Future<Void> until(PrinterLine line, boolean out, int asksLeft) {
    return status(line)
        .compose(
            now -> {
              PrinterStatus how = PrinterStatus.of(now);
              if (!how.faults().isEmpty()) return failed(hardware(how));
              boolean done = out ? hangsOut(now) || worked && !isBusy(now) : !hangsOut(now);
              if (done) return Future.succeededFuture();
              if (asksLeft == 0) {
                return failed(
                    new Fault(
                        Fault.Code.TIMEOUT,
                        kind() + (out ? ": the receipt does not come out" : ": it stays out")));
              }
              return line.pause(ASK_EVERY).compose(_ -> until(line, out, asksLeft - 1));
            });
  }

  private Future<Answer.Full> status(PrinterLine line) {
    return line.ask("full status", FULL_STATUS, Answer.Full.class)
        .map(
            full -> {
              seen(full);
              return full;
            });
  }

  private void seen(Answer.Full full) {
    worked |= isBusy(full);
    if (hangsOut(full)) slot.filled();
    else if (!isBusy(full)) slot.emptied();
    tell(PrinterStatus.of(full));
  }

  private static boolean isBusy(Answer.Full full) {
    return (full.user() & (SPOOLING | MOTOR_ON)) != 0;
  }

  private static boolean hangsOut(Answer.Full full) {
    return (full.paper() & TICKET_IN_OUTPUT) != 0;
  }
}
