package atm.console;

import atm.screen.Display;
import atm.screen.ScreenModel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The machine's web server on loopback: the customer page and its bridge, the operator's desk, the
/// gallery, health and metrics.
public final class WebServer {
  private static final Logger LOG = System.getLogger(WebServer.class.getName());

  private final HttpServer http;

  private WebServer(HttpServer http) {
    this.http = http;
  }

  /// What the server shows.
  ///
  /// @param screens the names of all screens there are
  /// @param gallery draws every screen in every language; asked for on a worker, each time anew,
  ///     since it is some megabytes and nobody looks at it for long
  /// @param simulator the simulator's back door, for the machine around the screen
  /// @param developer what a developer beside the simulated machine may see
  /// @param operating what an operator sees and does
  public record Shows(
      Display display,
      List<String> screens,
      Supplier<List<ScreenModel>> gallery,
      Supplier<Health> health,
      PrometheusMeterRegistry meters,
      Optional<String> simulator,
      Optional<Developer> developer,
      Operating operating) {}

  /// Listens on the loopback interface; port 0 takes a free one.
  public static Future<WebServer> listen(Vertx vertx, int port, Shows shows) {
    KioskBridge bridge = new KioskBridge(vertx, shows.display, shows.meters);
    ContentSecurityPolicy policy = ContentSecurityPolicy.forPages(shows.simulator);
    Router router = Router.router(vertx);
    router.route().handler(new LocalOnly());
    router.route().handler(request -> secured(request, policy));
    router.route("/bus/kiosk/*").subRouter(bridge.router());
    Optional<DeveloperBridge> developers =
        shows.developer.map(developer -> new DeveloperBridge(vertx, developer, shows.screens));
    developers.ifPresent(d -> router.route("/bus/developer/*").subRouter(d.router()));
    router.get("/operator").handler(request -> request.reroute("/operator.html"));
    router
        .route("/operator/*")
        .subRouter(new OperatorDesk(vertx, shows.operating, Clock.systemUTC()).router());
    router.get("/health").handler(request -> health(request, shows.health.get()));
    router.get("/metrics").handler(request -> metrics(request, shows.meters));
    router.get("/kiosk.json").handler(request -> json(request, kiosk(shows.simulator)));
    router.get("/gallery.json").handler(request -> gallery(vertx, request, shows.gallery));
    router.get("/gallery").handler(request -> request.reroute("/gallery.html"));
    router
        .get()
        .handler(
            StaticHandler.create(FileSystemAccess.RELATIVE, "webroot").setCachingEnabled(false));
    router.route().failureHandler(WebServer::failed);
    router.errorHandler(400, WebServer::failed); // of a path that no route can be asked for

    HttpServerOptions options =
        new HttpServerOptions()
            .setCompressionSupported(true)
            .setMaxWebSocketFrameSize(1 << 16)
            .setMaxWebSocketMessageSize(1 << 16);
    HttpServer http = vertx.createHttpServer(options).requestHandler(router);
    return bridge
        .open()
        .compose(_ -> developers.map(d -> d.open(shows.display)).orElse(Future.succeededFuture()))
        .compose(_ -> http.listen(port, "localhost"))
        .map(WebServer::new);
  }

  public int port() {
    return http.actualPort();
  }

  public Future<Void> close() {
    return http.close();
  }

  private static void secured(RoutingContext request, ContentSecurityPolicy policy) {
    request
        .response()
        .putHeader("Content-Security-Policy", policy.header())
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store");
    request.next();
  }

  /// A browser that leaves before it has said or got everything is no failure of ours, nor is what
  /// cannot be answered because of what was asked.
  static void failed(RoutingContext request) {
    Throwable why = request.failure();
    HttpServerResponse response = request.response();
    // Vert.x has none for a path that cannot be read, and 200 for such a body.
    int status = request.statusCode() < 400 ? 400 : request.statusCode();
    boolean left =
        why instanceof IOException || why instanceof HttpClosedException || response.closed();
    if (status >= 500 && !left) {
      LOG.log(Level.ERROR, "no answer to " + request.request().uri(), why);
    }
    if (!response.headWritten() && !response.closed()) {
      response.setStatusCode(status).end(status < 500 ? response.getStatusMessage() : "");
    }
  }

  private static void health(RoutingContext request, Health health) {
    request.response().setStatusCode(health.allUp() ? 200 : 503);
    json(request, health.json());
  }

  private static void metrics(RoutingContext request, PrometheusMeterRegistry meters) {
    request
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .end(meters.scrape());
  }

  private static JsonObject kiosk(Optional<String> simulator) {
    return new JsonObject().put("simulator", simulator.orElse(null));
  }

  private static void gallery(
      Vertx vertx, RoutingContext request, Supplier<List<ScreenModel>> screens) {
    vertx
        .executeBlocking(
            () ->
                new JsonObject()
                    .put(
                        "screens",
                        new JsonArray(screens.get().stream().map(ScreenJson::of).toList())))
        .onSuccess(all -> json(request, all))
        .onFailure(request::fail);
  }

  private static void json(RoutingContext request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
  }
}
