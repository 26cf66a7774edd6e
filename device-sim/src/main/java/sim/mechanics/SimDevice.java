package sim.mechanics;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sim.mechanics.MechanicalFault.Kind;

/// What every simulated device has: power, a plug, faults, listeners, and one act at a time.
/// Methods that return a future are for a wire; the void ones, which throw [ImpossibleAct], are
/// for hands. Runs on the context of its [Pace].
public abstract sealed class SimDevice
    permits SimCardReader, SimPinPad, SimCashDispenser, SimCashAcceptor, SimReceiptPrinter {
  /// From power on to ready; longer than any single movement, so that none outlives a power cut.
  static final Duration BOOT = Duration.ofSeconds(3);

  private final String name;
  private final List<Consumer<DeviceEvent>> listeners = new ArrayList<>();
  final Pace pace;
  final Faults faults;
  private boolean powered = true;
  private boolean plugged = true;
  private int life;
  private String busy;
  private Promise<Void> idle;

  SimDevice(String name, Pace pace, List<Faults.Kind> kinds) {
    this.name = name;
    this.pace = pace;
    this.faults = new Faults(kinds);
  }

  /// The device's key in devices.yaml, such as `card-reader`.
  public final String name() {
    return name;
  }

  public final boolean powered() {
    return powered;
  }

  public final boolean plugged() {
    return plugged;
  }

  /// Whether the device reports a hardware error.
  public final boolean dead() {
    return faults.holds("dead");
  }

  /// What the mechanics do now, such as `dispensing`.
  public final Optional<String> busy() {
    return Optional.ofNullable(busy);
  }

  /// Completes when the act under way, if there is one, has ended.
  public final Future<Void> idle() {
    if (busy == null) return Future.succeededFuture();
    if (idle == null) idle = Promise.promise();
    return idle.future();
  }

  private void becomeIdle() {
    busy = null;
    Promise<Void> waiting = idle;
    idle = null;
    if (waiting != null) waiting.complete();
  }

  public final Faults faults() {
    return faults;
  }

  /// Calls `listener` for all that happens from now on, for as long as the device lives.
  public final void listen(Consumer<DeviceEvent> listener) {
    listeners.add(listener);
  }

  // What hands do.

  public final void unplug() {
    if (!plugged) {
      throw new ImpossibleAct(name + ": it is unplugged already");
    }
    plugged = false;
    tell(new DeviceEvent.Unplugged());
  }

  public final void plug() {
    if (plugged) {
      throw new ImpossibleAct(name + ": it is plugged in already");
    }
    plugged = true;
    tell(new DeviceEvent.Plugged());
  }

  /// The device loses power and starts again: its memory is lost, what is on its disk or in its
  /// mechanics is not.
  public final void powerCut() {
    if (!powered) {
      throw new ImpossibleAct(name + ": it has no power already");
    }
    powered = false;
    life++;
    becomeIdle();
    memoryLost();
    tell(new DeviceEvent.PowerLost());
    pace.take(BOOT)
        .onSuccess(
            _ -> {
              powered = true;
              powerBack();
              tell(new DeviceEvent.PowerBack());
            });
  }

  public final void fault(String kind, When when) {
    if (!faults.knows(kind)) {
      throw new ImpossibleAct(name + ": no fault '" + kind + "'");
    }
    if (when.moment() == When.Moment.AT_NOTE && !happensAtNotes(kind)) {
      throw new ImpossibleAct(name + ": '" + kind + "' does not happen at a note");
    }
    Faults.Armed armed = faults.arm(kind, when);
    if (when.moment() == When.Moment.AFTER_MS) {
      pace.waitMs(when.n())
          .onSuccess(
              _ -> {
                if (faults.has(armed)) {
                  fault(kind, When.NOW);
                }
              });
    }
    faultChanged(kind);
    changed();
  }

  public final void clearFault(String kind) {
    if (!faults.knows(kind)) {
      throw new ImpossibleAct(name + ": no fault '" + kind + "'");
    }
    faults.clear(kind);
    faultChanged(kind);
    changed();
  }

  // What each kind of device adds.

  /// Forgets what a power cut takes.
  abstract void memoryLost();

  /// A fault was armed or cleared.
  abstract void faultChanged(String kind);

  /// The device starts again.
  void powerBack() {}

  boolean happensAtNotes(String kind) {
    return false;
  }

  // What they share.

  final void tell(DeviceEvent event) {
    List.copyOf(listeners).forEach(listener -> listener.accept(event));
    if (!(event instanceof DeviceEvent.StatusChanged)) {
      changed();
    }
  }

  final void changed() {
    tell(new DeviceEvent.StatusChanged());
  }

  /// Runs one act of a wire, alone: a device does one thing at a time.
  final <T> Future<T> act(String doing, Supplier<Future<T>> act) {
    if (!powered) {
      return fail(Kind.POWER_LOST, "it has no power");
    }
    if (busy != null) {
      return fail(Kind.BUSY, "it is " + busy);
    }
    if (faults.strikes("dead")) {
      return fail(Kind.DEAD, "hardware error");
    }
    int now = life;
    busy = doing;
    changed();
    return Future.<Void>succeededFuture()
        .compose(_ -> act.get())
        .transform(
            done -> {
              if (now == life) {
                becomeIdle();
                changed();
              }
              return done.succeeded()
                  ? Future.succeededFuture(done.result())
                  : Future.failedFuture(why(done.cause()));
            });
  }

  /// A device whose memory cannot be written is dead until somebody has seen to it.
  private MechanicalFault why(Throwable cause) {
    if (cause instanceof MechanicalFault known) {
      return known;
    }
    faults.arm("dead", When.NOW);
    changed();
    return fault(Kind.DEAD, cause.toString());
  }

  /// Completes after the movement, or fails when the power went meanwhile.
  final Future<Void> move(Duration movement) {
    int now = life;
    return pace.take(movement)
        .compose(
            _ ->
                now == life
                    ? Future.succeededFuture()
                    : fail(Kind.POWER_LOST, "the power went during the movement"));
  }

  final <T> Future<T> fail(Kind kind, String why) {
    return Future.failedFuture(fault(kind, why));
  }

  final MechanicalFault fault(Kind kind, String why) {
    return new MechanicalFault(kind, name + ": " + why);
  }
}
