package atm.driver.keypad;

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

/// Drives a numeric keypad at USB as a PIN pad, on test machines.
public final class UsbKeypadDriver implements Driver {
  private final Ioctl ioctl;

  public UsbKeypadDriver() {
    this(Ioctl.linux());
  }

  /// @param ioctl how the kernel is asked
  public UsbKeypadDriver(Ioctl ioctl) {
    this.ioctl = ioctl;
  }

  @Override
  public String name() {
    return "usb-keypad";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.PIN_PAD);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      KeyConnector.pathOf(entry.at());
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    mistakes.addAll(KeyCodes.mistakes(entry.settings()));
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    WireTrace trace = new WireTrace(kind.key(), InputEvents.Mask::new);
    KeyConnector connector = new KeyConnector(entry.at(), vertx, trace, ioctl);
    return create(entry, connector, vertx, Deadlines.of(vertx), Backoff.usual());
  }

  /// @param connector to a device that may be played
  static UsbKeypad create(
      DeviceEntry entry,
      KeyConnector connector,
      Vertx vertx,
      Deadlines deadlines,
      Backoff backoff) {
    return new UsbKeypad(vertx, connector, deadlines, backoff, KeyCodes.of(entry.settings()));
  }
}
