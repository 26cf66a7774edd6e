package sim.xfs4iot;

import io.vertx.core.json.JsonObject;

/// Tells the client of a command which unit made it fail. Stateless.
final class StorageErrors {
  private StorageErrors() {}

  /// `failure` is a word of Storage.StorageErrorEvent, such as `empty` or `full`.
  static void tell(Call call, Units units, String failure, String unit) {
    call.event(
        "Storage.StorageErrorEvent",
        new JsonObject()
            .put("failure", failure)
            .put("unit", new JsonObject().put(unit, units.units().getJsonObject(unit))));
  }
}
