package atm.driver.pcsc;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads chips through the PC/SC service of the computer: `at: pcsc:first`, or a part of the
/// reader's name.
public final class PcscDriver implements Driver {
  @Override
  public String name() {
    return "pcsc";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CARD_READER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      Terminals.nameIn(entry.at());
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    entry.settings().keySet().forEach(key -> mistakes.add("settings: " + key + " is not known"));
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    return new PcscCardReader(
        vertx,
        Terminals::ofThisComputer,
        Terminals.nameIn(entry.at()),
        Clock.systemDefaultZone(),
        Backoff.usual());
  }
}
