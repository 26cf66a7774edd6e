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

/// Drives the kiosk printers Custom VKP80III.
public final class Vkp80Driver implements Driver {
  private static final LineSettings USUAL = LineSettings.plain(115_200);

  @Override
  public String name() {
    return "vkp80";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.RECEIPT_PRINTER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    return PrinterSettings.mistakes(entry, USUAL, new TreeSet<>(Set.of("columns")));
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    return new Vkp80Printer(
        vertx,
        ByteConnector.to(ByteAddress.of(entry.at(), USUAL), vertx, new WireTrace(kind.key())),
        Backoff.usual(),
        Deadlines.of(vertx),
        PrinterSettings.of(entry).columns());
  }
}
