package lesson;

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

/// `driver: lesson-printer` in `devices.yaml`. It has no settings beside those of its line.
public final class LessonPrinterDriver implements Driver {
  private static final LineSettings USUAL = LineSettings.plain(9600);

  @Override
  public String name() {
    return "lesson-printer";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.RECEIPT_PRINTER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      ByteAddress.of(entry.at(), USUAL);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    if (!entry.settings().isEmpty()) {
      mistakes.add("settings are " + entry.settings().keySet() + ", but lesson-printer has none");
    }
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    ByteConnector connector =
        ByteConnector.to(ByteAddress.of(entry.at(), USUAL), vertx, new WireTrace(kind.key()));
    return new LessonPrinter(vertx, connector, Deadlines.of(vertx), Backoff.usual());
  }
}
