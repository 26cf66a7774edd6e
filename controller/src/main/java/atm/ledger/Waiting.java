package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.time.Instant;

/// A transaction that only a person's count can end.
///
/// @param amount what is at stake, by the books
/// @param since when it came to wait
public record Waiting(Stan stan, Why why, AccountNumber account, Money amount, Instant since) {
  public enum Why {
    /// Declared, and not counted: `Operator.countEnvelope`.
    ENVELOPE,
    /// Nobody knows what the customer got: `Operator.settleWithdrawal`.
    SUSPECT_WITHDRAWAL,
    /// Nobody knows where the notes are: `Operator.settleDeposit`.
    SUSPECT_DEPOSIT,
    /// Notes taken back in, the money in suspense: `Operator.settleSuspense`.
    RETRACTED,
    /// Notes of a reversed withdrawal that stuck on their way: `Operator.clearStuckNotes`.
    STUCK_NOTES
  }
}
