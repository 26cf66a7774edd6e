package atm.driver.crt310;

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

/// Drives a CRT-310 for its magnetic stripe.
public final class Crt310Driver implements Driver {
  @Override
  public String name() {
    return "crt-310";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CARD_READER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      address(entry);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    entry.settings().keySet().forEach(key -> mistakes.add("settings: " + key + " is not known"));
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    WireTrace trace = new WireTrace(kind.key(), Crt310Frames.TrackMask::new);
    ByteConnector connector = ByteConnector.to(address(entry), vertx, trace);
    return new Crt310CardReader(vertx, connector, Deadlines.of(vertx), Backoff.usual());
  }

  private static ByteAddress address(DeviceEntry entry) {
    return ByteAddress.of(entry.at(), LineSettings.plain(9600));
  }
}
