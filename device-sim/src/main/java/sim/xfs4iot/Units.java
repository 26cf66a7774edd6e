package sim.xfs4iot;

import io.vertx.core.json.JsonObject;

/// The storage units of a device, as GetStorage tells them. Server's event loop only.
@FunctionalInterface
interface Units {
  /// All units now: unit name to unit.
  JsonObject units();
}
