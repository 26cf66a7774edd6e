package atm.driver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks a device again and again. A question composed with the next, and that with the one after,
/// would keep them all, and the answer at last would have to go through each: after some minutes,
/// more of them than a stack holds.
public final class Polling {
  private Polling() {}

  /// The first answer that there is, or the first failure.
  ///
  /// @param ask empty to be asked again, at once: it waits itself as long as it should
  public static <T> Future<T> until(Supplier<Future<Optional<T>>> ask) {
    Promise<T> answer = Promise.promise();
    ask(ask, answer);
    return answer.future();
  }

  private static <T> void ask(Supplier<Future<Optional<T>>> ask, Promise<T> answer) {
    Future<Optional<T>> asked;
    try {
      asked = ask.get();
    } catch (RuntimeException wrong) {
      asked = Future.failedFuture(wrong);
    }
    asked.onComplete(
        found -> found.ifPresentOrElse(answer::complete, () -> ask(ask, answer)), answer::fail);
  }
}
