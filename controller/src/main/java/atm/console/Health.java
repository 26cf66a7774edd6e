package atm.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/// How the machine is, for `/health`: whether a customer can be served, and each part with its
/// reason.
///
/// @param inService a card can be inserted
/// @param reason in words, why not; or what is restricted
public record Health(boolean inService, String reason, Map<String, Part> devices, Part books) {
  /// One device, or the books.
  ///
  /// @param state `online`, `offline`, `starting`, `fault`
  public record Part(boolean up, String state, String detail, List<String> warnings) {
    JsonObject json() {
      return new JsonObject()
          .put("up", up)
          .put("state", state)
          .put("detail", detail)
          .put("warnings", new JsonArray(warnings));
    }
  }

  boolean allUp() {
    return inService && books.up && devices.values().stream().allMatch(Part::up);
  }

  JsonObject json() {
    JsonObject each = new JsonObject();
    devices.forEach((device, part) -> each.put(device, part.json()));
    return new JsonObject()
        .put("status", allUp() ? "up" : "down")
        .put("inService", inService)
        .put("reason", reason)
        .put("devices", each)
        .put("books", books.json());
  }
}
