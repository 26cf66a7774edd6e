package sim.mechanics;

/// Where notes go that no customer shall have.
public enum Bin {
  /// Notes that were never within a customer's reach.
  REJECT,
  /// Notes a customer left at the shutter.
  RETRACT
}
