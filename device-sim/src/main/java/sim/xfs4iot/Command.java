package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/// A command as it came in, its header sound (sheet, section 2). The payload is not judged yet: it
/// is whatever stood there, or an empty object. Its text stays out of logs; it may hold a PAN.
record Command(String name, String version, long requestId, long timeoutMs, Object rawPayload) {

  private static final Set<String> FIELDS =
      Set.of("type", "name", "version", "requestId", "timeout");

  /// Why a message was not taken, in the words of an acknowledge.
  static final class Refused extends Exception {
    final String status;
    final String name;
    final String version;

    /// Zero where there is no sound number to repeat.
    final long requestId;

    Refused(String status, String name, String version, long requestId, String why) {
      super(why, null, false, false);
      this.status = status;
      this.name = name;
      this.version = version;
      this.requestId = requestId;
    }
  }

  static Command read(String text) throws Refused {
    JsonObject message;
    try {
      message = Json.read(text);
    } catch (IllegalArgumentException e) {
      throw invalid(null, null, 0, e.getMessage());
    }
    if (!(message.getValue("header") instanceof JsonObject header)) {
      throw invalid(null, null, 0, "no header");
    }
    return read(header, message.getValue("payload"));
  }

  private static Command read(JsonObject header, Object payload) throws Refused {
    String name = HeaderRules.isName(header.getValue("name")) ? header.getString("name") : null;
    String version =
        HeaderRules.isVersion(header.getValue("version")) ? header.getString("version") : null;
    Object id = header.getValue("requestId");
    long requestId = HeaderRules.isRequestId(id) ? ((Number) id).longValue() : 0;

    if (!"command".equals(header.getValue("type"))) {
      throw invalid(name, version, requestId, "header.type is not command");
    }
    if (name == null) throw invalid(null, version, requestId, "header.name is none");
    if (version == null) throw invalid(name, null, requestId, "header.version is none");
    if (!FIELDS.containsAll(header.fieldNames())) {
      throw invalid(name, version, requestId, "a header field no command has");
    }
    if (requestId == 0) {
      throw new Refused(
          "invalidRequestID", name, version, 0, "requestId is no integer of 1 or more");
    }
    return new Command(name, version, requestId, timeout(header, name, version), payload(payload));
  }

  private static long timeout(JsonObject header, String name, String version) throws Refused {
    return switch (header.getValue("timeout")) {
      case null -> 0;
      case Integer ms when ms >= 0 -> ms;
      case Long ms when ms >= 0 -> ms;
      default ->
          throw invalid(
              name, version, header.getLong("requestId"), "timeout is no integer of 0 or more");
    };
  }

  private static Object payload(Object payload) {
    return payload == null ? new JsonObject(Map.of()) : payload;
  }

  private static Refused invalid(String name, String version, long requestId, String why) {
    return new Refused(
        "invalidMessage",
        name == null ? "Common.Acknowledge" : name,
        version == null ? "2.0" : version,
        requestId,
        why);
  }

  /// As it came in.
  JsonObject message() {
    JsonObject header =
        new JsonObject()
            .put("type", "command")
            .put("name", name)
            .put("version", version)
            .put("requestId", requestId);
    if (timeoutMs > 0) header.put("timeout", timeoutMs);
    return new JsonObject().put("header", header).put("payload", rawPayload);
  }

  String interfaceName() {
    return name.substring(0, name.indexOf('.'));
  }

  JsonObject payload() {
    return (JsonObject) rawPayload;
  }

  @Override
  public String toString() {
    return name + " " + requestId;
  }
}
