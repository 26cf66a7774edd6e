package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.CANCEL;

import atm.screen.Choice.Act;
import atm.value.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The screens that show accounts: which one, what is in it, what happened to it.
public sealed interface AccountScreen extends Screen {
  /// Which of the customer's own accounts.
  ///
  /// @param purpose what it is chosen for
  record AccountChoice(Purpose purpose, List<Choice.Account> accounts) implements AccountScreen {
    private static final String PLACES = "ABCDFG";

    public enum Purpose {
      WITHDRAW,
      DEPOSIT,
      TRANSFER,
      BALANCE
    }

    public AccountChoice {
      if (accounts.size() > PLACES.length()) {
        throw new IllegalArgumentException(accounts.size() + " accounts for six keys");
      }
    }

    @Override
    public String name() {
      return "account";
    }

    @Override
    public String words() {
      return "account." + Line.keyOf(purpose.name());
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      accounts.forEach(account -> keys.add(new Key(PLACES.charAt(keys.size()), account)));
      keys.add(new Key('H', BACK));
      keys.add(new Key('I', CANCEL));
      return keys;
    }
  }

  /// The keys are in the two lowest rows, as on a statement: figures need the width above them.
  ///
  /// @param uncleared deposited, but not counted by a person yet; zero is not shown
  /// @param offers of `STATEMENT`, `PRINT`, `WITHDRAW` and `BACK` those that can be had
  /// @param paperOut whether the printer cannot print now, which is said at the key
  record Balance(
      Money booked,
      Money available,
      Money withdrawable,
      Money uncleared,
      List<Act> offers,
      boolean paperOut)
      implements AccountScreen {
    private static final Map<Act, Character> PLACES =
        Map.of(Act.STATEMENT, 'C', Act.WITHDRAW, 'D', Act.PRINT, 'H', BACK, 'I');

    @Override
    public Map<String, Object> facts() {
      return Map.of(
          "booked", booked,
          "available", available,
          "withdrawable", withdrawable,
          "uncleared", uncleared);
    }

    @Override
    public List<Line> lines() {
      return uncleared.isZero() ? List.of() : List.of(new Line("balance.uncleared"));
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>(Key.at(PLACES, offers));
      if (paperOut) keys.add(new Key(PLACES.get(Act.PRINT), Act.PRINT, false));
      return keys;
    }
  }

  /// Some entries of an account, newest first.
  ///
  /// @param page of `pages`, from 1
  /// @param receipts whether one is offered
  /// @param paperOut whether the printer cannot print now, which is said at the key
  record Statement(
      List<StatementLine> entries, int page, int pages, boolean receipts, boolean paperOut)
      implements AccountScreen {
    /// More do not fit on a screen of 7 inches.
    public static final int LINES_MAX = 4;

    public Statement {
      entries = List.copyOf(entries);
      if (entries.size() > LINES_MAX) {
        throw new IllegalArgumentException(entries.size() + " entries on one screen");
      }
    }

    @Override
    public String words() {
      return entries.isEmpty() ? "statement.empty" : "statement";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("page", page, "pages", pages);
    }

    @Override
    public List<Line> lines() {
      return entries.stream().map(entry -> new Line("statement.line", entry.facts())).toList();
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      if (page > 1) keys.add(new Key('C', Act.NEWER));
      if (page < pages) keys.add(new Key('D', Act.OLDER));
      if ((receipts || paperOut) && !entries.isEmpty()) {
        keys.add(new Key('H', Act.PRINT, receipts));
      }
      keys.add(new Key('I', BACK));
      return keys;
    }
  }

  /// One entry, as on screen and on the receipt.
  ///
  /// @param balanceAfter empty while the entry is held or not counted, and in no balance yet
  /// @param counterpart masked, where there is one
  record StatementLine(
      LocalDate when,
      Kind kind,
      Signed amount,
      Optional<Money> balanceAfter,
      Optional<String> counterpart) {
    public enum Kind {
      OPENING,
      WITHDRAWAL,
      DEPOSIT,
      ENVELOPE,
      TRANSFER_IN,
      TRANSFER_OUT,
      CORRECTION
    }

    What what() {
      return new What(kind, counterpart, balanceAfter.isEmpty());
    }

    Map<String, Object> facts() {
      return Map.of(
          "date",
          when,
          "what",
          what(),
          "signed",
          amount,
          "balance",
          balanceAfter.<Object>map(money -> money).orElse(""));
    }
  }

  /// What an entry is, for people.
  record What(StatementLine.Kind kind, Optional<String> counterpart, boolean pending) {}

  /// An amount with its sign: to the account, or from it.
  record Signed(Money amount, boolean credit) {}
}
