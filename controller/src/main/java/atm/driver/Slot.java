package atm.driver;

import atm.device.DeviceException;
import atm.device.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Remembers whether something lies where a customer can take it. The taking may be told before
/// the reply to the command that put it there, and nobody may be waiting yet; it still counts.
/// For the context of its device.
public final class Slot {
  private final Vertx vertx;
  private boolean isEmpty = true;
  private final List<Promise<Boolean>> waiting = new ArrayList<>();

  public Slot(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Something is about to come out; from now on, taken means this.
  public void filled() {
    isEmpty = false;
  }

  public void emptied() {
    isEmpty = true;
    List<Promise<Boolean>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(promise -> promise.tryComplete(true));
  }

  /// Completes with `true` when the slot is empty, with `false` when it is not after `within`.
  public Future<Boolean> takenWithin(Duration within) {
    if (isEmpty) return Future.succeededFuture(true);
    Promise<Boolean> taken = Promise.promise();
    waiting.add(taken);
    long timer = vertx.setTimer(Math.max(1, within.toMillis()), _ -> taken.tryComplete(false));
    return taken
        .future()
        .onComplete(
            _ -> {
              vertx.cancelTimer(timer);
              waiting.remove(taken);
            });
  }

  /// Nobody will tell any more.
  public void closed(Fault why) {
    List<Promise<Boolean>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(promise -> promise.tryFail(new DeviceException(why)));
  }
}
