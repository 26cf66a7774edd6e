package atm.driver.ssp;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.Supervised;
import atm.driver.ssp.SspData.Counters;
import atm.driver.ssp.SspData.Setup;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.value.Money;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a unit is to the controller: one of the devices that share it. Its life is that of the
/// unit; what it makes of events, and when it must not be disturbed, it says itself. Runs on the
/// port's context.
abstract class SspDevice extends Supervised<SspUnit> {
  /// A restart takes a unit some seconds, and then it is called twenty times, a second apart.
  private static final Duration BACK_WITHIN = Duration.ofSeconds(45);

  private final SspPort port;
  private final SecureRandom random = new SecureRandom();

  SspDevice(DeviceKind kind, SspPort port, Backoff backoff) {
    super(port.vertx(), kind, backoff);
    this.port = port;
  }

  /// The unit has just been met: standing still, enabled, polled.
  abstract Future<DeviceStatus> prepared(SspUnit unit, Setup setup);

  /// Also while this device itself is not in service.
  abstract void happened(SspUnit unit, List<SspEvent> events);

  /// Nobody will tell any more how it goes on.
  abstract void abandoned(Fault why);

  /// Why the unit must not be told to start again now.
  abstract Optional<String> busy();

  /// What was amiss counts no more.
  abstract void forgetTroubles();

  @Override
  protected final Context home() {
    return port.context();
  }

  @Override
  protected final Future<SspUnit> connect() {
    return port.join(this);
  }

  @Override
  protected final Future<DeviceStatus> prepare(SspUnit unit) {
    forgetTroubles();
    return unit.ready(random, port.syncTries())
        .compose(
            setup -> {
              port.met();
              return prepared(unit, setup);
            });
  }

  @Override
  protected final Future<Void> disconnect(SspUnit unit, Fault why) {
    abandoned(why);
    return unit.lose(why);
  }

  final void unitLost(SspUnit unit, Fault why) {
    lost(unit, why);
  }

  @Override
  protected Future<Void> release() {
    return port.leave(this);
  }

  public final Future<Void> reset() {
    return command(
        "reset",
        unit -> {
          Optional<String> busy = unitBusy();
          if (busy.isPresent()) return failed(sequence(busy.get()));
          return unit.line()
              .succeed("reset", SspData.command(0x01))
              .compose(_ -> startedAgain(unit));
        });
  }

  /// Meets the unit anew, which is to say for all who share it.
  private Future<Void> startedAgain(SspUnit unit) {
    Promise<Void> back = Promise.promise();
    Runnable stopListening = onStatus(now -> came(now, back));
    Runnable stopPatience =
        deadlines()
            .after(
                BACK_WITHIN,
                () ->
                    back.tryFail(
                        new DeviceException(
                            new Fault(
                                Fault.Code.TIMEOUT,
                                kind()
                                    + ": not back "
                                    + BACK_WITHIN.toSeconds()
                                    + " s after a reset"))));
    port.resets();
    unit.lose(new Fault(Fault.Code.OFFLINE, kind() + ": the unit starts again"));
    return back.future()
        .onComplete(
            _ -> {
              stopListening.run();
              stopPatience.run();
            });
  }

  private void came(DeviceStatus now, Promise<Void> back) {
    if (now.canServe()) {
      back.tryComplete();
    } else if (now.state() == DeviceStatus.State.FAULT) {
      Fault why = new Fault(Fault.Code.HARDWARE, kind() + ": " + now.detail());
      back.tryFail(new DeviceException(why));
    }
  }

  /// Why the unit must not be disturbed, by whichever of its devices.
  final Optional<String> unitBusy() {
    return port.busy();
  }

  final Deadlines deadlines() {
    return port.deadlines();
  }

  final Future<Map<Money, Integer>> levels(SspUnit unit) {
    return unit.line()
        .succeed("levels", SspData.command(0x22))
        .map(
            reply -> SspData.levels(reply).orElseThrow(() -> unit.line().refused("levels", reply)));
  }

  final Future<Counters> counters(SspUnit unit) {
    return unit.line()
        .succeed("counters", SspData.command(0x58))
        .map(
            reply ->
                SspData.counters(reply).orElseThrow(() -> unit.line().refused("counters", reply)));
  }

  /// Empty of a unit that knows nothing of counters.
  static Future<Optional<Counters>> counted(SspUnit unit) {
    return unit.line()
        .ask("counters", SspData.command(0x58))
        .map(
            reply -> {
              boolean told = SspData.isOk(reply) || SspData.isUnable(reply);
              if (!told) throw unit.line().refused("counters", reply);
              return SspData.counters(reply);
            });
  }

  final Fault sequence(String why) {
    return new Fault(Fault.Code.SEQUENCE, kind() + ": " + why);
  }

  static <T> Future<T> failed(Fault why) {
    return Future.failedFuture(new DeviceException(why));
  }
}
