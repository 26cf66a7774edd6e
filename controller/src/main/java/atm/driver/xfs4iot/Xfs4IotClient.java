package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.link.MessageLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One connection to one service: numbers the commands, follows each from acknowledge over events
/// to completion (§3), holds each to its deadline, and ends the connection at the first thing the
/// protocol does not allow. Every call completes: with the service's completion, whatever its
/// code, or with the fault that ended the connection. Runs on the context of its link.
final class Xfs4IotClient {
  /// A service acknowledges when it has read the command, before it does anything.
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(10);

  /// How long after a command's own time-out its completion may still come.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration CANCEL_WITHIN = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final MessageLink link;
  private final Map<Integer, Call> pending = new HashMap<>();
  private Versions versions = Versions.NONE_YET;
  private Consumer<Message> onUnsolicited = _ -> {};
  private Consumer<Fault> onEnd = _ -> {};
  private Fault end;
  private int lastId;

  Xfs4IotClient(Vertx vertx, MessageLink link) {
    this.vertx = vertx;
    this.link = link;
    link.onMessage(this::receive);
    link.onClose(cause -> endWith(new Fault(Fault.Code.OFFLINE, cause.getMessage())));
  }

  /// Messages that answer no command; KAL's come as events without a number (§3.4).
  void onUnsolicited(Consumer<Message> handler) {
    onUnsolicited = handler;
  }

  /// Told once, before every pending call fails in the same turn; not told of `close`.
  void onEnd(Consumer<Fault> handler) {
    onEnd = handler;
  }

  void speak(Versions agreed) {
    versions = agreed;
  }

  Versions versions() {
    return versions;
  }

  /// Sends a command and answers with its completion, be that a success or not.
  Future<Message> call(String name, JsonObject payload, Duration within) {
    return start(name, payload, within, _ -> {}).completion();
  }

  /// The same, with the number by which to cancel it, and with its events. `within` is what the
  /// service is told (zero: no end); the call itself waits a little longer.
  Call start(String name, JsonObject payload, Duration within, Consumer<Message> events) {
    return start(name, payload, within, GRACE, events);
  }

  /// The same for what may go on for longer once its time-out cannot end it any more.
  Call start(
      String name, JsonObject payload, Duration within, Duration grace, Consumer<Message> events) {
    return start(name, versions.of(name), payload, within, grace, events);
  }

  Call start(
      String name, String version, JsonObject payload, Duration within, Consumer<Message> events) {
    return start(name, version, payload, within, GRACE, events);
  }

  private Call start(
      String name,
      String version,
      JsonObject payload,
      Duration within,
      Duration grace,
      Consumer<Message> events) {
    if (end != null) throw new DeviceException(end);
    Call call = new Call(++lastId, name, within, grace, events);
    pending.put(call.id, call);
    JsonObject header =
        new JsonObject()
            .put("type", "command")
            .put("name", name)
            .put("version", version)
            .put("requestId", call.id);
    if (!within.isZero()) header.put("timeout", within.toMillis());
    JsonObject message = new JsonObject().put("header", header);
    if (payload != null) message.put("payload", payload);
    link.send(message.encode())
        .onFailure(cause -> endWith(new Fault(Fault.Code.OFFLINE, name + ": " + cause)));
    return call;
  }

  /// Asks for the end of `call` and completes when it has ended, one way or the other (§3.5). A
  /// cancel too late is none.
  Future<Void> cancel(Call call) {
    if (!pending.containsKey(call.id)) return Future.succeededFuture();
    JsonObject which = new JsonObject().put("requestIds", new JsonArray().add(call.id));
    call.isEnding = true;
    call.expectWithin(call.toCancel());
    // Whether it still found the command, that command's own completion says.
    call("Common.Cancel", which, CANCEL_WITHIN);
    return call.completion().mapEmpty().otherwiseEmpty().mapEmpty();
  }

  /// Ends the connection; pending calls fail with `why` in this very turn.
  Future<Void> close(Fault why) {
    onEnd = _ -> {};
    endWith(why);
    return link.close();
  }

  private void receive(String text) {
    try {
      dispatch(Message.parse(text));
    } catch (IllegalArgumentException | ClassCastException wrong) {
      // What a message says in the wrong type of JSON shows where it is read.
      breach(wrong.getMessage());
    }
  }

  private void dispatch(Message message) {
    if (message.type() == Message.Type.UNSOLICITED || isUnasked(message)) {
      onUnsolicited.accept(message);
      return;
    }
    Call call = message.id().map(pending::get).orElse(null);
    if (call == null) {
      breach(unexpected(message));
    } else {
      follow(call, message);
    }
  }

  /// An event that no command of ours waits for any more; some come as unsolicited or as an
  /// event.
  private boolean isUnasked(Message message) {
    return message.type() == Message.Type.EVENT
        && message.id().map(id -> id <= lastId && !pending.containsKey(id)).orElse(true);
  }

  private void follow(Call call, Message message) {
    if (message.type() != Message.Type.EVENT && !message.name().equals(call.name)) {
      breach(message.name() + " answers command " + call.id + ", which is " + call.name);
      return;
    }
    if (message.type() == Message.Type.ACKNOWLEDGE) {
      if (call.acknowledged) breach("a second acknowledge of " + call);
      else call.acknowledge(message);
    } else if (!call.acknowledged) {
      breach(message.type() + " of " + call + " before its acknowledge");
    } else if (message.type() == Message.Type.EVENT) {
      call.events.accept(message);
    } else {
      call.end().complete(message);
    }
  }

  private String unexpected(Message message) {
    String what = message.type() + " " + message.name();
    if (message.type() == Message.Type.ACKNOWLEDGE && !message.isSuccess()) {
      return "the service could not read a command: " + message.failure();
    }
    return message
        .id()
        .map(
            id ->
                id <= lastId
                    ? what + " for request " + id + ", which was completed before"
                    : what + " for request " + id + ", which was never sent")
        .orElse(what + " without a requestId");
  }

  private void breach(String seen) {
    Fault fault = new Fault(Fault.Code.PROTOCOL, link.at() + ": " + seen);
    endWith(fault);
  }

  private void endWith(Fault why) {
    if (end != null) return;
    end = why;
    link.fail(new IOException(why.toString()));
    // The owner first: who learns of a failed call and asks for the status must not see the old
    // one.
    onEnd.accept(why);
    List.copyOf(pending.values()).forEach(call -> call.end().fail(new DeviceException(why)));
  }

  /// One command under way.
  final class Call {
    private final int id;
    private final String name;
    private final Duration within;
    private final Duration grace;
    private final Consumer<Message> events;
    private final Promise<Message> promise = Promise.promise();
    private boolean acknowledged;
    private boolean isEnding;
    private long timer = -1;

    private Call(int id, String name, Duration within, Duration grace, Consumer<Message> events) {
      this.id = id;
      this.name = name;
      this.within = within;
      this.grace = grace;
      this.events = events;
      expectWithin(ACKNOWLEDGE_WITHIN);
    }

    Future<Message> completion() {
      return promise.future();
    }

    @Override
    public String toString() {
      return name + " (request " + id + ")";
    }

    private void acknowledge(Message message) {
      acknowledged = true;
      vertx.cancelTimer(timer);
      if (!message.isSuccess()) end().complete(message);
      else if (isEnding) expectWithin(toCancel());
      else if (!within.isZero()) expectWithin(within.plus(grace));
    }

    /// A cancel that came too late is answered when the command ends by itself.
    private Duration toCancel() {
      return grace.compareTo(CANCEL_WITHIN) > 0 ? grace : CANCEL_WITHIN;
    }

    private void expectWithin(Duration time) {
      vertx.cancelTimer(timer);
      timer = vertx.setTimer(time.toMillis(), _ -> overdue(time));
    }

    /// A service that lets a deadline pass is in a state nobody knows; only a new connection, and
    /// asking it, tells.
    private void overdue(Duration time) {
      String what = acknowledged ? "completion" : "acknowledge";
      endWith(
          new Fault(
              Fault.Code.TIMEOUT, link.at() + ": no " + what + " of " + this + " in " + time));
    }

    private Promise<Message> end() {
      vertx.cancelTimer(timer);
      pending.remove(id);
      return promise;
    }
  }
}
