package atm.driver.zt598;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import atm.link.ByteAddress;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.link.WireTrace;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;

/// Drives ZT598 and, with `settings: { model: zt588 }`, ZT588.
public final class Zt598Driver implements Driver {
  @Override
  public String name() {
    return "zt598";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.PIN_PAD);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    return PadSettings.mistakes(entry);
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    WireTrace trace = new WireTrace(kind.key(), PadFrames.SecretMask::new);
    ByteAddress at = ByteAddress.of(entry.at(), PadSettings.LINE);
    return new Zt598PinPad(
        vertx,
        ByteConnector.to(at, vertx, trace),
        Deadlines.of(vertx),
        Backoff.usual(),
        PadSettings.of(entry));
  }
}
