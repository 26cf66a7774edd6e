package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.function.Consumer;

/// A socket as a byte link.
final class TcpLink implements ByteLink {
  private final NetSocket socket;
  private final String at;
  private final WireTrace trace;
  private final Promise<IOException> ended = Promise.promise();
  private Consumer<Buffer> onBytes = _ -> {};
  private IOException end;

  TcpLink(NetSocket socket, String at, WireTrace trace) {
    this.socket = socket;
    this.at = at;
    this.trace = trace;
    socket.setWriteQueueMaxSize(UNSENT_MAX);
    socket.handler(this::receive);
    socket.exceptionHandler(failure -> fail(new IOException(at + ": " + failure, failure)));
    socket.closeHandler(_ -> fail(new IOException(at + ": closed by the other side")));
  }

  @Override
  public String at() {
    return at;
  }

  @Override
  public void onBytes(Consumer<Buffer> handler) {
    onBytes = handler;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (end != null) return Future.failedFuture(end);
    if (socket.writeQueueFull()) {
      fail(new IOException(at + ": takes no data"));
      return Future.failedFuture(end);
    }
    trace.sent(bytes);
    return socket.write(bytes);
  }

  @Override
  public Future<IOException> ended() {
    return ended.future();
  }

  @Override
  public void fail(IOException why) {
    if (end != null) return;
    end = why;
    trace.noted(why.getMessage());
    socket.close();
    ended.complete(why);
  }

  @Override
  public Future<Void> close() {
    fail(new IOException(at + ": closed by us"));
    return socket.close().otherwiseEmpty();
  }

  private void receive(Buffer bytes) {
    if (end != null) return;
    trace.received(bytes);
    try {
      onBytes.accept(bytes);
    } catch (RuntimeException wrong) {
      fail(new IOException(at + ": what arrived could not be handled", wrong));
    }
  }
}
