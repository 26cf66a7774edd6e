package atm.driver.escpos;

import atm.device.Fault;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/// A clone that answers nothing: what was written counts as printed, and paper is for a person to
/// look after.
final class PlainPrinter extends EscPosPrinter {
  private static final byte[] CUT = {0x1D, 0x56, 0x41, 0x03};

  PlainPrinter(
      Vertx vertx, ByteConnector connector, Backoff backoff, Deadlines deadlines, int columns) {
    super(vertx, connector, backoff, deadlines, AnswerReader::epson, columns);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(columns, false, false, false);
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
    return line.send(INITIALISE).map(PrinterStatus.WELL);
  }

  @Override
  byte[] handOut() {
    return CUT;
  }

  @Override
  Future<Void> finish(PrinterLine line, int lines) {
    return Future.succeededFuture();
  }

  @Override
  Future<Void> watch(PrinterLine line) {
    return Future.succeededFuture();
  }

  @Override
  void unasked(PrinterLine line, Answer answer) {}

  @Override
  byte[] recover() {
    return INITIALISE;
  }
}
