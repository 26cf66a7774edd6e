package atm.driver.swipe;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.InputEvents;
import atm.link.Ioctl;
import atm.link.KeyConnector;
import atm.link.WireTrace;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Drives a swipe reader that types. Setting: `lrc`, whether it types the LRC too (`yes`, `no`).
public final class HidSwipeDriver implements Driver {
  private static final String LRC = "lrc";

  private final Ioctl ioctl;

  public HidSwipeDriver() {
    this(Ioctl.linux());
  }

  /// @param ioctl how the kernel is asked
  public HidSwipeDriver(Ioctl ioctl) {
    this.ioctl = ioctl;
  }

  @Override
  public String name() {
    return "hid-swipe";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CARD_READER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      KeyConnector.pathOf(entry.at());
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    entry
        .settings()
        .forEach(
            (key, value) -> {
              if (!key.equals(LRC)) {
                mistakes.add("settings: " + key + " is not known");
              } else if (!Set.of("yes", "no").contains(value)) {
                mistakes.add("settings: lrc is \"" + value + "\", wanted yes or no");
              }
            });
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    WireTrace trace = new WireTrace(kind.key(), InputEvents.Mask::new);
    KeyConnector connector = new KeyConnector(entry.at(), vertx, trace, ioctl);
    return create(entry, connector, vertx, Deadlines.of(vertx));
  }

  /// @param connector to a device that may be played
  static HidSwipeReader create(
      DeviceEntry entry, KeyConnector connector, Vertx vertx, Deadlines deadlines) {
    boolean lrc = entry.settings().getOrDefault(LRC, "no").equals("yes");
    return new HidSwipeReader(vertx, connector, deadlines, Backoff.usual(), lrc);
  }
}
