package atm.console;

import atm.screen.Display;
import atm.screen.ScreenModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.Optional;
import java.util.Set;

/// The customer page's bridge: hands out screens, takes touches, and trusts nothing that comes
/// in. No device has an address on it. What does not fit is dropped and counted.
final class KioskBridge {
  private static final String INPUT = "ui.input";
  private static final String SNAPSHOT = "ui.snapshot";
  private static final String SCREEN = "ui.screen";
  private static final Set<String> INPUT_FIELDS = Set.of("session", "seq", "fdk");
  // A touch is 60 bytes; registering for the screen is less.
  private static final int MOST_BYTES = 2048;

  private final Vertx vertx;
  private final Display display;
  private final Counter dropped;
  private final Counter taken;

  KioskBridge(Vertx vertx, Display display, MeterRegistry meters) {
    this.vertx = vertx;
    this.display = display;
    this.dropped =
        Counter.builder("atm.bridge.dropped")
            .description("Messages on the customer bridge that did not fit")
            .register(meters);
    this.taken =
        Counter.builder("atm.bridge.touches")
            .description("Touches passed on to the session")
            .register(meters);
  }

  Future<Void> open() {
    display.onShow(model -> vertx.eventBus().publish(SCREEN, ScreenJson.of(model)));
    return Future.all(
            vertx.eventBus().localConsumer(INPUT, this::touched).completion(),
            vertx.eventBus().localConsumer(SNAPSHOT, this::snapshot).completion())
        .mapEmpty();
  }

  Router router() {
    SockJSHandlerOptions sockets =
        new SockJSHandlerOptions().setRegisterWriteHandler(false).setMaxBytesStreaming(1 << 20);
    SockJSBridgeOptions bridge =
        new SockJSBridgeOptions()
            .setMaxAddressLength(32)
            .setMaxHandlersPerSocket(4)
            .setReplyTimeout(2000)
            .addInboundPermitted(new PermittedOptions().setAddress(INPUT))
            .addInboundPermitted(new PermittedOptions().setAddress(SNAPSHOT))
            .addOutboundPermitted(new PermittedOptions().setAddress(SCREEN));
    return SockJSHandler.create(vertx, sockets).bridge(bridge, this::admit);
  }

  /// A page may ask and listen. It may not publish, which would speak to other pages, nor send
  /// headers.
  private void admit(BridgeEvent event) {
    JsonObject raw = event.getRawMessage();
    boolean admitted =
        switch (event.type()) {
          case PUBLISH -> false;
          case SEND -> raw != null && raw.encode().length() <= MOST_BYTES && !hasHeaders(raw);
          case REGISTER -> raw != null && !hasHeaders(raw);
          case SOCKET_PING -> answerPing(event);
          default -> true;
        };
    if (!admitted && event.type() != BridgeEventType.RECEIVE) dropped.increment();
    event.complete(admitted);
  }

  /// Vert.x only notes the time of a ping. An answer lets the page see a line that went silent.
  private static boolean answerPing(BridgeEvent event) {
    event.socket().write(new JsonObject().put("type", "pong").encode());
    return true;
  }

  private static boolean hasHeaders(JsonObject raw) {
    return raw.getValue("headers") instanceof JsonObject headers && !headers.isEmpty();
  }

  private void touched(Message<Object> message) {
    boolean accepted = touch(message.body()).map(display::touch).orElse(false);
    (accepted ? taken : dropped).increment();
    answer(message, new JsonObject().put("accepted", accepted));
  }

  /// The touch in a message's body; empty for anything that does not fit the schema or is of a
  /// screen or session that is gone.
  Optional<Display.Touch> touch(Object body) {
    if (!(body instanceof JsonObject json) || !INPUT_FIELDS.containsAll(json.fieldNames())) {
      return Optional.empty();
    }
    if (!(json.getValue("fdk") instanceof String fdk) || !fdk.matches("[A-DF-I]")) {
      return Optional.empty();
    }
    Optional<ScreenModel> now = display.snapshot();
    if (now.isEmpty()) return Optional.empty();
    Object session = json.getValue("session");
    if (session != null && !session.equals(now.get().session())) return Optional.empty();
    // 1e400 arrives as an infinite Double: only whole numbers are sequence numbers.
    return switch (json.getValue("seq")) {
      case null -> Optional.of(new Display.Touch(now.get().seq(), fdk.charAt(0)));
      case Integer seq -> Optional.of(new Display.Touch(seq, fdk.charAt(0)));
      case Long seq -> Optional.of(new Display.Touch(seq, fdk.charAt(0)));
      default -> Optional.empty();
    };
  }

  private void snapshot(Message<Object> message) {
    answer(message, display.snapshot().map(ScreenJson::of).orElseGet(JsonObject::new));
  }

  private static void answer(Message<Object> message, JsonObject body) {
    if (message.replyAddress() != null) message.reply(body);
  }
}
