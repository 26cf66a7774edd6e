package sim.wire;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/// A line behind a socket, as a serial device server offers it: one client at a time, a later one
/// takes the place of the earlier, whose connection may be dead without anybody having noticed.
public final class TcpDoor implements Door {
  private final Vertx vertx;
  private final Context context;
  private final String host;
  private final Line line;
  private int port;
  private NetServer server;
  private NetSocket client;

  /// Port 0 takes a free one, and keeps it.
  public TcpDoor(Vertx vertx, Context context, String host, int port, Line line) {
    this.vertx = vertx;
    this.context = context;
    this.host = host;
    this.port = port;
    this.line = line;
  }

  public int port() {
    return port;
  }

  @Override
  public Future<Void> open() {
    Promise<Void> open = Promise.promise();
    context.runOnContext(
        _ -> {
          server =
              vertx
                  .createNetServer(new NetServerOptions().setTcpNoDelay(true))
                  .connectHandler(this::comeIn);
          server
              .listen(port, host)
              .<Void>map(
                  listening -> {
                    port = listening.actualPort();
                    return null;
                  })
              .onComplete(open);
        });
    return open.future();
  }

  @Override
  public Future<Void> close() {
    cut();
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void comeIn(NetSocket socket) {
    cut();
    client = socket;
    line.attach(socket::write, this::cut);
    socket.handler(
        bytes -> {
          if (client == socket) line.arrived(bytes);
        });
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(
        _ -> {
          if (client == socket) gone();
        });
  }

  private void cut() {
    if (client == null) return;
    NetSocket old = client;
    gone();
    old.close();
  }

  private void gone() {
    client = null;
    line.detach();
  }
}
