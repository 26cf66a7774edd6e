package atm.link;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Faults;
import sim.wire.Line;
import sim.wire.PtyDoor;

/// Unplugged and plugged in again a hundred times, a real port leaves nothing behind.
class PtyLeakTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void noThreadAndNoDescriptorIsLeft() throws IOException {
    Path name = folder.resolve("port");
    Line line = new Line(new Faults());
    line.device(line::send);
    PtyDoor door = new PtyDoor(context, name, line);
    ByteConnector connector =
        ByteConnector.to(
            new ByteAddress.Serial("pty", name.toString(), LineSettings.plain(9600)),
            vertx,
            new WireTrace("test"));
    // What libraries open once and keep is not a leak.
    plugInAndOut(door, connector);
    plugInAndOut(door, connector);
    long descriptors = descriptors();
    int threads = ports();

    for (int i = 0; i < 100; i++) plugInAndOut(door, connector);

    assertThat(ports()).isLessThanOrEqualTo(threads);
    // Others of this JVM may open or close a few meanwhile; a hundred of ours would show.
    assertThat(descriptors()).isLessThan(descriptors + 50);
    await(connector.close());
  }

  private void plugInAndOut(PtyDoor door, ByteConnector connector) {
    await(onContext(door::open));
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
    await(onContext(door::close));
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

  /// Threads that belong to ports: of the library, and of the other side.
  private static int ports() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches("(?i).*(pty |serial|comm).*"))
            .count();
  }
}
