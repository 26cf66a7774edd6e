package atm.driver;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The life of one device: connect, prepare, in service, lost, wait, again, until it is closed;
/// and its commands one at a time meanwhile. A driver's device extends this with `W`, its end of
/// the wire. All state belongs to the context it was opened on; the public methods take any
/// thread.
public abstract class Supervised<W> {
  /// A session asks one thing at a time; recovery, the operator and the health page add a few. A
  /// longer queue is a caller that does not wait for its answers.
  private static final int WAITING_MAX = 16;

  /// Longer than any movement of a device, so that who waits this long waits behind a customer.
  private static final Duration WAITING = Duration.ofSeconds(90);

  private static final Duration PREPARING = Duration.ofSeconds(60);

  /// A connection that held this long was a good one, and its loss is worth a try at once.
  private static final Duration HELD = Duration.ofSeconds(10);

  private enum Phase {
    NEW,
    CONNECTING,
    PREPARING,
    IN_SERVICE,
    LOST,
    CLOSED
  }

  private final Vertx vertx;
  private final DeviceKind kind;
  private final Backoff backoff;
  private final List<Consumer<DeviceStatus>> listeners = new CopyOnWriteArrayList<>();
  private final Deque<Command<?>> waiting = new ArrayDeque<>();
  private volatile Context context;
  private volatile DeviceStatus status = DeviceStatus.NOT_YET;
  private volatile String identity = "";
  private Phase phase = Phase.NEW;
  private W wire;
  private Command<?> running;
  private long timer = -1;
  private Promise<Void> closing;

  protected Supervised(Vertx vertx, DeviceKind kind, Backoff backoff) {
    this.vertx = vertx;
    this.kind = kind;
    this.backoff = backoff;
  }

  /// Opens the wire, within a time of its own.
  protected abstract Future<W> connect();

  /// Makes the device ready and answers how it is; a failure loses the wire.
  protected abstract Future<DeviceStatus> prepare(W wire);

  /// Ends the wire. Whatever still waits on it fails in this very turn, with `why`.
  protected abstract Future<Void> disconnect(W wire, Fault why);

  /// Lets go of what outlives a wire, and ends a `connect` under way; the last thing that
  /// happens.
  protected abstract Future<Void> release();

  /// The context that all of it runs on: the opener's, unless it shares a wire with another device.
  protected Context home() {
    return vertx.getOrCreateContext();
  }

  public final DeviceKind kind() {
    return kind;
  }

  public final DeviceStatus status() {
    return status;
  }

  public final String identity() {
    return identity;
  }

  public final Runnable onStatus(Consumer<DeviceStatus> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public final void open() {
    if (context != null) return;
    context = home();
    onContext(
        () -> {
          if (phase == Phase.NEW) tryToConnect();
        });
  }

  public final Future<Void> close() {
    if (context == null) return Future.succeededFuture();
    return Future.future(done -> onContext(() -> closeNow().onComplete(done)));
  }

  /// Runs `work` when the commands before it are done. A failure with `OFFLINE` or `TIMEOUT` from
  /// here means that `work` was never begun; what happens to a work begun, the work says itself.
  protected final <T> Future<T> command(String what, Function<W, Future<T>> work) {
    if (context == null) return Future.failedFuture(offline("not opened"));
    return Future.future(answer -> onContext(() -> enqueue(new Command<>(what, work, answer))));
  }

  /// Does something on the device's context, beside its commands. `OFFLINE` when not in service.
  protected final <T> Future<T> beside(Function<W, Future<T>> work) {
    if (context == null) return Future.failedFuture(offline("not opened"));
    return Future.future(
        answer ->
            onContext(
                () -> {
                  if (phase == Phase.IN_SERVICE) of(() -> work.apply(wire)).onComplete(answer);
                  else answer.fail(offline(status.detail()));
                }));
  }

  /// Does something on the device's context, whether or not the wire is up.
  protected final <T> Future<T> anyway(Supplier<Future<T>> act) {
    if (context == null) return Future.failedFuture(offline("not opened"));
    return Future.future(answer -> onContext(() -> of(act).onComplete(answer)));
  }

  /// To be told by the wire's own end: it is gone. Of a wire that is no longer ours, nothing.
  protected final void lost(W gone, Fault why) {
    if (gone != wire || wire == null) return;
    wire = null;
    vertx.cancelTimer(timer);
    phase = Phase.LOST;
    // Told before what waits fails: who then asks whether the device is back must not be told of
    // the time before.
    tell(DeviceStatus.offline(why.detail()));
    disconnect(gone, why);
    tryLater(why);
  }

  /// To be told when the device in service says how it is.
  protected final void publish(DeviceStatus now) {
    if (phase == Phase.IN_SERVICE) tell(now);
  }

  /// To be told what the device says it is. Bytes that are no letters of ASCII do not get to a
  /// terminal.
  protected final void identify(String says) {
    identity = says.replaceAll("[^ -~]", "?").strip();
  }

  protected final Vertx vertx() {
    return vertx;
  }

  /// What a work answers; where it throws instead, that is its failure. Whoever waits for an answer
  /// gets one.
  private static <T> Future<T> of(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException wrong) {
      return Future.failedFuture(wrong);
    }
  }

  private void onContext(Runnable act) {
    context.runOnContext(_ -> act.run());
  }

  private void tryToConnect() {
    phase = Phase.CONNECTING;
    connect().onComplete(this::connected, this::notConnected);
  }

  private void connected(W fresh) {
    if (phase == Phase.CLOSED) {
      disconnect(fresh, closedFault());
      return;
    }
    wire = fresh;
    phase = Phase.PREPARING;
    tell(new DeviceStatus(DeviceStatus.State.STARTING, "connected, preparing", List.of()));
    prepare(fresh)
        .timeout(PREPARING.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(ready -> prepared(fresh, ready), failure -> lost(fresh, faultOf(failure)));
  }

  private void notConnected(Throwable failure) {
    if (phase == Phase.CLOSED) return;
    tryLater(faultOf(failure));
  }

  private void prepared(W ready, DeviceStatus how) {
    if (ready != wire) return;
    phase = Phase.IN_SERVICE;
    timer = vertx.setTimer(HELD.toMillis(), _ -> backoff.reset());
    tell(how);
    runNext();
  }

  private void tryLater(Fault why) {
    phase = Phase.LOST;
    tell(DeviceStatus.offline(why.detail()));
    failWaiting(why);
    // A timer of zero is not allowed; one millisecond is at once.
    timer = vertx.setTimer(Math.max(1, backoff.next().toMillis()), _ -> tryToConnect());
  }

  private Future<Void> closeNow() {
    if (closing != null) return closing.future();
    closing = Promise.promise();
    phase = Phase.CLOSED;
    vertx.cancelTimer(timer);
    Fault why = closedFault();
    W gone = wire;
    wire = null;
    Future<Void> apart = gone == null ? Future.succeededFuture() : disconnect(gone, why);
    failWaiting(why);
    tell(DeviceStatus.offline("closed"));
    apart.onComplete(_ -> release().onComplete(_ -> closing.complete()));
    return closing.future();
  }

  private void enqueue(Command<?> command) {
    if (phase != Phase.IN_SERVICE) {
      command.answer.fail(offline(status.detail()));
    } else if (waiting.size() >= WAITING_MAX) {
      command.answer.fail(
          new DeviceException(
              new Fault(
                  Fault.Code.SEQUENCE,
                  kind + ": " + command.what + " refused, " + WAITING_MAX + " commands wait")));
    } else {
      waiting.add(command);
      command.patience = vertx.setTimer(WAITING.toMillis(), _ -> giveUp(command));
      runNext();
    }
  }

  private void giveUp(Command<?> command) {
    if (!waiting.remove(command)) return;
    String behind = running == null ? "nothing" : running.what;
    command.answer.fail(
        new DeviceException(
            new Fault(
                Fault.Code.TIMEOUT,
                kind + ": " + command.what + " waited " + WAITING + " behind " + behind)));
  }

  private void runNext() {
    if (running != null || phase != Phase.IN_SERVICE || waiting.isEmpty()) return;
    Command<?> next = waiting.remove();
    vertx.cancelTimer(next.patience);
    running = next;
    next.run(wire)
        .onComplete(
            _ -> {
              running = null;
              runNext();
            });
  }

  private void failWaiting(Fault why) {
    DeviceException offline = offline(why.detail());
    while (!waiting.isEmpty()) {
      Command<?> command = waiting.remove();
      vertx.cancelTimer(command.patience);
      command.answer.fail(offline);
    }
  }

  private void tell(DeviceStatus now) {
    if (now.equals(status)) return;
    status = now;
    listeners.forEach(listener -> listener.accept(now));
  }

  private Fault closedFault() {
    return new Fault(Fault.Code.OFFLINE, kind + ": closed");
  }

  private DeviceException offline(String why) {
    return new DeviceException(new Fault(Fault.Code.OFFLINE, kind + " is not in service: " + why));
  }

  private static Fault faultOf(Throwable failure) {
    return failure instanceof DeviceException known
        ? known.fault()
        : new Fault(Fault.Code.OFFLINE, String.valueOf(failure.getMessage()));
  }

  /// One command on its way.
  private final class Command<T> {
    private final String what;
    private final Function<W, Future<T>> work;
    private final Promise<T> answer;
    private long patience = -1;

    Command(String what, Function<W, Future<T>> work, Promise<T> answer) {
      this.what = what;
      this.work = work;
      this.answer = answer;
    }

    Future<T> run(W on) {
      return of(() -> work.apply(on)).onComplete(answer);
    }
  }
}
