package atm.link;

import static atm.device.Awaiting.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;

/// A server of serial lines, cut off and reached again.
class TcpLeakTest extends LeakCheck {
  private NetServer server;
  private volatile NetSocket client;

  @Override
  ByteConnector wire() {
    server = vertx.createNetServer();
    server.connectHandler(
        socket -> {
          client = socket;
          socket.handler(bytes -> heard(socket, bytes));
        });
    return ByteConnector.to(
        address(await(server.listen(0, "localhost")).actualPort()), vertx, new WireTrace("test"));
  }

  ByteAddress address(int port) {
    return new ByteAddress.Tcp("localhost", port);
  }

  void heard(NetSocket socket, Buffer bytes) {
    socket.write(bytes);
  }

  @Override
  Future<Void> plug() {
    return Future.succeededFuture();
  }

  @Override
  Future<Void> unplug() {
    return client.close();
  }

  @AfterEach
  void stopServer() {
    await(server.close());
  }
}
