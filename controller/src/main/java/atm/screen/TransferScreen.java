package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.CANCEL;
import static atm.screen.Choice.Act.CONFIRM;
import static atm.screen.Choice.Act.OTHER_AMOUNT;
import static atm.screen.Choice.Act.YES;

import atm.screen.ScreenModel.Severity;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The screens of a transfer. A payee is shown by initials and last digits.
public sealed interface TransferScreen extends Screen {
  /// The payee's account number being typed.
  ///
  /// @param whole whether it is long enough to go on
  /// @param wrong why the number typed before will not do
  record Payee(String typed, boolean whole, Optional<Wrong> wrong) implements TransferScreen {
    public enum Wrong {
      CHECK_DIGIT,
      UNKNOWN,
      CLOSED,
      /// The account that it is to come from.
      SAME
    }

    @Override
    public String words() {
      return wrong.map(why -> "payee." + Line.keyOf(why.name())).orElse("payee");
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM, whole), new Key('H', BACK), new Key('I', CANCEL));
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry.Account(typed));
    }

    @Override
    public Severity severity() {
      return wrong.isPresent() ? Severity.WARNING : Severity.INFO;
    }
  }

  /// Whether this is who was meant, before any amount.
  record PayeeConfirm(String payee, AccountNumber to) implements TransferScreen {
    @Override
    public String name() {
      return "payee";
    }

    @Override
    public String words() {
      return "payee.confirm";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("payee", payee, "to", to);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', YES), new Key('H', BACK), new Key('I', CANCEL));
    }
  }

  /// The amount being typed.
  ///
  /// @param most what may be transferred now
  record TransferAmount(Optional<Money> typed, Money most) implements TransferScreen {
    @Override
    public String name() {
      return "amount";
    }

    @Override
    public String words() {
      return "amount.transfer";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("most", most);
    }

    @Override
    public List<Line> lines() {
      return new Entry.Amount(typed).lines();
    }

    @Override
    public List<Key> keys() {
      return List.of(
          new Key('D', CONFIRM, new Entry.Amount(typed).isWhole()),
          new Key('H', BACK),
          new Key('I', CANCEL));
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry.Amount(typed));
    }
  }

  /// The bank says no to the amount.
  ///
  /// @param most what would be granted; empty when nothing would
  record TransferDeclined(Why why, Optional<Money> most) implements TransferScreen {
    public enum Why {
      BALANCE,
      TRANSFER_LIMIT,
      DAILY_LIMIT
    }

    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "transfer-declined." + Line.keyOf(why.name()) + (most.isPresent() ? "" : ".nothing");
    }

    @Override
    public Map<String, Object> facts() {
      return most.<Map<String, Object>>map(money -> Map.of("most", money)).orElse(Map.of());
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      most.ifPresent(money -> keys.add(new Key('A', new Choice.Amount(money))));
      if (most.isPresent()) keys.add(new Key('D', OTHER_AMOUNT));
      keys.add(new Key('I', CANCEL));
      return keys;
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  record ConfirmTransfer(Money amount, AccountNumber from, String payee, AccountNumber to)
      implements TransferScreen {
    @Override
    public String name() {
      return "confirm";
    }

    @Override
    public String words() {
      return "confirm.transfer";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount, "from", from, "payee", payee, "to", to);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM), new Key('H', BACK), new Key('I', CANCEL));
    }
  }

  record Transferred(Money amount, String payee, Stan reference) implements TransferScreen {
    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "transferred";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount, "payee", payee);
    }

    @Override
    public List<Line> lines() {
      return List.of(Line.reference(reference));
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM));
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }
}
