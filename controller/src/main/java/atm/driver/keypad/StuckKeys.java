package atm.driver.keypad;

import atm.link.Deadlines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds what stays down on a keypad: a key longer than any finger, or from the start. For one
/// context.
final class StuckKeys {
  /// As both sheets have it.
  private static final Duration TOO_LONG = Duration.ofSeconds(30);

  private final Deadlines deadlines;
  private final Runnable changed;
  private final Map<String, Runnable> down = new HashMap<>();
  private final Set<String> stuck = new TreeSet<>();

  /// @param changed runs when `trouble` says something else
  StuckKeys(Deadlines deadlines, Runnable changed) {
    this.deadlines = deadlines;
    this.changed = changed;
  }

  void pressed(String what) {
    Runnable before = down.put(what, deadlines.after(TOO_LONG, () -> stays(what)));
    if (before != null) before.run();
  }

  void released(String what) {
    Runnable stop = down.remove(what);
    if (stop != null) stop.run();
    if (stuck.remove(what)) changed.run();
  }

  /// It cannot be a finger.
  void stays(String what) {
    if (stuck.add(what)) changed.run();
  }

  /// What is wrong; empty when nothing is.
  Optional<String> trouble() {
    return stuck.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", stuck) + (stuck.size() == 1 ? " stays" : " stay") + " down");
  }

  /// Nothing is known any more.
  void forget() {
    down.values().forEach(Runnable::run);
    down.clear();
    stuck.clear();
  }
}
