package atm.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that stands still until a test lets deadlines of one length pass, each on the context that
/// set it. For any thread.
public final class HeldDeadlines implements Deadlines {
  private record Due(Duration within, Runnable over, Context context) {}

  private final List<Due> running = new ArrayList<>();
  private final List<Duration> started = new ArrayList<>();

  @Override
  public synchronized Runnable after(Duration within, Runnable over) {
    Due due = new Due(within, over, Vertx.currentContext());
    running.add(due);
    started.add(within);
    return () -> {
      synchronized (this) {
        running.removeIf(other -> other == due);
      }
    };
  }

  /// How many deadlines of that length were ever set.
  public synchronized int started(Duration length) {
    return (int) started.stream().filter(length::equals).count();
  }

  /// Lets all that run for this long pass; completes when what they do was done.
  public Future<Void> pass(Duration length) {
    List<Due> over;
    synchronized (this) {
      over = running.stream().filter(due -> due.within().equals(length)).toList();
      running.removeAll(over);
    }
    List<Future<?>> done = new ArrayList<>();
    for (Due due : over) {
      Promise<Void> ran = Promise.promise();
      due.context()
          .runOnContext(
              _ -> {
                due.over().run();
                ran.complete();
              });
      done.add(ran.future());
    }
    return Future.join(done).mapEmpty();
  }
}
