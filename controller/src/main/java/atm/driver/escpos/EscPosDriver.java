package atm.driver.escpos;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import atm.link.ByteAddress;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.link.LineSettings;
import atm.link.WireTrace;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Drives printers of ESC/POS: `settings: { status: epson }` those that answer, which is taken for
/// granted, `status: none` those that do not.
public final class EscPosDriver implements Driver {
  /// By switches in the printer; this is what most are sold with.
  private static final LineSettings USUAL = LineSettings.plain(9600);

  @Override
  public String name() {
    return "escpos";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.RECEIPT_PRINTER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    return PrinterSettings.mistakes(entry, USUAL, new TreeSet<>(Set.of("columns", "status")));
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    PrinterSettings settings = PrinterSettings.of(entry);
    ByteConnector connector =
        ByteConnector.to(ByteAddress.of(entry.at(), USUAL), vertx, new WireTrace(kind.key()));
    Backoff backoff = Backoff.usual();
    Deadlines deadlines = Deadlines.of(vertx);
    return settings.answers()
        ? new EpsonPrinter(vertx, connector, backoff, deadlines, settings.columns())
        : new PlainPrinter(vertx, connector, backoff, deadlines, settings.columns());
  }
}
