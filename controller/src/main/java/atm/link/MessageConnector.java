package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Opens message links, all for one device. Runs on the context it is called on.
public final class MessageConnector {
  /// Twice the time in which a peer on the same machine or network answers a ping even when it is
  /// busy; a customer at the machine notices a frozen screen only a little later.
  private static final Duration PING_EVERY = Duration.ofSeconds(5);

  /// How long to wait for the peer's half of a goodbye.
  private static final int CLOSING_SECONDS = 2;

  private final Vertx vertx;
  private final WireTrace trace;
  private final Duration pingEvery;
  private final WebSocketClient client;

  public MessageConnector(Vertx vertx, WireTrace trace) {
    this(vertx, trace, PING_EVERY);
  }

  MessageConnector(Vertx vertx, WireTrace trace, Duration pingEvery) {
    this.vertx = vertx;
    this.trace = trace;
    this.pingEvery = pingEvery;
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MessageLink.BYTES_MAX)
                .setMaxMessageSize(MessageLink.BYTES_MAX)
                .setClosingTimeout(CLOSING_SECONDS));
  }

  /// A link that is up, or an `IOException` that says why not, at the latest after `within`.
  public Future<MessageLink> connect(URI at, Duration within) {
    ClientWebSocket socket = client.webSocket();
    MessageLink link = new MessageLink(vertx, socket, at, trace, pingEvery);
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setAbsoluteURI(at.toString())
            .setSsl(at.getScheme().equals("wss"))
            .setTimeout(within.toMillis());
    Future<?> connecting = socket.connect(options);
    return connecting
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              // It may still come up when nobody waits for it any more.
              connecting.onSuccess(_ -> socket.close());
              return Future.failedFuture(whyNot(at, within, failure));
            })
        .map(
            _ -> {
              link.start();
              return link;
            });
  }

  public Future<Void> close() {
    return client.close();
  }

  private static IOException whyNot(URI at, Duration within, Throwable failure) {
    return switch (failure) {
      case UpgradeRejectedException refused ->
          new UpgradeRefused(at.toString(), refused.getStatus());
      case java.util.concurrent.TimeoutException _ ->
          new IOException(at + ": no connection within " + within.toMillis() + " ms", failure);
      default -> new IOException(at + ": " + failure.getMessage(), failure);
    };
  }
}
