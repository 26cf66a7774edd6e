package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import sim.xfs4iot.MessageTable.Kind;

/// Builds the envelopes the services send (sheet, section 2). Stateless; any thread.
final class Messages {
  private Messages() {}

  static JsonObject acknowledge(Dialect dialect, Command command) {
    return envelope(
        "acknowledge",
        command.name(),
        dialect.acknowledgeVersion(command.version()),
        command.requestId());
  }

  static JsonObject refusal(Dialect dialect, Command.Refused refused) {
    String version = dialect.acknowledgeVersion(refused.version);
    JsonObject message = envelope("acknowledge", refused.name, version, refused.requestId);
    message.getJsonObject("header").put("status", refused.status);
    return message;
  }

  static JsonObject completion(
      MessageTable table, Dialect dialect, Command command, JsonObject payload) {
    JsonObject message = completion(table, command, payload);
    if (dialect.saysSuccess()) message.getJsonObject("header").put("completionCode", "success");
    return message;
  }

  static JsonObject completion(MessageTable table, Command command, CommandException failure) {
    JsonObject message = completion(table, command, failure.payload());
    message
        .getJsonObject("header")
        .put("completionCode", failure.code().word())
        .put("errorDescription", failure.getMessage());
    return message;
  }

  private static JsonObject completion(MessageTable table, Command command, JsonObject payload) {
    // A command nobody knows has no completion of its own version.
    String version = table.version(command.name(), Kind.COMPLETION).orElse(command.version());
    return with(payload, envelope("completion", command.name(), version, command.requestId()));
  }

  static JsonObject event(String name, String version, long requestId, JsonObject payload) {
    return with(payload, envelope("event", name, version, requestId));
  }

  static JsonObject unsolicited(Dialect dialect, String name, String version, JsonObject payload) {
    JsonObject header =
        new JsonObject()
            .put("type", dialect.unsolicitedType())
            .put("name", name)
            .put("version", version);
    return with(payload, new JsonObject().put("header", header));
  }

  private static JsonObject envelope(String type, String name, String version, long requestId) {
    return new JsonObject()
        .put(
            "header",
            new JsonObject()
                .put("type", type)
                .put("name", name)
                .put("version", version)
                .put("requestId", requestId));
  }

  private static JsonObject with(JsonObject payload, JsonObject message) {
    return payload == null || payload.isEmpty() ? message : message.put("payload", payload);
  }
}
