package atm.ledger;

import static atm.ledger.DepositState.*;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Deposits of cash within one commit: in which state each is, which step may follow, and what each
/// step books (the table is on the package's page).
public final class Deposits {
  private static final String OPEN =
      Stream.of(DepositState.values())
          .filter(DepositState::isOpen)
          .map(state -> "'" + state + "'")
          .collect(Collectors.joining(", "));

  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;
  private final NoteMoves notes;

  Deposits(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
    this.notes = new NoteMoves(sql, chain, transfers);
  }

  // What the bank decides.

  /// The deposit that this request opened before. The same id for another deposit is an error.
  public Optional<Deposit> requested(String requestId, String customer, AccountNumber account) {
    Optional<Deposit> before =
        sql.first("SELECT * FROM deposits WHERE request_id = ?", Deposits::deposit, requestId);
    before.ifPresent(
        d -> {
          if (!d.customer().equals(customer) || !d.account().equals(account)) {
            throw new IllegalStateException(
                "request " + requestId + " was made before, for another deposit");
          }
        });
    return before;
  }

  /// Opens a deposit under the next number.
  public Stan open(String requestId, String customer, AccountNumber account, Currency currency) {
    Stan stan = chain.nextStan();
    sql.update(
        "INSERT INTO deposits (stan, request_id, customer, account, currency, state, event)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        stan.number(),
        requestId,
        customer,
        account.digits(),
        currency.getCurrencyCode(),
        OPENED.name(),
        chain.nextNumber());
    record(stan, OPENED, Map.of("account", account.masked()));
    return stan;
  }

  /// The notes are in the bins: credits them, where they are those that were in the escrow. Answers
  /// whether they were; a repetition changes nothing.
  public boolean complete(Stan stan, Map<Money, Integer> stored) {
    if (get(stan).state() == STORED) return true;
    Deposit d = expect(stan, STORED, STORE_INTENT);
    Map<Money, Integer> escrow = escrow(stan);
    Map<Money, Integer> counted = NoteMoves.withoutZeros(stored);
    if (!counted.equals(escrow)) {
      suspect(
          stan,
          "the device stored "
              + NoteMoves.text(counted)
              + ", the escrow held "
              + NoteMoves.text(escrow));
      return false;
    }
    escrow.forEach(
        (note, count) ->
            notes.move(stan, Account.deposit(note), Account.escrow(note), note, count));
    Money worth = NoteMoves.worth(escrow, d.currency());
    transfers.direct(
        Transfer.direct(
            stan + "/deposit",
            Account.intake(d.currency()),
            Account.customer(d.account(), d.currency()),
            worth,
            Optional.of(stan)),
        Account.intake(d.currency()),
        Account.customer(d.account(), d.currency()));
    enter(stan, STORED, Map.of("notes", NoteMoves.text(escrow), "credited", worth.toString()));
    return true;
  }

  public Deposit get(Stan stan) {
    return sql.first("SELECT * FROM deposits WHERE stan = ?", Deposits::deposit, stan.number())
        .orElseThrow(() -> new IllegalStateException("there is no deposit " + stan));
  }

  /// What this deposit was credited with.
  public Money credited(Stan stan) {
    Deposit d = get(stan);
    return Money.of(
        sql.number(
            "SELECT COALESCE(SUM(amount), 0) FROM transfers WHERE stan = ? AND credit = ?",
            stan.number(),
            Account.customer(d.account())),
        d.currency().getCurrencyCode());
  }

  // What the session tells.

  void counted(Stan stan, Map<Money, Integer> escrow, Map<Money, Integer> counterfeit) {
    Deposit d = expect(stan, COUNTED, OPENED, COUNTED);
    requireCurrency(d, escrow);
    requireCurrency(d, counterfeit);
    become(stan, Account.ESCROW_PREFIX, escrow, Account::escrow, Account::intake);
    become(
        stan,
        Account.COUNTERFEIT_PREFIX,
        counterfeit,
        Account::counterfeit,
        Account::counterfeitClaims);
    enter(
        stan,
        COUNTED,
        Map.of("escrow", NoteMoves.text(escrow), "counterfeit", NoteMoves.text(counterfeit)));
  }

  /// Books the difference between what a place holds for this deposit and what was counted there.
  private void become(
      Stan stan,
      String prefix,
      Map<Money, Integer> counted,
      java.util.function.Function<Money, Account> place,
      java.util.function.Function<Currency, Account> against) {
    Map<Money, Integer> before = notes.held(stan, prefix);
    Set<Money> all = new TreeSet<>(before.keySet());
    all.addAll(counted.keySet());
    for (Money note : all) {
      int more = counted.getOrDefault(note, 0) - before.getOrDefault(note, 0);
      Account there = place.apply(note);
      Account other = against.apply(note.currency());
      notes.move(stan, there, other, note, more);
      notes.move(stan, other, there, note, -more);
    }
  }

  void storeIntent(Stan stan) {
    expect(stan, STORE_INTENT, COUNTED);
    Map<Money, Integer> escrow = escrow(stan);
    if (escrow.isEmpty()) {
      throw new IllegalStateException("deposit " + stan + ": there is nothing in the escrow");
    }
    enter(stan, STORE_INTENT, Map.of("escrow", NoteMoves.text(escrow)));
  }

  void returnIntent(Stan stan) {
    expect(stan, RETURN_INTENT, COUNTED, STORE_INTENT);
    enter(stan, RETURN_INTENT, Map.of());
  }

  void returned(Stan stan) {
    expect(stan, RETURNED, RETURN_INTENT, RETRACT_INTENT);
    Map<Money, Integer> escrow = escrow(stan);
    giveBack(stan, escrow);
    enter(stan, RETURNED, Map.of("notes", NoteMoves.text(escrow)));
  }

  void retractIntent(Stan stan) {
    expect(stan, RETRACT_INTENT, OPENED, COUNTED, STORE_INTENT, RETURN_INTENT);
    enter(stan, RETRACT_INTENT, Map.of());
  }

  void retracted(Stan stan, Optional<Map<Money, Integer>> counted) {
    Deposit d = expect(stan, RETRACTED, RETRACT_INTENT);
    Map<Money, Integer> escrow = escrow(stan);
    Map<Money, Integer> bin =
        counted.<Map<Money, Integer>>map(NoteMoves::withoutZeros).orElse(escrow);
    Map<Money, Integer> back = new HashMap<>();
    Map<Money, Integer> gone = new HashMap<>();
    escrow.forEach(
        (note, count) -> {
          int found = Math.min(count, bin.getOrDefault(note, 0));
          back.put(note, found);
          gone.put(note, count - found);
          notes.move(stan, Account.depositRetract(note), Account.escrow(note), note, found);
        });
    giveBack(stan, gone);
    // More than the escrow held: refused notes, or what somebody pushed in.
    bin.forEach(
        (note, count) ->
            notes.move(
                stan,
                Account.depositRetract(note),
                Account.overShort(note.currency()),
                note,
                count - back.getOrDefault(note, 0)));
    Money waits = NoteMoves.worth(back, d.currency());
    transfers.unlessZero(
        stan + "/suspense",
        Account.intake(d.currency()),
        Account.suspense(d.currency()),
        waits,
        stan);
    enter(
        stan,
        RETRACTED,
        Map.of("counted", counted.isPresent() ? "yes" : "no", "suspense", waits.toString()));
  }

  private void giveBack(Stan stan, Map<Money, Integer> escrow) {
    escrow.forEach(
        (note, count) ->
            notes.move(stan, Account.intake(note.currency()), Account.escrow(note), note, count));
  }

  void voided(Stan stan, String why) {
    expect(stan, VOID, OPENED, COUNTED, RETURN_INTENT, RETRACT_INTENT);
    Map<Money, Integer> escrow = escrow(stan);
    if (!escrow.isEmpty()) {
      throw new IllegalStateException(
          "deposit " + stan + " is not void: the escrow holds " + NoteMoves.text(escrow));
    }
    enter(stan, VOID, Map.of("why", why));
  }

  void suspect(Stan stan, String why) {
    Deposit d = get(stan);
    if (!d.state().isOpen()) throw outOfOrder(d, SUSPECT);
    enter(stan, SUSPECT, Map.of("why", why));
  }

  /// Those that wait for a person's count, oldest first.
  List<Stan> suspects() {
    return sql.list(
        "SELECT stan FROM deposits WHERE state = 'SUSPECT' ORDER BY stan",
        row -> new Stan(row.getLong("stan")));
  }

  List<OpenDeposit> open() {
    return sql.list(
        "SELECT * FROM deposits WHERE state IN (" + OPEN + ") ORDER BY stan",
        row -> {
          Deposit d = deposit(row);
          return new OpenDeposit(
              d.stan(),
              d.state(),
              d.account(),
              escrow(d.stan()),
              notes.held(d.stan(), Account.COUNTERFEIT_PREFIX));
        });
  }

  // States.

  Map<Money, Integer> escrow(Stan stan) {
    return notes.held(stan, Account.ESCROW_PREFIX);
  }

  private static void requireCurrency(Deposit d, Map<Money, Integer> notes) {
    for (Money note : notes.keySet()) {
      if (!note.currency().equals(d.currency())) {
        throw new IllegalArgumentException(
            "deposit " + d.stan() + " is in " + d.currency() + ", a note is " + note);
      }
    }
  }

  Deposit expect(Stan stan, DepositState next, DepositState... from) {
    Deposit d = get(stan);
    if (!Set.of(from).contains(d.state())) throw outOfOrder(d, next);
    return d;
  }

  private static IllegalStateException outOfOrder(Deposit d, DepositState next) {
    return new IllegalStateException(
        "deposit " + d.stan() + " is " + d.state() + " and cannot become " + next);
  }

  void enter(Stan stan, DepositState state, Map<String, String> details) {
    sql.update(
        "UPDATE deposits SET state = ?, event = ? WHERE stan = ?",
        state.name(),
        chain.nextNumber(),
        stan.number());
    record(stan, state, details);
  }

  private void record(Stan stan, DepositState state, Map<String, String> details) {
    chain.append(Audit.DEPOSIT + state, Optional.of(stan), details);
  }

  private static Deposit deposit(ResultSet row) throws SQLException {
    return new Deposit(
        new Stan(row.getLong("stan")),
        DepositState.valueOf(row.getString("state")),
        row.getString("customer"),
        new AccountNumber(row.getString("account")),
        Currency.getInstance(row.getString("currency")));
  }

  public record Deposit(
      Stan stan, DepositState state, String customer, AccountNumber account, Currency currency) {}
}
