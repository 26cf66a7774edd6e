package sim.mechanics;

import java.util.Map;

/// A bin of an acceptor, as it is now. `unit` is its name on a wire, `id` the one in devices.yaml.
/// All that is in it came in since it was last emptied.
public record AcceptorUnit(
    String unit,
    String id,
    Role role,
    int capacity,
    int count,
    Map<Paper, Integer> contents,
    int retractOperations,
    Status status) {
  public enum Role {
    /// For notes that were accepted.
    DEPOSIT,
    /// For suspected counterfeits.
    SUSPECT,
    /// For notes that a customer left, and for what a reset finds.
    RETRACT
  }

  public enum Status {
    OK,
    /// Nine tenths full.
    HIGH,
    FULL,
    MISSING
  }
}
