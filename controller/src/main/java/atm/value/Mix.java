package atm.value;

import java.util.Map;
import java.util.SortedMap;

/// How many notes to take from each cassette: what is asked of a dispenser.
public record Mix(SortedMap<String, Integer> byCassette) {
  public Mix {
    byCassette = NoteCounts.checked(byCassette);
  }

  public Mix(Map<String, Integer> byCassette) {
    this(NoteCounts.checked(byCassette));
  }

  public int notes() {
    return NoteCounts.total(byCassette);
  }
}
