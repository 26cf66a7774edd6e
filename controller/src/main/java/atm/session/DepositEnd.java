package atm.session;

import atm.value.Money;
import java.util.Locale;

/// How a deposit of cash came to its end.
sealed interface DepositEnd {
  /// In the safe, and in the account.
  record Credited(Money amount) implements DepositEnd {}

  /// The customer has the notes again.
  record Returned() implements DepositEnd {}

  /// In the retract bin; waits for a count.
  ///
  /// @param left whether the customer left the notes at the slot
  record Retracted(boolean left) implements DepositEnd {}

  /// No note was taken in.
  record Void() implements DepositEnd {}

  /// Nobody knows; waits for a count.
  record Suspect() implements DepositEnd {}

  /// Device or books cannot say yet: deposits stay off until `Recovery` has settled it.
  record Open() implements DepositEnd {}

  /// For the journal.
  default String word() {
    return getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }
}
