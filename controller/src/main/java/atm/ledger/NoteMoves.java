package atm.ledger;

import atm.ledger.Transfer.Notes;
import atm.value.Counts;
import atm.value.Money;
import atm.value.Stan;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    return held(stan, Account.TRANSIT_PREFIX);
  }

  /// By denomination, what this transaction has brought to a place and not taken away again.
  Map<Money, Integer> held(Stan stan, String place) {
    record Held(Money note, int count) {}
    String like = place + "%";
    return withoutZeros(
        sql
            .list(
                "SELECT note, currency, SUM(CASE WHEN debit LIKE ? THEN count ELSE -count END)"
                    + " FROM transfers WHERE stan = ? AND (debit LIKE ? OR credit LIKE ?)"
                    + " GROUP BY note, currency",
                row -> new Held(Money.of(row.getLong(1), row.getString(2)), row.getInt(3)),
                like,
                stan.number(),
                like,
                like)
            .stream()
            .collect(Collectors.toMap(Held::note, Held::count)));
  }

  /// So that equal contents are equal maps.
  static SortedMap<Money, Integer> withoutZeros(Map<Money, Integer> notes) {
    SortedMap<Money, Integer> kept = new TreeMap<>(notes);
    kept.values().removeIf(count -> count == 0);
    return kept;
  }

  static Money worth(Map<Money, Integer> notes, Currency currency) {
    Money sum = Money.zero(currency);
    for (var each : notes.entrySet()) sum = sum.plus(each.getKey().times(each.getValue()));
    return sum;
  }

  /// For events: `2 x 20.00 EUR, 1 x 50.00 EUR`.
  static String text(Map<Money, Integer> notes) {
    if (notes.isEmpty()) return "nothing";
    return new TreeMap<>(notes)
        .entrySet().stream()
            .map(e -> e.getValue() + " x " + e.getKey())
            .collect(Collectors.joining(", "));
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
