package atm.ledger;

import static atm.ledger.WithdrawalState.*;

import atm.value.AccountNumber;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Withdrawals within one commit: in which state each is, which step may follow, and what each
/// step books (the table is on the package's page).
public final class Withdrawals {
  private static final String OPEN =
      Stream.of(WithdrawalState.values())
          .filter(WithdrawalState::isOpen)
          .map(state -> "'" + state + "'")
          .collect(Collectors.joining(", "));

  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;
  private final NoteMoves notes;

  Withdrawals(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
    this.notes = new NoteMoves(sql, chain, transfers);
  }

  // What the bank decides.

  /// The withdrawal that this request opened before. The same id for another withdrawal is an
  /// error.
  public Optional<Withdrawal> requested(
      String requestId, String customer, AccountNumber account, Money amount) {
    Optional<Withdrawal> before =
        sql.first(
            "SELECT * FROM withdrawals WHERE request_id = ?", Withdrawals::withdrawal, requestId);
    before.ifPresent(
        w -> {
          if (!w.customer().equals(customer)
              || !w.account().equals(account)
              || !w.amount().equals(amount)) {
            throw new IllegalStateException(
                "request " + requestId + " was made before, for another withdrawal");
          }
        });
    return before;
  }

  /// Opens a withdrawal under the next number.
  public Stan request(String requestId, String customer, AccountNumber account, Money amount) {
    Stan stan = chain.nextStan();
    sql.update(
        "INSERT INTO withdrawals"
            + " (stan, request_id, customer, account, amount, currency, state, event)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        stan.number(),
        requestId,
        customer,
        account.digits(),
        amount.minor(),
        amount.currency().getCurrencyCode(),
        REQUESTED.name(),
        chain.nextNumber());
    record(stan, REQUESTED, Map.of("account", account.masked(), "amount", amount.toString()));
    return stan;
  }

  /// Places the hold.
  public void approve(Stan stan) {
    Withdrawal w = expect(stan, APPROVED, REQUESTED);
    Account customer = Account.customer(w.account(), w.amount().currency());
    Account payout = Account.payout(w.amount().currency());
    transfers.direct(
        Transfer.hold(hold(stan), customer, payout, w.amount(), stan), customer, payout);
    enter(stan, APPROVED, Map.of());
  }

  /// @param decline the reason, in the bank's word
  /// @param most what would have been granted
  public void decline(Stan stan, String decline, Money most) {
    expect(stan, DECLINED, REQUESTED);
    sql.update(
        "UPDATE withdrawals SET decline = ?, most = ? WHERE stan = ?",
        decline,
        most.minor(),
        stan.number());
    enter(stan, DECLINED, Map.of("why", decline, "most", most.toString()));
  }

  /// What the account has had withdrawn since (without) `since`: all that is held or was paid.
  public Money withdrawnSince(AccountNumber account, Instant since, Money zero) {
    return new Money(
        sql.number(
            "SELECT COALESCE(SUM(CASE r.kind WHEN 'VOID' THEN 0 WHEN 'POST' THEN r.amount"
                + " ELSE p.amount END), 0)"
                + " FROM transfers p LEFT JOIN transfers r ON r.pending = p.id"
                + " WHERE p.kind = 'PENDING' AND p.debit = ? AND p.at > ?",
            Account.customer(account),
            since.toEpochMilli()),
        zero.currency());
  }

  /// The customer has the notes. A repetition changes nothing.
  public void complete(Stan stan) {
    if (get(stan).state() == DONE) return;
    Withdrawal w = expect(stan, TAKEN, PRESENTED, RETRACT_INTENT);
    record(stan, TAKEN, Map.of());
    Map<Money, Integer> out = notes.inTransit(stan);
    out.forEach((note, count) -> notes.move(stan, payout(w), Account.transit(note), note, count));
    charge(w, value(out, w));
    enter(stan, DONE, Map.of("paid", value(out, w).toString()));
  }

  /// The customer got nothing, and what left the cassettes is in the reject bin. A repetition
  /// changes nothing.
  public void reverse(Stan stan, String why) {
    if (get(stan).state() == REVERSED) return;
    release(stan);
    notes
        .inTransit(stan)
        .forEach(
            (note, count) ->
                notes.move(stan, Account.reject(note), Account.transit(note), note, count));
    enter(stan, REVERSED, Map.of("why", why));
  }

  /// The customer got nothing, but notes are stuck inside; they stay in transit in the books too.
  /// A repetition changes nothing.
  public void reverseLeavingNotesInside(Stan stan, String why) {
    if (get(stan).state() == REVERSED) return;
    release(stan);
    enter(stan, REVERSED, Map.of("why", why, "notes", "inside"));
  }

  private void release(Stan stan) {
    Withdrawal w =
        expect(
            stan,
            REVERSED,
            REQUESTED,
            APPROVED,
            DISPENSE_INTENT,
            STACKED,
            PRESENT_INTENT,
            REVERSING);
    if (w.state() != REQUESTED) free(stan);
  }

  void free(Stan stan) {
    transfers.free(stan + "/void", hold(stan));
  }

  boolean exists(Stan stan) {
    return sql.number("SELECT COUNT(*) FROM withdrawals WHERE stan = ?", stan.number()) > 0;
  }

  public Withdrawal get(Stan stan) {
    return sql.first(
            "SELECT * FROM withdrawals WHERE stan = ?", Withdrawals::withdrawal, stan.number())
        .orElseThrow(() -> new IllegalStateException("there is no withdrawal " + stan));
  }

  // What the session tells.

  void dispenseIntent(Stan stan, Mix mix, DispenseToken token) {
    Withdrawal w = expect(stan, DISPENSE_INTENT, APPROVED);
    Money worth = Money.zero(w.amount().currency());
    for (var each : mix.byCassette().entrySet()) {
      worth = worth.plus(notes.noteOf(each.getKey()).times(each.getValue()));
    }
    if (!worth.equals(w.amount())) {
      throw new IllegalArgumentException(
          "withdrawal " + stan + ": a mix worth " + worth + ", approved " + w.amount());
    }
    String text = text(mix.byCassette());
    sql.update(
        "UPDATE withdrawals SET mix = ?, token = ? WHERE stan = ?",
        text,
        token.text(),
        stan.number());
    enter(stan, DISPENSE_INTENT, Map.of("mix", text, "token", token.id()));
  }

  void stacked(Stan stan, Counts stacked, Counts rejected) {
    expect(stan, STACKED, DISPENSE_INTENT);
    notes.takeFromCassettes(stan, stacked, rejected);
    enter(stan, STACKED, counted(stacked, rejected));
  }

  void presentIntent(Stan stan) {
    expect(stan, PRESENT_INTENT, STACKED);
    enter(stan, PRESENT_INTENT, Map.of());
  }

  void presented(Stan stan) {
    expect(stan, PRESENTED, PRESENT_INTENT);
    enter(stan, PRESENTED, Map.of());
  }

  void retractIntent(Stan stan) {
    expect(stan, RETRACT_INTENT, PRESENTED);
    enter(stan, RETRACT_INTENT, Map.of());
  }

  void retracted(Stan stan, Optional<Map<Money, Integer>> counted) {
    Withdrawal w = expect(stan, RETRACTED, RETRACT_INTENT);
    Map<Money, Integer> presented = notes.inTransit(stan);
    Map<Money, Integer> back = new HashMap<>();
    Map<Money, Integer> bin = counted.orElse(presented);
    presented.forEach(
        (note, count) -> {
          int found = Math.min(count, bin.getOrDefault(note, 0));
          back.put(note, found);
          notes.move(stan, Account.retract(note), Account.transit(note), note, found);
          notes.move(stan, payout(w), Account.transit(note), note, count - found);
        });
    // More than was presented: somebody pushed a note of their own in.
    bin.forEach(
        (note, count) ->
            notes.move(
                stan,
                Account.retract(note),
                Account.overShort(note.currency()),
                note,
                count - back.getOrDefault(note, 0)));
    charge(w, value(presented, w));
    Money waits = value(back, w);
    if (!waits.isZero()) {
      Account suspense = Account.suspense(waits.currency());
      transfers.direct(
          Transfer.direct(stan + "/suspense", payout(w), suspense, waits, Optional.of(stan)),
          payout(w),
          suspense);
    }
    enter(
        stan,
        RETRACTED,
        Map.of("counted", counted.isPresent() ? "yes" : "no", "suspense", waits.toString()));
  }

  void reversing(Stan stan, Counts inside, Counts rejected, String why) {
    expect(stan, REVERSING, DISPENSE_INTENT, STACKED, PRESENT_INTENT, REVERSING);
    notes.takeFromCassettes(stan, inside, rejected);
    Map<String, String> details = new HashMap<>(counted(inside, rejected));
    details.put("why", why);
    enter(stan, REVERSING, details);
  }

  void suspect(Stan stan, String why) {
    Withdrawal w = get(stan);
    if (!w.state().isOpen() || w.state() == REQUESTED) throw outOfOrder(w, SUSPECT);
    enter(stan, SUSPECT, Map.of("why", why));
  }

  /// Those that wait for a person's count, oldest first.
  List<Stan> suspects() {
    return sql.list(
        "SELECT stan FROM withdrawals WHERE state = 'SUSPECT' ORDER BY stan",
        row -> new Stan(row.getLong("stan")));
  }

  List<OpenWithdrawal> open() {
    return sql.list(
        "SELECT * FROM withdrawals WHERE state IN (" + OPEN + ") ORDER BY stan",
        row -> {
          Withdrawal w = withdrawal(row);
          return new OpenWithdrawal(
              w.stan(),
              w.state(),
              w.account(),
              w.amount(),
              Optional.ofNullable(row.getString("mix")).map(text -> new Mix(counts(text))),
              Optional.ofNullable(row.getString("token")).map(DispenseToken::new),
              new Counts(notes.stacked(w.stan())));
        });
  }

  // Bookings.

  /// Charges the customer with what left the machine, at most what was held. What the device gave
  /// out beyond that is the bank's loss until a person finds otherwise.
  void charge(Withdrawal w, Money paid) {
    if (paid.isZero()) {
      throw new IllegalStateException(
          "withdrawal " + w.stan() + ": no note has left a cassette, so none was taken");
    }
    Money charged = paid.isMoreThan(w.amount()) ? w.amount() : paid;
    transfers.post(w.stan() + "/post", hold(w.stan()), charged);
    Money beyond = paid.minus(charged);
    if (!beyond.isZero()) {
      Account overShort = Account.overShort(beyond.currency());
      Transfer loss =
          Transfer.direct(w.stan() + "/short", overShort, payout(w), beyond, Optional.of(w.stan()));
      transfers.direct(loss, overShort, payout(w));
    }
  }

  private static Account payout(Withdrawal w) {
    return Account.payout(w.amount().currency());
  }

  private static Money value(Map<Money, Integer> counts, Withdrawal w) {
    return NoteMoves.worth(counts, w.amount().currency());
  }

  private static String hold(Stan stan) {
    return stan + "/hold";
  }

  // States.

  Withdrawal expect(Stan stan, WithdrawalState next, WithdrawalState... from) {
    Withdrawal w = get(stan);
    if (!Set.of(from).contains(w.state())) throw outOfOrder(w, next);
    return w;
  }

  private static IllegalStateException outOfOrder(Withdrawal w, WithdrawalState next) {
    return new IllegalStateException(
        "withdrawal " + w.stan() + " is " + w.state() + " and cannot become " + next);
  }

  void enter(Stan stan, WithdrawalState state, Map<String, String> details) {
    sql.update(
        "UPDATE withdrawals SET state = ?, event = ? WHERE stan = ?",
        state.name(),
        chain.nextNumber(),
        stan.number());
    record(stan, state, details);
  }

  private void record(Stan stan, WithdrawalState state, Map<String, String> details) {
    chain.append(Audit.WITHDRAWAL + state, Optional.of(stan), details);
  }

  private static Map<String, String> counted(Counts inside, Counts rejected) {
    return Map.of("inside", text(inside.byCassette()), "rejected", text(rejected.byCassette()));
  }

  private static String text(SortedMap<String, Integer> byCassette) {
    return byCassette.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }

  private static Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String each : text.split(",")) {
      String[] idAndCount = each.split("=");
      counts.put(idAndCount[0], Integer.valueOf(idAndCount[1]));
    }
    return counts;
  }

  private static Withdrawal withdrawal(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    long most = row.getLong("most");
    return new Withdrawal(
        new Stan(row.getLong("stan")),
        WithdrawalState.valueOf(row.getString("state")),
        row.getString("customer"),
        new AccountNumber(row.getString("account")),
        Money.of(row.getLong("amount"), currency),
        Optional.ofNullable(row.getString("decline")),
        Money.of(most, currency));
  }

  /// @param decline why it was declined, in the bank's word
  /// @param most what would have been granted instead
  public record Withdrawal(
      Stan stan,
      WithdrawalState state,
      String customer,
      AccountNumber account,
      Money amount,
      Optional<String> decline,
      Money most) {}
}
