package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import sim.xfs4iot.MessageTable.Kind;
import sim.xfs4iot.Schema.Complaints;
import sim.xfs4iot.Schema.Path;
import sim.xfs4iot.Schema.Watched;

/// The envelope's rules (sheet, section 2): which header field stands in which kind of message,
/// and what it may hold. Stateless; any thread.
final class HeaderRules {
  private static final Pattern NAME =
      Schema.pattern("^[A-Za-z][A-Za-z0-9]*\\.[A-Za-z][A-Za-z0-9]*$");
  private static final Pattern VERSION = Schema.pattern("^[1-9][0-9]*\\.([1-9][0-9]*|0)$");
  private static final Set<String> STATUSES =
      Set.of("invalidMessage", "invalidRequestID", "tooManyRequests");
  private static final Map<String, Set<Kind>> FIELDS =
      Map.of(
          "type", Set.of(Kind.values()),
          "name", Set.of(Kind.values()),
          "version", Set.of(Kind.values()),
          "requestId", Set.of(Kind.values()),
          "timeout", Set.of(Kind.COMMAND),
          "status", Set.of(Kind.ACKNOWLEDGE),
          "completionCode", Set.of(Kind.COMPLETION),
          "errorDescription", Set.of(Kind.COMPLETION));
  private static final Path HEADER = Path.ROOT.to("header");

  Object name(JsonObject message) {
    return message.getJsonObject("header").getValue("name");
  }

  static boolean isName(Object name) {
    return name instanceof String text && text.length() <= 128 && Watched.matches(NAME, text);
  }

  static boolean isVersion(Object version) {
    return version instanceof String text && text.length() <= 20 && Watched.matches(VERSION, text);
  }

  /// A request number that can be echoed: an integer from 1 up to what fits a long.
  static boolean isRequestId(Object id) {
    return id instanceof Integer number && number >= 1 || id instanceof Long big && big >= 1;
  }

  /// Adds what is wrong with the envelope; tells its kind when that much can be read.
  Optional<Kind> check(JsonObject message, Complaints found) {
    if (!(message.getValue("header") instanceof JsonObject header)) {
      found.add(HEADER, Complaints.kind(message.getValue("header")), "an object");
      return Optional.empty();
    }
    for (String field : message.fieldNames()) {
      if (found.strict() && !Set.of("header", "payload").contains(field)) {
        found.add(Path.ROOT.to("message"), "the member " + field, "header and payload only");
      }
    }
    Optional<Kind> kind = Kind.of(header.getValue("type"));
    if (kind.isEmpty()) {
      found.add(HEADER.to("type"), seen(header.getValue("type")), "one of command to unsolicited");
      return kind;
    }
    if (!isName(header.getValue("name"))) {
      found.add(HEADER.to("name"), seen(header.getValue("name")), "Interface.Message");
    }
    if (!isVersion(header.getValue("version"))) {
      found.add(HEADER.to("version"), seen(header.getValue("version")), "major.minor");
    }
    for (String field : header.fieldNames()) field(field, header, kind.get(), found);
    requestId(header, kind.get(), found);
    return kind;
  }

  private static String seen(Object value) {
    String text = String.valueOf(value);
    return text.length() > 60 ? text.length() + " characters" : text;
  }

  private static void field(String field, JsonObject header, Kind kind, Complaints found) {
    Object value = header.getValue(field);
    Path path = HEADER.to(field);
    if (!FIELDS.containsKey(field)) {
      found.add(path, "an unknown field", "one of " + FIELDS.keySet());
    } else if (!FIELDS.get(field).contains(kind)) {
      found.add(path, "it in a message of type " + kind.word(), "it in " + FIELDS.get(field));
    } else if (value != null) {
      value(field, value, path, found);
    }
  }

  private static void value(String field, Object value, Path path, Complaints found) {
    switch (field) {
      case "timeout" -> {
        boolean whole = value instanceof Integer || value instanceof Long;
        if (!whole || ((Number) value).longValue() < 0) {
          found.add(path, seen(value), "an integer from 0");
        }
      }
      case "status" -> {
        if (!STATUSES.contains(value)) found.add(path, seen(value), "one of " + STATUSES);
      }
      case "completionCode" -> {
        if (CompletionCode.of(value).isEmpty()) {
          found.add(path, seen(value), "a completion code of section 4");
        } else if (found.strict() && value.equals("authorisationRequired")) {
          found.add(path, "KAL's spelling", "authorizationRequired");
        }
      }
      case "errorDescription" -> {
        if (!(value instanceof String)) found.add(path, Complaints.kind(value), "a string");
      }
      default -> {}
    }
  }

  private static void requestId(JsonObject header, Kind kind, Complaints found) {
    Object id = header.getValue("requestId");
    boolean none = id == null || Integer.valueOf(0).equals(id);
    boolean well =
        switch (kind) {
          case UNSOLICITED -> found.strict() ? !header.containsKey("requestId") : none;
          // KAL sends unsolicited ones as events, without a number.
          case EVENT -> isRequestId(id) || !found.strict() && none;
          // Zero is what a refusal carries when there was no number to repeat.
          case ACKNOWLEDGE ->
              isRequestId(id) || Integer.valueOf(0).equals(id) && header.getValue("status") != null;
          case COMMAND, COMPLETION -> isRequestId(id);
        };
    if (!well) {
      found.add(
          HEADER.to("requestId"),
          seen(id),
          kind == Kind.UNSOLICITED ? "none" : "an integer from 1");
    }
  }

  /// `errorCode` is set exactly when the completion code sends the reader there (section 4).
  void errorCode(JsonObject message, Complaints found) {
    boolean sent =
        message.getValue("payload") instanceof JsonObject payload
            && payload.getValue("errorCode") != null;
    boolean asked =
        "commandErrorCode".equals(message.getJsonObject("header").getValue("completionCode"));
    if (sent != asked) {
      found.add("payload.errorCode: saw " + (sent ? "one" : "none") + ", wanted the opposite");
    }
  }
}
