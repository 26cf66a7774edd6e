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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Drives a CRT-310 for its magnetic stripe. Setting: `chip`, whether the chip is read first
/// (`yes`, `no`; usually not).
public final class Crt310Driver implements Driver {
  private static final String CHIP = "chip";

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
    entry
        .settings()
        .forEach(
            (key, value) -> {
              if (!key.equals(CHIP)) {
                mistakes.add("settings: " + key + " is not known");
              } else if (!Set.of("yes", "no").contains(value)) {
                mistakes.add("settings: chip is \"" + value + "\", wanted yes or no");
              }
            });
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    WireTrace trace = new WireTrace(kind.key(), Crt310Frames.TrackMask::new);
    ByteConnector connector = ByteConnector.to(address(entry), vertx, trace);
    return create(entry, connector, vertx);
  }

  /// @param connector to a device that may be played
  static Crt310CardReader create(DeviceEntry entry, ByteConnector connector, Vertx vertx) {
    Deadlines deadlines = Deadlines.of(vertx);
    Optional<Crt310Chip> chip =
        entry.settings().getOrDefault(CHIP, "no").equals("yes")
            ? Optional.of(new Crt310Chip(vertx, deadlines, Clock.systemDefaultZone()))
            : Optional.empty();
    return new Crt310CardReader(
        vertx, connector, deadlines, Backoff.usual(), new Crt310Reading(chip));
  }

  private static ByteAddress address(DeviceEntry entry) {
    return ByteAddress.of(entry.at(), LineSettings.plain(9600));
  }
}
