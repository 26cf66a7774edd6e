package atm.session;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.PinPad.Key;
import atm.device.PinPad.PinEntered;
import atm.screen.Aids;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Display;
import atm.screen.Screen;
import atm.screen.Screen.MoreTime.Otherwise;
import atm.screen.ScreenModel;
import atm.screen.ScreenModel.Severity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// The person in front of the machine: shows screens and awaits answers, whether by a function key,
/// a touch or silence. Its own methods run on the session's virtual thread; what pad and display
/// tell meanwhile comes on theirs.
final class Customer {
  private static final int PIN_MIN = 4; // ISO 9564-1
  private static final int PIN_MAX = 12;
  private static final Future<Key> NEVER = Promise.<Key>promise().future();

  private final Machine machine;
  private final String session;
  private volatile String language;
  private boolean chosen;

  /// The number of the screen that may be touched; a touch of an older one is dropped.
  private volatile long touchable;

  /// @param session names this visit; empty for nobody in particular
  Customer(Machine machine, String session) {
    this.machine = machine;
    this.session = session;
    this.language = machine.texts().firstTag();
  }

  String session() {
    return session;
  }

  String language() {
    return language;
  }

  /// Speaks in the language that was chosen.
  void speak(String tag) {
    language = tag;
    chosen = true;
  }

  /// Speaks in the holder's language, if the machine knows it and no other was chosen.
  void speakUnlessChosen(String tag) {
    if (!chosen && machine.texts().speaks(tag)) language = tag;
  }

  void show(Screen screen) {
    show(screen, Duration.ZERO);
  }

  void show(Screen screen, Duration remaining) {
    machine.display().show(seq -> model(screen, seq, remaining));
  }

  private ScreenModel model(Screen screen, long seq, Duration remaining) {
    // Before anyone can see it: a quick finger must not be taken for one on an older screen.
    touchable = seq;
    return machine.texts().model(screen, language, Aids.NONE, session, seq, remaining.toMillis());
  }

  /// What the customer chooses. Throws `CustomerLeft` at Cancel, and when time is up twice.
  Choice ask(Screen screen) {
    return ask(() -> screen, this::readKeys);
  }

  /// Lets the customer type into `entry`, which makes the screen anew after each key.
  Choice type(Supplier<Screen> screen, Consumer<Key> typed) {
    Set<Key> typing = EnumSet.range(Key.D0, Key.D9);
    typing.add(Key.CLEAR);
    typing.add(Key.BACKSPACE);
    return ask(
        screen,
        (ends, within, progress) -> {
          Set<Key> keys = EnumSet.copyOf(typing);
          keys.addAll(ends);
          return machine
              .pad()
              .readKeys(
                  keys,
                  ends,
                  within,
                  progress,
                  key -> {
                    if (!typing.contains(key)) return;
                    typed.accept(key);
                    progress.run();
                  });
        });
  }

  /// Lets the customer type a PIN, which stays in the pad: answers `CONFIRM` when it is there.
  Choice enterPin(IntFunction<Screen> screen) {
    AtomicInteger digits = new AtomicInteger();
    return ask(
        () -> screen.apply(digits.get()),
        (ends, within, progress) -> {
          digits.set(0);
          return machine
              .pad()
              .enterPin(
                  PIN_MIN,
                  PIN_MAX,
                  fdksOf(ends),
                  within,
                  progress,
                  count -> {
                    digits.set(count);
                    progress.run();
                  })
              .map(
                  entered ->
                      switch (entered) {
                        case PinEntered.Complete _ -> Key.ENTER;
                        case PinEntered.EndedBy(Key key) -> key;
                      });
        });
  }

  /// Shows a word that needs no answer, until it has been read or its time is up. Works without a
  /// pad too: it may be the pad that is the news.
  void tell(Screen screen) {
    Duration stays = machine.timeouts().message();
    if (screen.severity() == Severity.ERROR) stays = stays.multipliedBy(2);
    Hearing hearing = new Hearing(() -> screen, stays);
    hearing.progress();
    Future<Key> key = readKeys(hearing.ends(), stays, () -> {});
    hearing.end(key.recover(failure -> isTimeout(failure) ? key : NEVER)).await();
  }

  private Choice ask(Supplier<Screen> screen, PadEntry entry) {
    for (; ; ) {
      switch (hear(screen, entry, machine.timeouts().entry())) {
        case Chosen(Choice choice) -> {
          return unlessCanceled(choice);
        }
        case Meaningless _ -> {}
        case Silence _ -> offerMoreTime();
      }
    }
  }

  /// Comes back when the customer is still there.
  private void offerMoreTime() {
    Duration half = machine.timeouts().entry().dividedBy(2);
    switch (hear(() -> moreTime(half), this::readKeys, half)) {
      case Chosen(Choice choice) -> unlessCanceled(choice);
      case Meaningless _ -> {}
      case Silence _ -> throw new CustomerLeft(CustomerLeft.How.TIMED_OUT);
    }
  }

  private static Screen moreTime(Duration left) {
    return new Screen.MoreTime(Otherwise.CARD_COMES_BACK, Math.toIntExact(left.toSeconds()));
  }

  private static Choice unlessCanceled(Choice choice) {
    if (choice == Act.CANCEL) throw new CustomerLeft(CustomerLeft.How.CANCELED);
    return choice;
  }

  /// One answer, or none for `silence` after the last key. Throws the pad's fault.
  private Heard hear(Supplier<Screen> screen, PadEntry entry, Duration silence) {
    Hearing hearing = new Hearing(screen, silence);
    // The pad's own limit is a net under the session's timer, which starts anew at each key.
    Future<Key> key = entry.start(hearing.ends(), silence.multipliedBy(4), hearing::progress);
    return hearing.end(key).await();
  }

  private Future<Key> readKeys(Set<Key> ends, Duration within, Runnable progress) {
    return machine.pad().readKeys(ends, ends, within, progress, _ -> {});
  }

  private static Set<Key> fdksOf(Set<Key> keys) {
    Set<Key> fdks = EnumSet.noneOf(Key.class);
    keys.stream().filter(Key::isFdk).forEach(fdks::add);
    return fdks;
  }

  /// Starts an entry at the pad that ends at one of `ends`, and tells `progress` once the keys are
  /// live and after each key.
  private interface PadEntry {
    Future<Key> start(Set<Key> ends, Duration within, Runnable progress);
  }

  private static boolean isTimeout(Throwable failure) {
    return DeviceException.faultOf(failure).code() == Fault.Code.TIMEOUT;
  }

  private sealed interface Heard {}

  private record Chosen(Choice choice) implements Heard {}

  /// A key that does nothing here, such as Enter before an amount is typed.
  private record Meaningless() implements Heard {}

  private record Silence() implements Heard {}

  /// One screen that waits for an answer: key, touch or silence, whichever comes first. It is shown
  /// when the keys are live, so that whoever reads it can do as it says.
  private final class Hearing {
    private final Supplier<Screen> screen;
    private final Duration silence;
    private final Promise<Heard> first = Promise.promise();
    private Timers.Countdown countdown;
    private boolean over;

    Hearing(Supplier<Screen> screen, Duration silence) {
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
      show(screen.get(), silence);
    }

    private void startTime() {
      countdown = machine.timers().start(silence);
      countdown.over().onSuccess(_ -> first.tryComplete(new Silence()));
    }

    Future<Heard> end(Future<Key> key) {
      key.onComplete(
          pressed -> first.tryComplete(meaning(pressed)),
          failure -> {
            if (isTimeout(failure)) first.tryComplete(new Silence());
            else first.tryFail(failure);
          });
      return first.future().eventually(() -> stop(key));
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
          .map(this::chosen)
          .orElseGet(() -> new Chosen(Act.CONFIRM));
    }

    private Heard atKey(char fdk) {
      return screen.get().keys().stream()
          .filter(key -> key.fdk() == fdk)
          .findFirst()
          .map(this::chosen)
          .orElseGet(Meaningless::new);
    }

    private Heard chosen(Screen.Key key) {
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
}
