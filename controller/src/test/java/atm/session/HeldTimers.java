package atm.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Time that stands still until a test lets it pass. A time of a millisecond is over at once.
final class HeldTimers implements Timers {
  static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Set<Held> running = new LinkedHashSet<>();

  @Override
  public synchronized Countdown start(Duration within) {
    Held held = new Held(within);
    if (within.equals(AT_ONCE) || within.equals(AT_ONCE.multipliedBy(2))) held.over.complete();
    else if (!within.isZero()) running.add(held);
    notifyAll();
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

  /// Waits until a time of that length runs, and lets it be over.
  void pass(Duration within) {
    Held held;
    synchronized (this) {
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (find(within).isEmpty()) {
        long leftMs = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) throw new AssertionError("nobody waits " + within);
        try {
          wait(leftMs);
        } catch (InterruptedException stop) {
          throw new AssertionError(stop);
        }
      }
      held = find(within).get();
      running.remove(held);
    }
    held.over.tryComplete();
  }

  private Optional<Held> find(Duration within) {
    return running.stream().filter(held -> held.within.equals(within)).findFirst();
  }

  private final class Held implements Countdown {
    private final Duration within;
    private final Promise<Void> over = Promise.promise();

    Held(Duration within) {
      this.within = within;
    }

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
