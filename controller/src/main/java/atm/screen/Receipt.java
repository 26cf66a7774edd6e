package atm.screen;

import atm.screen.AccountScreen.StatementLine;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a receipt says, as data; `ReceiptText` puts it into lines. The card is known by its last
/// four digits alone.
public sealed interface Receipt {
  Issue issue();

  /// What every receipt says.
  ///
  /// @param cardLastFour empty in a visit without a card
  /// @param journalHead the journal's chain as of this booking, so that a cut tail is noticed
  record Issue(LocalDateTime when, Optional<String> cardLastFour, String journalHead) {}

  record Withdrawal(
      Issue issue,
      Stan reference,
      AccountNumber account,
      Money amount,
      SortedMap<Money, Integer> notes,
      Outcome outcome)
      implements Receipt {
    public enum Outcome {
      PAID,
      NOT_TAKEN,
      UNCLEAR
    }
  }

  /// @param kept notes that stay in the machine as suspected counterfeits, not credited
  record Deposit(
      Issue issue,
      Stan reference,
      AccountNumber account,
      Money amount,
      SortedMap<Money, Integer> notes,
      SortedMap<Money, Integer> kept)
      implements Receipt {}

  record Envelope(Issue issue, Stan reference, AccountNumber account, Money declared)
      implements Receipt {}

  /// @param payee by initials
  record Transfer(
      Issue issue,
      Stan reference,
      AccountNumber account,
      AccountNumber to,
      String payee,
      Money amount)
      implements Receipt {}

  record Balance(Issue issue, AccountNumber account, Money booked, Money available)
      implements Receipt {}

  record Statement(Issue issue, AccountNumber account, List<StatementLine> entries)
      implements Receipt {
    public Statement {
      entries = List.copyOf(entries);
    }
  }

  record PinChange(Issue issue) implements Receipt {}
}
