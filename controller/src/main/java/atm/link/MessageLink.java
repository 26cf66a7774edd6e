package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// A wire of whole messages: text over a WebSocket (a binary message that holds UTF-8 counts as
/// text). Notices a peer that fell silent. Its end is told once, with the cause. Runs on the
/// context that opened it.
public final class MessageLink {
  /// The limit of KAL's services too. The longest message of a healthy device, a storage list
  /// with all its counts, is some 20 KiB.
  public static final int BYTES_MAX = 2 * 1024 * 1024;

  private final Vertx vertx;
  private final ClientWebSocket socket;
  private final URI at;
  private final WireTrace trace;
  private final Duration pingEvery;
  private Consumer<String> onMessage = _ -> {};
  private Consumer<IOException> onClose = _ -> {};
  private IOException end;
  private long pinger = -1;
  private boolean heard;

  MessageLink(Vertx vertx, ClientWebSocket socket, URI at, WireTrace trace, Duration pingEvery) {
    this.vertx = vertx;
    this.socket = socket;
    this.at = at;
    this.trace = trace;
    this.pingEvery = pingEvery;
    socket.textMessageHandler(this::receive);
    socket.binaryMessageHandler(this::receiveBinary);
    socket.pongHandler(_ -> heard = true);
    socket.exceptionHandler(failure -> fail(new IOException(at + ": " + failure, failure)));
    socket.closeHandler(_ -> fail(closedByTheDevice()));
  }

  public URI at() {
    return at;
  }

  /// Set both in the turn in which the link is handed over, and nothing is missed.
  public void onMessage(Consumer<String> handler) {
    onMessage = handler;
  }

  public void onClose(Consumer<IOException> handler) {
    onClose = handler;
  }

  /// Fails, and ends the link, when the peer takes no data; nothing is buffered beyond the
  /// socket.
  public Future<Void> send(String message) {
    // A socket is closed a turn before its handler hears of it, and throws when it is asked then.
    if (socket.isClosed()) fail(closedByTheDevice());
    else if (socket.writeQueueFull()) fail(new IOException(at + ": takes no data"));
    if (end != null) return Future.failedFuture(end);
    trace.sent(message);
    return socket.writeTextMessage(message);
  }

  /// Says goodbye; the close handler is not told of what its owner did.
  public Future<Void> close() {
    onClose = _ -> {};
    fail(new IOException(at + ": closed by us"));
    return socket.close().otherwiseEmpty();
  }

  /// Ends the link for `cause`.
  public void fail(IOException cause) {
    if (end != null) return;
    end = cause;
    if (pinger >= 0) vertx.cancelTimer(pinger);
    trace.noted(cause.getMessage());
    socket.close();
    onMessage = _ -> {};
    onClose.accept(cause);
  }

  void start() {
    trace.noted("connected to " + at);
    heard = true;
    pinger = vertx.setPeriodic(pingEvery.toMillis(), _ -> ping());
  }

  private void ping() {
    if (!heard) {
      fail(
          new IOException(at + ": silent, no answer to a ping in " + pingEvery.toMillis() + " ms"));
      return;
    }
    heard = false;
    socket.writePing(Buffer.buffer("?"));
  }

  private void receive(String message) {
    if (end != null) return;
    heard = true;
    trace.received(message);
    try {
      onMessage.accept(message);
    } catch (RuntimeException wrong) {
      fail(new IOException(at + ": a message could not be handled", wrong));
    }
  }

  private void receiveBinary(Buffer bytes) {
    try {
      receive(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes())).toString());
    } catch (CharacterCodingException garbage) {
      fail(
          new IOException(
              at + ": " + bytes.length() + " binary bytes that are not UTF-8", garbage));
    }
  }

  private IOException closedByTheDevice() {
    return new IOException(at + ": closed by the device" + reason());
  }

  private String reason() {
    return socket.closeStatusCode() == null
        ? ""
        : ", status " + socket.closeStatusCode() + " " + socket.closeReason();
  }
}
