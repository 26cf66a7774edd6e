package atm.value;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many notes by cassette id; what `Mix` and `Counts` share.
final class NoteCounts {
  private NoteCounts() {}

  /// Leaves zeros out, so that equal contents are equal values; refuses negative counts.
  static SortedMap<String, Integer> checked(Map<String, Integer> byCassette) {
    TreeMap<String, Integer> kept = new TreeMap<>();
    byCassette.forEach(
        (cassette, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(count + " notes from cassette " + cassette);
          }
          if (count > 0) kept.put(cassette, count);
        });
    return Collections.unmodifiableSortedMap(kept);
  }

  static int total(Map<String, Integer> byCassette) {
    return byCassette.values().stream().mapToInt(Integer::intValue).sum();
  }
}
