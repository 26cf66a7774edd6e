package atm.link;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/// The wire of messages against real sockets that behave, misbehave and fall silent.
class MessageLinkTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final MessageConnector connector =
      new MessageConnector(vertx, new WireTrace("test"), Duration.ofMillis(100));

  @AfterEach
  void close() {
    await(connector.close());
    await(vertx.close());
  }

  @Test
  void textAndUtf8BytesAreBothMessages() {
    URI at = serve(socket -> socket.textMessageHandler(socket::writeTextMessage));
    assertThat(echo(at, "grüße")).isEqualTo("grüße");
    URI binary =
        serve(
            socket ->
                socket.textMessageHandler(text -> socket.writeBinaryMessage(Buffer.buffer(text))));
    assertThat(echo(binary, "grüße")).isEqualTo("grüße");
  }

  @Test
  void aPeerThatNeverAnswersTheHandshakeIsGivenUp() {
    NetServer mute = vertx.createNetServer().connectHandler(_ -> {});
    await(mute.listen(0, "localhost"));
    URI at = URI.create("ws://localhost:" + mute.actualPort() + "/");

    assertThatThrownBy(() -> await(connector.connect(at, Duration.ofMillis(200))))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining(at.toString());
  }

  @Test
  void anHttpServerThatIsNoServiceIsNamedAsSuch() {
    HttpServer web =
        vertx.createHttpServer().requestHandler(r -> r.response().setStatusCode(404).end());
    await(web.listen(0, "localhost"));

    assertThatThrownBy(
            () ->
                await(
                    connector.connect(
                        URI.create("ws://localhost:" + web.actualPort() + "/"), SOON)))
        .hasCauseInstanceOf(UpgradeRefused.class)
        .hasMessageContaining("HTTP 404, wanted a WebSocket");
  }

  @Test
  void theEndIsToldOnceWithItsCause() {
    URI at = serve(socket -> socket.textMessageHandler(_ -> socket.close((short) 1011, "no more")));

    assertThat(endOf(at, "hello"))
        .hasMessageContaining("closed by the device, status 1011 no more");
  }

  @Test
  void aPeerThatFallsSilentIsNoticed() {
    // A server that takes the handshake by hand and then never says a word, not even a pong.
    NetServer silent =
        vertx
            .createNetServer()
            .connectHandler(
                socket ->
                    socket.handler(
                        request -> {
                          String key =
                              request
                                  .toString()
                                  .replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
                          if (request.toString().startsWith("GET")) {
                            socket.write(
                                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + accept(key)
                                    + "\r\n\r\n");
                          }
                        }));
    await(silent.listen(0, "localhost"));

    assertThat(endOf(URI.create("ws://localhost:" + silent.actualPort() + "/"), "hello"))
        .hasMessageContaining("silent, no answer to a ping");
  }

  @Test
  void anOversizedMessageEndsTheLink() {
    URI at =
        serve(
            socket ->
                socket.textMessageHandler(
                    _ -> socket.writeTextMessage("x".repeat(MessageLink.BYTES_MAX + 1))));

    assertThat(endOf(at, "hello")).isNotNull();
  }

  @Test
  void aHandlerThatThrowsEndsTheLinkAndNotTheProgram() {
    URI at = serve(socket -> socket.textMessageHandler(socket::writeTextMessage));
    Promise<IOException> end = Promise.promise();
    connect(
        at,
        link -> {
          link.onMessage(
              _ -> {
                throw new IllegalStateException("a bug");
              });
          link.onClose(end::complete);
          link.send("hello");
        });

    assertThat(await(end.future()))
        .hasMessageContaining("could not be handled")
        .hasRootCauseMessage("a bug");
  }

  /// The device has closed, and the turn in which the close handler runs is still to come.
  @Test
  void sendingBetweenTheEndAndTheWordOfItFailsAndThrowsNothing() {
    ClientWebSocket closed = Mockito.mock(ClientWebSocket.class);
    Mockito.when(closed.isClosed()).thenReturn(true);
    Mockito.when(closed.closeStatusCode()).thenReturn(null);
    Mockito.when(closed.writeQueueFull()).thenThrow(new IllegalStateException("is closed"));
    MessageLink link =
        new MessageLink(
            vertx, closed, URI.create("ws://played/"), new WireTrace("test"), Duration.ofDays(1));
    List<String> told = new ArrayList<>();
    link.onClose(cause -> told.add(cause.getMessage()));

    Future<Void> sent = link.send("{}");

    assertThat(sent.cause()).hasMessage("ws://played/: closed by the device");
    assertThat(told).containsExactly("ws://played/: closed by the device");
  }

  @Test
  void afterTheEndSendingFailsWithItsCause() {
    URI at = serve(socket -> socket.textMessageHandler(_ -> socket.close()));
    Promise<Void> sent = Promise.promise();
    connect(
        at,
        link -> {
          link.onClose(_ -> link.send("again").onComplete(sent));
          link.send("hello");
        });

    assertThatThrownBy(() -> await(sent.future())).hasMessageContaining("closed by the device");
  }

  private String echo(URI at, String text) {
    Promise<String> answer = Promise.promise();
    connect(
        at,
        link -> {
          link.onMessage(answer::complete);
          link.onClose(answer::tryFail);
          link.send(text);
        });
    return await(answer.future());
  }

  private IOException endOf(URI at, String text) {
    Promise<IOException> end = Promise.promise();
    connect(
        at,
        link -> {
          link.onClose(end::complete);
          link.send(text);
        });
    return await(end.future());
  }

  private void connect(URI at, Consumer<MessageLink> then) {
    vertx.runOnContext(_ -> connector.connect(at, SOON).onSuccess(then::accept));
  }

  private URI serve(Consumer<ServerWebSocket> how) {
    HttpServer server = vertx.createHttpServer().webSocketHandler(how::accept);
    await(server.listen(0, "localhost"));
    return URI.create("ws://localhost:" + server.actualPort() + "/");
  }

  /// RFC 6455, 4.2.2.
  private static String accept(String key) {
    try {
      byte[] hash =
          java.security.MessageDigest.getInstance("SHA-1")
              .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes());
      return java.util.Base64.getEncoder().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
