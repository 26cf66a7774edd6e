package sim.xfs4iot;

import io.vertx.core.json.JsonObject;

/// One accepted command on its way to its one completion: what a handler sees of its client.
/// Server's event loop only.
final class Call {
  private final Service service;
  private final Client client;
  private final Command command;
  private Runnable undo;
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

  /// From here on the command may be cancelled: `undo` ends the waiting at the device, if it still
  /// waits, and the handler then fails. Cancelled already? Then that happens now.
  void cancellable(Runnable undo) {
    this.undo = undo;
    if (stop != null) undo.run();
  }

  /// Asks the command to end. One whose device moves already ends as it will, and tells so.
  void stop(CommandException why) {
    if (stop != null) return;
    stop = why;
    if (undo != null) undo.run();
  }

  /// Why a cancelled command really ended: the device only knows that it was told to stop.
  CommandException reason(CommandException failure) {
    return failure.code() == CompletionCode.CANCELED && stop != null ? stop : failure;
  }

  /// Why the command ended: a device that was made to stop waiting says only that it was cancelled,
  /// where a time-out made it stop.
  Throwable why(Throwable cause) {
    boolean wasStopped =
        stop != null
            && cause instanceof CommandException told
            && told.code() == CompletionCode.CANCELED;
    return wasStopped ? stop : cause;
  }

  /// True the first time only: a command has one completion.
  boolean complete() {
    boolean first = !completed;
    completed = true;
    return first;
  }

  void timer(long timer) {
    this.timer = timer;
  }

  long timer() {
    return timer;
  }
}
