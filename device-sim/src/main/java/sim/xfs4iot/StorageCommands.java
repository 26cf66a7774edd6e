package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/// GetStorage, and the events that tell what changed in the units (sheet, section 7). Counts are
/// told between commands, not at each note that passes. Server's event loop only.
class StorageCommands implements CommandSet {
  private final Service service;
  private final Units units;
  private JsonObject told;

  StorageCommands(Service service, Units units) {
    this.service = service;
    this.units = units;
  }

  @Override
  public final String name() {
    return "Storage";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of("GetStorage", this::getStorage);
  }

  @Override
  public final Set<String> events() {
    return Set.of("CountsChangedEvent", "StorageThresholdEvent", "StorageChangedEvent");
  }

  private Future<JsonObject> getStorage(Call call) {
    return Future.succeededFuture(new JsonObject().put("storage", units.units()));
  }

  @Override
  public final void changed() {
    if (service.isBusy()) return;
    JsonObject now = units.units();
    if (told != null) {
      JsonObject counts = new JsonObject();
      JsonObject thresholds = new JsonObject();
      JsonObject others = new JsonObject();
      JsonObject changes = Payloads.changes(told, now);
      for (String unit : changes.fieldNames()) {
        sort(
            unit, changes.getJsonObject(unit), now.getJsonObject(unit), counts, thresholds, others);
      }
      send("Storage.CountsChangedEvent", counts);
      send("Storage.StorageThresholdEvent", thresholds);
      send("Storage.StorageChangedEvent", others);
    }
    told = now;
  }

  private void send(String event, JsonObject payload) {
    if (!payload.isEmpty()) service.unsolicited(event, payload);
  }

  /// Counts, thresholds and the rest each have an event of their own.
  private static void sort(
      String unit,
      JsonObject changes,
      JsonObject now,
      JsonObject counts,
      JsonObject thresholds,
      JsonObject others) {
    String kind = now.containsKey("cash") ? "cash" : "card";
    JsonObject rest = changes.copy();
    JsonObject changed = rest.getJsonObject(kind, new JsonObject());
    JsonObject status = (JsonObject) changed.remove("status");
    if (status != null) {
      Object replenishment = status.remove("replenishmentStatus");
      if (replenishment != null) {
        JsonObject told = new JsonObject().put("replenishmentStatus", replenishment);
        thresholds.put(unit, nested(kind, "status", told));
      }
      // The whole count set, because a count that went to zero is told by its absence.
      if (!status.isEmpty()) {
        JsonObject whole = now.getJsonObject(kind).getJsonObject("status").copy();
        whole.remove("replenishmentStatus");
        counts.put(unit, nested(kind, "status", whole));
      }
    }
    if (changed.isEmpty()) rest.remove(kind);
    if (!rest.isEmpty()) others.put(unit, rest);
  }

  private static JsonObject nested(String outer, String inner, JsonObject value) {
    return new JsonObject().put(outer, new JsonObject().put(inner, value));
  }
}
