package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.time.Instant;
import java.util.Optional;

/// One line of a customer's statement, as the rows of the books have it.
///
/// @param in whether the account got the amount, rather than gave it
/// @param balance what the account held after it; empty for what is not booked yet
/// @param counterpart the other customer's account, where there is one
/// @param stan the transaction it belongs to
public record StatementLine(
    Instant at,
    Reason reason,
    boolean in,
    Money amount,
    Optional<Money> balance,
    Optional<AccountNumber> counterpart,
    Optional<Stan> stan) {
  /// What the money was moved for, told by the account on the other side.
  public enum Reason {
    OPENING,
    WITHDRAWAL,
    DEPOSIT,
    ENVELOPE,
    TRANSFER,
    /// A person's count.
    CORRECTION;

    static Reason of(Account.Kind otherSide) {
      return switch (otherSide) {
        case BANK -> OPENING;
        case PAYOUT -> WITHDRAWAL;
        case INTAKE -> DEPOSIT;
        case UNCLEARED -> ENVELOPE;
        case CUSTOMER -> TRANSFER;
        case ENVELOPES, SUSPENSE, OVER_SHORT -> CORRECTION;
        default -> throw new IllegalStateException("a customer's money beside " + otherSide);
      };
    }
  }
}
