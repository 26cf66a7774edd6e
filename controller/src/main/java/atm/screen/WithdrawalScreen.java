package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.CANCEL;
import static atm.screen.Choice.Act.CONFIRM;
import static atm.screen.Choice.Act.OTHER_AMOUNT;

import atm.screen.ScreenModel.Severity;
import atm.value.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The screens of a withdrawal, and of notes paid out.
public sealed interface WithdrawalScreen extends Screen {
  /// @param amounts at most six, each with whether it can be paid now
  record FastCash(SortedMap<Money, Boolean> amounts) implements WithdrawalScreen {
    private static final String PLACES = "FGHABC";

    public FastCash {
      if (amounts.size() > PLACES.length()) {
        throw new IllegalArgumentException(amounts.size() + " amounts for six keys");
      }
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      amounts.forEach(
          (money, enabled) ->
              keys.add(new Key(PLACES.charAt(keys.size()), new Choice.Amount(money), enabled)));
      keys.add(new Key('D', OTHER_AMOUNT));
      keys.add(new Key('I', CANCEL));
      return keys;
    }
  }

  /// An amount being typed.
  record Amount(Optional<Money> typed, Notes notes) implements WithdrawalScreen {
    @Override
    public Map<String, Object> facts() {
      return Map.of("notes", notes);
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

  /// The notes in the machine do not make `asked`; the nearest that they make.
  record NotPayable(Money asked, Optional<Money> below, Optional<Money> above)
      implements WithdrawalScreen {
    @Override
    public String name() {
      return "amount";
    }

    @Override
    public String words() {
      return "amount.not-payable";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("asked", asked);
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      below.ifPresent(money -> keys.add(new Key('A', new Choice.Amount(money))));
      above.ifPresent(money -> keys.add(new Key('B', new Choice.Amount(money))));
      keys.add(new Key('D', OTHER_AMOUNT));
      keys.add(new Key('I', CANCEL));
      return keys;
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /// More than the notes of this moment, or what the dispenser presents at once, allow.
  record TooMuch(Money most) implements WithdrawalScreen {
    @Override
    public String name() {
      return "amount";
    }

    @Override
    public String words() {
      return "amount.too-much";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("most", most);
    }

    @Override
    public List<Key> keys() {
      return List.of(
          new Key('A', new Choice.Amount(most)), new Key('D', OTHER_AMOUNT), new Key('I', CANCEL));
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /// The bank says no to the amount.
  ///
  /// @param most what would be granted and can be paid; empty when nothing can
  record Declined(Why why, Optional<Money> most) implements WithdrawalScreen {
    public enum Why {
      BALANCE,
      WITHDRAWAL_LIMIT,
      DAILY_LIMIT
    }

    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "declined." + Line.keyOf(why.name()) + (most.isPresent() ? "" : ".nothing");
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

  record Confirm(Money amount, Notes notes) implements WithdrawalScreen {
    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount, "notes", notes);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM), new Key('H', BACK), new Key('I', CANCEL));
    }
  }

  /// The notes have come out of a slot that nobody watches.
  record CashOut(Money amount) implements WithdrawalScreen {
    @Override
    public String name() {
      return "take-cash";
    }

    @Override
    public String words() {
      return "take-cash.out";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount);
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }

  record TakeCash(Money amount, int seconds) implements WithdrawalScreen {
    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount, "seconds", new Seconds(seconds));
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }
}
