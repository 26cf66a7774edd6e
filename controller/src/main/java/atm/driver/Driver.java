package atm.driver;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;

/// One protocol, for the kinds of device it can drive. Found by `ServiceLoader`, so a driver in a
/// jar of its own needs a `META-INF/services/atm.driver.Driver` and nothing else.
public interface Driver {
  /// The word in `devices.yaml`.
  String name();

  Set<DeviceKind> kinds();

  /// What is wrong with the entry, one sentence each; none when `create` can take it.
  List<String> mistakes(DeviceKind kind, DeviceEntry entry);

  /// The device, not yet opened. Touches no wire.
  Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx);
}
