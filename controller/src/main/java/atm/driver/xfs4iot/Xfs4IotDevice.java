package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.Slot;
import atm.driver.Supervised;
import atm.link.Backoff;
import atm.link.MessageConnector;
import atm.link.WireTrace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// What all XFS4IoT devices share: finding the service, agreeing on versions, and a picture of
/// its status that is asked for once and then kept by its events.
abstract class Xfs4IotDevice extends Supervised<Xfs4IotClient> {
  /// A command that moves nothing.
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /// A command that moves a card, a receipt or a bundle of notes: some seconds on a slow machine.
  static final Duration MOVE_WITHIN = Duration.ofSeconds(30);

  /// The longest status there is, of an acceptor with all its positions, is a twentieth of it.
  private static final int STATUS_MAX = 1 << 16;

  private final MessageConnector connector;
  private final Discovery discovery;
  private final String resetCommand;

  /// Where a customer takes the card, the notes, the receipt. Only the event made for it, or a
  /// status asked for on purpose, empties it: a change of status may speak of the time before.
  final Slot slot;
  private final Set<WaitingCall> waitingCalls = new HashSet<>();
  private JsonObject status = new JsonObject();
  private long ignoredEvents;

  /// @param wanted a command by which the service is known among others
  Xfs4IotDevice(
      Vertx vertx, DeviceKind kind, URI at, Backoff backoff, String wanted, String resetCommand) {
    super(vertx, kind, backoff);
    this.connector = new MessageConnector(vertx, new WireTrace(kind.key()));
    this.discovery = new Discovery(vertx, connector, at, wanted);
    this.resetCommand = resetCommand;
    this.slot = new Slot(vertx);
  }

  /// What else is to be asked of a device before it serves; also after each reconnect, where
  /// `status` tells what lies at the slot now.
  abstract Future<Void> prepare(Xfs4IotClient client, JsonObject capabilities, JsonObject status);

  /// How the device is, from its status; asked only where the service itself is well.
  abstract DeviceStatus health(JsonObject status);

  /// An unsolicited message other than a change of status; `false` when it means nothing here.
  abstract boolean happened(Message event);

  /// What `reset` sends, or null for nothing.
  abstract JsonObject resetPayload();

  @Override
  protected final Future<Xfs4IotClient> connect() {
    return discovery.connect();
  }

  @Override
  protected final Future<Void> disconnect(Xfs4IotClient client, Fault why) {
    return client.close(why);
  }

  @Override
  protected final Future<Void> release() {
    slot.closed(new Fault(Fault.Code.OFFLINE, kind() + ": closed"));
    return connector.close();
  }

  @Override
  protected final Future<DeviceStatus> prepare(Xfs4IotClient client) {
    client.onEnd(why -> lost(client, why));
    client.onUnsolicited(this::receive);
    return Capabilities.ask(client)
        .compose(
            capabilities -> {
              client.speak(Versions.listedIn(capabilities));
              identify(Capabilities.identity(capabilities));
              return chooseVersions(client)
                  .compose(_ -> askStatus(client))
                  .compose(status -> prepare(client, capabilities, status));
            })
        .map(_ -> health());
  }

  public final Future<Void> reset() {
    return command(
        "reset",
        client ->
            beforeReset(client)
                .compose(_ -> succeed(client, resetCommand, resetPayload(), MOVE_WITHIN))
                .compose(_ -> askStatus(client))
                .compose(_ -> afterReset(client))
                .compose(
                    _ -> {
                      DeviceStatus now = health();
                      publish(now);
                      return now.canServe()
                          ? Future.succeededFuture()
                          : Future.failedFuture(
                              new DeviceException(
                                  new Fault(Fault.Code.HARDWARE, kind() + ": " + now.detail())));
                    }));
  }

  /// Fails where a reset would do harm now.
  Future<Void> beforeReset(Xfs4IotClient client) {
    return Future.succeededFuture();
  }

  /// What is to be asked again once the device was reset.
  Future<Void> afterReset(Xfs4IotClient client) {
    return Future.succeededFuture();
  }

  /// Sends a command that must succeed; fails with its fault.
  final Future<JsonObject> succeed(
      Xfs4IotClient client, String name, JsonObject payload, Duration within) {
    return client
        .call(name, payload, within)
        .map(
            completion -> {
              if (!completion.isSuccess()) throw Faults.exception(completion);
              return completion.payload();
            });
  }

  /// The status, asked of the device now.
  final Future<JsonObject> askStatus(Xfs4IotClient client) {
    return succeed(client, "Common.Status", null, ANSWER_WITHIN)
        .map(
            now -> {
              status = now;
              statusIsFresh();
              publish(health());
              return now;
            });
  }

  /// The status was answered or changed just now: it is newer than what other events told.
  void statusIsFresh() {}

  final DeviceStatus health() {
    String device = status.getJsonObject("common", new JsonObject()).getString("device", "online");
    return switch (device) {
      case "online", "deviceBusy" -> health(status);
      case "starting" ->
          new DeviceStatus(DeviceStatus.State.STARTING, "the device starts", List.of());
      case "offline", "powerOff", "noDevice" ->
          DeviceStatus.offline("its service reports " + device);
      default -> DeviceStatus.fault("it reports " + device);
    };
  }

  final void refreshHealth() {
    publish(health());
  }

  /// Unsolicited messages that meant nothing to us, for whoever wonders.
  final long ignoredEvents() {
    return ignoredEvents;
  }

  /// How long a command waits for a person, how much longer it may take once the person has come,
  /// and who hears its events.
  record Waiting(Duration within, Duration grace, Consumer<Message> events) {}

  /// A command that waits for a person; `cancelWaiting` ends it. Answers with any completion.
  final Future<Message> waiting(
      String name, JsonObject payload, Duration within, Consumer<Message> events) {
    return waiting(name, payload, new Waiting(within, ANSWER_WITHIN, events), (_, ended) -> ended);
  }

  /// The same, and in the same turn what is to be made of its end; a failure means that it was
  /// never sent.
  final <T> Future<T> waiting(
      String name,
      JsonObject payload,
      Waiting how,
      BiFunction<Xfs4IotClient, Future<Message>, Future<T>> then) {
    WaitingCall mine = new WaitingCall();
    // Two turns of the context in this order, so that a cancel from now on finds it.
    anyway(() -> Future.succeededFuture(waitingCalls.add(mine)));
    return command(
            name,
            client ->
                then.apply(
                    client,
                    mine.send(
                        name,
                        () ->
                            client.start(name, payload, how.within(), how.grace(), how.events()))))
        .onComplete(_ -> waitingCalls.remove(mine));
  }

  /// Fails while a movement of an earlier connection goes on.
  final void refuseWhileBusy(JsonObject status) {
    if (Message.text(status.getJsonObject("common", new JsonObject()), "device")
        .equals(Optional.of("deviceBusy"))) {
      throw new DeviceException(
          new Fault(Fault.Code.OFFLINE, kind() + ": still busy with an earlier command"));
    }
  }

  /// Ends what waits for a person, begun or not, and completes when it has ended.
  final Future<Void> cancelWaiting() {
    Future<Void> ended =
        beside(
            client ->
                Future.join(
                        List.copyOf(waitingCalls).stream()
                            .map(call -> call.cancel(client))
                            .toList())
                    .mapEmpty());
    // Off the wire nothing runs, so nothing is left to end.
    return ended.otherwiseEmpty();
  }

  /// Waits at the slot, whether or not the wire is up meanwhile.
  final Future<Boolean> takenWithin(Duration within) {
    return anyway(() -> slot.takenWithin(within));
  }

  /// An operation whose outcome must be accounted for: it never fails. `unsent` is the outcome
  /// when nothing was sent at all.
  final <T> Future<T> outcome(
      String what, Function<Fault, T> unsent, Function<Xfs4IotClient, Future<T>> work) {
    return command(what, work).otherwise(failure -> unsent.apply(DeviceException.faultOf(failure)));
  }

  private void receive(Message event) {
    if (event.name().equals("Common.StatusChangedEvent")) {
      merge(status, event.payload());
      if (status.encode().length() > STATUS_MAX) {
        // Which the client takes for the breach that it is; the next connection asks anew.
        throw new IllegalArgumentException("a status of more than " + STATUS_MAX + " characters");
      }
      statusIsFresh();
      refreshHealth();
    } else if (!happened(event)) {
      ignoredEvents++;
    }
  }

  private Future<Void> chooseVersions(Xfs4IotClient client) {
    JsonObject chosen = client.versions().toChoose();
    if (chosen.isEmpty()) return Future.succeededFuture();
    JsonObject payload = new JsonObject().put("commands", chosen);
    return succeed(client, "Common.SetVersions", payload, ANSWER_WITHIN).mapEmpty();
  }

  /// An event holds only what changed (§3.6): objects are merged, the output positions by name.
  private static void merge(JsonObject into, JsonObject changed) {
    for (var entry : changed) {
      Object old = into.getValue(entry.getKey());
      if (old instanceof JsonObject known && entry.getValue() instanceof JsonObject part) {
        merge(known, part);
      } else if (old instanceof JsonArray known && entry.getValue() instanceof JsonArray parts) {
        mergePositions(known, parts);
      } else {
        into.put(entry.getKey(), entry.getValue());
      }
    }
  }

  private static void mergePositions(JsonArray known, JsonArray parts) {
    for (Object part : parts) {
      if (!(part instanceof JsonObject position)) continue;
      known.stream()
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast)
          .filter(old -> old.getString("position", "").equals(position.getString("position")))
          .findFirst()
          .ifPresentOrElse(old -> merge(old, position), () -> known.add(position));
    }
  }
}
