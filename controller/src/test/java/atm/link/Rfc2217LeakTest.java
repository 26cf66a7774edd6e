package atm.link;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.Map;

/// A serial port that a server on the network offers, with all that is agreed on each time.
class Rfc2217LeakTest extends TcpLeakTest {
  private final Map<NetSocket, Telnet> talks = new HashMap<>();

  @Override
  ByteAddress address(int port) {
    return new ByteAddress.Rfc2217("localhost", port, LineSettings.plain(9600));
  }

  @Override
  void heard(NetSocket socket, Buffer bytes) {
    talks.keySet().removeIf(other -> other != socket);
    talks.computeIfAbsent(socket, AgreeingServer::to).feed(bytes);
  }
}
