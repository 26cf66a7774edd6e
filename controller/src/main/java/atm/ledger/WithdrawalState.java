package atm.ledger;

/// How far a withdrawal has come. Each is on disk before the next act begins.
public enum WithdrawalState {
  REQUESTED,
  DECLINED,
  /// The hold stands.
  APPROVED,
  /// Motors may run from here on.
  DISPENSE_INTENT,
  STACKED,
  PRESENT_INTENT,
  /// The notes are within the customer's reach.
  PRESENTED,
  TAKEN,
  DONE,
  RETRACT_INTENT,
  /// Taken back in; what is in the bin waits for a person's count, the money in suspense.
  RETRACTED,
  REVERSING,
  REVERSED,
  /// Nobody knows: the hold stays until a person has counted.
  SUSPECT,
  /// A person has counted: what was retracted, stuck or suspect is booked for good.
  SETTLED;

  /// Whether recovery has to settle it.
  public boolean isOpen() {
    return switch (this) {
      case DECLINED, DONE, RETRACTED, REVERSED, SUSPECT, SETTLED -> false;
      default -> true;
    };
  }
}
