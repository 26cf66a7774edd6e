package sim.mechanics;

import java.util.Map;

/// A cassette or a bin, as it is now. `unit` is its name on a wire, `id` the one in devices.yaml;
/// `note` is null for a bin, which takes all; `loaded` is all that was ever put in less what was
/// taken out by hand, and `contents` what is in it.
public record CashUnit(
    String unit,
    String id,
    Role role,
    Denomination note,
    int loaded,
    int count,
    Map<Denomination, Integer> contents,
    int capacity,
    int lowThreshold,
    Status status,
    UnitCounts counts) {
  public enum Role {
    CASSETTE,
    REJECT,
    RETRACT
  }

  public enum Status {
    OK,
    LOW,
    EMPTY,
    FULL,
    MISSING
  }
}
