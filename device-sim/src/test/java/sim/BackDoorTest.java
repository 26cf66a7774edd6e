package sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sim.Settings.Played;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashDispenser;
import sim.xfs4iot.Dialect;

/// The back door as a page or a script meets it: over a real port.
class BackDoorTest {
  @TempDir Path folder;
  private Vertx vertx;
  private Simulator simulator;

  /// Held here: a client that nobody refers to is closed when it is collected.
  private WebSocketClient sockets;

  private record Answer(int status, Map<String, String> headers, String text) {
    static Answer of(HttpClientResponse response, Buffer body) {
      Map<String, String> headers = new HashMap<>();
      response.headers().forEach((name, value) -> headers.put(name.toLowerCase(ROOT), value));
      return new Answer(response.statusCode(), headers, body.toString());
    }

    JsonObject json() {
      return new JsonObject(text);
    }
  }

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    sockets = vertx.createWebSocketClient();
    simulator = await(Simulator.start(vertx, settings()));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private Settings settings() {
    List<Played> played =
        SettingsReader.DEVICES.stream()
            .map(
                device ->
                    new Played(
                        device,
                        URI.create("ws://localhost:0/xfs4iot/v1.0/" + device),
                        List.of(new Cassette("C1", Denomination.parse("20 EUR"), 50))))
            .toList();
    Customer alice =
        new Customer(
            "alice",
            "Alice",
            "4000001234567899",
            java.time.YearMonth.of(2029, 12),
            "1234",
            "good",
            "1000000008");
    return new Settings(0, 0, 0, Dialect.SPEC, folder, played, List.of(alice));
  }

  @Test
  void theWholeMachineIsToBeSeen() throws Exception {
    JsonObject state = get("/sim/state").json();
    assertThat(state.fieldNames())
        .contains("seq", "speed", "wallet", "kinds")
        .containsAll(SettingsReader.DEVICES);
    assertThat(state.getJsonArray("wallet").getJsonObject(0))
        .isEqualTo(
            new JsonObject(
                """
                {"id":"alice", "holder":"Alice", "last4":"7899", "expires":"12/29",
                 "pin":"1234", "state":"good", "account":"1000000008", "where":"wallet"}
                """));
    assertThat(state.encode()).doesNotContain("400000123456");
  }

  @Test
  void aCardGoesInAndOutByHand() throws Exception {
    SimCardReader reader = (SimCardReader) simulator.devices().get("card-reader");
    assertThat(post("card-reader/insert", "{\"card\":\"alice\"}").status()).isEqualTo(400);
    Future<?> read = begin(reader::accept);
    Answer inserted = post("card-reader/insert", "{\"card\":\"alice\"}");
    assertThat(inserted.status()).isEqualTo(200);
    assertThat(inserted.json().getJsonArray("wallet").getJsonObject(0).getString("where"))
        .isEqualTo("reader");
    await(read);
    await(begin(reader::eject));
    Answer taken = post("card-reader/take", "");
    assertThat(taken.json().getJsonObject("card-reader").getString("media"))
        .isEqualTo("notPresented");
    assertThat(post("card-reader/take", null).status()).isEqualTo(400);
  }

  @Test
  void notesAtTheSlotAreTakenAndAddUp() throws Exception {
    SimCashDispenser dispenser = (SimCashDispenser) simulator.devices().get("cash-dispenser");
    await(begin(() -> dispenser.dispense(Map.of("unit1", 2), "")));
    await(begin(dispenser::present));
    JsonObject before = get("/sim/state").json().getJsonObject("cash-dispenser");
    assertThat(before.getJsonArray("tray").getJsonObject(0))
        .isEqualTo(new JsonObject("{\"id\":1, \"note\":\"20 EUR\", \"value\":2000}"));
    JsonObject after = post("cash-dispenser/take", "{}").json().getJsonObject("cash-dispenser");
    assertThat(after.getJsonArray("tray")).isEmpty();
    assertThat(after.getJsonObject("taken").getInteger("20 EUR")).isEqualTo(2);
    assertThat(after.getJsonArray("cassettes").getJsonObject(0).getInteger("count")).isEqualTo(48);
  }

  @Test
  void faultsAreArmedAndCleared() throws Exception {
    String jam = "{\"kind\":\"jam\",\"when\":\"at-note:3\"}";
    JsonArray faults = faults(post("cash-dispenser/fault", jam));
    assertThat(faults.getJsonObject(0)).isEqualTo(new JsonObject(jam));
    assertThat(faults(post("cash-dispenser/fault", "{\"kind\":\"jam\",\"clear\":true}"))).isEmpty();
  }

  @Test
  void strangersAreRefused() throws Exception {
    for (String origin :
        List.of("http://evil.example", "null", "http://localhost.evil.example", "file://", "%")) {
      Answer answer = send(HttpMethod.GET, "/sim/state", Map.of("Origin", origin), null);
      assertThat(answer.status()).as(origin).isEqualTo(403);
      assertThat(answer.text()).as(origin).contains("error").doesNotContain("alice");
      assertThat(
              send(HttpMethod.POST, "/sim/pin-pad/unplug", Map.of("Origin", origin), "").status())
          .as(origin)
          .isEqualTo(403);
    }
    for (String host : List.of("evil.example", "localhost.evil.example:80", "10.0.0.1")) {
      Answer answer = send(HttpMethod.GET, "/sim/state", Map.of("Host", host), null);
      assertThat(answer.status()).as(host).isEqualTo(403);
    }
    assertThat(get("/sim/state").json().getJsonObject("pin-pad").getBoolean("plugged")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /sim/state HTTP/1.1\r\n\r\n",
        "GET /sim/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /sim/pin-pad/plug HTTP/1.1\r\nHost: localhost\r\nContent-Type: x\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void whatIsNoRequestIsAnsweredAsOne(String bytes) throws Exception {
    try (Socket line = new Socket("localhost", simulator.port())) {
      line.getOutputStream().write(bytes.getBytes(US_ASCII));
      line.shutdownOutput();
      assertThat(new String(line.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400")
          .contains("{\"error\":\"the request cannot be read\"}");
    }
  }

  @Test
  void aPageOfThisMachineIsServedAcrossPorts() throws Exception {
    Map<String, String> page = Map.of("Origin", "http://localhost:8080");
    Answer before = send(HttpMethod.OPTIONS, "/sim/card-reader/take", page, null);
    assertThat(before.status()).isEqualTo(204);
    assertThat(before.headers())
        .containsEntry("access-control-allow-origin", "http://localhost:8080")
        .containsEntry("access-control-allow-headers", "Content-Type");
    assertThat(send(HttpMethod.GET, "/sim/state", page, null).status()).isEqualTo(200);
  }

  @Test
  void whatNobodyKnowsIsNotFound() throws Exception {
    assertThat(post("coffee-maker/press", "{}").status()).isEqualTo(404);
    assertThat(post("pin-pad/insert", "{}").status()).isEqualTo(404);
    assertThat(post("cash-dispenser/dispense", "{}").status()).isEqualTo(404);
    assertThat(get("/sim").status()).isEqualTo(404);
    assertThat(get("/").json().getString("error")).isNotBlank();
    assertThat(get("/sim/pin-pad/press").status()).isEqualTo(405);
  }

  @Test
  void wrongBodiesAreToldInOneSentence() throws Exception {
    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "5",
            "{\"key\":5}",
            "{\"key\":\"99\"}",
            "{\"key\":null}",
            "{\"key\":\"5\",\"hard\":true}",
            "{\"key\":{\"key\":{}}}")) {
      Answer answer = post("pin-pad/press", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.json().getString("error")).as(body).isNotBlank();
    }
    for (String body :
        List.of(
            "{}",
            "{\"kind\":\"flood\"}",
            "{\"kind\":\"jam\",\"when\":\"soon\"}",
            "{\"kind\":\"jam\",\"when\":\"at-note:0\"}",
            "{\"kind\":\"dead\",\"clear\":\"yes\"}",
            "{\"kind\":\"shutter-jam\",\"when\":\"at-note:2\"}",
            "{\"kind\":\"jam\",\"when\":\"after-ms:99999999\"}")) {
      assertThat(post("cash-dispenser/fault", body).status()).as(body).isEqualTo(400);
    }
    assertThat(post("pin-pad/press", "\"" + "x".repeat(100_000) + "\"").status()).isEqualTo(413);
    assertThat(get("/sim/state").status()).isEqualTo(200);
  }

  @Test
  void theBusTellsOfEveryChangeInOrder() throws Exception {
    BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    WebSocket socket = bus(messages);
    await(send(socket, "{\"type\":\"register\",\"address\":\"sim.state\"}"));
    await(send(socket, "{\"type\":\"ping\"}"));
    assertThat(take(messages).getString("type")).isEqualTo("pong");
    long seen = 0;
    for (String act : List.of("unplug", "plug", "power-cut")) {
      post("receipt-printer/" + act, "");
      JsonObject state = take(messages).getJsonObject("body");
      assertThat(state.getLong("seq")).isGreaterThan(seen);
      seen = state.getLong("seq");
    }
  }

  @Test
  void nobodySpeaksIntoTheBus() throws Exception {
    BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    vertx.eventBus().consumer("sim.state", message -> heard.add(message.body()));
    WebSocket socket = bus(messages);
    for (String type : List.of("send", "publish")) {
      await(
          send(
              socket,
              "{\"type\":\"%s\",\"address\":\"sim.state\",\"body\":{\"seq\":9}}".formatted(type)));
    }
    await(send(socket, "{\"type\":\"register\",\"address\":\"other\"}"));
    await(send(socket, "{\"type\":\"ping\"}"));
    JsonObject answer = take(messages);
    while (!answer.getString("type").equals("pong")) {
      assertThat(answer.getString("type")).isEqualTo("err");
      answer = take(messages);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void theMessagesOnTheWiresAreToBeSeenBothWays() throws Exception {
    BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    WebSocket bus = bus(messages);
    await(send(bus, "{\"type\":\"register\",\"address\":\"sim.messages\"}"));
    await(send(bus, "{\"type\":\"ping\"}"));
    assertThat(take(messages).getString("type")).isEqualTo("pong");
    WebSocket wire =
        await(sockets.connect(simulator.wirePort("pin-pad"), "localhost", "/xfs4iot/v1.0/pin-pad"));
    await(
        send(
            wire,
            """
            {"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":41},
             "payload":{}}
            """));

    List<String> seen = new java.util.ArrayList<>();
    while (seen.size() < 3) {
      JsonObject each = take(messages).getJsonObject("body");
      assertThat(each.getInteger("requestId")).isEqualTo(41);
      seen.add(
          each.getString("device")
              + " "
              + each.getBoolean("fromDevice")
              + " "
              + each.getString("type"));
    }
    assertThat(seen)
        .containsExactly(
            "pin-pad false command", "pin-pad true acknowledge", "pin-pad true completion");
    assertThat(get("/sim/messages").json().getJsonArray("messages")).hasSize(3);
  }

  @Test
  void twoSimulatorsDoNotShareAFolder() throws Exception {
    Future<Simulator> second = Simulator.start(vertx, settings());
    second
        .toCompletionStage()
        .toCompletableFuture()
        .handle((_, _) -> null)
        .get(120, TimeUnit.SECONDS);
    assertThat(second.cause()).hasMessageContaining("in use by another simulator");
    await(simulator.close());
    await(Simulator.start(vertx, settings()));
  }

  private WebSocket bus(BlockingQueue<JsonObject> messages) throws Exception {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("localhost")
            .setPort(simulator.port())
            .setURI("/sim/bus/websocket");
    WebSocket socket = await(sockets.connect(options));
    socket.handler(text -> messages.add(text.toJsonObject()));
    return socket;
  }

  private static Future<Void> send(WebSocket socket, String text) {
    return socket.writeTextMessage(text);
  }

  private static JsonObject take(BlockingQueue<JsonObject> messages) throws Exception {
    JsonObject message = messages.poll(10, TimeUnit.SECONDS);
    assertThat(message).as("a message within ten seconds").isNotNull();
    return message;
  }

  private static JsonArray faults(Answer answer) {
    return answer.json().getJsonObject("cash-dispenser").getJsonArray("faults");
  }

  private Answer get(String path) throws Exception {
    return send(HttpMethod.GET, path, Map.of(), null);
  }

  private Answer post(String act, String body) throws Exception {
    return send(HttpMethod.POST, "/sim/" + act, Map.of(), body);
  }

  private Answer send(HttpMethod method, String path, Map<String, String> headers, String body)
      throws Exception {
    var client = vertx.createHttpClient();
    Future<Answer> answer =
        client
            .request(method, simulator.port(), "localhost", path)
            .compose(
                request -> {
                  headers.forEach(
                      (name, value) -> {
                        if (name.equals("Host")) {
                          request.authority(
                              io.vertx.core.net.HostAndPort.parseAuthority(value, 80));
                        } else {
                          request.putHeader(name, value);
                        }
                      });
                  // Asked for in the turn in which it comes: later, the body has gone by.
                  return request
                      .send(Buffer.buffer(body == null ? "" : body))
                      .compose(response -> response.body().map(text -> Answer.of(response, text)));
                });
    return await(answer.eventually(client::close));
  }

  /// Starts an act of a wire on the mechanics' context.
  private <T> Future<T> begin(java.util.function.Supplier<Future<T>> act) throws Exception {
    return await(simulator.call(() -> List.of(act.get()))).getFirst();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
