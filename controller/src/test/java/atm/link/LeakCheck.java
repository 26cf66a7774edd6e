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

/// A wire that goes and comes back a hundred times leaves no thread and no descriptor behind. What
/// is at its other end says back what it hears.
abstract class LeakCheck {
  private static final int TIMES = 100;

  /// Others of this JVM may begin or end a few meanwhile; a hundred of ours would show.
  private static final int OTHERS = 50;

  final Vertx vertx = Vertx.vertx();
  final Context context = vertx.getOrCreateContext();

  /// To the other end, which is made.
  abstract ByteConnector wire() throws Exception;

  /// The other end is there from now on.
  abstract Future<Void> plug();

  /// It goes, with what it was connected to.
  abstract Future<Void> unplug();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void noThreadAndNoDescriptorIsLeft() throws Exception {
    ByteConnector connector = wire();
    // What libraries open once and keep is not a leak.
    for (int i = 0; i < 3; i++) inAndOut(connector);
    long descriptors = descriptors();
    int threads = threads();

    for (int i = 0; i < TIMES; i++) inAndOut(connector);

    assertThat(threads()).isLessThan(threads + OTHERS);
    assertThat(descriptors()).isLessThan(descriptors + OTHERS);
    await(connector.close());
  }

  private void inAndOut(ByteConnector connector) {
    await(onContext(this::plug));
    Promise<Buffer> echo = Promise.promise();
    ByteLink link =
        await(
            onContext(
                () ->
                    connector
                        .open(Duration.ofSeconds(60))
                        .onSuccess(up -> up.onBytes(echo::tryComplete))));
    await(onContext(() -> link.write(Buffer.buffer("?"))));
    assertThat(await(echo.future())).isEqualTo(Buffer.buffer("?"));
    await(onContext(this::unplug));
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

  private static int threads() {
    return Thread.getAllStackTraces().size();
  }
}
