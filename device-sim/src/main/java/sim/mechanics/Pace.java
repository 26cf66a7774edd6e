package sim.mechanics;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The time mechanics take: a real machine's, divided by `speed`; at speed 0 everything is done on
/// the next tick of the context, which makes tests deterministic.
public final class Pace {
  private final Vertx vertx;
  private final Context context;
  private final double speed;

  public Pace(Vertx vertx, Context context, double speed) {
    if (!(speed >= 0) || speed > 1000) {
      throw new IllegalArgumentException("a speed of " + speed + ", wanted 0 to 1000");
    }
    this.vertx = vertx;
    this.context = context;
    this.speed = speed;
  }

  public double speed() {
    return speed;
  }

  /// Whether mechanics take no time at all.
  public boolean instant() {
    return speed == 0;
  }

  /// Completes on the context once a movement of this length is over.
  public Future<Void> take(Duration movement) {
    if (instant()) {
      Promise<Void> done = Promise.promise();
      context.runOnContext(_ -> done.complete());
      return done.future();
    }
    return waitMs(Math.round(movement.toMillis() / speed));
  }

  /// Completes on the context after that many milliseconds of the wall, whatever the speed.
  Future<Void> waitMs(long ms) {
    return vertx.timer(Math.max(1, ms), TimeUnit.MILLISECONDS);
  }
}
