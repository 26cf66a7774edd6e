package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import sim.xfs4iot.MessageTable.Kind;
import sim.xfs4iot.MessageTable.Strictness;

/// A client that checks all it sends and gets against the table, strictly, and that each command
/// gets one acknowledge first and one completion last. [#close] fails the test when any did not
/// hold, so no test can forget to ask.
final class TestClient implements AutoCloseable {
  static final MessageTable TABLE = MessageTable.load();

  /// KAL's services write interface names in camelCase; a reader compares them ignoring case.
  private static final String INTERFACE_CASE = "payload\\.interfaces\\.\\d+\\.name: .*";

  private static final long PATIENCE_MS = 10_000;

  private final WebSocketClient http;
  private final WebSocket socket;
  private final Strictness strictness;
  private final AtomicLong ids = new AtomicLong();
  private final List<JsonObject> all = new ArrayList<>();
  private final List<JsonObject> unread = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();
  private final Map<Long, String> states = new HashMap<>();
  private boolean closed;

  private TestClient(WebSocketClient http, WebSocket socket, Strictness strictness) {
    this.http = http;
    this.socket = socket;
    this.strictness = strictness;
    socket.textMessageHandler(this::received);
    socket.closeHandler(_ -> lost());
    socket.resume();
  }

  static TestClient connect(Vertx vertx, int port, String service) {
    return connect(vertx, port, service, Strictness.WRITING);
  }

  static TestClient connect(Vertx vertx, int port, String service, Strictness strictness) {
    WebSocketClient http = vertx.createWebSocketClient();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/xfs4iot/v1.0/" + service);
    WebSocket socket = Waiting.on(http.connect(options).onSuccess(WebSocket::pause));
    return new TestClient(http, socket, strictness);
  }

  /// Sends a command in the table's version and returns its number.
  long send(String name, JsonObject payload) {
    return send(name, payload, 0);
  }

  long send(String name, JsonObject payload, long timeoutMs) {
    long id = ids.incrementAndGet();
    JsonObject message = command(name, TABLE.version(name, Kind.COMMAND).orElseThrow(), id);
    if (timeoutMs > 0) message.getJsonObject("header").put("timeout", timeoutMs);
    if (payload != null) message.put("payload", payload);
    assertThat(TABLE.complaints(message, Strictness.WRITING)).as("what we send").isEmpty();
    raw(message.encode());
    return id;
  }

  long send(String name) {
    return send(name, null);
  }

  static JsonObject command(String name, String version, Object requestId) {
    JsonObject header =
        new JsonObject()
            .put("type", "command")
            .put("name", name)
            .put("version", version)
            .put("requestId", requestId);
    return new JsonObject().put("header", header);
  }

  /// Sends what no honest client would.
  void raw(String text) {
    socket.writeTextMessage(text);
  }

  void rawBytes(byte[] bytes) {
    socket.writeBinaryMessage(Buffer.buffer(bytes));
  }

  /// Sends a command and waits for its completion.
  JsonObject call(String name, JsonObject payload) {
    return completion(send(name, payload));
  }

  JsonObject call(String name) {
    return call(name, null);
  }

  /// The payload of a command that must succeed; empty when it has none.
  JsonObject succeed(String name, JsonObject payload) {
    return succeeded(send(name, payload));
  }

  JsonObject succeed(String name) {
    return succeed(name, null);
  }

  JsonObject succeeded(long id) {
    JsonObject completion = completion(id);
    assertThat(code(completion)).as(completion.encode()).isIn(null, "success");
    return completion.getJsonObject("payload", new JsonObject());
  }

  JsonObject completion(long id) {
    return await("completion of " + id, message -> is(message, "completion") && id(message) == id);
  }

  JsonObject acknowledge(long id) {
    return await("acknowledge " + id, message -> is(message, "acknowledge") && id(message) == id);
  }

  /// The next event, solicited or not, of this name.
  JsonObject event(String name) {
    return await(name, message -> !is(message, "completion") && name(message).equals(name));
  }

  JsonObject await(String what, Predicate<JsonObject> wanted) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    synchronized (all) {
      while (true) {
        for (Iterator<JsonObject> each = unread.iterator(); each.hasNext(); ) {
          JsonObject message = each.next();
          if (wanted.test(message)) {
            each.remove();
            return message;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || closed && !unread.stream().anyMatch(wanted)) {
          throw new AssertionError("no " + what + (closed ? ", connection lost" : "") + "; " + all);
        }
        try {
          all.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /// Waits until the other side ends the connection.
  void awaitLost() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    synchronized (all) {
      while (!closed) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) throw new AssertionError("the connection lives on; " + all);
        try {
          all.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /// The names of all messages so far, in order, with `ack ` or `done ` before those.
  List<String> story() {
    synchronized (all) {
      return all.stream().map(TestClient::line).toList();
    }
  }

  boolean got(String name) {
    return story().stream().anyMatch(line -> line.endsWith(name));
  }

  private static String line(JsonObject message) {
    if (is(message, "acknowledge")) return "ack " + name(message);
    if (is(message, "completion")) return "done " + name(message);
    return name(message);
  }

  private void received(String text) {
    JsonObject message = Json.read(text);
    synchronized (all) {
      TABLE.complaints(message, strictness).stream()
          .filter(wrong -> !(strictness == Strictness.READING && wrong.matches(INTERFACE_CASE)))
          .forEach(wrong -> wrongs.add(wrong + " in " + text));
      order(message);
      all.add(message);
      unread.add(message);
      all.notifyAll();
    }
  }

  /// Acknowledge first, then events, then one completion, then nothing more of that number.
  private void order(JsonObject message) {
    if (message.getJsonObject("header").getValue("requestId") == null) return;
    long id = id(message);
    if (id == 0) return;
    String before = states.getOrDefault(id, "new");
    boolean well =
        switch (message.getJsonObject("header").getString("type")) {
          case "acknowledge" -> before.equals("new");
          case "completion", "event" -> before.equals("open");
          default -> false;
        };
    if (!well) wrongs.add("after " + before + ": " + message.encode());
    boolean refused = message.getJsonObject("header").getValue("status") != null;
    states.put(id, is(message, "completion") || refused ? "done" : "open");
  }

  private void lost() {
    synchronized (all) {
      closed = true;
      all.notifyAll();
    }
  }

  static String name(JsonObject message) {
    return message.getJsonObject("header").getString("name");
  }

  static String code(JsonObject completion) {
    return completion.getJsonObject("header").getString("completionCode");
  }

  /// The command's own error, or the generic code.
  static String error(JsonObject completion) {
    return "commandErrorCode".equals(code(completion))
        ? completion.getJsonObject("payload").getString("errorCode")
        : code(completion);
  }

  private static boolean is(JsonObject message, String type) {
    return message.getJsonObject("header").getString("type").equals(type);
  }

  private static long id(JsonObject message) {
    Long id = message.getJsonObject("header").getLong("requestId");
    return id == null ? 0 : id;
  }

  /// Drops the connection; what was wrong so far fails the test.
  @Override
  public void close() {
    Waiting.on(socket.close());
    http.close();
    synchronized (all) {
      assertThat(wrongs).as("messages against the table and the order of section 3").isEmpty();
    }
  }
}
