package atm.session;

import atm.device.CardReader.Media;
import atm.device.Device;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Whether customers can be served at all: a reader without a card in it, a pad with its PIN key.
/// Wakes the session when a device changes. Its own methods run on the session's virtual thread.
final class Readiness {
  /// A reset that did not help is not tried again at once: it moves parts.
  private static final Duration BETWEEN_RESETS = Duration.ofMinutes(1);

  /// How long a device that went away in mid-act is waited for while a customer stands there.
  static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(20);

  private final Machine machine;
  private volatile Promise<Void> change = Promise.promise();
  private final Map<DeviceKind, Instant> lastReset = new EnumMap<>(DeviceKind.class);

  Readiness(Machine machine) {
    this.machine = machine;
    devices(machine).forEach(device -> device.onStatus(_ -> changed()));
  }

  /// Completes at the next change after this call. What was given out before never completes any
  /// more: a machine whose devices do not change for months would keep all who ever waited.
  Future<Void> nextChange() {
    Promise<Void> next = Promise.promise();
    change = next;
    return next.future();
  }

  /// Safe from any thread.
  void changed() {
    change.tryComplete();
  }

  /// Gives the devices a while to connect after a start, so that nobody is told of a lack that is
  /// over in a moment.
  void awaitDevices(Timers.Countdown patience) {
    Future<Void> change = nextChange();
    while (!devices(machine).stream().allMatch(d -> answers(d.status()))
        && !patience.over().isComplete()) {
      Future.any(change, patience.over()).await();
      change = nextChange();
    }
    patience.stop();
  }

  /// Tries to bring devices back that report a fault. That may move a card or notes into a bin, so
  /// the journal has it before it is done.
  void resetFaulty() {
    for (Device device : devices(machine)) {
      Instant now = machine.clock().instant();
      Instant last = lastReset.getOrDefault(device.kind(), Instant.MIN);
      boolean due =
          device.status().state() == DeviceStatus.State.FAULT
              && last.isBefore(now.minus(BETWEEN_RESETS));
      if (!due) continue;
      lastReset.put(device.kind(), now);
      Map<String, String> details =
          Map.of("device", device.kind().key(), "why", device.status().detail());
      BankUnavailable.answer(machine.ledger().journal().note("device-reset", details));
      device.reset().otherwiseEmpty().await();
    }
  }

  /// Whether a card can be taken in and a PIN be typed.
  boolean canServe() {
    if (!machine.reader().status().canServe() || !machine.pad().status().canServe()) return false;
    try {
      return machine.reader().media().await() == Media.NONE && hasPinKey();
    } catch (DeviceException wrong) {
      return false;
    }
  }

  private boolean hasPinKey() {
    WrappedKey key = machine.host().pinKey(machine.pinBlockFormat());
    if (machine.pad().hasKey(key.name()).await()) return true;
    machine.pad().importKey(key).await();
    return true;
  }

  /// Whether `device` answers, if need be after it has come back within a short time.
  static Future<Boolean> isBack(Machine machine, Device device) {
    if (answers(device.status())) return Future.succeededFuture(true);
    Promise<Boolean> back = Promise.promise();
    Runnable tellNoMore =
        device.onStatus(
            status -> {
              if (answers(status)) back.tryComplete(true);
            });
    if (answers(device.status())) back.tryComplete(true);
    Timers.Countdown patience = machine.timers().start(COMES_BACK_WITHIN);
    patience.over().onSuccess(_ -> back.tryComplete(false));
    return back.future()
        .onComplete(
            _ -> {
              patience.stop();
              tellNoMore.run();
            });
  }

  static boolean answers(DeviceStatus status) {
    return switch (status.state()) {
      case ONLINE, FAULT -> true;
      case OFFLINE, STARTING -> false;
    };
  }

  private static List<Device> devices(Machine machine) {
    return Stream.of(
            Stream.of(machine.reader(), machine.pad()),
            machine.dispenser().stream(),
            machine.acceptor().stream(),
            machine.printer().stream())
        .<Device>flatMap(devices -> devices)
        .toList();
  }
}
