package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import sim.mechanics.SimCardReader;

/// The retain bin of a card reader as a storage unit. Server's event loop only.
record CardUnits(SimCardReader reader) implements Units {
  /// From here up the bin is called high: five cards before it is full.
  private static final int HIGH = SimCardReader.BIN_CAPACITY - 5;

  @Override
  public JsonObject units() {
    int count = reader.retained().size();
    JsonObject card =
        new JsonObject()
            .put(
                "capabilities",
                new JsonObject().put("type", "retain").put("hardwareSensors", false))
            .put("configuration", new JsonObject().put("threshold", HIGH))
            .put(
                "status",
                new JsonObject()
                    .put("initialCount", 0)
                    .put("count", count)
                    .put("retainCount", count)
                    .put("replenishmentStatus", replenishment(count)));
    JsonObject bin =
        new JsonObject()
            .put("id", "RB1")
            .put("positionName", "Retain bin")
            .put("capacity", SimCardReader.BIN_CAPACITY)
            .put("status", "ok")
            .put("card", card);
    return new JsonObject().put(CardReaderCommands.BIN, bin);
  }

  private static String replenishment(int count) {
    if (count >= SimCardReader.BIN_CAPACITY) return "full";
    return count > HIGH ? "high" : "ok";
  }
}
