package sim.xfs4iot;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One WebSocket of a client to one service, with its unfinished commands. Server's event loop
/// only.
final class Client {
  /// A client that reads nothing is cut rather than remembered: 4096 messages are some 2 MB, and
  /// no honest one falls a hundred behind.
  private static final int UNSENT_MAX = 4096;

  private final ServerWebSocket socket;
  private final Consumer<JsonObject> sent;
  private final List<Call> unfinished = new ArrayList<>();
  private int unsent;
  private boolean gone;

  /// @param sent hears what goes out
  Client(ServerWebSocket socket, Consumer<JsonObject> sent) {
    this.socket = socket;
    this.sent = sent;
  }

  void send(JsonObject message) {
    // A socket that failed says so before it tells anybody that it closed.
    if (gone || socket.isClosed()) return;
    if (++unsent > UNSENT_MAX) {
      cut();
      return;
    }
    sent.accept(message);
    socket.writeTextMessage(message.encode()).onComplete(_ -> unsent--);
    if (!socket.isClosed() && socket.writeQueueFull()) {
      socket.pause();
      socket.drainHandler(_ -> socket.resume());
    }
  }

  /// Ends the connection without a word, as a pulled plug does.
  void cut() {
    gone = true;
    socket.close((short) 1011, "cut");
  }

  void lost() {
    gone = true;
  }

  List<Call> unfinished() {
    return unfinished;
  }

  boolean has(long requestId) {
    return unfinished.stream().anyMatch(call -> call.command().requestId() == requestId);
  }

  String host() {
    return socket.authority() == null ? "localhost" : socket.authority().toString();
  }
}
