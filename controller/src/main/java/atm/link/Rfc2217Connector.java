package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Opens a serial port that a server on the network offers by RFC 2217: bytes over Telnet, and the
/// line set as the address says. A server that does not speak it, or sets the line otherwise, is
/// refused.
final class Rfc2217Connector implements ByteConnector {
  private final ByteAddress.Rfc2217 address;
  private final WireTrace trace;
  private final TcpConnector sockets;

  Rfc2217Connector(ByteAddress.Rfc2217 address, Vertx vertx, WireTrace trace) {
    this.address = address;
    this.trace = trace;
    // What goes over the port is traced as the device sees it, and so that masks can follow it.
    this.sockets =
        new TcpConnector(
            new ByteAddress.Tcp(address.host(), address.port()), vertx, WireTrace.none());
  }

  @Override
  public Future<ByteLink> open(Duration within) {
    return sockets.open(within).compose(socket -> agree(socket, within));
  }

  @Override
  public Future<Void> close() {
    return sockets.close();
  }

  private Future<ByteLink> agree(ByteLink socket, Duration within) {
    Rfc2217Link link = new Rfc2217Link(socket, address.toString(), trace);
    return link.agree(address.line())
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .<ByteLink>map(
            _ -> {
              trace.begun(address.toString());
              return link;
            })
        .recover(
            failure -> {
              socket.close();
              return Future.failedFuture(
                  failure instanceof java.util.concurrent.TimeoutException
                      ? new IOException(
                          address
                              + ": no agreement on RFC 2217 within "
                              + within.toMillis()
                              + " ms")
                      : failure);
            });
  }
}
