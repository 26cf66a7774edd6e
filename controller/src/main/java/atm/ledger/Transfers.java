package atm.ledger;

import atm.ledger.Transfer.Kind;
import atm.value.Money;
import atm.value.Stan;
import java.util.Optional;

/// Writes transfers and keeps the balances beside them. A transfer written again with the same
/// content changes nothing; with other content it is an error.
final class Transfers {
  private static final String COLUMNS =
      "id, kind, debit, credit, amount, currency, pending, stan, note, count";

  private final Sql sql;
  private final Chain chain;

  Transfers(Sql sql, Chain chain) {
    this.sql = sql;
    this.chain = chain;
  }

  void direct(Transfer transfer, Account debit, Account credit) {
    open(debit);
    open(credit);
    write(transfer);
  }

  /// Books money without notes, where there is any.
  void unlessZero(String id, Account debit, Account credit, Money amount, Stan stan) {
    if (amount.isZero()) return;
    direct(Transfer.direct(id, debit, credit, amount, Optional.of(stan)), debit, credit);
  }

  /// Books `part` of a hold; the rest is free again.
  void post(String id, String holdId, Money part) {
    Transfer hold = find(holdId).orElseThrow();
    if (part.isMoreThan(hold.amount())) {
      throw new IllegalStateException("post " + id + " of " + part + ", held " + hold.amount());
    }
    resolve(hold, hold.resolved(id, Kind.POST, part));
  }

  void free(String id, String holdId) {
    Transfer hold = find(holdId).orElseThrow();
    resolve(hold, hold.resolved(id, Kind.VOID, hold.amount()));
  }

  private void resolve(Transfer hold, Transfer resolution) {
    // The UNIQUE column holds in any case; this says it in words.
    sql.first(
            "SELECT id FROM transfers WHERE pending = ? AND id <> ?",
            row -> row.getString(1),
            hold.id(),
            resolution.id())
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  resolution.id() + ": hold " + hold.id() + " is resolved by " + other);
            });
    write(resolution);
  }

  private void write(Transfer t) {
    Optional<Transfer> before = find(t.id());
    if (before.isPresent()) {
      if (before.get().equals(t)) return;
      throw new IllegalStateException("transfer " + t.id() + " was booked with other content");
    }
    sql.update(
        "INSERT INTO transfers ("
            + COLUMNS
            + ", event, line, at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        t.id(),
        t.kind().name(),
        t.debit(),
        t.credit(),
        t.amount().minor(),
        t.amount().currency().getCurrencyCode(),
        t.pending().orElse(null),
        t.stan().map(s -> s.number()).orElse(null),
        t.notes().map(n -> n.note().minor()).orElse(null),
        t.notes().map(n -> n.count()).orElse(null),
        chain.nextNumber(),
        chain.add(t),
        chain.now());
    balance(t);
  }

  private void balance(Transfer t) {
    long amount = t.amount().minor();
    switch (t.kind()) {
      case PENDING -> change(t.debit(), 0, 0, amount);
      case POST -> {
        change(t.debit(), amount, 0, -held(t));
        change(t.credit(), 0, amount, 0);
      }
      case VOID -> change(t.debit(), 0, 0, -held(t));
      case DIRECT -> {
        change(t.debit(), amount, 0, 0);
        change(t.credit(), 0, amount, 0);
      }
    }
  }

  private long held(Transfer resolution) {
    return find(resolution.pending().orElseThrow()).orElseThrow().amount().minor();
  }

  private void change(String account, long debits, long credits, long held) {
    int rows =
        sql.update(
            "UPDATE balances SET debits = debits + ?, credits = credits + ?, held = held + ?"
                + " WHERE account = ?",
            debits,
            credits,
            held,
            account);
    if (rows != 1) throw new IllegalStateException("no account " + account);
  }

  /// Opens an account of the chart where it is not open yet.
  void open(Account account) {
    if (sql.number("SELECT COUNT(*) FROM accounts WHERE name = ?", account.name()) > 0) return;
    sql.update(
        "INSERT INTO accounts (name, kind, currency, note) VALUES (?, ?, ?, ?)",
        account.name(),
        account.kind().name(),
        account.currency().getCurrencyCode(),
        account.note().map(Money::minor).orElse(null));
    sql.update("INSERT INTO balances VALUES (?, 0, 0, 0)", account.name());
  }

  private Optional<Transfer> find(String id) {
    return sql.first("SELECT " + COLUMNS + " FROM transfers WHERE id = ?", Transfer::read, id);
  }
}
