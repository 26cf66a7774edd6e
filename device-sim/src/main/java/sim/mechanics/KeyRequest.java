package sim.mechanics;

import java.util.Set;

/// Which keys are live and what ends the entry. `digitsMax` 0 means no limit of the caller's (the
/// pad's own is [SimPinPad#DIGITS_MAX]); with `autoEnd` the last digit ends the entry. `hidden` is
/// a PIN: digits stay in the pad and listeners are told only that one came.
public record KeyRequest(
    Set<Key> active,
    Set<Key> terminating,
    int digitsMin,
    int digitsMax,
    boolean autoEnd,
    boolean hidden) {
  public KeyRequest {
    active = Set.copyOf(active);
    terminating = Set.copyOf(terminating);
    if (active.isEmpty()) {
      throw new IllegalArgumentException("no live key");
    }
    if (!active.containsAll(terminating)) {
      throw new IllegalArgumentException("a terminating key is not live");
    }
    if (digitsMin < 0 || digitsMax < 0 || (digitsMax > 0 && digitsMin > digitsMax)) {
      throw new IllegalArgumentException("digits " + digitsMin + " to " + digitsMax);
    }
  }
}
