package sim.escpos;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import sim.escpos.EscPosStream.Act;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.SimReceiptPrinter;
import sim.wire.Line;
import sim.wire.LineTimers;

/// A Custom VKP80III: full status, presenter, retract.
public final class Vkp80Wire {
  private static final String PAPER = "paper-bit-";
  private static final String USER = "user-bit-";
  private static final String RECOVERABLE = "recoverable-bit-";
  private static final String UNRECOVERABLE = "unrecoverable-bit-";

  /// Bits of the full status that no mechanics stand for, each to be ordered. They are told; the
  /// mechanics print on.
  public static final List<Faults.Kind> FAULTS =
      List.of(
          new Faults.Kind(PAPER + "40", "Virtual paper end"),
          new Faults.Kind(PAPER + "80", "Not on black mark"),
          new Faults.Kind(USER + "01", "Head up"),
          new Faults.Kind(USER + "02", "Cover open"),
          new Faults.Kind(USER + "20", "Line feed key"),
          new Faults.Kind(USER + "40", "Form feed key"),
          new Faults.Kind(RECOVERABLE + "01", "Head temperature"),
          new Faults.Kind(RECOVERABLE + "02", "Serial line error"),
          new Faults.Kind(RECOVERABLE + "08", "Supply voltage"),
          new Faults.Kind(RECOVERABLE + "20", "Command not acknowledged"),
          new Faults.Kind(RECOVERABLE + "80", "Black mark error"),
          new Faults.Kind(UNRECOVERABLE + "02", "Cutter cover open"),
          new Faults.Kind(UNRECOVERABLE + "04", "RAM error"),
          new Faults.Kind(UNRECOVERABLE + "08", "EEPROM error"),
          new Faults.Kind(UNRECOVERABLE + "80", "Presenter error"));

  private static final int FULL_STATUS = 0x14;

  private final SimReceiptPrinter printer;
  private final Line line;
  private final LineTimers timers;
  private final PrinterJobs jobs;
  private final EscPosStream stream;
  private Buffer toldBlock = Buffer.buffer();
  private Runnable keepOut = () -> {};
  private boolean automatic;

  public Vkp80Wire(SimReceiptPrinter printer, Line line, LineTimers timers) {
    this.printer = printer;
    this.line = line;
    this.timers = timers;
    this.jobs = new PrinterJobs(printer, this::act);
    this.stream = new EscPosStream(jobs::add, this::realTime, _ -> jobs.goOn());
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
        keepOut.run();
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
      case Act.Present present -> present(present);
      case Act.Ask ask -> answer(ask);
      case Act.Automatic(int bits) -> {
        automatic = bits != 0;
        toldBlock = Buffer.buffer();
        tellBlock();
      }
      default -> {}
    }
  }

  /// The receipt is out; after its time it is taken back in, or pushed out to fall.
  private void present(Act.Present present) {
    keepOut.run();
    if (present.seconds() == 0 || printer.slot().isEmpty()) return;
    keepOut =
        timers.after(
            present.seconds() * 1000L,
            () -> {
              if (printer.slot().isEmpty() || !printer.powered()) return;
              if (present.retracts()) printer.retract();
              else printer.take();
            });
  }

  private void answer(Act.Ask ask) {
    switch (ask.command()) {
      case 0x76, 0x72 ->
          line.send(Buffer.buffer().appendByte((byte) (isOut() ? 0x0C : isLow() ? 3 : 0)));
      case 0xE1 -> line.send(Buffer.buffer(printer.centimetresLeft() + "cm"));
      case 0xE2 -> line.send(Buffer.buffer(printer.cuts() + "cuts"));
      case 0xE3 -> line.send(Buffer.buffer(printer.centimetresPrinted() + "cm"));
      case 0xE4 -> line.send(Buffer.buffer(printer.retracted() + "ret"));
      case 0xE5 -> line.send(Buffer.buffer(printer.powerUps() + "on"));
      default -> {}
    }
  }

  private void realTime(int n) {
    switch (n) {
      case FULL_STATUS -> line.send(block());
      case 2 -> send(0x12 | (isOut() ? 0x20 : 0) | (printer.dead() ? 0x40 : 0));
      case 3 -> send(0x12 | (printer.dead() ? 0x20 : 0));
      case 4 -> send(0x12 | (isLow() ? 0x0C : 0) | (isOut() ? 0x60 : 0));
      default -> send(0x12);
    }
  }

  private Buffer block() {
    int paper =
        (isOut() ? 0x01 : 0) | (isLow() ? 0x04 : 0) | (printer.slot().isPresent() ? 0x20 : 0);
    int user = jobs.any() ? 0x04 : 0;
    int recoverable = printer.jammed() ? 0x40 : 0;
    int unrecoverable = printer.dead() ? 0x01 : 0;
    return Buffer.buffer()
        .appendByte((byte) 0x10)
        .appendByte((byte) 0x0F)
        .appendByte((byte) (paper | ordered(PAPER)))
        .appendByte((byte) (user | ordered(USER)))
        .appendByte((byte) (recoverable | ordered(RECOVERABLE)))
        .appendByte((byte) (unrecoverable | ordered(UNRECOVERABLE)));
  }

  private int ordered(String bit) {
    return printer.faults().heldCode(bit).orElse(0);
  }

  private void tellBlock() {
    if (!automatic || !printer.powered() || block().equals(toldBlock)) return;
    toldBlock = block();
    line.send(toldBlock);
  }

  private void send(int b) {
    line.send(Buffer.buffer().appendByte((byte) b));
  }

  private boolean isOut() {
    return printer.paper() == SimReceiptPrinter.Paper.OUT;
  }

  private boolean isLow() {
    return printer.paper() != SimReceiptPrinter.Paper.FULL;
  }
}
