package atm.driver.lcdm4000;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Drives an LCDM-4000. The cassettes of the entry are the first to the fourth of the device.
/// Firmware that wants even parity gets it by its address: `?parity=even`.
public final class Lcdm4000Driver implements Driver {
  @Override
  public String name() {
    return "puloon-lcdm-4000";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CASH_DISPENSER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      address(entry);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    if (entry.cassettes().size() > Lcdm4000Frames.CASSETTES) {
      mistakes.add("has " + entry.cassettes().size() + " cassettes; an LCDM-4000 has four");
    }
    entry.settings().keySet().forEach(key -> mistakes.add("settings: " + key + " is not known"));
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    ByteConnector connector = ByteConnector.to(address(entry), vertx, new WireTrace(kind.key()));
    return new Lcdm4000Dispenser(
        vertx, connector, Deadlines.of(vertx), Backoff.usual(), entry.cassettes());
  }

  private static ByteAddress address(DeviceEntry entry) {
    return ByteAddress.of(entry.at(), LineSettings.plain(9600));
  }
}
