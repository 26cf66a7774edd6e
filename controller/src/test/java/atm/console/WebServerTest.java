package atm.console;

import static org.assertj.core.api.Assertions.assertThat;

import atm.screen.Display;
import atm.screen.ScreenModel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/// The web server over real HTTP and real WebSockets, in front of a display nobody else uses.
class WebServerTest {
  private static final int CROWD = 40;

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient pages = vertx.createWebSocketClient();
  private final HttpClient http = vertx.createHttpClient();
  private final Display display = new Display(Clock.systemUTC());
  private final List<Display.Touch> touches = new ArrayList<>();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile boolean healthy = true;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    display.onTouch(
        touch -> {
          synchronized (touches) {
            touches.add(touch);
          }
        });
    WebServer.Shows shows =
        new WebServer.Shows(
            display,
            List.of("menu"),
            () -> List.of(menu(7)),
            this::health,
            meters,
            Optional.of("http://localhost:7070"),
            Optional.empty(),
            Mockito.mock(Operating.class));
    server = done(WebServer.listen(vertx, 0, shows));
  }

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  @Test
  void aPageThatConnectsAsksForTheScreenAndHearsTheNext() throws Exception {
    display.show(WebServerTest::menu);
    WebSocket page = page();
    say(page, frame("send", "ui.snapshot").put("replyAddress", "1").put("body", new JsonObject()));
    assertThat(heard().getJsonObject("body").getString("screen")).isEqualTo("menu");

    say(page, frame("register", "ui.screen"));
    roundTrip(page);
    display.show(WebServerTest::menu);

    assertThat(heard().getJsonObject("body").getLong("seq")).isEqualTo(2);
  }

  @Test
  void aTouchReachesTheSessionOnce() throws Exception {
    display.show(WebServerTest::menu);
    WebSocket page = page();

    assertThat(touch(page, new JsonObject().put("session", "s1").put("seq", 1).put("fdk", "A")))
        .isTrue();
    assertThat(touches).containsExactly(new Display.Touch(1, 'A'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"fdk\":\"E\"}",
        "{\"fdk\":\"B\"}",
        "{\"fdk\":7}",
        "{\"fdk\":\"A\",\"seq\":0}",
        "{\"fdk\":\"A\",\"seq\":1e400}",
        "{\"fdk\":\"A\",\"seq\":\"1\"}",
        "{\"fdk\":\"A\",\"seq\":1.0}",
        "{\"fdk\":\"A\",\"session\":\"s0\"}",
        "{\"fdk\":\"A\",\"session\":1}",
        "{\"fdk\":\"A\",\"pin\":\"1234\"}",
        "\"A\"",
        "[\"A\"]",
        "null",
        "7"
      })
  void whatDoesNotFitIsDroppedAndCounted(String body) throws Exception {
    display.show(WebServerTest::menu);
    WebSocket page = page();
    page.writeTextMessage(
        "{\"type\":\"send\",\"address\":\"ui.input\",\"replyAddress\":\"1\",\"body\":"
            + body
            + "}");

    assertThat(heard().getJsonObject("body").getBoolean("accepted")).isFalse();
    assertThat(touches).isEmpty();
    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void aMessageWithoutABodyIsDropped() throws Exception {
    display.show(WebServerTest::menu);
    WebSocket page = page();
    say(page, frame("send", "ui.input").put("replyAddress", "1"));

    assertThat(heard().getJsonObject("body").getBoolean("accepted")).isFalse();
    assertThat(touches).isEmpty();
  }

  @Test
  void nobodyPublishesOrSendsHeadersOrHearsWhatIsNotForPages() throws Exception {
    display.show(WebServerTest::menu);
    WebSocket page = page();
    JsonObject touch = new JsonObject().put("fdk", "A");
    say(page, frame("publish", "ui.input").put("body", touch));
    say(page, frame("publish", "ui.screen").put("body", touch));
    say(
        page,
        frame("send", "ui.input")
            .put("headers", new JsonObject().put("a", "b"))
            .put("body", touch));
    say(page, frame("send", "device.cash-dispenser").put("body", touch));
    say(page, frame("register", "ui.input"));
    say(page, frame("register", "device.cash-dispenser.status"));
    page.writeTextMessage("not json");
    page.writeTextMessage("[]");
    page.close();
    WebSocket another = page();
    roundTrip(another);

    assertThat(touches).isEmpty();
    assertThat(dropped()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aMessageBeyondAllBoundsIsNoTouchAndHarmsNobody() throws Exception {
    WebSocket page = page();
    page.writeTextMessage(
        "{\"type\":\"send\",\"address\":\"ui.input\",\"body\":\"" + "x".repeat(200_000) + "\"}");
    roundTrip(page());
    assertThat(touches).isEmpty();
    assertThat(get("/health", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void pagesOfOthersAndOtherNamesForThisHostAreRefused() throws Exception {
    Map<String, String> elsewhere = Map.of("Origin", "http://evil.example");

    assertThat(get("/", elsewhere).status()).isEqualTo(403);
    assertThat(get("/bus/kiosk/info", elsewhere).status()).isEqualTo(403);
    assertThat(get("/health", Map.of("Host", "evil.example")).status()).isEqualTo(403);
    assertThat(get("/health", Map.of("Origin", "http://localhost:" + server.port())).status())
        .isEqualTo(200);
    assertThat(get("/health", Map.of("Origin", "http://localhost:1")).status()).isEqualTo(403);
    assertThat(connects("http://evil.example")).isFalse();
  }

  @Test
  void healthIsYesOrNoWithReasons() throws Exception {
    assertThat(get("/health", Map.of()).json().getString("status")).isEqualTo("up");

    healthy = false;
    Answer down = get("/health", Map.of());
    assertThat(down.status()).isEqualTo(503);
    assertThat(
            down.json().getJsonObject("devices").getJsonObject("card-reader").getString("detail"))
        .isEqualTo("not connected yet");
  }

  @Test
  void pagesComeWithAPolicyThatAdmitsThemselvesOnly() throws Exception {
    Answer page = get("/", Map.of());

    assertThat(page.body()).contains("importmap");
    assertThat(page.headers().get("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self' 'sha256-", "ws://localhost:7070")
        .doesNotContain("unsafe");
    assertThat(get("/gallery", Map.of()).status()).isEqualTo(200);
    assertThat(get("/gallery.json", Map.of()).json().getJsonArray("screens")).hasSize(1);
    assertThat(get("/kiosk.json", Map.of()).json().getString("simulator"))
        .isEqualTo("http://localhost:7070");
    assertThat(get("/metrics", Map.of()).body()).contains("atm_bridge_dropped_total");
    assertThat(get("/lib/lit/index.js", Map.of()).status()).isEqualTo(200);
    assertThat(get("/../atm/Main.class", Map.of()).status()).isEqualTo(404);
  }

  /// As a browser loads a page: everything at once, from a server that has just started.
  @RepeatedTest(5)
  void everyFileOfThePageIsThereForManyWhoAskAtOnce() throws Exception {
    HttpClient crowd = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CROWD));
    List<String> files = filesOfThePage();
    List<Future<String>> answers =
        Stream.of(files, files)
            .flatMap(List::stream)
            .map(
                path ->
                    crowd
                        .request(HttpMethod.GET, server.port(), "localhost", path)
                        .compose(
                            request ->
                                request
                                    .send()
                                    .compose(
                                        answer ->
                                            answer
                                                .body()
                                                .map(_ -> path + " " + answer.statusCode()))))
            .toList();
    done(Future.join(answers).otherwiseEmpty().eventually(() -> crowd.close()));

    assertThat(files).hasSizeGreaterThan(60);
    assertThat(answers).extracting(Future::result).allMatch(answer -> answer.endsWith(" 200"));
  }

  /// As a page that is loaded anew while it still loads: that is nobody's failure.
  @Test
  void whoHangsUpInMidAnswerIsNoFailure() throws Exception {
    Router router = Router.router(vertx);
    router.get("/left").handler(request -> request.fail(new IOException("Broken pipe")));
    router.get("/wrong").handler(request -> request.fail(new IllegalStateException("wrong")));
    router.route().failureHandler(WebServer::failed);
    HttpServer one = done(vertx.createHttpServer().requestHandler(router).listen(0, "localhost"));
    List<LogRecord> failures = new CopyOnWriteArrayList<>();
    Logger log = Logger.getLogger(WebServer.class.getName());
    log.setLevel(Level.ALL);
    log.setFilter(failure -> !failures.add(failure));
    try {
      for (String path : List.of("/left", "/wrong")) {
        int status =
            done(
                http.request(HttpMethod.GET, one.actualPort(), "localhost", path)
                    .compose(request -> request.send())
                    .map(answer -> answer.statusCode()));
        assertThat(status).isEqualTo(500);
      }
    } finally {
      log.setFilter(null);
      log.setLevel(null);
      done(one.close());
    }
    assertThat(failures)
        .extracting(failure -> failure.getThrown().getMessage())
        .containsExactly("wrong");
  }

  private static List<String> filesOfThePage() throws IOException {
    Path root = Path.of("../web-console");
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().matches(".*\\.(html|js|css|svg|woff2)"))
          .filter(path -> !path.startsWith(root.resolve("test")))
          .map(path -> "/" + root.relativize(path))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/js/",
        "/js/none.js",
        "/%2e%2e/fonts/figtree.txt",
        "/..%2fatm/Main.class",
        "/../atm/Main.class"
      })
  void whatIsNoPageIsNotThere(String path) throws Exception {
    assertThat(get(path, Map.of()).status()).isEqualTo(404);
  }

  private Health health() {
    Health.Part part =
        healthy
            ? new Health.Part(true, "online", "ready", List.of())
            : new Health.Part(false, "offline", "not connected yet", List.of());
    return new Health(
        healthy,
        "",
        Map.of("card-reader", part),
        new Health.Part(true, "open", "agree", List.of()));
  }

  private static ScreenModel menu(long seq) {
    return new ScreenModel(
        seq,
        "s1",
        "menu",
        "en",
        "ltr",
        "Menu",
        List.of(),
        List.of(
            new ScreenModel.Option('A', "withdraw", "Withdraw", true),
            new ScreenModel.Option('B', "deposit", "Deposit", false)),
        Optional.empty(),
        30_000,
        "Menu",
        ScreenModel.Severity.INFO,
        atm.screen.Aids.NONE);
  }

  private boolean touch(WebSocket page, JsonObject body) throws Exception {
    say(page, frame("send", "ui.input").put("replyAddress", "1").put("body", body));
    return heard().getJsonObject("body").getBoolean("accepted");
  }

  private static JsonObject frame(String type, String address) {
    return new JsonObject().put("type", type).put("address", address);
  }

  private void say(WebSocket page, JsonObject frame) throws Exception {
    done(page.writeTextMessage(frame.encode()));
  }

  private void roundTrip(WebSocket page) throws Exception {
    say(page, new JsonObject().put("type", "ping"));
    JsonObject frame;
    do frame = heard();
    while (!frame.getString("type").equals("pong"));
  }

  private JsonObject heard() throws InterruptedException {
    JsonObject frame = frames.poll(10, TimeUnit.SECONDS);
    if (frame == null) throw new AssertionError("the bridge said nothing");
    return frame;
  }

  private WebSocket page() throws Exception {
    WebSocket socket = done(pages.connect(connection(null)));
    socket.binaryMessageHandler(binary -> frames.add(new JsonObject(binary)));
    socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
    return socket;
  }

  private boolean connects(String origin) {
    try {
      done(pages.connect(connection(origin)));
      return true;
    } catch (Exception refused) {
      return false;
    }
  }

  private WebSocketConnectOptions connection(String origin) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("localhost")
            .setPort(server.port())
            .setURI("/bus/kiosk/websocket");
    if (origin != null) options.addHeader("Origin", origin);
    return options;
  }

  private double dropped() {
    return meters.get("atm.bridge.dropped").counter().count();
  }

  private record Answer(int status, String body, Map<String, String> headers) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private Answer get(String path, Map<String, String> headers) throws Exception {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost("localhost")
            .setPort(server.port())
            .setURI(path);
    headers.forEach(options::putHeader);
    return done(
        http.request(options)
            .compose(
                request ->
                    request
                        .send()
                        .compose(
                            response ->
                                response
                                    .body()
                                    .map(
                                        body ->
                                            new Answer(
                                                response.statusCode(),
                                                body.toString(),
                                                lowerCase(response.headers()))))));
  }

  private static Map<String, String> lowerCase(Iterable<Map.Entry<String, String>> headers) {
    Map<String, String> all = new java.util.TreeMap<>();
    headers.forEach(h -> all.put(h.getKey().toLowerCase(java.util.Locale.ROOT), h.getValue()));
    return all;
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
