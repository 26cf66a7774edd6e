package atm.value;

import java.util.Map;
import java.util.SortedMap;

/// How many notes from each cassette a device has counted: what really moved.
public record Counts(SortedMap<String, Integer> byCassette) {
  public static final Counts NONE = new Counts(Map.of());

  public Counts {
    byCassette = NoteCounts.checked(byCassette);
  }

  public Counts(Map<String, Integer> byCassette) {
    this(NoteCounts.checked(byCassette));
  }

  public int notes() {
    return NoteCounts.total(byCassette);
  }
}
