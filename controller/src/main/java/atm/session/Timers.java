package atm.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/// Where all time-outs of the session come from, so that a test can hold time. A time of zero is
/// never over.
@FunctionalInterface
public interface Timers {
  Countdown start(Duration within);

  /// No timer of Vert.x has this number.
  long NONE = -1;

  /// A time that runs. Stopped, it is never over.
  interface Countdown {
    Future<Void> over();

    void stop();
  }

  static Timers of(Vertx vertx) {
    return within -> {
      Promise<Void> over = Promise.promise();
      long id = within.isZero() ? NONE : vertx.setTimer(millis(within), _ -> over.complete());
      return new Countdown() {
        @Override
        public Future<Void> over() {
          return over.future();
        }

        @Override
        public void stop() {
          vertx.cancelTimer(id);
        }
      };
    };
  }

  private static long millis(Duration within) {
    return Math.max(1, within.toMillis());
  }
}
