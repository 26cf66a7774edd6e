package atm.screen;

import atm.screen.ScreenModel.Severity;
import java.util.Locale;

/// What a customer may have to be told: what happened, whether money and card are safe, what to do.
/// Each has its words in every catalogue.
public enum Notice {
  CANCELED(Severity.INFO),
  TIMED_OUT(Severity.INFO),

  CARD_UNREADABLE(Severity.WARNING),
  CARD_EXPIRED(Severity.WARNING),
  CARD_BLOCKED(Severity.WARNING),
  CARD_NOT_OURS(Severity.WARNING),
  CARD_KEPT_TRIES(Severity.ERROR),
  CARD_KEPT_STOLEN(Severity.ERROR),
  CARD_KEPT_LEFT(Severity.ERROR),
  CARD_STUCK(Severity.ERROR),
  CARD_FOUND(Severity.INFO),

  PIN_PAD_FAILED(Severity.ERROR),
  BANK_FAILED(Severity.ERROR),
  ACCOUNT_CLOSED(Severity.WARNING),

  CASH_FAILED(Severity.ERROR),
  CASH_NOT_TAKEN(Severity.WARNING),
  CASH_UNCLEAR(Severity.ERROR),
  CASH_OFF(Severity.WARNING),

  RECEIPT_FAILED(Severity.WARNING);

  private final Severity severity;

  Notice(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /// Its part of a catalogue key.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
