package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/// The commands of one XFS4IoT interface as one service serves them. Runs on the server's event
/// loop; a handler is never entered twice at a time unless its command is run at once.
interface CommandSet {
  /// Does one command; the future's payload, which may be null, goes into the completion.
  @FunctionalInterface
  interface Handler {
    Future<JsonObject> run(Call call);
  }

  /// The interface's name, as the table spells it.
  String name();

  /// Its commands, by message name without the interface.
  Map<String, Handler> commands();

  /// The names of the events it may send, without the interface.
  Set<String> events();

  /// Adds this interface's part to a Common.Status payload.
  default void status(JsonObject status) {}

  /// Adds this interface's part to a Common.Capabilities payload.
  default void capabilities(JsonObject capabilities) {}

  /// Called when the device may have changed, and after each command.
  default void changed() {}

  /// The power is gone: forget what only memory held.
  default void powerLost() {}
}
