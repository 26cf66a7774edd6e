package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/// Opens byte links to one address, one at a time, each time by its name: a port that came back
/// under another number is found again. Runs on the context it is called on.
public interface ByteConnector {
  /// A link that is up, or an `IOException` that says why not, at the latest after `within`.
  Future<ByteLink> open(Duration within);

  /// Ends an `open` under way and lets go of what outlives a link.
  Future<Void> close();

  /// The connector for that address.
  static ByteConnector to(ByteAddress address, Vertx vertx, WireTrace trace) {
    return switch (address) {
      case ByteAddress.Tcp tcp -> new TcpConnector(tcp, vertx, trace);
      case ByteAddress.Rfc2217 remote -> new Rfc2217Connector(remote, vertx, trace);
      case ByteAddress.Serial serial -> new SerialConnector(serial, vertx, trace);
    };
  }
}
