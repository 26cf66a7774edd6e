package atm.driver.keypad;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.LineAddress;
import atm.link.LineConnector;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Drives a matrix keypad at GPIO pins as a PIN pad, on test machines. Settings beside those of
/// `KeyLayout`: `scan`, the milliseconds from one scan to the next.
public final class GpioKeypadDriver implements Driver {
  private static final String SCAN = "scan";
  private static final int SCAN_MS = 5;

  /// Two scans are the least that tell a bounce from a press.
  private static final int SCAN_MS_MAX = 10;

  @Override
  public String name() {
    return "gpio-keypad";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.PIN_PAD);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    collect(mistakes, () -> scanEvery(entry.settings()));
    collect(mistakes, () -> layout(LineAddress.of(entry.at()), entry.settings()));
    return mistakes;
  }

  private static void collect(List<String> mistakes, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    LineConnector connector = new LineConnector(LineAddress.of(entry.at()), vertx);
    return create(entry, connector, vertx, Deadlines.of(vertx), Backoff.usual());
  }

  /// @param connector to pins that may be played
  static GpioKeypad create(
      DeviceEntry entry,
      LineConnector connector,
      Vertx vertx,
      Deadlines deadlines,
      Backoff backoff) {
    LineAddress address = LineAddress.of(entry.at());
    KeyLayout layout = layout(address, entry.settings());
    Duration scanEvery = scanEvery(entry.settings());
    return new GpioKeypad(vertx, address, connector, deadlines, backoff, layout, scanEvery);
  }

  private static KeyLayout layout(LineAddress address, Map<String, String> settings) {
    return KeyLayout.of(address.rows().size(), address.columns().size(), settings, Set.of(SCAN));
  }

  private static Duration scanEvery(Map<String, String> settings) {
    String ms = settings.getOrDefault(SCAN, String.valueOf(SCAN_MS));
    if (!ms.matches("\\d{1,2}") || Integer.parseInt(ms) < 1 || Integer.parseInt(ms) > SCAN_MS_MAX) {
      throw new IllegalArgumentException(
          "settings: scan is \"" + ms + "\", wanted 1 to " + SCAN_MS_MAX + " milliseconds");
    }
    return Duration.ofMillis(Integer.parseInt(ms));
  }
}
