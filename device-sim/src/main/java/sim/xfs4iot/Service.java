package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import sim.xfs4iot.CommandSet.Handler;
import sim.xfs4iot.MessageTable.Kind;

/// The engine of one service: acknowledges each command once and first, runs them one at a time in
/// order of arrival over all clients, and completes each once (sheet, sections 3 to 5).
/// Server's event loop only.
final class Service {
  /// How many commands may wait: a session uses three or four at once, and the number is offered
  /// as `maximumRequests`.
  static final int WAITING_MAX = 32;

  /// Section 3.2: these only read, and run beside whatever moves.
  private static final Set<String> AT_ONCE =
      Set.of(
          "Common.Status",
          "Common.Capabilities",
          "Common.Cancel",
          "ServicePublisher.GetServices",
          "Storage.GetStorage",
          "CashManagement.GetBankNoteTypes",
          "CashManagement.GetClassificationList",
          "Keyboard.GetLayout",
          "KeyManagement.GetKeyDetail",
          "Printer.GetFormList",
          "Printer.GetMediaList");

  private static final System.Logger LOG = System.getLogger(Service.class.getName());

  private final Vertx vertx;
  private final MessageTable table;
  private final Dialect dialect;
  private final String name;
  private final List<CommandSet> sets = new ArrayList<>();
  private final Map<String, Handler> handlers = new HashMap<>();
  private final Set<Client> clients = new LinkedHashSet<>();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private Call running;
  private boolean reachable = true;
  private WireTap tap = (_, _, _) -> {};

  Service(String name, Vertx vertx, MessageTable table, Dialect dialect) {
    this.name = name;
    this.vertx = vertx;
    this.table = table;
    this.dialect = dialect;
  }

  /// Adds an interface; done once for each, before the first client.
  Service serve(CommandSet set) {
    sets.add(set);
    set.commands().forEach((command, handler) -> handlers.put(set.name() + "." + command, handler));
    return this;
  }

  /// Lets `tap` hear every message from now on.
  void tap(WireTap tap) {
    this.tap = tap;
  }

  /// Whoever sends a message of this service says so here.
  void sent(JsonObject message) {
    tap.heard(name, true, Mask.of(message));
  }

  String name() {
    return name;
  }

  Vertx vertx() {
    return vertx;
  }

  MessageTable table() {
    return table;
  }

  Dialect dialect() {
    return dialect;
  }

  List<CommandSet> sets() {
    return sets;
  }

  boolean isReachable() {
    return reachable;
  }

  int clientCount() {
    return clients.size();
  }

  /// Whether a command moves the device now.
  boolean isBusy() {
    return running != null;
  }

  void connected(Client client) {
    clients.add(client);
  }

  /// What a lost client had asked for is cancelled, what already moves ends by itself.
  void disconnected(Client client) {
    if (!clients.remove(client)) return;
    client.lost();
    for (Call call : List.copyOf(client.unfinished())) {
      stop(call, CommandException.of(CompletionCode.CANCELED, "the client is gone"));
    }
  }

  void received(Client client, String text) {
    try {
      Command command = Command.read(text);
      tap.heard(name, false, Mask.of(command.message()));
      accept(client, command);
    } catch (Command.Refused refused) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", name, refused.getMessage());
      if (dialect.losesTheConnectionOnNonsense()) client.cut();
      else client.send(Messages.refusal(dialect, refused));
    }
  }

  private void accept(Client client, Command command) throws Command.Refused {
    boolean atOnce = AT_ONCE.contains(command.name());
    if (dialect.checksDuplicateRequestIds() && client.has(command.requestId())) {
      throw refused("invalidRequestID", 0, command, "requestId is in use");
    }
    if (!atOnce && waiting.size() >= WAITING_MAX) {
      client.send(
          Messages.refusal(
              dialect, refused("tooManyRequests", command.requestId(), command, "queue full")));
      return;
    }
    if (dialect.losesTheConnectionOnNonsense() && !table.isCommand(command.name())) {
      client.cut();
      return;
    }
    client.send(Messages.acknowledge(dialect, command));
    Call call = new Call(this, client, command);
    client.unfinished().add(call);
    CommandException wrong = judge(command);
    if (wrong != null) {
      fail(call, wrong);
    } else {
      limitTime(call);
      if (atOnce) {
        start(call);
      } else {
        waiting.add(call);
        next();
      }
    }
  }

  private static Command.Refused refused(
      String status, long requestId, Command command, String why) {
    return new Command.Refused(status, command.name(), command.version(), requestId, why);
  }

  /// Name, version and payload, in the order of section 4; null when all is well.
  private CommandException judge(Command command) {
    boolean ours = sets.stream().anyMatch(set -> set.name().equals(command.interfaceName()));
    if (!ours || !table.isCommand(command.name())) {
      return CommandException.of(
          CompletionCode.INVALID_COMMAND, name + " knows no command " + command.name());
    }
    if (!handlers.containsKey(command.name())) {
      return CommandException.of(
          CompletionCode.UNSUPPORTED_COMMAND, name + " does not do " + command.name());
    }
    if (!Versions.accepts(table, command.name(), command.version())) {
      return CommandException.of(
          CompletionCode.UNSUPPORTED_COMMAND,
          command.name() + " in version " + command.version() + ", offered is " + offered(command));
    }
    List<String> complaints = table.commandPayload(command.name(), withoutToken(command));
    return complaints.isEmpty()
        ? null
        : CommandException.of(CompletionCode.INVALID_DATA, String.join("; ", complaints));
  }

  private List<String> offered(Command command) {
    return Versions.offered(table, command.name());
  }

  /// A misshapen token is `invalidTokenFormat`, never `invalidData` (section 6): its shape is
  /// judged by [DispenseToken].
  private static Object withoutToken(Command command) {
    if (!command.name().equals("CashDispenser.Dispense")) return command.rawPayload();
    if (!(command.rawPayload() instanceof JsonObject payload)) return command.rawPayload();
    JsonObject rest = payload.copy();
    rest.remove("token");
    return rest;
  }

  private void limitTime(Call call) {
    if (call.command().timeoutMs() == 0) return;
    // Beyond 24 days a timer's arithmetic could overflow, and nobody waits so long.
    long ms = Math.min(call.command().timeoutMs(), Integer.MAX_VALUE);
    call.timer(
        vertx.setTimer(
            ms, _ -> stop(call, CommandException.of(CompletionCode.TIME_OUT, "timeout passed"))));
  }

  private void next() {
    // Handlers may complete at once, so this is a loop and not a recursion of thousands.
    while (running == null && !waiting.isEmpty()) {
      Call call = waiting.poll();
      running = call;
      start(call);
    }
  }

  private void start(Call call) {
    Future<JsonObject> outcome;
    try {
      outcome = handlers.get(call.command().name()).run(call);
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(payload -> succeed(call, payload), cause -> fail(call, call.why(cause)));
  }

  private void succeed(Call call, JsonObject payload) {
    finish(call, Messages.completion(table, dialect, call.command(), payload));
  }

  void fail(Call call, Throwable cause) {
    switch (cause) {
      case CommandException e ->
          finish(call, Messages.completion(table, call.command(), call.reason(e)));
      case ReplyLost _ -> {
        call.client().cut();
        finish(call, new JsonObject());
      }
      default -> {
        // The sentence of an unforeseen exception may quote data; only its kind goes out.
        LOG.log(System.Logger.Level.ERROR, name + ": " + call.command() + " failed", cause);
        String kind = cause.getClass().getSimpleName();
        CommandException internal = CommandException.of(CompletionCode.INTERNAL_ERROR, kind);
        finish(call, Messages.completion(table, call.command(), internal));
      }
    }
  }

  private void finish(Call call, JsonObject completion) {
    if (!call.complete()) return;
    if (call.timer() >= 0) vertx.cancelTimer(call.timer());
    call.client().unfinished().remove(call);
    call.client().send(completion);
    boolean wasRunning = running == call;
    if (wasRunning) running = null;
    changed();
    if (wasRunning) next();
  }

  /// Ends a command early: at once while it waits, by its handler's leave once it runs.
  private void stop(Call call, CommandException why) {
    if (waiting.remove(call)) fail(call, why);
    else call.stop(why);
  }

  /// Common.Cancel: how many of this client's commands are to end.
  int cancel(Client client, Predicate<Command> which) {
    List<Call> chosen =
        client.unfinished().stream().filter(call -> which.test(call.command())).toList();
    for (Call call : chosen) {
      stop(call, CommandException.of(CompletionCode.CANCELED, "cancelled by the client"));
    }
    return chosen.size();
  }

  void sendEvent(Call call, String event, JsonObject payload) {
    String version = table.version(event, Kind.EVENT).orElseThrow();
    call.client().send(Messages.event(event, version, call.command().requestId(), payload));
  }

  /// Tells every client of this service what none of them asked for.
  void unsolicited(String event, JsonObject payload) {
    if (clients.isEmpty()) return;
    String version = table.version(event, Kind.UNSOLICITED).orElseThrow();
    JsonObject message = Messages.unsolicited(dialect, event, version, payload);
    for (Client client : List.copyOf(clients)) client.send(message);
  }

  /// The device may have changed: each interface tells what it has to tell.
  void changed() {
    for (CommandSet set : sets) set.changed();
  }

  /// Cuts every socket and lets none in until [#restore]: unplugged, or without power.
  void cut() {
    reachable = false;
    for (Client client : List.copyOf(clients)) {
      client.cut();
      disconnected(client);
    }
  }

  void restore() {
    reachable = true;
  }

  /// The device has lost its power: connections, commands and memory are gone.
  void powerLost() {
    cut();
    for (CommandSet set : sets) set.powerLost();
  }

  /// What a handler fails with when the act was done but the answer is to be lost on the way.
  static final class ReplyLost extends RuntimeException {
    ReplyLost() {
      super("the reply is lost", null, false, false);
    }
  }
}
