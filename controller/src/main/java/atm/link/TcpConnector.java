package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Opens sockets to a server that passes bytes on unchanged.
final class TcpConnector implements ByteConnector {
  private final ByteAddress.Tcp address;
  private final WireTrace trace;
  private final NetClient client;

  TcpConnector(ByteAddress.Tcp address, Vertx vertx, WireTrace trace) {
    this.address = address;
    this.trace = trace;
    // A half-open connection is found by the driver, which asks the device how it is; keep-alive
    // is for the hours in which a driver has nothing to ask.
    client =
        vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true));
  }

  @Override
  public Future<ByteLink> open(Duration within) {
    Future<NetSocket> connecting = client.connect(address.port(), address.host());
    return connecting
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              // It may still come up when nobody waits for it any more.
              connecting.onSuccess(NetSocket::close);
              return Future.failedFuture(whyNot(within, failure));
            })
        .map(
            socket -> {
              trace.begun(address.toString());
              return new TcpLink(socket, address.toString(), trace);
            });
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }

  private IOException whyNot(Duration within, Throwable failure) {
    return failure instanceof java.util.concurrent.TimeoutException
        ? new IOException(address + ": no connection within " + within.toMillis() + " ms", failure)
        : new IOException(address + ": " + failure.getMessage(), failure);
  }
}
