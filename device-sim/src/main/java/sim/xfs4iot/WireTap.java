package sim.xfs4iot;

import io.vertx.core.json.JsonObject;

/// Hears what goes over the wires of a server, both ways, secrets already masked. On the server's
/// event loop.
@FunctionalInterface
public interface WireTap {
  /// @param fromDevice whether the device said it, rather than its controller
  void heard(String service, boolean fromDevice, JsonObject message);
}
