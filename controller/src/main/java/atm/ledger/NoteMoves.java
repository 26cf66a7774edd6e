package atm.ledger;

import atm.ledger.Transfer.Notes;
import atm.value.Counts;
import atm.value.Money;
import atm.value.Stan;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the notes of a withdrawal are, and their way from one place to the next.
final class NoteMoves {
  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;

  NoteMoves(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
  }

  /// Books what has left the cassettes in all, less what is booked already.
  void takeFromCassettes(Stan stan, Counts inside, Counts rejected) {
    SortedMap<String, Integer> insideBefore = stacked(stan);
    inside
        .byCassette()
        .forEach(
            (id, count) -> {
              Money note = noteOf(id);
              int more = count - insideBefore.getOrDefault(id, 0);
              move(stan, Account.transit(note), Account.cassette(id, note), note, more);
            });
    SortedMap<String, Integer> rejectedBefore = left(stan, Account.REJECT_PREFIX);
    rejected
        .byCassette()
        .forEach(
            (id, count) -> {
              Money note = noteOf(id);
              int more = count - rejectedBefore.getOrDefault(id, 0);
              move(stan, Account.reject(note), Account.cassette(id, note), note, more);
            });
  }

  /// Nothing where there is nothing to move.
  void move(Stan stan, Account debit, Account credit, Money note, int count) {
    if (count <= 0) return;
    transfers.direct(
        Transfer.notes(
            stan + "/" + chain.nextPlace(),
            debit,
            credit,
            new Notes(note, count),
            Optional.of(stan)),
        debit,
        credit);
  }

  /// By denomination, the notes that left their cassettes and are nowhere else yet.
  Map<Money, Integer> inTransit(Stan stan) {
    Map<Money, Integer> notes = new TreeMap<>();
    sql.list(
            "SELECT note, currency, SUM(CASE WHEN debit LIKE 'transit:%' THEN count ELSE -count END)"
                + " FROM transfers WHERE stan = ?"
                + " AND (debit LIKE 'transit:%' OR credit LIKE 'transit:%') GROUP BY note, currency",
            row -> new Notes(Money.of(row.getLong(1), row.getString(2)), row.getInt(3)),
            stan.number())
        .forEach(n -> notes.put(n.note(), n.count()));
    notes.values().removeIf(count -> count == 0);
    return notes;
  }

  /// By cassette, the notes that left it for this withdrawal, without the rejected.
  SortedMap<String, Integer> stacked(Stan stan) {
    return left(stan, Account.TRANSIT_PREFIX);
  }

  private SortedMap<String, Integer> left(Stan stan, String towards) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    sql.list(
            "SELECT credit, SUM(count) FROM transfers WHERE stan = ? AND credit LIKE 'cassette:%'"
                + " AND debit LIKE ? GROUP BY credit",
            row -> Map.entry(row.getString(1), row.getInt(2)), stan.number(), towards + "%")
        .forEach(
            e -> counts.put(e.getKey().substring(Account.CASSETTE_PREFIX.length()), e.getValue()));
    return counts;
  }

  Money noteOf(String cassette) {
    return sql.first(
            "SELECT note, currency FROM accounts WHERE name = ?",
            row -> Money.of(row.getLong(1), row.getString(2)),
            Account.CASSETTE_PREFIX + cassette)
        .orElseThrow(
            () -> new IllegalArgumentException("the books know no cassette \"" + cassette + "\""));
  }
}
