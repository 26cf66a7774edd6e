package atm.console;

import atm.screen.Display;
import atm.screen.ScreenModel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The developer's bridge beside the simulated machine: tells of each commit of the books on
/// `developer.books`, and all at once when `developer.snapshot` is asked. Nothing can be changed
/// through it. Runs on the context it was made on.
final class DeveloperBridge {
  private static final String BOOKS = "developer.books";
  private static final String SNAPSHOT = "developer.snapshot";
  // What a person scrolls back through; a withdrawal writes a dozen events.
  private static final int EVENTS_MAX = 200;
  // Asking takes 60 bytes, an address a few more.
  private static final int MOST_BYTES = 512;

  private final Vertx vertx;
  private final Context context;
  private final Developer developer;
  private final List<String> screens;
  // Bounded by the screens there are: a row for each pair that was seen.
  private final Map<String, Map<String, Integer>> ways = new TreeMap<>();
  private String shown = "";
  private long told;
  private boolean looking;
  private boolean changedMeanwhile;

  /// @param screens the names of all screens there are
  DeveloperBridge(Vertx vertx, Developer developer, List<String> screens) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.developer = developer;
    this.screens = screens;
  }

  Future<Void> open(Display display) {
    display.onShow(model -> context.runOnContext(_ -> passed(model)));
    display.snapshot().ifPresent(model -> context.runOnContext(_ -> passed(model)));
    developer.onChange(() -> context.runOnContext(_ -> changed()));
    return vertx.eventBus().localConsumer(SNAPSHOT, this::snapshot).completion();
  }

  Router router() {
    SockJSBridgeOptions bridge =
        new SockJSBridgeOptions()
            .setMaxAddressLength(32)
            .setMaxHandlersPerSocket(4)
            .addInboundPermitted(new PermittedOptions().setAddress(SNAPSHOT))
            .addOutboundPermitted(new PermittedOptions().setAddress(BOOKS));
    SockJSHandlerOptions sockets =
        new SockJSHandlerOptions().setRegisterWriteHandler(false).setMaxBytesStreaming(1 << 20);
    return SockJSHandler.create(vertx, sockets).bridge(bridge, DeveloperBridge::admit);
  }

  private static void admit(BridgeEvent event) {
    JsonObject raw = event.getRawMessage();
    if (event.type() == BridgeEventType.SOCKET_PING) {
      event.socket().write(new JsonObject().put("type", "pong").encode());
    }
    event.complete(
        switch (event.type()) {
          case PUBLISH -> false;
          case SEND, REGISTER ->
              raw != null
                  && raw.encode().length() <= MOST_BYTES
                  && !(raw.getValue("headers") instanceof JsonObject h && !h.isEmpty());
          default -> true;
        });
  }

  private void passed(ScreenModel model) {
    if (!shown.isEmpty() && !shown.equals(model.screen())) {
      ways.computeIfAbsent(shown, _ -> new TreeMap<>()).merge(model.screen(), 1, Integer::sum);
    }
    shown = model.screen();
  }

  /// Looks once for all that changes while it looks: a commit must not wait for an onlooker.
  private void changed() {
    if (looking) {
      changedMeanwhile = true;
      return;
    }
    looking = true;
    changedMeanwhile = false;
    developer
        .look(told, EVENTS_MAX)
        .onSuccess(this::tell)
        .onComplete(
            _ ->
                context.runOnContext(
                    _ -> {
                      looking = false;
                      if (changedMeanwhile) changed();
                    }));
  }

  private void tell(Developer.Look look) {
    if (!look.events().isEmpty()) told = look.events().getLast().number();
    vertx.eventBus().publish(BOOKS, look.json());
  }

  private void snapshot(Message<Object> message) {
    if (message.replyAddress() == null) return;
    developer
        .look(0, EVENTS_MAX)
        .onSuccess(look -> message.reply(withScreens(look.json())))
        .onFailure(failure -> message.fail(1, failure.getMessage()));
  }

  private JsonObject withScreens(JsonObject look) {
    JsonArray seen = new JsonArray();
    ways.forEach(
        (from, targets) ->
            targets.forEach(
                (to, count) ->
                    seen.add(
                        new JsonObject().put("from", from).put("to", to).put("count", count))));
    return look.put("screens", new JsonArray(screens)).put("ways", seen);
  }
}
