package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;

/// One accepted command on its way to its one completion: what a handler sees of its client.
/// Server's event loop only.
final class Call {
  private final Service service;
  private final Client client;
  private final Command command;
  private BooleanSupplier undo;
  private CommandException stop;
  private boolean completed;
  private long timer = -1;

  Call(Service service, Client client, Command command) {
    this.service = service;
    this.client = client;
    this.command = command;
  }

  Command command() {
    return command;
  }

  Client client() {
    return client;
  }

  /// The payload, already found to fit the table; empty when there was none.
  JsonObject payload() {
    return command.payload();
  }

  /// Sends an event of this command to the client that caused it.
  void event(String name, JsonObject payload) {
    if (!completed) service.sendEvent(this, name, payload);
  }

  void event(String name) {
    event(name, null);
  }

  /// From here on the command may be cancelled: `undo` ends the waiting at the device and tells
  /// whether it could; the completion then says why. Cancelled already? Then that happens now.
  void cancellable(BooleanSupplier undo) {
    this.undo = undo;
    if (stop != null) stop(stop);
  }

  /// Asks the command to end. One whose device moves already ends as it will, and tells so.
  void stop(CommandException why) {
    stop = why;
    if (!completed && undo != null && undo.getAsBoolean()) service.fail(this, why);
  }

  /// True the first time only: a command has one completion.
  boolean complete() {
    boolean first = !completed;
    completed = true;
    return first;
  }

  boolean isCompleted() {
    return completed;
  }

  void timer(long timer) {
    this.timer = timer;
  }

  long timer() {
    return timer;
  }
}
