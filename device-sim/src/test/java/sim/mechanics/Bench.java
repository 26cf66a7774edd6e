package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A workbench: a context to run mechanics on, and a folder for their files. Every call goes to
/// the context and waits, ten seconds at most.
final class Bench implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Path folder;

  Bench(Path folder) {
    this.folder = folder;
  }

  Pace pace(double speed) {
    return new Pace(vertx, context, speed);
  }

  StateFile file(String name) {
    return new StateFile(folder.resolve(name));
  }

  /// Does something at once.
  <T> T now(Callable<T> work) {
    return await(() -> Future.succeededFuture(work.call()));
  }

  /// Does it on the context, `now`-like, for what returns nothing.
  void run(Runnable work) {
    now(
        () -> {
          work.run();
          return null;
        });
  }

  /// Starts an act and waits for what becomes of it.
  <T> T await(Callable<Future<T>> act) {
    return done(begin(act));
  }

  /// Starts an act.
  <T> Future<T> begin(Callable<Future<T>> act) {
    Promise<T> end = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            act.call().onComplete(end);
          } catch (Throwable e) {
            end.fail(e);
          }
        });
    return end.future();
  }

  <T> T done(Future<T> act) {
    CompletableFuture<T> end = act.toCompletionStage().toCompletableFuture();
    try {
      return end.get(120, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error known) {
        throw known;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no end after ten seconds", e);
    }
  }

  void fails(MechanicalFault.Kind kind, Callable<? extends Future<?>> act) {
    fails(kind, begin(() -> act.call().map(_ -> null)));
  }

  void fails(MechanicalFault.Kind kind, Future<?> act) {
    Throwable thrown = catchThrowable(() -> done(act));
    assertThat(thrown).isInstanceOf(MechanicalFault.class);
    assertThat(((MechanicalFault) thrown).kind()).as(thrown.getMessage()).isEqualTo(kind);
  }

  @Override
  public void close() {
    done(vertx.close());
  }
}
