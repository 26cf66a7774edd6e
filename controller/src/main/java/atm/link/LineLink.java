package atm.link;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.List;

/// GPIO lines of a keypad that are open. They are read on the connector's thread; the rest is for
/// the context. Its end is told once, with the cause.
public final class LineLink {
  record Lines(Context context, List<DigitalInput> rows, List<DigitalOutput> columns) {}

  private final LineAddress address;
  private final Lines lines;
  private final io.vertx.core.Context context;
  private final WorkerExecutor thread;
  private final Runnable settle;
  private final Promise<IOException> ended = Promise.promise();
  private Future<Void> closing;
  private IOException end;

  LineLink(
      LineAddress address,
      Lines lines,
      io.vertx.core.Context context,
      WorkerExecutor thread,
      Runnable settle) {
    this.address = address;
    this.lines = lines;
    this.context = context;
    this.thread = thread;
    this.settle = settle;
  }

  /// Drives one column after the other low, and reads which rows follow: a bit for each key, of
  /// row and column `row * columns + column`. Ends the link where a line cannot be had any more.
  public Future<Long> scan() {
    if (end != null) return Future.failedFuture(end);
    Promise<Long> scanned = Promise.promise();
    thread
        .executeBlocking(this::scanNow)
        .onComplete(
            done ->
                context.runOnContext(
                    _ -> {
                      if (done.succeeded()) {
                        scanned.complete(done.result());
                        return;
                      }
                      fail(
                          new IOException(address + ": access lost: " + done.cause().getMessage()));
                      scanned.fail(end);
                    }));
    return scanned.future();
  }

  private long scanNow() {
    long down = 0;
    int width = lines.columns().size();
    for (int column = 0; column < width; column++) {
      DigitalOutput driven = lines.columns().get(column);
      driven.low();
      try {
        settle.run();
        for (int row = 0; row < lines.rows().size(); row++) {
          boolean low = lines.rows().get(row).state() == DigitalState.LOW;
          if (low) down |= 1L << row * width + column;
        }
      } finally {
        driven.high();
      }
    }
    return down;
  }

  /// Completes when the link has ended, with why; never fails.
  public Future<IOException> ended() {
    return ended.future();
  }

  /// Ends the link for `why`: `ended` completes in this turn.
  public void fail(IOException why) {
    if (end != null) return;
    end = why;
    closing = thread.<Void>executeBlocking(this::shutDown).otherwiseEmpty();
    ended.complete(why);
  }

  /// Ends the link, and completes when the pins are let go.
  public Future<Void> close() {
    fail(new IOException(address + ": closed by us"));
    return closing;
  }

  private Void shutDown() {
    lines.context().shutdown();
    return null;
  }
}
