package sim.mechanics;

import java.util.Map;

/// What became of the last dispense, by home unit of the notes. Durable, and not changed by reject
/// or retract except for `retracted`. `dispenseId` is the wire's own name for the dispense, or
/// empty.
public record PresentStatus(
    State state,
    String dispenseId,
    Map<String, Integer> dispensed,
    Map<String, Integer> presented,
    Retracted retracted,
    Map<String, Integer> retractedCounts) {
  public enum State {
    NOT_PRESENTED,
    PRESENTED,
    /// The device cannot tell what the customer could reach.
    UNKNOWN
  }

  public enum Retracted {
    NO,
    COUNTED,
    /// Notes were pulled back, but they stuck on the way and nobody counted them.
    UNCOUNTED
  }

  static PresentStatus of(String dispenseId) {
    return new PresentStatus(
        State.NOT_PRESENTED, dispenseId, Map.of(), Map.of(), Retracted.NO, Map.of());
  }

  PresentStatus dispensed(Map<String, Integer> counts) {
    return new PresentStatus(state, dispenseId, counts, presented, retracted, retractedCounts);
  }

  PresentStatus presented(State now, Map<String, Integer> counts) {
    return new PresentStatus(now, dispenseId, dispensed, counts, retracted, retractedCounts);
  }

  PresentStatus retracted(Retracted now, Map<String, Integer> counts) {
    return new PresentStatus(state, dispenseId, dispensed, presented, now, counts);
  }
}
