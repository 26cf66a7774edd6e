package atm.ledger;

/// How far a deposit of cash has come. Each is on disk before the next act begins.
public enum DepositState {
  /// The slot may open from here on.
  OPENED,
  /// Notes lie in the escrow, as the device counted them.
  COUNTED,
  /// The customer wants them kept: they may be moved to the bins from here on.
  STORE_INTENT,
  /// In the bins, and credited in the same commit.
  STORED,
  /// They may be moved back to the slot from here on.
  RETURN_INTENT,
  /// The customer has them again.
  RETURNED,
  /// They may be moved to the retract bin from here on.
  RETRACT_INTENT,
  /// In the retract bin; the money is in suspense until a person has counted.
  RETRACTED,
  /// Ended before a note was taken in.
  VOID,
  /// Nobody knows where the notes are: nothing is credited until a person has counted.
  SUSPECT,
  /// A person has counted, and the customer was credited with what was found.
  SETTLED;

  /// Whether recovery has to settle it.
  public boolean isOpen() {
    return switch (this) {
      case OPENED, COUNTED, STORE_INTENT, RETURN_INTENT, RETRACT_INTENT -> true;
      case STORED, RETURNED, RETRACTED, VOID, SUSPECT, SETTLED -> false;
    };
  }
}
