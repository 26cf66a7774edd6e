package sim.mechanics;

/// A bank card. `track2` holds the characters between the sentinels, in ASCII: PAN, `=`, YYMM,
/// service code, discretionary data; null on a stripe that no reader can read. Prints without
/// them, so that no log line can leak it.
public record Card(String id, String holder, byte[] track2) {
  @Override
  public String toString() {
    return "Card[" + id + "]";
  }
}
