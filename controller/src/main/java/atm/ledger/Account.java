package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import java.util.Currency;
import java.util.Optional;

/// An account of the chart (see the package's page), named by its kind and what tells it from its
/// siblings.
///
/// @param note where it holds notes of one denomination, that
record Account(String name, Kind kind, Currency currency, Optional<Money> note) {
  enum Kind {
    CUSTOMER,
    CASSETTE,
    TRANSIT,
    REJECT,
    RETRACT,
    PAYOUT,
    ESCROW,
    DEPOSIT,
    DEPOSIT_RETRACT,
    COUNTERFEIT,
    INTAKE,
    COUNTERFEIT_CLAIMS,
    ENVELOPES,
    UNCLEARED,
    SUSPENSE,
    OVER_SHORT,
    VAULT,
    BANK
  }

  static final String CASSETTE_PREFIX = "cassette:";
  static final String TRANSIT_PREFIX = "transit:";
  static final String REJECT_PREFIX = "reject:";
  static final String RETRACT_PREFIX = "retract:";
  static final String PAYOUT_PREFIX = "payout:";
  static final String ESCROW_PREFIX = "escrow:";
  static final String DEPOSIT_PREFIX = "deposit:";
  static final String DEPOSIT_RETRACT_PREFIX = "deposit-retract:";
  static final String COUNTERFEIT_PREFIX = "counterfeit:";

  static final String CUSTOMER_PREFIX = "customer:";

  static String customer(AccountNumber number) {
    return CUSTOMER_PREFIX + number.digits();
  }

  static AccountNumber numberOf(String customer) {
    return new AccountNumber(customer.substring(CUSTOMER_PREFIX.length()));
  }

  static Account customer(AccountNumber number, Currency currency) {
    return new Account(customer(number), Kind.CUSTOMER, currency, Optional.empty());
  }

  static Account cassette(String id, Money note) {
    return holding(CASSETTE_PREFIX + id, Kind.CASSETTE, note);
  }

  static Account transit(Money note) {
    return holding(TRANSIT_PREFIX + note, Kind.TRANSIT, note);
  }

  static Account reject(Money note) {
    return holding(REJECT_PREFIX + note, Kind.REJECT, note);
  }

  static Account retract(Money note) {
    return holding(RETRACT_PREFIX + note, Kind.RETRACT, note);
  }

  static Account payout(Currency currency) {
    return of(PAYOUT_PREFIX + currency, Kind.PAYOUT, currency);
  }

  static Account escrow(Money note) {
    return holding(ESCROW_PREFIX + note, Kind.ESCROW, note);
  }

  static Account deposit(Money note) {
    return holding(DEPOSIT_PREFIX + note, Kind.DEPOSIT, note);
  }

  static Account depositRetract(Money note) {
    return holding(DEPOSIT_RETRACT_PREFIX + note, Kind.DEPOSIT_RETRACT, note);
  }

  static Account counterfeit(Money note) {
    return holding(COUNTERFEIT_PREFIX + note, Kind.COUNTERFEIT, note);
  }

  static Account intake(Currency currency) {
    return of("intake:" + currency, Kind.INTAKE, currency);
  }

  static Account counterfeitClaims(Currency currency) {
    return of("counterfeit-claims:" + currency, Kind.COUNTERFEIT_CLAIMS, currency);
  }

  static Account envelopes(Currency currency) {
    return of("envelopes:" + currency, Kind.ENVELOPES, currency);
  }

  static String uncleared(AccountNumber number) {
    return "uncleared:" + number.digits();
  }

  static Account uncleared(AccountNumber number, Currency currency) {
    return of(uncleared(number), Kind.UNCLEARED, currency);
  }

  static Account suspense(Currency currency) {
    return of("suspense:" + currency, Kind.SUSPENSE, currency);
  }

  static Account overShort(Currency currency) {
    return of("over-short:" + currency, Kind.OVER_SHORT, currency);
  }

  static Account vault(Currency currency) {
    return of("vault:" + currency, Kind.VAULT, currency);
  }

  static Account bank(Currency currency) {
    return of("bank:" + currency, Kind.BANK, currency);
  }

  private static Account holding(String name, Kind kind, Money note) {
    return new Account(name, kind, note.currency(), Optional.of(note));
  }

  private static Account of(String name, Kind kind, Currency currency) {
    return new Account(name, kind, currency, Optional.empty());
  }
}
