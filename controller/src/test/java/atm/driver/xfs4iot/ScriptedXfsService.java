package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sim.xfs4iot.MessageTable;
import sim.xfs4iot.MessageTable.Strictness;

/// A service that answers each command as its script says, rightly or wrongly, and checks that
/// the commands are right. Capabilities and status are answered well unless the script says
/// otherwise.
final class ScriptedXfsService {
  /// One command that came in, with the ways to answer it.
  record Request(ServerWebSocket socket, String name, int id, JsonObject payload) {
    void acknowledge() {
      send(header("acknowledge", name, "2.0").put("requestId", id), null);
    }

    void event(String event, JsonObject payload) {
      send(header("event", event, "2.0").put("requestId", id), payload);
    }

    void complete(JsonObject payload) {
      send(header("completion", name, "2.0").put("requestId", id), payload);
    }

    void fail(String code, JsonObject payload) {
      send(
          header("completion", name, "2.0").put("requestId", id).put("completionCode", code),
          payload);
    }

    void unsolicited(String event, JsonObject payload) {
      send(header("unsolicited", event, "2.0"), payload);
    }

    void raw(String text) {
      socket.writeTextMessage(text);
    }

    void binary(byte... bytes) {
      socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    void cut() {
      socket.close();
    }

    private static JsonObject header(String type, String name, String version) {
      return new JsonObject().put("type", type).put("name", name).put("version", version);
    }

    private void send(JsonObject header, JsonObject payload) {
      JsonObject message = new JsonObject().put("header", header);
      if (payload != null) message.put("payload", payload);
      raw(message.encode());
    }
  }

  private interface Answer extends Consumer<Request> {}

  private static final MessageTable TABLE = MessageTable.load();

  private final HttpServer server;
  private final Map<String, Answer> answers = Collections.synchronizedMap(new HashMap<>());
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  ScriptedXfsService(Vertx vertx) {
    server = vertx.createHttpServer().webSocketHandler(this::serve);
    await(server.listen(0, "localhost"));
    answer("Common.Status", request -> request.complete(new JsonObject()));
    lists(
        "CardReader.ReadRawData",
        "CardReader.Move",
        "CashDispenser.Dispense",
        "CashDispenser.Present",
        "CashDispenser.GetPresentStatus",
        "CashDispenser.Reject",
        "Storage.GetStorage");
  }

  URI at() {
    return URI.create("ws://localhost:" + server.actualPort() + "/xfs4iot/v1.0/device");
  }

  /// Acknowledges such a command, then does as told.
  void answer(String name, Consumer<Request> how) {
    answers.put(
        name,
        request -> {
          request.acknowledge();
          how.accept(request);
        });
  }

  /// Does as told, without an acknowledge.
  void rudely(String name, Consumer<Request> how) {
    answers.put(name, request -> how.accept(request));
  }

  /// What Capabilities says there is, each in version 2.0 and 3.0.
  void lists(String... commands) {
    JsonObject entries = new JsonObject();
    for (String command : commands) {
      entries.put(command, new JsonObject().put("versions", new JsonArray().add("2.0").add("3.0")));
    }
    JsonObject face = new JsonObject().put("name", "Common").put("commands", entries);
    answer(
        "Common.Capabilities",
        request -> request.complete(new JsonObject().put("interfaces", new JsonArray().add(face))));
    answer("Common.SetVersions", request -> request.complete(null));
  }

  int count(String name) {
    return (int) received.stream().filter(name::equals).count();
  }

  int connections() {
    return connections.get();
  }

  int openConnections() {
    return open.get();
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Storage with the cassettes C1 10 EUR and C2 20 EUR, and `stacked` notes gone from each.
  static JsonObject storage(int stackedOfFirst, int stackedOfSecond) {
    return new JsonObject()
        .put(
            "storage",
            new JsonObject()
                .put("unit1", cassette("C1", 10, stackedOfFirst))
                .put("unit2", cassette("C2", 20, stackedOfSecond)));
  }

  private static JsonObject cassette(String id, int value, int stacked) {
    JsonObject configuration =
        new JsonObject()
            .put("types", new JsonObject().put("cashOut", true))
            .put("currency", "EUR")
            .put("value", value)
            .put("cashItems", new JsonArray().add("type" + value + "EUR1"));
    JsonObject status =
        new JsonObject()
            .put("initial", counts(value, 100))
            .put("out", new JsonObject().put("stacked", counts(value, stacked)));
    return new JsonObject()
        .put("id", id)
        .put("status", "ok")
        .put("cash", new JsonObject().put("configuration", configuration).put("status", status));
  }

  static JsonObject counts(int value, int notes) {
    return new JsonObject().put("type" + value + "EUR1", new JsonObject().put("fit", notes));
  }

  private void serve(ServerWebSocket socket) {
    connections.incrementAndGet();
    open.incrementAndGet();
    socket.closeHandler(_ -> open.decrementAndGet());
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          JsonObject header = message.getJsonObject("header");
          complaints.addAll(
              Stream.of(message)
                  .flatMap(sent -> TABLE.complaints(sent, Strictness.WRITING).stream())
                  .map(complaint -> header.getString("name") + ": " + complaint)
                  .collect(Collectors.toList()));
          String name = header.getString("name");
          received.add(name);
          Request request =
              new Request(
                  socket, name, header.getInteger("requestId"), message.getJsonObject("payload"));
          Answer answer = answers.get(name);
          if (answer != null) answer.accept(request);
        });
  }
}
