package sim.wire;

import io.vertx.core.Vertx;

/// Where the times of a protocol come from, so that a test can hold them.
@FunctionalInterface
public interface LineTimers {
  /// Runs `over` after that many milliseconds on the caller's context, unless what it answers was
  /// run before.
  Runnable after(long ms, Runnable over);

  static LineTimers of(Vertx vertx) {
    return (ms, over) -> {
      long id = vertx.setTimer(ms, _ -> over.run());
      return () -> vertx.cancelTimer(id);
    };
  }
}
