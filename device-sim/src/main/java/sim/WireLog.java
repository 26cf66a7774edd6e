package sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// The last messages on the devices' wires, for whoever looks through the back door. Runs on the
/// mechanics' context.
final class WireLog {
  // Three withdrawals, as far as a person scrolls back; with the bound on each some two megabytes.
  private static final int KEPT = 250;
  // The longest that says something new is a list of cash units; what is beyond is cut.
  private static final int TEXT_MAX = 8192;

  private final Clock clock;
  private final Consumer<JsonObject> tell;
  private final Deque<JsonObject> kept = new ArrayDeque<>();
  private long number;

  /// @param tell hears of each message at once
  WireLog(Clock clock, Consumer<JsonObject> tell) {
    this.clock = clock;
    this.tell = tell;
  }

  /// @param message without secrets
  void heard(String device, boolean fromDevice, JsonObject message) {
    JsonObject header = message.getJsonObject("header", new JsonObject());
    String text = message.encode();
    JsonObject entry =
        new JsonObject()
            .put("number", ++number)
            .put("at", clock.instant().toString())
            .put("device", device)
            .put("fromDevice", fromDevice)
            .put("type", header.getValue("type"))
            .put("name", header.getValue("name"))
            .put("requestId", header.getValue("requestId"))
            .put("completionCode", header.getValue("completionCode"))
            .put("text", text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…");
    kept.add(entry);
    if (kept.size() > KEPT) kept.remove();
    tell.accept(entry);
  }

  JsonObject messages() {
    JsonArray all = new JsonArray();
    kept.forEach(all::add);
    return new JsonObject().put("messages", all);
  }
}
