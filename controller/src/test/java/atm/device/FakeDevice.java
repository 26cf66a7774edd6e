package atm.device;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the fakes share: one event-loop context that owns all state, one command at a time, a
/// wire that can be cut, and a customer who acts as soon as the device lets her, or walks away.
///
/// A hand (`insert`, `press`, `take…`) may act from any thread and returns when the device has
/// seen it. What cannot be done yet (taking notes that are not presented) the hand does once it
/// can.
abstract class FakeDevice {
  private final Vertx vertx;
  private final Context context;
  private final List<Consumer<DeviceStatus>> listeners = new CopyOnWriteArrayList<>();
  private final Set<Wait<?>> waits = new LinkedHashSet<>();
  private volatile DeviceStatus status = DeviceStatus.NOT_YET;
  private Future<?> last = Future.succeededFuture();
  private boolean opened;
  private boolean wireUp = true;
  private boolean customerGone;

  FakeDevice(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  public abstract DeviceKind kind();

  /// The status while opened and connected, from the fake's own state.
  abstract DeviceStatus health();

  /// What the device forgets when its power is cut.
  abstract void forget();

  public DeviceStatus status() {
    return status;
  }

  public Runnable onStatus(Consumer<DeviceStatus> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void open() {
    onContext(
        () -> {
          opened = true;
          tellStatus();
        });
  }

  public Future<Void> reset() {
    return command(
        () ->
            health().state() == DeviceStatus.State.FAULT
                ? failed(Fault.Code.HARDWARE, health().detail())
                : Future.succeededFuture());
  }

  public Future<Void> close() {
    return Future.future(
        done ->
            onContext(
                () -> {
                  opened = false;
                  waits.forEach(wait -> wait.survives = false);
                  endWaits("closed");
                  tellStatus();
                  done.complete();
                }));
  }

  // -- hands

  /// The customer does nothing more: each wait with an end is over at once, until a hand acts.
  public void walkAway() {
    hand(
        () -> {
          customerGone = true;
          List.copyOf(waits).forEach(Wait::expireIfTimed);
        });
  }

  public void cutWire() {
    hand(this::loseWire);
  }

  public void mendWire() {
    hand(this::regainWire);
  }

  /// Power goes and comes back at once.
  public void powerCut() {
    hand(
        () -> {
          loseWire();
          forget();
          regainWire();
        });
  }

  /// How many are told of a change of status.
  public int listeners() {
    return listeners.size();
  }

  // -- for the fakes

  final void loseWire() {
    wireUp = false;
    tellStatus();
    endWaits("the wire is cut");
  }

  final void regainWire() {
    wireUp = true;
    tellStatus();
  }

  final boolean isOnline() {
    return opened && wireUp;
  }

  final void tellStatus() {
    DeviceStatus now =
        !opened
            ? DeviceStatus.NOT_YET
            : wireUp ? health() : DeviceStatus.offline("the wire is cut");
    if (now.equals(status)) return;
    status = now;
    listeners.forEach(listener -> listener.accept(now));
  }

  /// Runs `act` when those before it are done; fails with `OFFLINE` when nobody is there by then.
  final <T> Future<T> command(Supplier<Future<T>> act) {
    return Future.future(
        answer ->
            onContext(
                () -> {
                  Future<T> mine =
                      last.transform(
                          _ ->
                              isOnline()
                                  ? act.get()
                                  : failed(Fault.Code.OFFLINE, kind() + " is not connected"));
                  last = mine;
                  mine.onComplete(answer);
                }));
  }

  /// What became of a thing that must be accounted for is an answer even when the wire is down.
  static <T> Future<T> orWhenOffline(Future<T> act, Function<Fault, T> outcome) {
    return act.otherwise(failure -> outcome.apply(DeviceException.faultOf(failure)));
  }

  /// An act that leaves the command queue alone.
  final <T> Future<T> beside(Supplier<Future<T>> act) {
    return Future.future(answer -> onContext(() -> act.get().onComplete(answer)));
  }

  static <T> Future<T> failed(Fault.Code code, String detail) {
    return Future.failedFuture(new DeviceException(new Fault(code, detail)));
  }

  /// Does `act` on the context and comes back when it is done.
  final void hand(Runnable act) {
    handReading(
        () -> {
          customerGone = false;
          act.run();
          tellStatus();
          return null;
        });
  }

  /// Reads state on the context, where it cannot change meanwhile.
  final <T> T handReading(Supplier<T> reading) {
    if (vertx.getOrCreateContext() == context && Context.isOnEventLoopThread())
      return reading.get();
    Promise<T> read = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            read.complete(reading.get());
          } catch (RuntimeException wrong) {
            read.fail(wrong);
          }
        });
    try {
      return read.future().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException stuck) {
      throw new IllegalStateException("the fake " + kind() + " is stuck", stuck);
    }
  }

  private void onContext(Runnable act) {
    context.runOnContext(_ -> act.run());
  }

  private void endWaits(String why) {
    List.copyOf(waits).stream()
        .filter(wait -> !wait.survives)
        .forEach(wait -> wait.fail(Fault.Code.OFFLINE, kind() + ": " + why));
  }

  /// Something that ends when a hand acts, when its time is over, when it is cancelled or when
  /// the wire goes.
  final class Wait<T> {
    private final Promise<T> answer = Promise.promise();
    private final Consumer<Wait<T>> atExpiry;
    private final boolean timed;
    private boolean survives;
    private long timer = -1;

    /// `within` of zero waits without end.
    Wait(Duration within, Consumer<Wait<T>> atExpiry) {
      this.atExpiry = atExpiry;
      timed = !within.isZero();
      waits.add(this);
      if (timed) timer = vertx.setTimer(Math.max(1, within.toMillis()), _ -> expireIfTimed());
      if (timed && customerGone) expireIfTimed();
    }

    Future<T> future() {
      return answer.future();
    }

    /// Goes on waiting while the wire is cut.
    Wait<T> overCuts() {
      survives = true;
      return this;
    }

    boolean isOver() {
      return answer.future().isComplete();
    }

    void complete(T value) {
      end();
      answer.tryComplete(value);
    }

    void fail(Fault.Code code, String detail) {
      end();
      answer.tryFail(new DeviceException(new Fault(code, detail)));
    }

    private void expireIfTimed() {
      if (timed && waits.contains(this)) atExpiry.accept(this);
    }

    private void end() {
      waits.remove(this);
      if (timer >= 0) vertx.cancelTimer(timer);
    }
  }
}
