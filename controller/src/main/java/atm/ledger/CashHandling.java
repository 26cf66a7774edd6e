package atm.ledger;

import atm.ledger.Transfer.Notes;
import atm.value.Money;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Cassettes and bins in a person's hands, within one commit: what is taken out and put in, by the
/// person's count. Where the books say otherwise the difference is over or short.
final class CashHandling {
  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;

  CashHandling(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
  }

  /// The vault sends `count` notes for a cassette.
  void load(String cassette, Money note, int count, Optional<String> by) {
    Account account = known(cassette, note);
    transfers.open(account);
    move(account, Account.vault(note.currency()), note, count);
    Map<String, String> details = new HashMap<>(of(cassette, note));
    details.put("count", "" + count);
    by.ifPresent(name -> details.put("by", name));
    chain.append("cash.loaded", Optional.empty(), details);
  }

  /// A cassette goes back to the vault with `removed` notes and comes again with `loaded`.
  void exchange(String cassette, Money note, int removed, int loaded, String by) {
    Account account = known(cassette, note);
    transfers.open(account);
    int booked = booked(account);
    account(account, note, booked, removed);
    move(Account.vault(note.currency()), account, note, removed);
    move(account, Account.vault(note.currency()), note, loaded);
    Map<String, String> details = new HashMap<>(of(cassette, note));
    details.putAll(
        Map.of("booked", "" + booked, "removed", "" + removed, "loaded", "" + loaded, "by", by));
    chain.append("cash.exchanged", Optional.empty(), details);
  }

  /// All of a bin's notes go to the vault; suspected counterfeits to whoever judges them.
  void empty(Operator.Bin bin, Map<Money, Integer> counted, String by) {
    Map<Money, Integer> booked = new HashMap<>();
    sql.list(
            "SELECT name, note, currency FROM accounts WHERE name LIKE ?",
            row -> Money.of(row.getLong("note"), row.getString("currency")),
            bin.prefix() + "%")
        .forEach(note -> booked.put(note, booked(bin.account(note))));
    Map<Money, Integer> all = new HashMap<>(counted);
    booked.keySet().forEach(note -> all.putIfAbsent(note, 0));
    all.forEach(
        (note, count) -> {
          Account place = bin.account(note);
          if (bin == Operator.Bin.COUNTERFEIT) {
            // Nobody is credited with them, whatever is found: only the memory of them ends.
            move(
                Account.counterfeitClaims(note.currency()),
                place,
                note,
                booked.getOrDefault(note, 0));
          } else {
            account(place, note, booked.getOrDefault(note, 0), count);
            move(Account.vault(note.currency()), place, note, count);
          }
        });
    chain.append(
        "cash.emptied",
        Optional.empty(),
        Map.of(
            "bin",
            bin.name(),
            "booked",
            NoteMoves.text(NoteMoves.withoutZeros(booked)),
            "counted",
            NoteMoves.text(counted),
            "by",
            by));
  }

  /// Makes the books have what was counted.
  private void account(Account place, Money note, int booked, int counted) {
    Account overShort = Account.overShort(note.currency());
    move(place, overShort, note, counted - booked);
    move(overShort, place, note, booked - counted);
  }

  private void move(Account debit, Account credit, Money note, int count) {
    if (count <= 0) return;
    // By its place: the same may be done many times.
    Transfer transfer =
        Transfer.notes(
            "cash/" + chain.nextPlace(), debit, credit, new Notes(note, count), Optional.empty());
    transfers.direct(transfer, debit, credit);
  }

  private int booked(Account place) {
    long worth =
        sql.first(
                "SELECT debits - credits FROM balances WHERE account = ?",
                row -> row.getLong(1),
                place.name())
            .orElse(0L);
    return Math.toIntExact(worth / place.note().orElseThrow().minor());
  }

  /// A cassette keeps its denomination for the life of the books.
  private Account known(String cassette, Money note) {
    Account account = Account.cassette(cassette, note);
    sql.first(
            "SELECT note, currency FROM accounts WHERE name = ?",
            row -> Money.of(row.getLong(1), row.getString(2)),
            account.name())
        .filter(before -> !before.equals(note))
        .ifPresent(
            before -> {
              throw new IllegalArgumentException(
                  "cassette " + cassette + " holds " + before + ", not " + note + "; name it anew");
            });
    return account;
  }

  private static Map<String, String> of(String cassette, Money note) {
    return Map.of("cassette", cassette, "note", note.toString());
  }
}
