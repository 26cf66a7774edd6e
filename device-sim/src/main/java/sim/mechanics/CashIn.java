package sim.mechanics;

import java.util.Map;
import java.util.TreeMap;

/// The last cash-in transaction, durable: how it stands, and what was accepted, kept as suspect and
/// refused in it. `presented` is whether notes came back within the customer's reach.
public record CashIn(
    State state,
    Map<Denomination, Integer> accepted,
    Map<Denomination, Integer> suspect,
    int refused,
    boolean presented) {
  public enum State {
    /// There never was one.
    NONE,
    ACTIVE,
    OK,
    ROLLBACK,
    RETRACT,
    RESET,
    /// Notes move, or did when something stopped them: nobody knows how far they came.
    UNKNOWN
  }

  static final CashIn NONE = new CashIn(State.NONE, Map.of(), Map.of(), 0, false);

  static final CashIn BEGUN = new CashIn(State.ACTIVE, Map.of(), Map.of(), 0, false);

  CashIn in(State now) {
    return new CashIn(now, accepted, suspect, refused, presented);
  }

  CashIn accepts(Denomination note) {
    return new CashIn(state, plus(accepted, note), suspect, refused, presented);
  }

  CashIn suspects(Denomination note) {
    return new CashIn(state, accepted, plus(suspect, note), refused, presented);
  }

  CashIn refuses(int notes) {
    return new CashIn(state, accepted, suspect, refused + notes, presented);
  }

  CashIn presented(boolean now) {
    return new CashIn(state, accepted, suspect, refused, now);
  }

  private static Map<Denomination, Integer> plus(
      Map<Denomination, Integer> counts, Denomination note) {
    Map<Denomination, Integer> more = new TreeMap<>(counts);
    more.merge(note, 1, Integer::sum);
    return Map.copyOf(more);
  }
}
