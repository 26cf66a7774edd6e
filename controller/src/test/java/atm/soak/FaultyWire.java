package atm.soak;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Stands between controller and simulator and passes on whole messages, but for one that it has
/// been told to harm. Which one is told by its name and how many of that name went before, so that
/// the same seed harms the same message.
final class FaultyWire {
  /// As our own end has it.
  private static final int BYTES_MAX = 2 * 1024 * 1024;

  /// How long a message that is held up takes: longer than a ping, shorter than any deadline.
  private static final long HELD_UP_MS = 4000;

  private static final long CONNECTS_WITHIN_MS = 3000;

  enum Harm {
    DROP,
    DELAY,
    CORRUPT,
    DUPLICATE,
    CUT,
    /// The message is the moment at which the controller loses its power.
    POWER_CUT,
    /// The devices', which do some ticks more.
    DEVICES_CUT,
    /// Both.
    BLACKOUT
  }

  /// @param name of the command or event, and of what type, or empty for any
  /// @param nth from 1
  record Fault(Harm harm, String name, boolean toDevice, int nth, int at) {
    @Override
    public String toString() {
      return "%s %s %s, number %d"
          .formatted(harm, name.isEmpty() ? "a message" : name, toDevice ? "out" : "back", nth);
    }
  }

  private final Vertx vertx;
  private final WebSocketClient client;
  private final Consumer<String> tell;
  private volatile int simulator;
  private volatile Optional<Fault> armed = Optional.empty();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicLong activity = new AtomicLong();
  private final AtomicInteger connecting = new AtomicInteger();
  private final Set<WebSocket> joined = ConcurrentHashMap.newKeySet();
  private volatile boolean dead;
  private volatile Consumer<Fault> powerCut = _ -> {};

  /// @param tell what was done, for the record of the visit
  FaultyWire(Vertx vertx, Consumer<String> tell) {
    this.vertx = vertx;
    this.tell = tell;
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(BYTES_MAX)
                .setMaxMessageSize(BYTES_MAX)
                .setClosingTimeout(1));
  }

  Future<Integer> listen(int simulatorPort) {
    simulator = simulatorPort;
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setMaxWebSocketFrameSize(BYTES_MAX)
                .setMaxWebSocketMessageSize(BYTES_MAX)
                .setWebSocketClosingTimeout(1))
        .webSocketHandshakeHandler(this::connect)
        .listen(0, "localhost")
        .map(HttpServer::actualPort);
  }

  /// Harms that message, once; counting starts now.
  void arm(Fault fault, Consumer<Fault> onPowerCut) {
    passed.set(0);
    powerCut = onPowerCut;
    armed = Optional.of(fault);
  }

  /// Nothing is harmed any more; answers whether what was armed has struck.
  boolean disarm() {
    boolean struck = armed.isEmpty();
    armed = Optional.empty();
    return struck;
  }

  /// Nothing passes any more.
  void isSilent() {
    dead = true;
  }

  void speaksAgain() {
    dead = false;
  }

  /// Devices that started again; whatever led to those before is gone with them.
  void leadsTo(int simulatorPort) {
    simulator = simulatorPort;
    List.copyOf(joined).forEach(WebSocket::close);
  }

  /// Changes whenever something moves.
  long moves() {
    // Whoever connects moves all the while.
    return connecting.get() > 0 ? activity.incrementAndGet() : activity.get();
  }

  private void connect(ServerWebSocketHandshake handshake) {
    activity.incrementAndGet();
    connecting.incrementAndGet();
    client
        .connect(
            new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(simulator)
                .setURI(handshake.uri()))
        .timeout(CONNECTS_WITHIN_MS, TimeUnit.MILLISECONDS)
        .onComplete(_ -> connecting.decrementAndGet())
        .onFailure(_ -> handshake.reject(503))
        .onSuccess(
            device -> {
              device.pause();
              handshake
                  .accept()
                  .onFailure(_ -> device.close())
                  .onSuccess(controller -> join(controller, device));
            });
  }

  private void join(WebSocket controller, WebSocket device) {
    Way out = new Way(device, controller, true);
    Way back = new Way(controller, device, false);
    // Pings, too, are something that moves.
    controller.frameHandler(_ -> activity.incrementAndGet());
    controller.textMessageHandler(out::pass);
    device.textMessageHandler(back::pass);
    controller.exceptionHandler(_ -> {});
    device.exceptionHandler(_ -> {});
    controller.closeHandler(
        _ -> {
          joined.remove(controller);
          device.close();
        });
    joined.add(controller);
    device.closeHandler(_ -> controller.close());
    device.resume();
  }

  /// One direction of one connection; messages keep their order.
  private final class Way {
    private final WebSocket to;
    private final WebSocket from;
    private final boolean toDevice;
    private final Deque<String> heldUp = new ArrayDeque<>();
    private boolean holds;

    Way(WebSocket to, WebSocket from, boolean toDevice) {
      this.to = to;
      this.from = from;
      this.toDevice = toDevice;
    }

    void pass(String message) {
      activity.incrementAndGet();
      if (dead) return;
      Optional<Fault> fault = armed;
      if (fault.isEmpty() || !strikes(fault.get(), message)) {
        send(message);
        return;
      }
      armed = Optional.empty();
      tell.accept("wire: " + fault.get() + ": " + nameOf(message));
      switch (fault.get().harm) {
        case DROP -> {}
        case DUPLICATE -> {
          send(message);
          send(message);
        }
        // What is cut off is never JSON; a digit turned into another one no checksum would pass.
        case CORRUPT -> send(message.substring(0, Math.floorMod(fault.get().at, message.length())));
        case DELAY -> {
          holds = true;
          heldUp.add(message);
          vertx.setTimer(HELD_UP_MS, _ -> release());
        }
        case CUT -> {
          to.close();
          from.close();
        }
        case POWER_CUT, DEVICES_CUT, BLACKOUT -> {
          // From here on nothing passes: who is about to lose power says no more.
          if (fault.get().at % 2 == 0) send(message);
          powerCut.accept(fault.get());
        }
      }
    }

    private boolean strikes(Fault fault, String message) {
      return fault.toDevice == toDevice
          && (fault.name.isEmpty() || nameOf(message).startsWith(fault.name))
          && passed.incrementAndGet() == fault.nth;
    }

    private void release() {
      holds = false;
      while (!heldUp.isEmpty()) send(heldUp.remove());
    }

    private void send(String message) {
      if (dead) return;
      if (holds) heldUp.add(message);
      else if (!to.isClosed()) to.writeTextMessage(message).otherwiseEmpty();
    }
  }

  private static String nameOf(String message) {
    try {
      JsonObject header = new JsonObject(message).getJsonObject("header", new JsonObject());
      return header.getString("name", "") + " " + header.getString("type", "");
    } catch (DecodeException | ClassCastException notOurs) {
      return "";
    }
  }
}
