package atm.ledger;

import atm.ledger.LedgerException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The one thread that writes. All that waits shares a transaction and a sync; only after the sync
/// is anything acknowledged, each on its caller's context. When a commit fails or takes too long,
/// nobody can say what is on disk: the process is halted, and recovers at its next start.
final class Writer implements AutoCloseable {
  // Longer than any session waits for a screen; a healthy disk needs a hundredth of a second.
  static final Duration PATIENCE = Duration.ofSeconds(5);
  // A machine has one customer and a bank in front of it few; this many waiting means that the
  // disk has stopped, and the answer to that is no rather than later.
  static final int WAITING_MAX = 1024;
  // Beyond this a larger group no longer saves syncs worth having, and the first would wait long.
  static final int GROUP_MAX = 256;

  private final BlockingQueue<Work<?>> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Medium medium;
  private final Duration patience;
  private final Runnable halt;
  private final ScheduledThreadPoolExecutor watch;
  private final Thread thread;
  private boolean closed;
  private volatile boolean broken;

  Writer(Medium medium, Duration patience, Runnable halt) {
    this.medium = medium;
    this.patience = patience;
    this.halt = halt;
    this.watch = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    watch.setRemoveOnCancelPolicy(true);
    long often = patience.dividedBy(5).toNanos();
    watch.scheduleWithFixedDelay(this::requireLiveDisk, often, often, TimeUnit.NANOSECONDS);
    // Not a virtual thread, and never interrupted: an interrupt would close H2's file under it.
    this.thread = Thread.ofPlatform().name("ledger-writer").start(this::serve);
  }

  <T> Future<T> submit(Function<Books, T> action) {
    return offer(new Work<>(action, null, Promise.promise(), Vertx.currentContext()));
  }

  private <T> Future<T> offer(Work<T> work) {
    synchronized (this) {
      if (closed) return Future.failedFuture(closedException());
      if (!waiting.offer(work)) {
        return Future.failedFuture(
            new LedgerException(
                Reason.OVERLOADED, WAITING_MAX + " commits wait for the disk already"));
      }
    }
    return work.promise.future();
  }

  /// Copies the books into a file, between two commits.
  Future<Backup.End> copyTo(Path file) {
    return offer(
        new Work<>(null, disk -> disk.copyTo(file), Promise.promise(), Vertx.currentContext()));
  }

  private void serve() {
    try {
      while (true) {
        List<Work<?>> group = new ArrayList<>();
        group.add(waiting.take());
        waiting.drainTo(group, GROUP_MAX - 1);
        boolean last = group.remove(Work.LAST);
        List<Work<?>> between = group.stream().filter(work -> work.between != null).toList();
        group.removeAll(between);
        write(group);
        if (!broken) between.forEach(work -> work.runBetween(medium));
        else between.forEach(work -> work.fail(closedException()));
        if (last || broken) return;
      }
    } catch (InterruptedException nobodyInterruptsIt) {
      stop(nobodyInterruptsIt);
    } finally {
      refuseTheRest();
      medium.close();
      watch.shutdownNow();
    }
  }

  private void write(List<Work<?>> group) {
    if (group.isEmpty()) return;
    List<Runnable> answers = new ArrayList<>();
    try {
      for (Work<?> work : group) answers.add(work.attempt(medium));
      commit();
    } catch (RuntimeException | Error untrustworthy) {
      stop(untrustworthy);
    }
    if (broken) group.forEach(work -> work.fail(unknownOutcome()));
    else answers.forEach(Runnable::run);
  }

  /// H2 may write before a commit, and read at any time. An audit of large books may take its time,
  /// but no single call of it.
  private void requireLiveDisk() {
    if (medium.busy().compareTo(patience) > 0) {
      stop(
          new IllegalStateException(
              "the disk has not answered for longer than " + patience.toMillis() + " ms"));
    }
  }

  /// All of a commit has to be done in time, however many calls it takes.
  private void commit() {
    ScheduledFuture<?> alarm =
        watch.schedule(
            () ->
                stop(
                    new IllegalStateException(
                        "a commit took longer than " + patience.toMillis() + " ms")),
            patience.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      medium.commit();
    } finally {
      alarm.cancel(false);
    }
  }

  private synchronized void stop(Throwable why) {
    if (broken) return;
    broken = true;
    closed = true;
    System.getLogger(Writer.class.getName())
        .log(System.Logger.Level.ERROR, "the books can no longer be written: halting", why);
    halt.run();
  }

  private void refuseTheRest() {
    synchronized (this) {
      closed = true;
    }
    List<Work<?>> rest = new ArrayList<>();
    waiting.drainTo(rest);
    rest.forEach(work -> work.fail(closedException()));
  }

  private static LedgerException closedException() {
    return new LedgerException(Reason.CLOSED, "the books are closed");
  }

  private static LedgerException unknownOutcome() {
    return new LedgerException(
        Reason.CLOSED, "the disk did not confirm: only the next start can say what was written");
  }

  /// Writes what waits, then closes. Blocks, and an interrupt is put off until then: it would leave
  /// the books open, and nobody could close them any more. No disk can hold it up for long.
  @Override
  public void close() {
    boolean tell;
    synchronized (this) {
      tell = !closed;
      closed = true;
    }
    boolean interrupted = false;
    while (true) {
      try {
        if (tell) waiting.put(Work.LAST);
        tell = false;
        thread.join();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /// @param action what is to be written; null for the last, which only ends the thread
  /// @param between what is done between two commits instead; else null
  /// @param context where the answer is wanted; null for a caller outside Vert.x
  private record Work<T>(
      Function<Books, T> action, Function<Medium, T> between, Promise<T> promise, Context context) {
    static final Work<Void> LAST = new Work<>(null, null, Promise.promise(), null);

    void runBetween(Medium medium) {
      try {
        T result = between.apply(medium);
        tell(() -> promise.complete(result));
      } catch (RuntimeException failed) {
        fail(failed);
      }
    }

    /// Runs it; answers what to tell the caller once that is on disk.
    Runnable attempt(Medium medium) {
      try {
        T result = medium.attempt(action);
        return () -> tell(() -> promise.complete(result));
      } catch (Medium.WorkFailed failed) {
        return () -> fail(failed.getCause());
      }
    }

    void fail(Throwable why) {
      tell(() -> promise.fail(why));
    }

    /// Never on the writer's thread: what a caller does next must not hold up the next group.
    private void tell(Runnable answer) {
      try {
        if (context != null) context.runOnContext(_ -> answer.run());
        else Thread.startVirtualThread(answer);
      } catch (RejectedExecutionException gone) {
        // The caller's Vert.x was closed: nobody there waits for this. Others do.
      }
    }
  }
}
