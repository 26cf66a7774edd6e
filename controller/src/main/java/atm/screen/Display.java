package atm.screen;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// The customer's screen: holds what is shown now, numbers it, and passes on what is touched. Safe
/// from any thread; listeners are called on the caller's, in order.
public final class Display {
  /// A touch on the function key `fdk` of the screen `seq`.
  public record Touch(long seq, char fdk) {}

  private final Clock clock;
  private final List<Consumer<ScreenModel>> viewers = new CopyOnWriteArrayList<>();
  private volatile Consumer<Touch> toucher = _ -> {};
  private Shown shown;
  private long seq;

  private record Shown(ScreenModel model, long atMs) {}

  public Display(Clock clock) {
    this.clock = clock;
  }

  /// Shows the model that `numbered` makes of the next sequence number.
  public synchronized ScreenModel show(LongFunction<ScreenModel> numbered) {
    shown = new Shown(numbered.apply(++seq), clock.millis());
    viewers.forEach(viewer -> viewer.accept(shown.model));
    return shown.model;
  }

  /// What is shown now, with the time that is left by now.
  public synchronized Optional<ScreenModel> snapshot() {
    return Optional.ofNullable(shown).map(s -> withRemaining(s.model, s.atMs));
  }

  private ScreenModel withRemaining(ScreenModel m, long atMs) {
    if (m.remainingMs() == 0) return m;
    long left = Math.max(1, m.remainingMs() - (clock.millis() - atMs));
    return new ScreenModel(
        m.seq(),
        m.session(),
        m.screen(),
        m.lang(),
        m.dir(),
        m.title(),
        m.body(),
        m.options(),
        m.entry(),
        left,
        m.speech(),
        m.severity(),
        m.aids());
  }

  public void onShow(Consumer<ScreenModel> viewer) {
    viewers.add(viewer);
  }

  /// Sets who hears touches: the session that runs.
  public void onTouch(Consumer<Touch> listener) {
    toucher = listener;
  }

  /// Passes a touch on if it is of the screen shown now and on an option that is enabled there.
  ///
  /// @return whether it was
  public boolean touch(Touch touch) {
    Optional<ScreenModel> now = snapshot();
    boolean fits =
        now.isPresent()
            && now.get().seq() == touch.seq()
            && now.get().options().stream().anyMatch(o -> o.fdk() == touch.fdk() && o.enabled());
    if (fits) toucher.accept(touch);
    return fits;
  }
}
