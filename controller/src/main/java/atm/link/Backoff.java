package atm.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// How long to wait before the next try to connect: not at all, then a step, then twice as long
/// each time up to a bound; each wait is spread by a quarter, so that devices which lost one hub
/// do not all come back in the same instant. For one context.
public final class Backoff {
  private final RandomGenerator random;
  private final long stepMs;
  private final long maxMs;
  private long nextMs;

  public Backoff(RandomGenerator random, Duration step, Duration max) {
    this.random = random;
    this.stepMs = step.toMillis();
    this.maxMs = max.toMillis();
  }

  /// 250 ms is longer than a service needs to restart its socket; after 5 s a person who plugged
  /// the cable back in would begin to look for another fault.
  public static Backoff usual() {
    return new Backoff(
        ThreadLocalRandom.current()::nextLong, Duration.ofMillis(250), Duration.ofSeconds(5));
  }

  public Duration next() {
    long now = nextMs;
    nextMs = Math.min(maxMs, now == 0 ? stepMs : 2 * now);
    long spread = now / 4;
    return Duration.ofMillis(
        Math.min(maxMs, now - spread + (spread == 0 ? 0 : random.nextLong(2 * spread + 1))));
  }

  /// The connection held: the next loss is a new story.
  public void reset() {
    nextMs = 0;
  }
}
