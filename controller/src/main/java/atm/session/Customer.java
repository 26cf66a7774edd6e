package atm.session;

import atm.device.PinPad;
import atm.device.PinPad.Key;
import atm.device.PinPad.PinEntered;
import atm.screen.Aids;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Screen;
import atm.screen.Screen.MoreTime.Otherwise;
import atm.screen.ScreenModel;
import atm.screen.ScreenModel.Severity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// The person in front of the machine: shows screens and awaits answers, whether by a function key,
/// a touch or silence. Its own methods run on the session's virtual thread.
final class Customer {
  private static final int PIN_MIN = 4; // ISO 9564-1
  private static final int PIN_MAX = 12;
  private static final Set<Key> DIGITS = EnumSet.range(Key.D0, Key.D9);

  private final Machine machine;
  private final String session;
  private volatile String language;
  private volatile Aids aids = Aids.NONE;
  private boolean chosen;
  private int requests;
  private Otherwise otherwise = Otherwise.VISIT_ENDS;

  /// @param session names this visit; empty for nobody in particular
  Customer(Machine machine, String session) {
    this.machine = machine;
    this.session = session;
    this.language = machine.texts().firstTag();
  }

  /// The same person, whose visit now begins.
  Customer begins(String visit) {
    Customer known = new Customer(machine, visit);
    if (chosen) known.speak(language);
    known.aids = aids;
    return known;
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

  Aids aids() {
    return aids;
  }

  void use(Aids wanted) {
    aids = wanted;
  }

  /// Whether language and aids are as for everybody.
  boolean isLikeEverybody() {
    return !chosen && aids.equals(Aids.NONE);
  }

  /// What comes of no answer from now on, so that the customer can be told; answers with what came
  /// of it before.
  Otherwise otherwise(Otherwise what) {
    Otherwise before = otherwise;
    otherwise = what;
    return before;
  }

  /// The name of the next request to the bank in this visit.
  String newRequest() {
    return session + "-" + ++requests;
  }

  /// How long this customer is waited for.
  CustomerTimeouts timeouts() {
    return aids.patient() ? machine.timeouts().doubled() : machine.timeouts();
  }

  void show(Screen screen) {
    show(screen, Duration.ZERO);
  }

  void show(Screen screen, Duration remaining) {
    show(screen, remaining, _ -> {});
  }

  /// @param numbered hears the screen's number before anybody sees it
  void show(Screen screen, Duration remaining, LongConsumer numbered) {
    machine
        .display()
        .show(
            seq -> {
              numbered.accept(seq);
              return model(screen, seq, remaining);
            });
  }

  private ScreenModel model(Screen screen, long seq, Duration remaining) {
    return machine.texts().model(screen, language, aids, session, seq, remaining.toMillis());
  }

  /// What the customer chooses. Throws `CustomerLeft` at Cancel, and when time is up.
  Choice ask(Screen screen) {
    return answered(() -> screen, this::readKeys, never()).orElseThrow();
  }

  /// The same; empty when `until` completes first.
  Optional<Choice> askUntil(Future<?> until, Screen screen) {
    return answered(() -> screen, this::readKeys, until);
  }

  /// Lets whoever comes choose, Cancel included; empty after `silence` (`Duration.ZERO`: waits
  /// without end), and when `until` completes first.
  Optional<Choice> offer(Screen screen, Duration silence, Future<?> until) {
    return switch (hear(() -> screen, this::readKeys, silence, until)) {
      case Hearing.Chosen(Choice choice) -> Optional.of(choice);
      case Hearing.Meaningless _, Hearing.Silence _, Hearing.Interrupted _ -> Optional.empty();
    };
  }

  /// Lets the customer type into `entry`, which makes the screen anew after each key.
  Choice type(Supplier<Screen> screen, Consumer<Key> entry) {
    Set<Key> typing = EnumSet.copyOf(DIGITS);
    typing.add(Key.CLEAR);
    typing.add(Key.BACKSPACE);
    return answered(
            screen,
            (ends, within, progress) -> {
              Set<Key> keys = EnumSet.copyOf(typing);
              keys.addAll(ends);
              Consumer<Key> typed =
                  key -> {
                    if (!typing.contains(key)) return;
                    entry.accept(key);
                    progress.run();
                  };
              return machine.pad().readKeys(keys, ends, within, progress, typed);
            },
            never())
        .orElseThrow();
  }

  /// Lets the customer type a PIN, which stays in the pad: answers `CONFIRM` when it is there.
  ///
  /// @param binding what the PIN's block will be asked for
  Choice enterPin(PinPad.Binding binding, IntFunction<Screen> screen) {
    AtomicInteger digits = new AtomicInteger();
    return answered(
            () -> screen.apply(digits.get()),
            (ends, within, progress) -> {
              digits.set(0);
              return machine
                  .pad()
                  .enterPin(
                      binding,
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
            },
            never())
        .orElseThrow();
  }

  /// Shows a word that needs no answer, until it has been read or its time is up. Works without a
  /// pad too: it may be the pad that is the news.
  void tell(Screen screen) {
    Duration stays = timeouts().message();
    if (screen.severity() == Severity.ERROR) stays = stays.multipliedBy(2);
    Hearing hearing = new Hearing(machine, this, () -> screen, stays);
    hearing.progress();
    Future<Key> key = readKeys(hearing.ends(), stays, () -> {});
    hearing
        .first(key.recover(failure -> Hearing.isTimeout(failure) ? key : never()), never())
        .await();
  }

  private Optional<Choice> answered(Supplier<Screen> screen, PadEntry entry, Future<?> until) {
    while (!until.isComplete()) {
      switch (hear(screen, entry, timeouts().untilMoreTime(), until)) {
        case Hearing.Chosen(Choice choice) -> {
          return Optional.of(unlessCanceled(choice));
        }
        case Hearing.Silence _ -> offerMoreTime(until);
        case Hearing.Meaningless _, Hearing.Interrupted _ -> {}
      }
    }
    return Optional.empty();
  }

  /// Comes back when the customer is still there.
  private void offerMoreTime(Future<?> until) {
    Duration last = timeouts().moreTime();
    Screen question = new Screen.MoreTime(otherwise, Math.toIntExact(last.toSeconds()));
    switch (hear(() -> question, this::readKeys, last, until)) {
      case Hearing.Chosen(Choice choice) -> unlessCanceled(choice);
      case Hearing.Silence _ -> throw new CustomerLeft(CustomerLeft.How.TIMED_OUT);
      case Hearing.Meaningless _, Hearing.Interrupted _ -> {}
    }
  }

  private static Choice unlessCanceled(Choice choice) {
    if (choice == Act.CANCEL) throw new CustomerLeft(CustomerLeft.How.CANCELED);
    return choice;
  }

  /// One answer, or none for `silence` after the last key. Throws the pad's fault.
  private Hearing.Heard hear(
      Supplier<Screen> screen, PadEntry entry, Duration silence, Future<?> until) {
    Hearing hearing = new Hearing(machine, this, screen, silence);
    // The pad's own limit is a net under the session's timer, which starts anew at each key.
    Future<Key> key = entry.start(hearing.ends(), silence.multipliedBy(4), hearing::progress);
    return hearing.first(key, until).await();
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

  /// A new one each time: whoever waits for it is kept as long as it is.
  private static <T> Future<T> never() {
    return Promise.<T>promise().future();
  }
}
