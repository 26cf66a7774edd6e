package atm.link;

import io.vertx.core.Vertx;
import java.time.Duration;

/// Where the deadlines on a wire come from, so that a test can hold time.
@FunctionalInterface
public interface Deadlines {
  /// Runs `over` after `within` on the caller's context, unless what it answers was run before.
  Runnable after(Duration within, Runnable over);

  static Deadlines of(Vertx vertx) {
    return (within, over) -> {
      long id = vertx.setTimer(Math.max(1, within.toMillis()), _ -> over.run());
      return () -> vertx.cancelTimer(id);
    };
  }
}
