package atm.console;

import static org.assertj.core.api.Assertions.assertThat;

import atm.console.OperatorAct.Bin;
import atm.console.OperatorAct.CountEnvelope;
import atm.console.OperatorAct.EmptyBin;
import atm.console.OperatorAct.SettleWithdrawal;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The operator's door and desk over real HTTP: nobody gets in who shouldn't, and what an operator
/// says arrives as it was meant, or not at all.
class OperatorDeskTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<OperatorAct> acts = new ArrayList<>();
  private final List<String> doors = new ArrayList<>();
  private final WallClock clock = new WallClock();
  private HttpClient browser = newBrowser();
  private HttpServer server;
  private volatile String impossible = "";

  @BeforeEach
  void open() throws Exception {
    Router router = Router.router(vertx);
    router.route("/operator/*").subRouter(new OperatorDesk(vertx, new Safe(), clock).router());
    server = done(vertx.createHttpServer().requestHandler(router).listen(0, "localhost"));
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  @Test
  void anOperatorSignsInAndSeesTheMachine() throws Exception {
    assertThat(signIn("paula", "correct horse").statusCode()).isEqualTo(200);

    JsonObject state = new JsonObject(get("state").body());
    assertThat(state.getString("machine")).isEqualTo("ATM00001");
    assertThat(state.getJsonArray("matters").getJsonObject(0).getString("kind"))
        .isEqualTo("envelope");
    assertThat(doors).containsExactly("paula true");
  }

  @Test
  void theCookieIsForThisPageAloneAndForNoScript() throws Exception {
    assertThat(signIn("paula", "correct horse").headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(
            cookie ->
                assertThat(cookie)
                    .containsIgnoringCase("HttpOnly")
                    .contains("SameSite=Strict")
                    .contains("Path=/operator"));
  }

  @ParameterizedTest
  @CsvSource({"GET, state", "POST, acts/count-envelope", "DELETE, session", "GET, anything"})
  void nothingOpensWithoutSigningIn(String method, String path) throws Exception {
    assertThat(send(method, path, "{\"reference\":\"1\",\"amount\":\"1 EUR\"}").statusCode())
        .isEqualTo(401);
    assertThat(acts).isEmpty();
  }

  @Test
  void whoSignedOutIsOutside() throws Exception {
    signIn("paula", "correct horse");
    assertThat(send("DELETE", "session", "").statusCode()).isEqualTo(204);

    assertThat(get("state").statusCode()).isEqualTo(401);
  }

  @Test
  void aStolenCookieOfBeforeIsWorthNothing() throws Exception {
    HttpResponse<String> wrong = signIn("paula", "wrong password");
    assertThat(wrong.statusCode()).isEqualTo(401);
    String before = wrong.headers().firstValue("Set-Cookie").orElse("operator=none");
    signIn("paula", "correct horse");

    browser = HttpClient.newHttpClient();
    HttpRequest asked =
        HttpRequest.newBuilder(at("state")).header("Cookie", before.split(";")[0]).build();
    assertThat(browser.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void afterFiveWrongPasswordsTheDoorIsShutForAWhile() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(signIn("paula", "guess " + i).statusCode()).isEqualTo(401);
    }
    assertThat(signIn("paula", "correct horse").statusCode()).isEqualTo(429);

    clock.now = clock.now.plus(Duration.ofMinutes(5));
    assertThat(signIn("paula", "correct horse").statusCode()).isEqualTo(200);
  }

  @Test
  void actsArriveAsTheyWereMeant() throws Exception {
    signIn("paula", "correct horse");
    send("POST", "acts/count-envelope", "{\"reference\":\"000012\",\"amount\":\"60.50 EUR\"}");
    send(
        "POST",
        "acts/settle-withdrawal",
        "{\"reference\":\"13\",\"paid\":{\"20 EUR\":2,\"50 EUR\":0},\"found\":{\"20 EUR\":1}}");
    send("POST", "acts/empty-bin", "{\"bin\":\"REJECT\",\"found\":{}}");

    Money twenty = Money.parse("20 EUR");
    assertThat(acts)
        .containsExactly(
            new CountEnvelope(new Stan(12), Money.parse("60.50 EUR")),
            new SettleWithdrawal(new Stan(13), Map.of(twenty, 2), Map.of(twenty, 1)),
            new EmptyBin(Bin.REJECT, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count-envelope | {"reference":"12"}
          count-envelope | {"reference":"twelve","amount":"1 EUR"}
          count-envelope | {"reference":"12","amount":"-1 EUR"}
          count-envelope | {"reference":"12","amount":1e400}
          count-envelope | {"reference":"12","amount":"1 EUR","by":"somebody else"}
          settle-deposit | {"reference":"12","found":{"20 EUR":-1}}
          settle-deposit | {"reference":"12","found":{"20 EUR":1.5}}
          settle-deposit | {"reference":"12","found":{"20 EUR":100001}}
          settle-deposit | {"reference":"12","found":{"twenty":1}}
          settle-deposit | {"reference":"12","found":[]}
          empty-bin | {"bin":"DUSTBIN","found":{}}
          exchange-cassette | {"cassette":"C1","note":"20 EUR","removed":"5","loaded":6}
          open-the-safe | {}
          count-envelope | []
          count-envelope | nonsense
          """)
  void whatIsNoActIsRefusedInASentence(String act, String body) throws Exception {
    signIn("paula", "correct horse");
    HttpResponse<String> answer = send("POST", "acts/" + act, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("error")).isNotBlank();
    assertThat(acts).isEmpty();
  }

  @Test
  void aFormOfAnotherPageCannotAct() throws Exception {
    signIn("paula", "correct horse");
    HttpRequest form =
        HttpRequest.newBuilder(at("acts/empty-bin"))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"bin\":\"REJECT\",\"found\":{}}"))
            .build();

    assertThat(browser.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    assertThat(acts).isEmpty();
  }

  @Test
  void whyAnActCannotBeDoneIsSaid() throws Exception {
    signIn("paula", "correct horse");
    impossible = "envelope 000012 is cleared already";
    HttpResponse<String> answer =
        send("POST", "acts/count-envelope", "{\"reference\":\"12\",\"amount\":\"1 EUR\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("envelope 000012 is cleared already");
  }

  private HttpResponse<String> signIn(String name, String password) throws Exception {
    return send(
        "POST", "session", new JsonObject().put("name", name).put("password", password).encode());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (body.isEmpty()) request.method(method, BodyPublishers.noBody());
    else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(body));
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + server.actualPort() + "/operator/" + path);
  }

  private static HttpClient newBrowser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  private final class Safe implements Operating {
    @Override
    public Future<Boolean> knows(String operator, byte[] password) {
      return Future.succeededFuture(
          operator.equals("paula")
              && new String(password, StandardCharsets.UTF_8).equals("correct horse"));
    }

    @Override
    public Future<OperatorView> view() {
      return Future.succeededFuture(
          new OperatorView(
              "ATM00001",
              true,
              "serving",
              List.of(Money.parse("20 EUR")),
              List.of(
                  new OperatorView.Matter(
                      "000012",
                      "ENVELOPE",
                      "•••••• 0008",
                      Money.parse("60 EUR"),
                      Instant.parse("2026-11-22T10:00:00Z"))),
              List.of()));
    }

    @Override
    public Future<Void> act(String operator, OperatorAct act) {
      if (!impossible.isEmpty()) return Future.failedFuture(new NotPossible(impossible));
      acts.add(act);
      return Future.succeededFuture();
    }

    @Override
    public void doorTried(String operator, boolean admitted) {
      doors.add(operator + " " + admitted);
    }
  }

  private static final class WallClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
