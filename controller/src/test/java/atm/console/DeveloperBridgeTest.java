package atm.console;

import static org.assertj.core.api.Assertions.assertThat;

import atm.screen.Display;
import atm.screen.ScreenModel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/// The developer's bridge over real WebSockets, with books that a test writes.
class DeveloperBridgeTest {
  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient pages = vertx.createWebSocketClient();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final Display display = new Display(Clock.systemUTC());
  private final Journal journal = new Journal();

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  @Test
  void eachCommitIsToldOnceAndASnapshotHasAllOfThem() throws Exception {
    WebSocket page = opens(serves(Optional.of(journal)));
    say(page, frame("register", "developer.books"));
    assertThat(eventsIn(snapshot(page))).isEmpty(); // answered after the registration
    journal.writes("withdrawal.PRESENTED", Map.of("notes", "20 EUR=3"));
    assertThat(eventsIn(heard("developer.books"))).containsExactly("1-AAAA withdrawal.PRESENTED");
    journal.writes("withdrawal.TAKEN", Map.of());
    assertThat(eventsIn(heard("developer.books"))).containsExactly("2-AAAA withdrawal.TAKEN");

    JsonObject all = snapshot(page);
    assertThat(eventsIn(all)).hasSize(2);
    assertThat(all.getJsonArray("boxes").getJsonObject(0).getString("name"))
        .isEqualTo("cassette:C1");
    assertThat(all.getJsonObject("totals").getLong("CUSTOMER")).isEqualTo(125_000);
  }

  @Test
  void whatLooksLikeASecretStaysBehind() throws Exception {
    WebSocket page = opens(serves(Optional.of(journal)));
    journal.writes(
        "note",
        Map.of(
            "pan", "4000001234567899",
            "key", "00112233445566778899AABBCCDDEEFF",
            "token", "17-0A",
            "why", "it was not taken"));

    assertThat(snapshot(page).getJsonArray("events").getJsonObject(0).getJsonObject("details"))
        .isEqualTo(
            new JsonObject()
                .put("pan", "••••")
                .put("key", "••••")
                .put("token", "••••")
                .put("why", "it was not taken"));
  }

  @Test
  void theWaysBetweenScreensAreThoseThatWereTaken() throws Exception {
    WebSocket page = opens(serves(Optional.of(journal)));
    for (String screen : List.of("idle", "pin", "pin", "menu", "idle", "pin")) {
      display.show(seq -> model(seq, screen));
    }

    JsonObject all = snapshot(page);
    assertThat(all.getJsonArray("screens")).contains("idle", "pin");
    assertThat(all.getJsonArray("ways").stream().map(Object::toString))
        .containsExactly(
            "{\"from\":\"idle\",\"to\":\"pin\",\"count\":2}",
            "{\"from\":\"menu\",\"to\":\"idle\",\"count\":1}",
            "{\"from\":\"pin\",\"to\":\"menu\",\"count\":1}");
  }

  @Test
  void nothingCanBePublishedOrSentToOtherAddresses() throws Exception {
    WebSocket page = opens(serves(Optional.of(journal)));
    say(page, frame("register", "ui.screen"));
    assertThat(next(f -> true).getString("type")).isEqualTo("err");
    say(page, frame("publish", "developer.books").put("body", new JsonObject()));
    assertThat(next(f -> true).getString("type")).isEqualTo("err");
    say(page, frame("send", "ui.input").put("body", new JsonObject().put("fdk", "A")));
    assertThat(next(f -> true).getString("type")).isEqualTo("err");
  }

  @Test
  void withoutASimulatorThereIsNoSuchBridge() throws Exception {
    int port = serves(Optional.empty());
    HttpClient client = vertx.createHttpClient();
    int status =
        done(
            client
                .request(HttpMethod.GET, port, "localhost", "/bus/developer/info")
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode)
                .eventually(() -> client.close()));
    assertThat(status).isEqualTo(404);
  }

  private int serves(Optional<Developer> developer) throws Exception {
    return done(WebServer.listen(
            vertx,
            0,
            new WebServer.Shows(
                display,
                List.of("idle", "pin"),
                List::of,
                () -> new Health(true, "", Map.of(), null),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional.empty(),
                developer,
                Mockito.mock(Operating.class))))
        .port();
  }

  private WebSocket opens(int port) throws Exception {
    WebSocket socket = done(pages.connect(port, "localhost", "/bus/developer/websocket"));
    socket.binaryMessageHandler(binary -> frames.add(new JsonObject(binary)));
    socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
    return socket;
  }

  private JsonObject snapshot(WebSocket page) throws Exception {
    say(
        page,
        frame("send", "developer.snapshot")
            .put("replyAddress", "me")
            .put("body", new JsonObject()));
    return heard("me");
  }

  private JsonObject heard(String address) throws Exception {
    return next(frame -> address.equals(frame.getString("address"))).getJsonObject("body");
  }

  private JsonObject next(Predicate<JsonObject> wanted) throws Exception {
    JsonObject frame;
    do {
      frame = frames.poll(30, TimeUnit.SECONDS);
      assertThat(frame).as("what the bridge says").isNotNull();
    } while (!wanted.test(frame));
    return frame;
  }

  private static List<String> eventsIn(JsonObject look) {
    return look.getJsonArray("events").stream()
        .map(JsonObject.class::cast)
        .map(event -> event.getString("seal") + " " + event.getString("kind"))
        .toList();
  }

  private static JsonObject frame(String type, String address) {
    return new JsonObject().put("type", type).put("address", address);
  }

  private static void say(WebSocket page, JsonObject frame) throws Exception {
    done(page.writeTextMessage(frame.encode()));
  }

  private static ScreenModel model(long seq, String screen) {
    return new ScreenModel(
        seq,
        "",
        screen,
        "en",
        "ltr",
        screen,
        List.of(),
        List.of(),
        Optional.empty(),
        0,
        "",
        ScreenModel.Severity.INFO,
        atm.screen.Aids.NONE);
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  /// Books of a few events.
  private static final class Journal implements Developer {
    private final List<Event> events = new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile Runnable listener = () -> {};

    void writes(String kind, Map<String, String> details) {
      int number = events.size() + 1;
      events.add(new Event(number, Instant.EPOCH, kind, "", details, number + "-AAAA"));
      listener.run();
    }

    @Override
    public void onChange(Runnable then) {
      listener = then;
    }

    @Override
    public Future<Look> look(long number, int most) {
      return Future.succeededFuture(
          new Look(
              events.stream().filter(event -> event.number() > number).toList(),
              List.of(new Box("cassette:C1", "CASSETTE", "20 EUR", 7)),
              Map.of("CUSTOMER", 125_000L),
              "EUR",
              0));
    }
  }
}
