package atm.machine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Somebody who knows the machine from outside only: hands through the simulator's back door,
/// eyes on the customer bridge. Uses no class of ours.
final class Stranger implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long LOOKS_EVERY_NANOS = 2_000_000;
  private static final JsonObject GONE = new JsonObject();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService pinger = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<JsonObject> screens = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final String controller;
  private final String backDoor;
  private final WebSocket bridge;
  private JsonObject now = new JsonObject();
  private volatile boolean gone;

  Stranger(int controllerPort, int backDoorPort) {
    controller = "http://localhost:" + controllerPort;
    backDoor = "http://localhost:" + backDoorPort;
    bridge =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://localhost:" + controllerPort + "/bus/kiosk/websocket"), new Ears())
            .join();
    send(new JsonObject().put("type", "register").put("address", "ui.screen"));
    askSnapshot();
    pinger.scheduleAtFixedRate(
        () -> send(new JsonObject().put("type", "ping")), 2, 2, TimeUnit.SECONDS);
  }

  private void askSnapshot() {
    send(
        new JsonObject()
            .put("type", "send")
            .put("address", "ui.snapshot")
            .put("replyAddress", "me")
            .put("body", new JsonObject()));
  }

  /// Waits until that screen is shown.
  JsonObject sees(String screen) {
    return sees(screen, model -> model.getString("screen").equals(screen));
  }

  JsonObject sees(String what, Predicate<JsonObject> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!(now.containsKey("screen") && wanted.test(now))) {
      JsonObject next = next(deadline);
      if (next == GONE) throw new AssertionError("the controller is gone before " + what);
      if (next == null) {
        throw new AssertionError(
            "never saw " + what + "; saw " + seen + "; the machine is " + machine().encode());
      }
      if (next.getLong("seq", 0L) > now.getLong("seq", 0L)) {
        now = next;
        seen.add(next.getString("screen"));
      }
    }
    return now;
  }

  private JsonObject next(long deadline) {
    try {
      return screens.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /// Once the slot is open, which it is not for the moment in which the machine looks at itself.
  Stranger inserts(String card) {
    String act = "card-reader/insert";
    JsonObject body = new JsonObject().put("card", card);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = tries(act, body);
    while (answer.body().contains("the slot is closed") && System.nanoTime() < deadline) {
      answer = tries(act, body);
    }
    isDone(act, body, answer);
    return this;
  }

  /// One bunch of notes, once the slot is open for it.
  Stranger puts(String... notes) {
    machine("open for notes", m -> light(m, "cash-acceptor").equals("insert"));
    act("cash-acceptor/insert", new JsonObject().put("notes", new JsonArray(List.of(notes))));
    return this;
  }

  /// The notes at the acceptor's slot, once they are there.
  Stranger takesNotesBack() {
    machine("giving notes back", m -> light(m, "cash-acceptor").equals("take"));
    return takes("cash-acceptor");
  }

  private static String light(JsonObject machine, String device) {
    return machine.getJsonObject(device).getString("light");
  }

  Stranger types(String digits) {
    digits.chars().forEach(digit -> presses(String.valueOf((char) digit)));
    return this;
  }

  Stranger presses(String key) {
    act("pin-pad/press", new JsonObject().put("key", key));
    return this;
  }

  /// Presses the function key beside the option with that id on the screen that is shown.
  Stranger chooses(String id) {
    for (Object each : now.getJsonArray("options", new JsonArray())) {
      JsonObject option = (JsonObject) each;
      if (option.getString("id").equals(id) && option.getBoolean("enabled")) {
        return presses(option.getString("fdk"));
      }
    }
    throw new AssertionError("no option " + id + " on " + now.encodePrettily());
  }

  Stranger takes(String from) {
    act(from + "/take", new JsonObject());
    return this;
  }

  Stranger breaks(String device, String kind, String when) {
    act(device + "/fault", new JsonObject().put("kind", kind).put("when", when));
    return this;
  }

  Stranger mends(String device, String kind) {
    act(device + "/fault", new JsonObject().put("kind", kind).put("clear", true));
    return this;
  }

  /// The simulated machine, once `wanted` holds of it.
  JsonObject machine(String what, Predicate<JsonObject> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonObject state = machine();
      if (wanted.test(state)) return state;
      if (gone) throw new AssertionError("the controller is gone before it was " + what);
      LockSupport.parkNanos(LOOKS_EVERY_NANOS);
    }
    throw new AssertionError("never was " + what + ": " + machine().encode());
  }

  JsonObject machine() {
    return get(backDoor + "/sim/state").json();
  }

  Answer page(String path) {
    return get(controller + path);
  }

  void act(String act, JsonObject body) {
    isDone(act, body, tries(act, body));
  }

  private Answer tries(String act, JsonObject body) {
    return request(
        HttpRequest.newBuilder(URI.create(backDoor + "/sim/" + act))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build());
  }

  private void isDone(String act, JsonObject body, Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(act + " " + body.encode() + ": " + answer + " on " + now.encode());
    }
  }

  void send(JsonObject frame) {
    sendText(frame.encode());
  }

  synchronized void sendText(String text) {
    bridge.sendText(text, true).join();
  }

  record Answer(int status, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private Answer get(String uri) {
    return request(HttpRequest.newBuilder(URI.create(uri)).build());
  }

  private Answer request(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(request + " failed", failed);
    }
  }

  @Override
  public void close() {
    pinger.shutdownNow();
    bridge.abort();
    http.close();
  }

  /// Puts the bridge's frames together, which come as text or as binary.
  private final class Ears implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      return heard(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      return heard(socket, StandardCharsets.UTF_8.decode(data), last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      isGone();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      isGone();
    }

    private void isGone() {
      gone = true;
      screens.add(GONE);
    }

    private CompletionStage<?> heard(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonObject frame = new JsonObject(text.toString());
        text.setLength(0);
        if (frame.getValue("body") instanceof JsonObject model && model.containsKey("screen")) {
          screens.add(model);
        }
      }
      socket.request(1);
      return null;
    }
  }
}
