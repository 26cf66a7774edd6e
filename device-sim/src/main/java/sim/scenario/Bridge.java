package sim.scenario;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;

/// A client of one event bus bridge, as a page is one. Its handlers run on the context it is
/// opened on.
public final class Bridge implements AutoCloseable {
  // The bridge drops whoever is silent for ten seconds.
  private static final long PING_MS = 2_000;
  private static final int CONNECT_MS = 5_000;
  // A snapshot of the journal's tail is some 60 KB.
  private static final int MESSAGE_MAX = 1 << 20;

  private final Vertx vertx;
  private final WebSocketClient client;
  private final WebSocket socket;
  private final long pinging;

  private Bridge(Vertx vertx, WebSocketClient client, WebSocket socket) {
    this.vertx = vertx;
    this.client = client;
    this.socket = socket;
    this.pinging = vertx.setPeriodic(PING_MS, _ -> say(new JsonObject().put("type", "ping")));
  }

  /// @param heard gets the address and the body of each message; a reply's address is the one asked
  /// @param lost is run when the other side goes away
  public static Future<Bridge> open(
      Vertx vertx, int port, String path, BiConsumer<String, JsonObject> heard, Runnable lost) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setMaxFrameSize(MESSAGE_MAX)
                .setMaxMessageSize(MESSAGE_MAX));
    return client
        .connect(
            new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(port)
                .setURI(path + "/websocket"))
        .map(
            socket -> {
              socket.textMessageHandler(text -> hear(text, heard));
              socket.binaryMessageHandler(bytes -> hear(bytes.toString(), heard));
              socket.closeHandler(_ -> lost.run());
              return new Bridge(vertx, client, socket);
            })
        .onFailure(_ -> client.close());
  }

  private static void hear(String text, BiConsumer<String, JsonObject> heard) {
    JsonObject frame;
    try {
      frame = new JsonObject(text);
    } catch (DecodeException _) {
      return; // no frame of the bridge's: nothing to be learnt from it
    }
    if (frame.getValue("address") instanceof String address
        && frame.getValue("body") instanceof JsonObject body) {
      heard.accept(address, body);
    }
  }

  public void register(String address) {
    say(new JsonObject().put("type", "register").put("address", address));
  }

  /// The answer comes as a message of that same address.
  void ask(String address) {
    say(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("replyAddress", address)
            .put("body", new JsonObject()));
  }

  private void say(JsonObject frame) {
    if (!socket.isClosed()) socket.writeTextMessage(frame.encode());
  }

  @Override
  public void close() {
    vertx.cancelTimer(pinging);
    socket.closeHandler(_ -> {});
    socket.close();
    client.close();
  }
}
