package atm.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Time that stands still until a test lets it pass. A time of a millisecond is over at once.
final class HeldTimers implements Timers {
  static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Set<Held> running = new LinkedHashSet<>();

  @Override
  public synchronized Countdown start(Duration within) {
    Held held = new Held();
    if (within.equals(AT_ONCE) || within.equals(AT_ONCE.multipliedBy(2))) held.over.complete();
    else if (!within.isZero()) running.add(held);
    return held;
  }

  /// All that runs now is over.
  void pass() {
    List<Held> due;
    synchronized (this) {
      due = List.copyOf(running);
      running.clear();
    }
    due.forEach(held -> held.over.tryComplete());
  }

  private final class Held implements Countdown {
    private final Promise<Void> over = Promise.promise();

    @Override
    public Future<Void> over() {
      return over.future();
    }

    @Override
    public void stop() {
      synchronized (HeldTimers.this) {
        running.remove(this);
      }
    }
  }
}
