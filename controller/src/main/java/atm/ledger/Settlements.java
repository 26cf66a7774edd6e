package atm.ledger;

import atm.ledger.Deposits.Deposit;
import atm.ledger.Waiting.Why;
import atm.ledger.Withdrawals.Withdrawal;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a person's count makes of transactions that no machine could settle, within one commit.
/// Notes that a person takes out of the machine's ways are the vault's; what the count and the
/// books do not agree on is over or short, never a customer's.
final class Settlements {
  private final Sql sql;
  private final Transfers transfers;
  private final Withdrawals withdrawals;
  private final Deposits deposits;
  private final NoteMoves notes;

  Settlements(
      Sql sql, Chain chain, Transfers transfers, Withdrawals withdrawals, Deposits deposits) {
    this.sql = sql;
    this.transfers = transfers;
    this.withdrawals = withdrawals;
    this.deposits = deposits;
    this.notes = new NoteMoves(sql, chain, transfers);
  }

  /// A suspect withdrawal: the customer has `paid`, and `found` lay on the notes' way.
  void settleWithdrawal(Stan stan, Map<Money, Integer> paid, Map<Money, Integer> found, String by) {
    Withdrawal w = withdrawals.expect(stan, WithdrawalState.SETTLED, WithdrawalState.SUSPECT);
    Map<Money, Integer> inTransit = notes.inTransit(stan);
    for (Money note : denominations(inTransit, paid, found)) {
      int booked = inTransit.getOrDefault(note, 0);
      int given = paid.getOrDefault(note, 0);
      Account payout = Account.payout(note.currency());
      int fromTransit = Math.min(given, booked);
      notes.move(stan, payout, Account.transit(note), note, fromTransit);
      // Paid, though the books still have them in a cassette: its count will be short by as many.
      notes.move(stan, payout, Account.overShort(note.currency()), note, given - fromTransit);
      takeOut(stan, Account.transit(note), note, booked - fromTransit, found.getOrDefault(note, 0));
    }
    Money worth = NoteMoves.worth(paid, w.amount().currency());
    if (worth.isZero()) withdrawals.free(stan);
    else withdrawals.charge(w, worth);
    withdrawals.enter(
        stan,
        WithdrawalState.SETTLED,
        Map.of("paid", NoteMoves.text(paid), "found", NoteMoves.text(found), "by", by));
  }

  /// A suspect deposit: `found` is what there was of it; that much is the customer's.
  void settleDeposit(Stan stan, Map<Money, Integer> found, String by) {
    Deposit d = deposits.expect(stan, DepositState.SETTLED, DepositState.SUSPECT);
    Map<Money, Integer> escrow = deposits.escrow(stan);
    for (Money note : denominations(escrow, found)) {
      int booked = escrow.getOrDefault(note, 0);
      int there = found.getOrDefault(note, 0);
      Account intake = Account.intake(note.currency());
      Account vault = Account.vault(note.currency());
      int both = Math.min(booked, there);
      notes.move(stan, vault, Account.escrow(note), note, both);
      // Counted in, and not there: the customer has them again. There, and not counted in: put in.
      notes.move(stan, intake, Account.escrow(note), note, booked - both);
      notes.move(stan, vault, intake, note, there - both);
    }
    Money worth = NoteMoves.worth(found, d.currency());
    transfers.unlessZero(
        stan + "/settled",
        Account.intake(d.currency()),
        Account.customer(d.account(), d.currency()),
        worth,
        stan);
    deposits.enter(
        stan,
        DepositState.SETTLED,
        Map.of("found", NoteMoves.text(found), "credited", worth.toString(), "by", by));
  }

  /// A retracted withdrawal or deposit: `found` in the bin is the customer's, of a withdrawal at
  /// most what was taken back. The bin's notes are counted when it is emptied.
  void settleSuspense(Stan stan, Money found, String by) {
    if (withdrawals.exists(stan)) {
      Withdrawal w = withdrawals.expect(stan, WithdrawalState.SETTLED, WithdrawalState.RETRACTED);
      Money waits = inSuspense(stan, w.amount().currency());
      Money credit = found.isMoreThan(waits) ? waits : found;
      endSuspense(stan, w.account(), waits, credit);
      withdrawals.enter(stan, WithdrawalState.SETTLED, settled(found, credit, by));
    } else {
      Deposit d = deposits.expect(stan, DepositState.SETTLED, DepositState.RETRACTED);
      endSuspense(stan, d.account(), inSuspense(stan, d.currency()), found);
      deposits.enter(stan, DepositState.SETTLED, settled(found, found, by));
    }
  }

  private void endSuspense(Stan stan, AccountNumber account, Money waits, Money credit) {
    Currency currency = waits.currency();
    Account suspense = Account.suspense(currency);
    Account customer = Account.customer(account, currency);
    Account overShort = Account.overShort(currency);
    Money fromSuspense = credit.isMoreThan(waits) ? waits : credit;
    transfers.unlessZero(stan + "/settled", suspense, customer, fromSuspense, stan);
    transfers.unlessZero(
        stan + "/settled-more", overShort, customer, credit.minus(fromSuspense), stan);
    transfers.unlessZero(
        stan + "/settled-less", suspense, overShort, waits.minus(fromSuspense), stan);
  }

  private static Map<String, String> settled(Money found, Money credited, String by) {
    return Map.of("found", found.toString(), "credited", credited.toString(), "by", by);
  }

  private Money inSuspense(Stan stan, Currency currency) {
    return new Money(
        sql.number(
            "SELECT COALESCE(SUM(amount), 0) FROM transfers WHERE stan = ? AND credit = ?",
            stan.number(),
            Account.suspense(currency).name()),
        currency);
  }

  /// A reversed withdrawal whose notes stuck inside: `found` were taken out.
  void clearStuckNotes(Stan stan, Map<Money, Integer> found, String by) {
    withdrawals.expect(stan, WithdrawalState.SETTLED, WithdrawalState.REVERSED);
    Map<Money, Integer> inTransit = notes.inTransit(stan);
    if (inTransit.isEmpty()) {
      throw new IllegalStateException("withdrawal " + stan + " has no notes stuck inside");
    }
    for (Money note : denominations(inTransit, found)) {
      int booked = inTransit.getOrDefault(note, 0);
      takeOut(stan, Account.transit(note), note, booked, found.getOrDefault(note, 0));
    }
    withdrawals.enter(
        stan, WithdrawalState.SETTLED, Map.of("found", NoteMoves.text(found), "by", by));
  }

  /// `found` notes go from a place to the vault, where the books had `booked`.
  private void takeOut(Stan stan, Account place, Money note, int booked, int found) {
    Account vault = Account.vault(note.currency());
    Account overShort = Account.overShort(note.currency());
    int both = Math.min(booked, found);
    notes.move(stan, vault, place, note, both);
    notes.move(stan, overShort, place, note, booked - both);
    notes.move(stan, vault, overShort, note, found - both);
  }

  @SafeVarargs
  private static Iterable<Money> denominations(Map<Money, Integer>... of) {
    TreeSet<Money> all = new TreeSet<>();
    for (Map<Money, Integer> each : of) all.addAll(each.keySet());
    return all;
  }

  // What waits.

  /// Oldest first.
  List<Waiting> waiting() {
    List<Waiting> waiting = new ArrayList<>();
    waiting.addAll(
        sql.list(
            "SELECT w.stan, w.account, w.declared AS amount, w.currency, e.at FROM envelopes w"
                + " JOIN events e ON e.number = w.event WHERE w.state = 'UNCLEARED'",
            row -> waiting(row, Why.ENVELOPE)));
    waiting.addAll(
        sql.list(
            "SELECT w.stan, w.account, w.amount, w.currency, e.at FROM withdrawals w"
                + " JOIN events e ON e.number = w.event WHERE w.state = 'SUSPECT'",
            row -> waiting(row, Why.SUSPECT_WITHDRAWAL)));
    waiting.addAll(
        sql.list(
            "SELECT w.stan, w.account, 0 AS amount, w.currency, e.at FROM deposits w"
                + " JOIN events e ON e.number = w.event WHERE w.state = 'SUSPECT'",
            row -> {
              Waiting w = waiting(row, Why.SUSPECT_DEPOSIT);
              Money escrow = NoteMoves.worth(deposits.escrow(w.stan()), w.amount().currency());
              return new Waiting(w.stan(), w.why(), w.account(), escrow, w.since());
            }));
    for (String table : List.of("withdrawals", "deposits")) {
      waiting.addAll(
          sql.list(
              "SELECT w.stan, w.account, 0 AS amount, w.currency, e.at FROM "
                  + table
                  + " w JOIN events e ON e.number = w.event WHERE w.state = 'RETRACTED'",
              row -> {
                Waiting w = waiting(row, Why.RETRACTED);
                Money suspense = inSuspense(w.stan(), w.amount().currency());
                return new Waiting(w.stan(), w.why(), w.account(), suspense, w.since());
              }));
    }
    waiting.addAll(stuck());
    waiting.sort(Comparator.comparing(Waiting::stan));
    return waiting;
  }

  private List<Waiting> stuck() {
    // Asked for rarely, and nearly never with notes in transit: only then are all reversals read.
    Optional<Integer> any =
        sql.first(
            "SELECT 1 FROM balances WHERE account LIKE 'transit:%' AND debits <> credits LIMIT 1",
            row -> 1);
    if (any.isEmpty()) return List.of();
    return sql.list(
        "SELECT w.stan, w.account, w.currency, e.at,"
            + " SUM(CASE WHEN t.debit LIKE 'transit:%' THEN t.amount ELSE -t.amount END) AS amount"
            + " FROM withdrawals w JOIN events e ON e.number = w.event JOIN transfers t"
            + " ON t.stan = w.stan AND (t.debit LIKE 'transit:%' OR t.credit LIKE 'transit:%')"
            + " WHERE w.state = 'REVERSED' GROUP BY w.stan, w.account, w.currency, e.at"
            + " HAVING SUM(CASE WHEN t.debit LIKE 'transit:%' THEN t.amount ELSE -t.amount END) > 0",
        row -> waiting(row, Why.STUCK_NOTES));
  }

  private static Waiting waiting(ResultSet row, Why why) throws SQLException {
    return new Waiting(
        new Stan(row.getLong("stan")),
        why,
        new AccountNumber(row.getString("account")),
        Money.of(row.getLong("amount"), row.getString("currency")),
        Instant.ofEpochMilli(row.getLong("at")));
  }
}
