package sim.xfs4iot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import sim.mechanics.Denomination;

/// How many notes from each unit, and what they are worth. Immutable.
record Mix(Map<String, Integer> counts, Map<String, Denomination> notes) {
  Mix {
    counts = new LinkedHashMap<>(counts);
    counts.values().removeIf(count -> count == 0);
  }

  int items() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Minor units by currency.
  Map<String, Long> amounts() {
    Map<String, Long> amounts = new TreeMap<>();
    counts.forEach(
        (unit, count) ->
            amounts.merge(notes.get(unit).currency(), count * notes.get(unit).minor(), Long::sum));
    return amounts;
  }
}
