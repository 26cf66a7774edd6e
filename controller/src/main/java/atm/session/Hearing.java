package atm.session;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.PinPad.Key;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Display;
import atm.screen.Screen;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/// One screen that waits for an answer: a key, a touch, silence, or something that happens
/// meanwhile, whichever comes first. It is shown when the keys are live, so that whoever reads it
/// can do as it says. The session awaits it; pad and display tell it on their own contexts.
final class Hearing {
  sealed interface Heard {}

  record Chosen(Choice choice) implements Heard {}

  /// A key that does nothing here, such as Enter before an amount is typed.
  record Meaningless() implements Heard {}

  record Silence() implements Heard {}

  /// Something else has happened.
  record Interrupted() implements Heard {}

  private final Machine machine;
  private final Customer customer;
  private final Supplier<Screen> screen;
  private final Duration silence;
  private final Promise<Heard> first = Promise.promise();
  private Timers.Countdown countdown;
  private boolean over;

  /// The number of the screen that may be touched; a touch of an older one is dropped.
  private volatile long touchable;

  /// @param screen made anew after each key
  /// @param silence how long after the last key; `Duration.ZERO` waits without end
  Hearing(Machine machine, Customer customer, Supplier<Screen> screen, Duration silence) {
    this.machine = machine;
    this.customer = customer;
    this.screen = screen;
    this.silence = silence;
    startTime();
    machine.display().onTouch(this::touched);
  }

  /// The keys that end it: Cancel and Enter, and the function keys that do something here.
  Set<Key> ends() {
    Set<Key> ends = EnumSet.of(Key.CANCEL);
    for (Screen.Key key : screen.get().keys()) {
      ends.add(Key.valueOf(String.valueOf(key.fdk())));
      if (key.choice() instanceof Act act && act.isMain()) ends.add(Key.ENTER);
    }
    return ends;
  }

  /// Shows the screen (anew), and starts the time (anew).
  synchronized void progress() {
    if (over) return;
    countdown.stop();
    startTime();
    // Before anyone can see it: a quick finger must not be taken for one on an older screen.
    customer.show(screen.get(), silence, seq -> touchable = seq);
  }

  private void startTime() {
    countdown = machine.timers().start(silence);
    countdown.over().onSuccess(_ -> first.tryComplete(new Silence()));
  }

  /// What came first. Fails with the pad's fault.
  ///
  /// @param key that ends the pad's entry
  /// @param until what else may happen
  Future<Heard> first(Future<Key> key, Future<?> until) {
    until.onComplete(_ -> first.tryComplete(new Interrupted()));
    key.onComplete(
        pressed -> first.tryComplete(meaning(pressed)),
        failure -> {
          if (isTimeout(failure)) first.tryComplete(new Silence());
          else first.tryFail(failure);
        });
    return first.future().eventually(() -> stop(key));
  }

  static boolean isTimeout(Throwable failure) {
    return DeviceException.faultOf(failure).code() == Fault.Code.TIMEOUT;
  }

  private void touched(Display.Touch touch) {
    if (touch.seq() == touchable) first.tryComplete(atKey(touch.fdk()));
  }

  private Heard meaning(Key pressed) {
    return switch (pressed) {
      case CANCEL -> new Chosen(Act.CANCEL);
      case ENTER -> atEnter();
      default -> atKey(pressed.name().charAt(0));
    };
  }

  /// Enter is the screen's main key; on a screen without one (a PIN), what was typed is complete.
  private Heard atEnter() {
    return screen.get().keys().stream()
        .filter(key -> key.choice() instanceof Act act && act.isMain())
        .findFirst()
        .map(Hearing::chosen)
        .orElseGet(() -> new Chosen(Act.CONFIRM));
  }

  private Heard atKey(char fdk) {
    return screen.get().keys().stream()
        .filter(key -> key.fdk() == fdk)
        .findFirst()
        .map(Hearing::chosen)
        .orElseGet(Meaningless::new);
  }

  private static Heard chosen(Screen.Key key) {
    return key.enabled() ? new Chosen(key.choice()) : new Meaningless();
  }

  /// Lets go of timer, touches and pad; over when the pad is free again.
  private Future<Void> stop(Future<Key> key) {
    synchronized (this) {
      over = true;
      countdown.stop();
    }
    machine.display().onTouch(_ -> {});
    if (key.isComplete() || !machine.pad().status().canServe()) return Future.succeededFuture();
    return machine.pad().cancel().otherwiseEmpty();
  }
}
