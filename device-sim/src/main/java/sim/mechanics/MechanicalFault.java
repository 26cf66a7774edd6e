package sim.mechanics;

/// Why mechanics could not do what a wire asked: a kind for the wire to translate, a sentence for
/// people. Every failed future of this package fails with one.
public final class MechanicalFault extends RuntimeException {
  /// What went wrong. `REPLY_LOST` is the odd one: the act was done, but the wire must be cut
  /// instead of answered.
  public enum Kind {
    BUSY,
    POWER_LOST,
    DEAD,
    JAM,
    CANCELED,
    REPLY_LOST,
    /// An entry of a protocol's error table, by its code at the end of the message.
    REPORTED,

    NO_MEDIA,
    OCCUPIED,
    BIN_FULL,

    STUCK_KEY,
    NO_PIN,
    KEY_NOT_FOUND,
    KEY_NO_VALUE,
    KEY_USE,
    KEY_VALUE,
    CUSTOMER_DATA,

    NO_ITEMS,
    ITEMS_LEFT,
    ITEMS_TAKEN,
    TOO_MANY_ITEMS,
    UNKNOWN_UNIT,
    UNIT_MISSING,
    UNIT_EMPTY,
    SHUTTER_JAM,
    SLOT_UNKNOWN,

    CASH_IN_ACTIVE,
    NO_CASH_IN,

    PAPER_OUT
  }

  private final Kind kind;

  public MechanicalFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
