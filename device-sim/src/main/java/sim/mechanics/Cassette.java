package sim.mechanics;

/// A cassette as devices.yaml has it; `count` notes are in it when the machine is new.
public record Cassette(String id, Denomination note, int count) {
  /// What fits into the largest of them.
  public static final int CAPACITY = 10_000;

  public Cassette {
    if (count < 0 || count > CAPACITY) {
      throw new IllegalArgumentException(
          "cassette " + id + " with " + count + " notes, wanted 0 to " + CAPACITY);
    }
  }
}
