package atm.driver.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// One message from a service, its envelope checked (§2).
///
/// @param id of the command it belongs to; empty when it belongs to none
/// @param code of an acknowledge its `status`, of a completion its `completionCode`; empty means
///     that all is well
record Message(
    Type type,
    String name,
    Optional<Integer> id,
    Optional<String> code,
    Optional<String> description,
    JsonObject payload) {
  enum Type {
    ACKNOWLEDGE,
    EVENT,
    COMPLETION,
    UNSOLICITED
  }

  /// Throws `IllegalArgumentException` with a sentence for what is no message.
  static Message parse(String text) {
    JsonObject all = ExactJson.object(text);
    JsonObject header = object(all, "header", "the message");
    Type type =
        switch (text(header, "type").orElse("")) {
          case "acknowledge" -> Type.ACKNOWLEDGE;
          case "event" -> Type.EVENT;
          case "completion" -> Type.COMPLETION;
          case "unsolicited" -> Type.UNSOLICITED;
          default -> throw new IllegalArgumentException("no message type known here");
        };
    String name =
        text(header, "name")
            .orElseThrow(() -> new IllegalArgumentException("a message without a name"));
    if (!name.matches("[A-Za-z][A-Za-z0-9]{0,63}\\.[A-Za-z][A-Za-z0-9]{0,63}")) {
      throw new IllegalArgumentException("a message name that is not Interface.Message");
    }
    String codeField = type == Type.ACKNOWLEDGE ? "status" : "completionCode";
    return new Message(
        type,
        name,
        id(header),
        // KAL writes `success` where the release leaves the code out (§10).
        text(header, codeField).filter(code -> !code.equals("success")),
        text(header, "errorDescription"),
        all.getValue("payload") == null ? new JsonObject() : object(all, "payload", name));
  }

  /// The command's own error code.
  Optional<String> errorCode() {
    return text(payload, "errorCode");
  }

  boolean isSuccess() {
    return code.isEmpty();
  }

  /// Why the command failed, in one piece for people: `commandErrorCode noItems (stacker empty)`.
  String failure() {
    return code.orElse("success")
        + errorCode().map(own -> " " + own).orElse("")
        + description.map(words -> " (" + words + ")").orElse("");
  }

  static Optional<String> text(JsonObject in, String name) {
    return in.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static JsonObject object(JsonObject in, String name, String where) {
    if (in.getValue(name) instanceof JsonObject object) return object;
    throw new IllegalArgumentException("no object \"" + name + "\" in " + where);
  }

  // Older services put 0 or null where there is no command.
  private static Optional<Integer> id(JsonObject header) {
    return switch (header.getValue("requestId")) {
      case null -> Optional.empty();
      case Integer id when id >= 0 -> Optional.of(id).filter(some -> some > 0);
      default -> throw new IllegalArgumentException("a requestId that is no positive integer");
    };
  }
}
