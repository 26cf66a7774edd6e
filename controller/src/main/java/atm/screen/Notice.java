package atm.screen;

import atm.screen.ScreenModel.Severity;

/// What a customer may have to be told: what happened, whether money and card are safe, what to do.
/// Each has its words in every catalogue.
public enum Notice {
  CANCELED(Severity.INFO),
  TIMED_OUT(Severity.INFO),

  CARD_UNREADABLE(Severity.WARNING),
  /// Tried again and again.
  CARD_UNREADABLE_STILL(Severity.WARNING),
  CARD_EXPIRED(Severity.WARNING),
  CARD_BLOCKED(Severity.WARNING),
  CARD_NOT_OURS(Severity.WARNING),
  CARD_KEPT_TRIES(Severity.ERROR),
  CARD_KEPT_STOLEN(Severity.ERROR),
  CARD_KEPT_LEFT(Severity.ERROR),
  CARD_STUCK(Severity.ERROR),
  CARD_FOUND(Severity.INFO),

  /// Without a card: the tries for the PIN are used up.
  LOGIN_LOCKED(Severity.ERROR),
  /// Without a card: the bank does not let this account in.
  LOGIN_REFUSED(Severity.WARNING),
  PIN_CHANGED(Severity.SUCCESS),
  PIN_NOT_CHANGED(Severity.WARNING),
  /// The bank's answer was lost; old or new, one of them is good.
  PIN_UNCLEAR(Severity.ERROR),

  PIN_PAD_FAILED(Severity.ERROR),
  BANK_FAILED(Severity.ERROR),
  ACCOUNT_CLOSED(Severity.WARNING),

  CASH_FAILED(Severity.ERROR),
  /// Less came out than was asked for.
  CASH_SHORT(Severity.WARNING),
  CASH_NOT_TAKEN(Severity.WARNING),
  CASH_UNCLEAR(Severity.ERROR),
  CASH_OFF(Severity.WARNING),

  DEPOSIT_OFF(Severity.WARNING),
  /// The slot stayed empty.
  DEPOSIT_NOTHING(Severity.INFO),
  /// None of the notes was one that the machine takes.
  DEPOSIT_REFUSED(Severity.WARNING),
  /// All notes are back with the customer.
  DEPOSIT_RETURNED(Severity.INFO),
  /// Notes at the slot were not taken, and went into the machine.
  DEPOSIT_NOT_TAKEN(Severity.WARNING),
  /// Suspected counterfeits stay in the machine.
  DEPOSIT_KEPT(Severity.WARNING),
  /// Nobody knows yet where the notes are.
  DEPOSIT_UNCLEAR(Severity.ERROR),
  ENVELOPE_CANCELED(Severity.INFO),

  /// The bank's answer was lost; it may have been done.
  TRANSFER_UNCLEAR(Severity.ERROR),

  RECEIPT_FAILED(Severity.WARNING),
  /// Told where a receipt would be offered.
  RECEIPT_OFF(Severity.WARNING);

  private final Severity severity;

  Notice(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /// Its part of a catalogue key.
  public String key() {
    return Screen.Line.keyOf(name());
  }
}
