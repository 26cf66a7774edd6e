package sim.escpos;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import sim.escpos.EscPosStream.Act;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.SimReceiptPrinter;
import sim.wire.Line;

/// A printer with Epson's status: real-time, in the stream, and automatic.
public final class EscPosPrinterWire {
  private static final String COVER = "cause-bit-";
  private static final String ERROR = "error-bit-";

  /// Bits of the status that no mechanics stand for, each to be ordered. They are told; the
  /// mechanics print on.
  public static final List<Faults.Kind> FAULTS =
      List.of(
          new Faults.Kind(COVER + "04", "Cover open"),
          new Faults.Kind(ERROR + "04", "Mechanical error"),
          new Faults.Kind(ERROR + "08", "Cutter error"),
          new Faults.Kind(ERROR + "20", "Unrecoverable error"),
          new Faults.Kind(ERROR + "40", "Head temperature"));

  private final SimReceiptPrinter printer;
  private final Line line;
  private final PrinterJobs jobs;
  private final EscPosStream stream;
  private Buffer toldBlock = Buffer.buffer();
  private boolean automatic;

  public EscPosPrinterWire(SimReceiptPrinter printer, Line line) {
    this.printer = printer;
    this.line = line;
    this.jobs = new PrinterJobs(printer, this::act);
    this.stream = new EscPosStream(jobs::add, this::realTime, this::recover);
    line.device(
        bytes -> {
          if (printer.powered()) stream.received(bytes);
        });
    printer.listen(this::happened);
  }

  private void happened(DeviceEvent event) {
    switch (event) {
      case DeviceEvent.PowerLost _ -> {
        automatic = false;
        jobs.forget();
        stream.clear();
      }
      case DeviceEvent.StatusChanged _ -> {
        tellBlock();
        jobs.goOn();
      }
      default -> {}
    }
  }

  private void act(Act act) {
    switch (act) {
      case Act.Ask ask -> answer(ask);
      case Act.Automatic(int bits) -> {
        automatic = bits != 0;
        toldBlock = Buffer.buffer();
        tellBlock();
      }
      default -> {}
    }
  }

  private void answer(Act.Ask ask) {
    if (ask.command() == 0x49) {
      name(ask.n());
      return;
    }
    boolean drawer = ask.command() == 0x72 && (ask.n() == 2 || ask.n() == 50);
    send((isOut() ? 0x0C : 0) | (isLow() && !drawer ? 0x03 : 0));
  }

  private void name(int n) {
    String name =
        switch (n) {
          case 65 -> "1.00";
          case 66 -> "DEVSIM";
          case 67 -> "RECEIPT-80";
          case 68 -> "0000000001";
          default -> "";
        };
    if (name.isEmpty()) return;
    line.send(Buffer.buffer().appendByte((byte) 0x5F).appendString(name).appendByte((byte) 0));
  }

  private void realTime(int n) {
    int bits =
        switch (n) {
          case 1 -> isWell() ? 0 : 0x08;
          case 2 -> (isOut() ? 0x20 : 0) | (errors() != 0 ? 0x40 : 0) | ordered(COVER);
          case 3 -> errors();
          case 4 -> (isLow() ? 0x0C : 0) | (isOut() ? 0x60 : 0);
          default -> -1;
        };
    if (bits >= 0) send(0x12 | bits);
  }

  private void recover(int n) {
    if (n == 2) {
      jobs.forget();
      stream.clear();
      if (printer.linesPending() > 0) printer.reset();
    }
    jobs.goOn();
  }

  private void tellBlock() {
    if (!automatic || !printer.powered()) return;
    Buffer block =
        Buffer.buffer()
            .appendByte((byte) (0x10 | (isWell() ? 0 : 0x08) | (ordered(COVER) == 0 ? 0 : 0x20)))
            .appendByte((byte) errors())
            .appendByte((byte) ((isLow() ? 0x03 : 0) | (isOut() ? 0x0C : 0)))
            .appendByte((byte) 0);
    if (block.equals(toldBlock)) return;
    toldBlock = block;
    line.send(block);
  }

  private void send(int b) {
    line.send(Buffer.buffer().appendByte((byte) b));
  }

  private boolean isWell() {
    return !isOut() && errors() == 0 && ordered(COVER) == 0;
  }

  /// The bits mean the same asked for and told unasked.
  private int errors() {
    return (printer.jammed() ? 0x08 : 0) | (printer.dead() ? 0x20 : 0) | ordered(ERROR);
  }

  private int ordered(String bit) {
    return printer.faults().heldCode(bit).orElse(0);
  }

  private boolean isOut() {
    return printer.paper() == SimReceiptPrinter.Paper.OUT;
  }

  private boolean isLow() {
    return printer.paper() != SimReceiptPrinter.Paper.FULL;
  }
}
