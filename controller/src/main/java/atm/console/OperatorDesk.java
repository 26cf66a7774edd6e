package atm.console;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// The operator's door and desk, `/operator/…`: sign in, see what the machine holds and what waits
/// for a person, and say what was counted. Nothing but the door opens without a session; a session
/// is a cookie that no script reads and no other page sends.
final class OperatorDesk {
  // Nobody walks away from an open safe for longer.
  private static final Duration IDLE = Duration.ofMinutes(10);
  // Leaves a guesser one try a minute; an operator who mistypes so often waits.
  private static final int WRONG_MAX = 5;
  private static final Duration SHUT = Duration.ofMinutes(5);
  // An act is a few counts.
  private static final int BODY_MAX = 4096;
  private static final String NAME = "operator";

  private final Vertx vertx;
  private final Operating operating;
  private final Clock clock;
  private int wrong;
  private Instant shutUntil = Instant.EPOCH;

  OperatorDesk(Vertx vertx, Operating operating, Clock clock) {
    this.vertx = vertx;
    this.operating = operating;
    this.clock = clock;
  }

  Router router() {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_MAX));
    router
        .route()
        .handler(
            SessionHandler.create(LocalSessionStore.create(vertx, "operators"))
                .setLazySession(true)
                .setSessionCookieName(NAME)
                .setSessionCookiePath("/operator")
                .setCookieHttpOnlyFlag(true)
                .setCookieSameSite(CookieSameSite.STRICT)
                .setSessionTimeout(IDLE.toMillis()));
    router.post("/session").handler(this::signIn);
    router.route().handler(this::admit);
    router.delete("/session").handler(this::signOut);
    router.get("/state").handler(this::state);
    router.post("/acts/:act").handler(this::act);
    router.route().handler(request -> refuse(request, 404, "there is no such page"));
    return router;
  }

  private void signIn(RoutingContext request) {
    if (clock.instant().isBefore(shutUntil)) {
      refuse(request, 429, "too many wrong passwords; try again in a few minutes");
      return;
    }
    JsonObject body = body(request);
    if (body == null
        || !(body.getValue("name") instanceof String name)
        || !(body.getValue("password") instanceof String typed)
        || body.size() != 2) {
      refuse(request, 400, "wanted a name and a password");
      return;
    }
    byte[] password = typed.getBytes(StandardCharsets.UTF_8);
    // Counted before it is compared: many at once are many tries.
    if (++wrong >= WRONG_MAX) {
      shutUntil = clock.instant().plus(SHUT);
      wrong = 0;
    }
    operating
        .knows(name, password)
        .onComplete(_ -> Arrays.fill(password, (byte) 0))
        .onSuccess(known -> answer(request, name, known))
        .onFailure(request::fail);
  }

  private void answer(RoutingContext request, String name, boolean known) {
    operating.doorTried(name, known);
    if (!known) {
      refuse(request, 401, "name or password is not right");
      return;
    }
    wrong = 0;
    shutUntil = Instant.EPOCH;
    // A cookie that was there before the password was known is worth nothing after.
    request.session().regenerateId();
    request.session().put(NAME, name);
    json(request, 200, new JsonObject().put("name", name));
  }

  private void admit(RoutingContext request) {
    if (operator(request) == null) refuse(request, 401, "please sign in");
    else request.next();
  }

  private void signOut(RoutingContext request) {
    request.session().destroy();
    request.response().setStatusCode(204).end();
  }

  private void state(RoutingContext request) {
    operating.view().onSuccess(view -> json(request, 200, view.json())).onFailure(request::fail);
  }

  private void act(RoutingContext request) {
    JsonObject body = body(request);
    if (body == null) {
      refuse(request, 400, "wanted a JSON object");
      return;
    }
    OperatorAct act;
    try {
      act = OperatorAct.of(request.pathParam("act"), body);
    } catch (IllegalArgumentException wrong) {
      refuse(request, 400, wrong.getMessage());
      return;
    }
    operating
        .act(operator(request), act)
        .compose(_ -> operating.view())
        .onSuccess(view -> json(request, 200, view.json()))
        .onFailure(
            failed -> {
              if (failed instanceof Operating.NotPossible) {
                refuse(request, 409, failed.getMessage());
              } else {
                request.fail(failed);
              }
            });
  }

  private static String operator(RoutingContext request) {
    return request.session() == null ? null : request.session().get(NAME);
  }

  /// Null for anything but JSON that says it is: a form of another page cannot say so.
  private static JsonObject body(RoutingContext request) {
    String type = request.request().getHeader("Content-Type");
    if (type == null || !type.startsWith("application/json")) return null;
    try {
      Buffer bytes = request.body().buffer();
      return bytes == null ? null : new JsonObject(bytes);
    } catch (DecodeException notJson) {
      return null;
    }
  }

  private static void refuse(RoutingContext request, int status, String why) {
    json(request, status, new JsonObject().put("error", why));
  }

  private static void json(RoutingContext request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }
}
