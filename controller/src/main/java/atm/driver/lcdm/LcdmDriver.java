package atm.driver.lcdm;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.driver.lcdm.LcdmReply.BothOrder;
import atm.link.Backoff;
import atm.link.ByteAddress;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.link.LineSettings;
import atm.link.WireTrace;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Drives an LCDM-1000 or LCDM-2000; which of the two, its ROM version says. The first cassette of
/// the entry is the upper one.
public final class LcdmDriver implements Driver {
  /// The setting that says in which order the counts come that reply 56 holds.
  private static final String ORDER = "reply-56";

  private static final Map<String, BothOrder> ORDERS =
      Map.of("by-cassette", BothOrder.BY_CASSETTE, "by-sensor", BothOrder.BY_SENSOR);

  @Override
  public String name() {
    return "puloon-lcdm";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CASH_DISPENSER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      address(entry.at());
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    if (entry.cassettes().size() > 2) {
      mistakes.add(
          "has " + entry.cassettes().size() + " cassettes; an LCDM-1000 has one, a 2000 two");
    }
    entry
        .settings()
        .forEach(
            (key, word) -> {
              if (!key.equals(ORDER)) {
                mistakes.add("settings: " + key + " is not known, only " + ORDER);
              } else if (!ORDERS.containsKey(word)) {
                mistakes.add("settings: " + ORDER + " is " + word + ", wanted " + ORDERS.keySet());
              }
            });
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    WireTrace trace = new WireTrace(kind.key());
    return create(
        entry,
        vertx,
        ByteConnector.to(address(entry.at()), vertx, trace),
        Deadlines.of(vertx),
        Backoff.usual());
  }

  static LcdmDispenser create(
      DeviceEntry entry,
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff) {
    Optional<BothOrder> order = Optional.ofNullable(entry.settings().get(ORDER)).map(ORDERS::get);
    return new LcdmDispenser(vertx, connector, deadlines, backoff, entry.cassettes(), order);
  }

  private static ByteAddress address(URI at) {
    return ByteAddress.of(at, LineSettings.plain(9600));
  }
}
