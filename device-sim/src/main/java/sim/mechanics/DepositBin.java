package sim.mechanics;

/// A bin of an acceptor as devices.yaml has it: its name and how many notes it holds.
public record DepositBin(String id, int capacity) {
  /// What fits into the largest of them.
  public static final int CAPACITY_MAX = 10_000;

  public DepositBin {
    if (capacity < 1 || capacity > CAPACITY_MAX) {
      throw new IllegalArgumentException(
          "bin " + id + " for " + capacity + " notes, wanted 1 to " + CAPACITY_MAX);
    }
  }
}
