package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;

/// The books as one commit sees them. Good for that commit alone, on the writer's thread.
public final class Books {
  private final Sql sql;
  private final Chain chain;
  private final Mac mac;
  private final Head before;
  private final Transfers transfers;
  private final Withdrawals withdrawals;
  private final Deposits deposits;
  private final Envelopes envelopes;
  private final Payments payments;
  private final Customers customers;
  private final Settlements settlements;
  private final CashHandling cash;

  Books(Sql sql, Mac mac, Chain chain) {
    this.sql = sql;
    this.mac = mac;
    this.chain = chain;
    this.before = chain.head();
    this.transfers = new Transfers(sql, chain);
    this.withdrawals = new Withdrawals(sql, chain, transfers);
    this.deposits = new Deposits(sql, chain, transfers);
    this.envelopes = new Envelopes(sql, chain, transfers);
    this.payments = new Payments(sql, chain, transfers);
    this.customers = new Customers(sql, chain, transfers);
    this.settlements = new Settlements(sql, chain, transfers, withdrawals, deposits);
    this.cash = new CashHandling(sql, chain, transfers);
  }

  public Withdrawals withdrawals() {
    return withdrawals;
  }

  public Deposits deposits() {
    return deposits;
  }

  public Envelopes envelopes() {
    return envelopes;
  }

  public Payments payments() {
    return payments;
  }

  public Customers customers() {
    return customers;
  }

  /// When this commit is, by the clock of the books.
  public Instant now() {
    return Instant.ofEpochMilli(chain.now());
  }

  /// Whether nothing was ever booked and nobody is known.
  public boolean isEmpty() {
    return sql.number("SELECT COUNT(*) FROM transfers") == 0
        && sql.number("SELECT COUNT(*) FROM customers") == 0;
  }

  /// The vault sends a cassette with so many notes.
  public void loadCassette(String id, Money note, int count) {
    cash.load(id, note, count, Optional.empty());
  }

  public boolean knows(AccountNumber account) {
    return sql.number("SELECT COUNT(*) FROM accounts WHERE name = ?", Account.customer(account))
        > 0;
  }

  public Balance balance(AccountNumber account) {
    return sql.first(
            "SELECT credits, debits, held, currency, closed FROM balances"
                + " JOIN accounts ON name = account WHERE account = ?",
            row -> {
              long booked = row.getLong(1) - row.getLong(2);
              String currency = row.getString(4);
              return new Balance(
                  Money.of(Math.max(0, booked), currency),
                  Money.of(Math.max(0, booked - row.getLong(3)), currency),
                  row.getBoolean(5));
            },
            Account.customer(account))
        .orElseThrow(() -> new IllegalArgumentException("there is no account " + account));
  }

  /// What envelopes are said to hold for an account, and nobody has counted.
  public Money uncleared(AccountNumber account) {
    Money zero = Money.zero(balance(account).booked().currency());
    return sql.first(
            "SELECT credits - debits FROM balances WHERE account = ?",
            row -> new Money(row.getLong(1), zero.currency()),
            Account.uncleared(account))
        .orElse(zero);
  }

  /// The newest lines of an account's statement, newest first.
  public List<StatementLine> statement(AccountNumber account, int most) {
    return new Statement(sql, account).lines(most, balance(account).booked());
  }

  /// @param booked what the account holds
  /// @param available what of it no hold takes
  public record Balance(Money booked, Money available, boolean closed) {}

  /// The journal's events after `number`, oldest first, and no more than the last `most` of them.
  public List<JournalEvent> eventsAfter(long number, int most) {
    List<JournalEvent> newestFirst =
        sql.list(
            "SELECT number, at, kind, stan, details, mac FROM events WHERE number > ?"
                + " ORDER BY number DESC LIMIT ?",
            row ->
                new JournalEvent(
                    row.getLong(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    row.getString(3),
                    row.getLong(4) == 0 ? Optional.empty() : Optional.of(new Stan(row.getLong(4))),
                    Details.map(row.getString(5)),
                    Head.of(row.getLong(1), row.getBytes(6)).shortForm()),
            number,
            most);
    return newestFirst.reversed();
  }

  /// Every account that stands for notes in a place of the machine, with the notes in it.
  public List<NoteAccount> noteAccounts() {
    return sql.list(
        "SELECT name, kind, note, currency, debits - credits FROM accounts"
            + " JOIN balances ON account = name WHERE note IS NOT NULL ORDER BY kind, name",
        row ->
            new NoteAccount(
                row.getString(1),
                row.getString(2),
                Money.of(row.getLong(3), row.getString(4)),
                row.getLong(5) / row.getLong(3)));
  }

  /// What all accounts of a kind that holds no notes come to, credits less debits in minor units:
  /// `CUSTOMER`, `SUSPENSE` … Nobody's own account is in it.
  public Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    sql.list(
            "SELECT kind, SUM(credits - debits) FROM accounts JOIN balances ON account = name"
                + " WHERE note IS NULL GROUP BY kind",
            row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(total -> totals.put(total.getKey(), total.getValue()));
    return totals;
  }

  /// @param name such as `cassette:C1` or `reject:20.00 EUR`
  /// @param kind such as `CASSETTE`
  public record NoteAccount(String name, String kind, Money note, long count) {}

  Settlements settlements() {
    return settlements;
  }

  CashHandling cash() {
    return cash;
  }

  Transfers transfers() {
    return transfers;
  }

  /// The place in the chain of this event, if there is one.
  Optional<Head> eventAt(long number) {
    return sql.first(
        "SELECT number, mac FROM events WHERE number = ?",
        row -> Head.of(row.getLong(1), row.getBytes(2)),
        number);
  }

  /// Where these books end.
  Backup.End end() {
    return new Backup.End(
        chain.head(),
        Instant.ofEpochMilli(
            sql.first(
                    "SELECT at FROM events WHERE number = ?",
                    row -> row.getLong(1),
                    chain.head().number())
                .orElse(0L)));
  }

  void note(String kind, Map<String, String> details) {
    // Words of our own for withdrawals and cards have a dot, so that a note cannot pass for one.
    if (!kind.matches("[a-z][a-z-]{0,39}")) {
      throw new IllegalArgumentException(
          "an event's kind is lower case words joined by \"-\", not \"" + kind + "\"");
    }
    chain.append(kind, Optional.empty(), details);
  }

  List<String> invariants() {
    return new Audit(sql, mac).check(Optional.empty());
  }

  /// Debits less credits of all accounts whose names are like `pattern`, in minor units.
  long net(String pattern) {
    return sql.number(
        "SELECT COALESCE(SUM(debits - credits), 0) FROM balances WHERE account LIKE ?", pattern);
  }

  /// Every step of every transaction, from the journal: `000001 PRESENTED.`
  List<String> history() {
    return sql.list(
        "SELECT stan, kind FROM events WHERE stan > 0 ORDER BY number",
        row ->
            new Stan(row.getLong(1))
                + " "
                + row.getString(2).substring(row.getString(2).indexOf('.') + 1)
                + ".");
  }

  Head head() {
    return chain.head();
  }

  void requireExplained(boolean changed) {
    if (!chain.explainsAll() || (changed && chain.head().equals(before))) {
      throw new IllegalStateException("a change of the books without an event that explains it");
    }
  }

  Published publish() {
    return new Published(
        withdrawals.open(),
        withdrawals.suspects(),
        deposits.open(),
        deposits.suspects(),
        units(),
        chain.head());
  }

  private List<BookUnit> units() {
    List<BookUnit> units = new ArrayList<>();
    sql.list(
            "SELECT name, kind, note, currency, debits - credits FROM accounts"
                + " JOIN balances ON account = name"
                + " WHERE kind IN ('CASSETTE', 'REJECT', 'RETRACT', 'DEPOSIT', 'DEPOSIT_RETRACT',"
                + " 'COUNTERFEIT') ORDER BY kind, name",
            row ->
                new BookUnit(
                    switch (Account.Kind.valueOf(row.getString(2))) {
                      case REJECT -> BookUnit.REJECT;
                      case RETRACT -> BookUnit.RETRACT;
                      case DEPOSIT -> BookUnit.DEPOSIT;
                      case DEPOSIT_RETRACT -> BookUnit.DEPOSIT_RETRACT;
                      case COUNTERFEIT -> BookUnit.COUNTERFEIT;
                      default -> row.getString(1).substring(Account.CASSETTE_PREFIX.length());
                    },
                    Optional.of(Money.of(row.getLong(3), row.getString(4))),
                    Math.toIntExact(row.getLong(5) / row.getLong(3))))
        .forEach(units::add);
    return units;
  }
}
