package atm.screen;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.time.LocalDateTime;
import java.util.SortedMap;

/// What a receipt says, as data; `ReceiptText` puts it into lines. The card is known by its last
/// four digits alone.
public sealed interface Receipt {
  LocalDateTime when();

  String cardLastFour();

  AccountNumber account();

  /// @param journalHead the journal's chain as of this booking, so that a cut tail is noticed
  record Withdrawal(
      LocalDateTime when,
      Stan reference,
      String cardLastFour,
      AccountNumber account,
      Money amount,
      SortedMap<Money, Integer> notes,
      Outcome outcome,
      String journalHead)
      implements Receipt {
    public enum Outcome {
      PAID,
      NOT_TAKEN,
      UNCLEAR
    }
  }

  record Balance(
      LocalDateTime when,
      String cardLastFour,
      AccountNumber account,
      Money booked,
      Money available,
      String journalHead)
      implements Receipt {}
}
