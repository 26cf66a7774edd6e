package sim.xfs4iot;

import io.vertx.core.json.JsonObject;

/// Ends a command without success: a completion code, perhaps the command's own `errorCode`, and a
/// sentence for people.
final class CommandException extends RuntimeException {
  private final CompletionCode code;
  private final JsonObject payload;

  private CommandException(CompletionCode code, JsonObject payload, String why) {
    super(why, null, false, false);
    this.code = code;
    this.payload = payload;
  }

  static CommandException of(CompletionCode code, String why) {
    return new CommandException(code, null, why);
  }

  /// One of the command's own errors, from its list in the table.
  static CommandException error(String errorCode, String why) {
    return error(errorCode, new JsonObject(), why);
  }

  /// As [#error(String, String)], where the completion also tells what did move.
  static CommandException error(String errorCode, JsonObject payload, String why) {
    return new CommandException(
        CompletionCode.COMMAND_ERROR_CODE, payload.copy().put("errorCode", errorCode), why);
  }

  CompletionCode code() {
    return code;
  }

  JsonObject payload() {
    return payload;
  }
}
