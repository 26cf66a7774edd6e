package sim;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.MechanicalFault;
import sim.scenario.ScenarioException;
import sim.scenario.ScenarioReader;

/// The door for hands: HTTP on loopback, and a bridge that pushes the state after each change.
/// Answers only requests that come from this machine's own pages or scripts. Runs on the
/// mechanics' context.
final class BackDoor {
  static final String STATE = "sim.state";
  static final String MESSAGES = "sim.messages";
  static final String SCENARIO = "sim.scenario";

  /// A body is a few words; more is a mistake or an attack.
  private static final int BODY_MAX = 4096;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final Vertx vertx;
  private final Hands hands;
  private final Supplier<JsonObject> state;
  private final WireLog wireLog;
  private final Scenarios scenarios;
  private final int consolePort;
  private boolean pushing;

  /// @param consolePort where the controller's page is, for scenarios that are not told
  BackDoor(
      Vertx vertx,
      Hands hands,
      Supplier<JsonObject> state,
      WireLog wireLog,
      Scenarios scenarios,
      int consolePort) {
    this.vertx = vertx;
    this.hands = hands;
    this.state = state;
    this.wireLog = wireLog;
    this.scenarios = scenarios;
    this.consolePort = consolePort;
  }

  Future<HttpServer> listen(int port) {
    Router router = Router.router(vertx);
    router.route().handler(this::guard);
    router.route("/sim/bus/*").subRouter(bridge());
    router.get("/sim/state").handler(request -> answer(request, 200, state.get()));
    router.get("/sim/messages").handler(request -> answer(request, 200, wireLog.messages()));
    router.get("/sim/scenarios").handler(request -> answer(request, 200, scenarios.list()));
    router.get("/sim/scenarios/:id").handler(BackDoor::scenario);
    router
        .post("/sim/scenarios/run")
        .handler(BodyHandler.create(false).setBodyLimit(ScenarioReader.BYTES_MAX))
        .handler(this::run);
    router
        .post("/sim/scenarios/stop")
        .handler(
            request -> {
              scenarios.stop();
              answer(request, 200, scenarios.status());
            });
    router
        .post("/sim/:device/:action")
        .handler(BodyHandler.create(false).setBodyLimit(BODY_MAX))
        .handler(this::act);
    router.route().failureHandler(BackDoor::failed);
    router.errorHandler(400, BackDoor::failed); // of a path that no route can be asked for
    router.errorHandler(404, request -> refuse(request, 404, "nothing here"));
    router.errorHandler(405, request -> refuse(request, 405, "wanted GET /sim/state or POST"));
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxWebSocketFrameSize(BODY_MAX)
            .setMaxWebSocketMessageSize(BODY_MAX);
    return vertx.createHttpServer(options).requestHandler(router).listen(port, "localhost");
  }

  /// Pushes the state once this turn of the event loop is over, however much happens in it.
  void changed() {
    if (!pushing) {
      pushing = true;
      vertx.runOnContext(
          _ -> {
            pushing = false;
            vertx.eventBus().publish(STATE, state.get());
          });
    }
  }

  /// A page of another site must reach nothing here, neither by its own name (Origin) nor by a
  /// name of its own that it let point to us (Host).
  private void guard(RoutingContext request) {
    var authority = request.request().authority();
    if (authority == null || !LOOPBACK.contains(authority.host())) {
      refuse(request, 403, "the Host is not a loopback name");
      return;
    }
    String origin = request.request().getHeader("Origin");
    if (origin == null) {
      request.next();
      return;
    }
    if (!isLoopback(origin)) {
      refuse(request, 403, "the Origin is not a loopback page");
      return;
    }
    request
        .response()
        .putHeader("Access-Control-Allow-Origin", origin)
        .putHeader("Access-Control-Allow-Credentials", "true") // SockJS asks with cookies
        .putHeader("Vary", "Origin");
    if (request.request().method() == HttpMethod.OPTIONS) {
      request
          .response()
          .setStatusCode(204)
          .putHeader("Access-Control-Allow-Methods", "GET, POST")
          .putHeader("Access-Control-Allow-Headers", "Content-Type")
          .putHeader("Access-Control-Max-Age", "600")
          .end();
    } else {
      request.next();
    }
  }

  private static boolean isLoopback(String origin) {
    try {
      URI uri = URI.create(origin);
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && LOOPBACK.contains(String.valueOf(uri.getHost()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private Router bridge() {
    // Outwards what is to be seen; inwards nothing: acts have answers, so they go over HTTP.
    SockJSBridgeOptions options =
        new SockJSBridgeOptions()
            .addOutboundPermitted(new PermittedOptions().setAddress(STATE))
            .addOutboundPermitted(new PermittedOptions().setAddress(MESSAGES))
            .addOutboundPermitted(new PermittedOptions().setAddress(SCENARIO))
            .setMaxHandlersPerSocket(4);
    return SockJSHandler.create(vertx).bridge(options, BackDoor::admit);
  }

  private static void admit(BridgeEvent event) {
    // Vert.x only notes the time of a ping; answered, it shows the page a line that went silent.
    if (event.type() == BridgeEventType.SOCKET_PING) {
      event.socket().write(new JsonObject().put("type", "pong").encode());
    }
    event.complete(event.type() != BridgeEventType.SEND && event.type() != BridgeEventType.PUBLISH);
  }

  private static void scenario(RoutingContext request) {
    Optional<String> text = Scenarios.text(request.pathParam("id"));
    if (text.isEmpty()) {
      refuse(request, 404, "no such scenario, there is " + Scenarios.SHIPPED);
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "application/yaml; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(text.get());
  }

  private void run(RoutingContext request) {
    try {
      scenarios.start(String.valueOf(request.body().asString()), console(request));
      answer(request, 200, scenarios.status());
    } catch (ScenarioException wrong) {
      JsonArray mistakes = new JsonArray();
      wrong
          .mistakes()
          .forEach(
              m ->
                  mistakes.add(
                      new JsonObject().put("line", m.line()).put("sentence", m.sentence())));
      answer(
          request,
          400,
          new JsonObject().put("error", wrong.getMessage()).put("mistakes", mistakes));
    } catch (ImpossibleAct busy) {
      refuse(request, 409, busy.getMessage());
    } catch (IllegalArgumentException wrong) {
      refuse(request, 400, wrong.getMessage());
    }
  }

  /// The port of the page: a machine's may be other than configured.
  private int console(RoutingContext request) {
    String asked = request.request().getParam("console");
    if (asked == null) return consolePort;
    if (!asked.matches("\\d{1,5}") || Integer.parseInt(asked) > 65_535) {
      throw new IllegalArgumentException("console wants the port of the page");
    }
    return Integer.parseInt(asked);
  }

  private void act(RoutingContext request) {
    try {
      String text = request.body().asString();
      hands.act(request.pathParam("device"), request.pathParam("action"), body(text));
      answer(request, 200, state.get());
    } catch (Hands.Unknown e) {
      refuse(request, 404, e.getMessage());
    } catch (IllegalArgumentException | ImpossibleAct | MechanicalFault e) {
      refuse(request, 400, e.getMessage());
    }
  }

  /// @param text null where there is none
  static JsonObject body(String text) {
    if (text == null || text.isBlank()) {
      return new JsonObject();
    }
    try {
      return new JsonObject(text);
    } catch (DecodeException _) {
      throw new IllegalArgumentException("the body is not a JSON object");
    }
  }

  private static void failed(RoutingContext request) {
    // Vert.x has none for a path that cannot be read, and 200 for such a body.
    int status = request.statusCode() < 400 ? 400 : request.statusCode();
    String why =
        switch (status) {
          case 413 -> "a body that is too long";
          case 400 -> "the request cannot be read";
          default -> "the simulator failed: " + request.failure();
        };
    refuse(request, status, why);
  }

  private static void refuse(RoutingContext request, int status, String sentence) {
    answer(request, status, new JsonObject().put("error", sentence));
  }

  private static void answer(RoutingContext request, int status, JsonObject body) {
    if (request.response().ended()) {
      return;
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(body.toBuffer());
  }
}
