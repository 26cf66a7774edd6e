package sim.mechanics;

import java.util.Map;

/// The device's own counters of one unit, since it was last loaded. For every unit, what is in it
/// = `initial` + all `in` − all `out`; `retractOperations` counts movements, not notes.
public record UnitCounts(int initial, Out out, In in) {
  /// Notes that left a cassette, by where they went.
  public record Out(int presented, int rejected, int distributed, int stacked, int transport) {
    int sum() {
      return presented + rejected + distributed + stacked + transport;
    }
  }

  /// Notes that came into a bin, by why they came. `distributed` were never within reach but
  /// were put into the retract bin all the same.
  public record In(
      int retractOperations,
      Map<Denomination, Integer> retracted,
      Map<Denomination, Integer> rejected,
      Map<Denomination, Integer> distributed) {
    int sum() {
      return sum(retracted) + sum(rejected) + sum(distributed);
    }

    private static int sum(Map<Denomination, Integer> counts) {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
