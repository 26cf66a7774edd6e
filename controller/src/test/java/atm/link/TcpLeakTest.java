package atm.link;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Cut off and reached again a hundred times, a server of serial lines leaves nothing behind.
class TcpLeakTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final NetServer server = vertx.createNetServer();

  @AfterEach
  void stop() {
    await(server.close());
    await(vertx.close());
  }

  @Test
  void noThreadAndNoDescriptorIsLeft() throws IOException {
    server.connectHandler(this::echoOnceAndHangUp);
    int port = await(server.listen(0, "localhost")).actualPort();
    ByteConnector connector =
        ByteConnector.to(new ByteAddress.Tcp("localhost", port), vertx, new WireTrace("test"));
    // What is opened once and kept is not a leak.
    for (int i = 0; i < 3; i++) connectAndLose(connector);
    long descriptors = descriptors();
    int threads = Thread.getAllStackTraces().size();

    for (int i = 0; i < 100; i++) connectAndLose(connector);

    // Others of this JVM may begin or end a few meanwhile; a hundred of ours would show.
    assertThat(Thread.getAllStackTraces().size()).isLessThan(threads + 50);
    assertThat(descriptors()).isLessThan(descriptors + 50);
    await(connector.close());
  }

  private void echoOnceAndHangUp(NetSocket socket) {
    socket.handler(bytes -> socket.write(bytes).onComplete(_ -> socket.close()));
  }

  private void connectAndLose(ByteConnector connector) {
    Promise<Buffer> echo = Promise.promise();
    ByteLink link =
        await(
            onContext(
                () ->
                    connector
                        .open(Duration.ofSeconds(30))
                        .onSuccess(up -> up.onBytes(echo::tryComplete))));
    await(onContext(() -> link.write(Buffer.buffer("?"))));
    assertThat(await(echo.future())).isEqualTo(Buffer.buffer("?"));
    assertThat(await(link.ended())).isInstanceOf(IOException.class);
    await(onContext(link::close));
  }

  private <T> Future<T> onContext(Callable<Future<T>> act) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            act.call().onComplete(done);
          } catch (Exception failed) {
            done.fail(failed);
          }
        });
    return done.future();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
