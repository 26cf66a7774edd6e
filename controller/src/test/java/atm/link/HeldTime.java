package atm.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time that stands still until a test lets the next deadline pass. For one thread.
public final class HeldTime implements Deadlines {
  private record Due(long atMs, Runnable over) {}

  private final List<Due> running = new ArrayList<>();
  private long nowMs;

  @Override
  public Runnable after(Duration within, Runnable over) {
    return after(within.toMillis(), over);
  }

  public Runnable after(long ms, Runnable over) {
    Due due = new Due(nowMs + ms, over);
    running.add(due);
    return () -> running.removeIf(other -> other == due);
  }

  /// Lets time go on to the next deadline; `false` when there is none.
  public boolean pass() {
    Optional<Due> next = running.stream().min(Comparator.comparingLong(Due::atMs));
    next.ifPresent(
        due -> {
          running.removeIf(other -> other == due);
          nowMs = due.atMs();
          due.over().run();
        });
    return next.isPresent();
  }

  /// How many deadlines run.
  public int running() {
    return running.size();
  }
}
