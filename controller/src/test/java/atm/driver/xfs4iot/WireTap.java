package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sim.xfs4iot.MessageTable;
import sim.xfs4iot.MessageTable.Strictness;

/// Stands between a driver and a service: checks each message either sends against the table of
/// messages, and can cut the wire, at any time or in the place of one message.
final class WireTap {
  private static final MessageTable TABLE = MessageTable.load();

  private final int servicePort;
  private final HttpServer server;
  private final WebSocketClient client;
  private final Set<ServerWebSocket> open = ConcurrentHashMap.newKeySet();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final List<JsonObject> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<String> cuts = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean cut;

  WireTap(Vertx vertx, int servicePort) {
    this.servicePort = servicePort;
    client = vertx.createWebSocketClient();
    server = vertx.createHttpServer().webSocketHandler(this::relay);
    await(server.listen(0, "localhost"));
  }

  int port() {
    return server.actualPort();
  }

  /// What was wrong with any message so far.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// The driver's commands of that name so far.
  List<JsonObject> sent(String name) {
    return List.copyOf(sent).stream()
        .filter(message -> message.getJsonObject("header").getString("name").equals(name))
        .toList();
  }

  void cut() {
    cut = true;
    open.forEach(ServerWebSocket::close);
  }

  void mend() {
    cut = false;
  }

  /// The next message of the service of that type and name gets lost, and the wire with it.
  void cutInsteadOf(String type, String name) {
    cuts.add(type + " " + name);
  }

  private void relay(ServerWebSocket driver) {
    if (cut) {
      driver.close();
      return;
    }
    open.add(driver);
    driver.pause();
    ClientWebSocket service = client.webSocket();
    driver.closeHandler(
        _ -> {
          open.remove(driver);
          service.close();
        });
    driver.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          sent.add(message);
          check("driver", message);
          service.writeTextMessage(text);
        });
    service.closeHandler(_ -> driver.close());
    service.textMessageHandler(text -> answer(text, driver));
    service
        .connect(servicePort, "localhost", driver.path())
        .onComplete(_ -> driver.resume(), _ -> driver.close());
  }

  private void answer(String text, ServerWebSocket driver) {
    JsonObject message = new JsonObject(text);
    check("service", message);
    JsonObject header = message.getJsonObject("header");
    if (cuts.remove(header.getString("type") + " " + header.getString("name"))) driver.close();
    else driver.writeTextMessage(text);
  }

  private void check(String who, JsonObject message) {
    TABLE.complaints(message, Strictness.WRITING).stream()
        .map(complaint -> who + ": " + complaint + " in " + message.encode())
        .forEach(complaints::add);
  }
}
