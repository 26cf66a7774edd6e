package atm.ledger;

import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bank's customers, their accounts and cards, within one commit. A card is known by a keyed
/// hash of its number and its last four digits; its PIN by a verifier.
public final class Customers {
  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;

  Customers(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
  }

  public enum CardState {
    GOOD,
    BLOCKED,
    STOLEN
  }

  /// @param panMac keyed hash of its number
  /// @param tries PINs tried since the last right one
  public record Card(
      byte[] panMac,
      String lastFour,
      String customer,
      YearMonth expires,
      CardState state,
      byte[] salt,
      byte[] verifier,
      int tries) {
    @Override
    public String toString() {
      return "card ****" + lastFour;
    }
  }

  /// An account as its holder knows it.
  public record Held(AccountNumber number, AccountKind kind) {}

  /// @param accounts the one for daily use first
  public record Person(String id, String holder, String language, List<Held> accounts) {}

  public void add(Person person) {
    sql.update(
        "INSERT INTO customers (id, holder, language) VALUES (?, ?, ?)",
        person.id(),
        person.holder(),
        person.language());
    for (int i = 0; i < person.accounts().size(); i++) {
      sql.update(
          "INSERT INTO customer_accounts (customer, position, account, kind) VALUES (?, ?, ?, ?)",
          person.id(),
          i,
          person.accounts().get(i).number().digits(),
          person.accounts().get(i).kind().name());
    }
    append("customer.added", Map.of("customer", person.id()));
  }

  /// Opens an account with what the bank pays in.
  public void openAccount(AccountNumber number, Money opening) {
    Account account = Account.customer(number, opening.currency());
    Account bank = Account.bank(opening.currency());
    if (opening.isZero()) {
      transfers.open(account);
    } else {
      String id = "opening/" + number.digits();
      transfers.direct(
          Transfer.direct(id, bank, account, opening, Optional.empty()), bank, account);
    }
    append("account.opened", Map.of("account", number.masked(), "paid-in", opening.toString()));
  }

  public void closeAccount(AccountNumber number) {
    int rows =
        sql.update("UPDATE accounts SET closed = TRUE WHERE name = ?", Account.customer(number));
    if (rows != 1) throw new IllegalArgumentException("there is no account " + number);
    append("account.closed", Map.of("account", number.masked()));
  }

  public void addCard(Card card) {
    sql.update(
        "INSERT INTO cards (pan_mac, last_four, customer, expires, state, salt, verifier, tries)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        card.panMac(),
        card.lastFour(),
        card.customer(),
        card.expires().toString(),
        card.state().name(),
        card.salt(),
        card.verifier(),
        card.tries());
    append("card.added", Map.of("card", card.toString(), "customer", card.customer()));
  }

  public void mark(byte[] panMac, CardState state) {
    Card card =
        card(panMac).orElseThrow(() -> new IllegalArgumentException("there is no such card"));
    sql.update("UPDATE cards SET state = ? WHERE pan_mac = ?", state.name(), panMac);
    append("card.marked", Map.of("card", card.toString(), "state", state.name()));
  }

  public Optional<Card> card(byte[] panMac) {
    return sql.first("SELECT * FROM cards WHERE pan_mac = ?", Customers::card, panMac);
  }

  /// The card whose PIN proves who speaks for an account: its holder's, a good one before any
  /// other.
  public Optional<Card> cardFor(AccountNumber account) {
    return sql.first(
        "SELECT c.* FROM cards c JOIN customer_accounts a ON a.customer = c.customer"
            + " WHERE a.account = ?"
            + " ORDER BY CASE c.state WHEN 'GOOD' THEN 0 ELSE 1 END, c.expires DESC, c.pan_mac"
            + " LIMIT 1",
        Customers::card,
        account.digits());
  }

  private static Card card(ResultSet row) throws SQLException {
    return new Card(
        row.getBytes("pan_mac"),
        row.getString("last_four"),
        row.getString("customer"),
        YearMonth.parse(row.getString("expires")),
        CardState.valueOf(row.getString("state")),
        row.getBytes("salt"),
        row.getBytes("verifier"),
        row.getInt("tries"));
  }

  public Optional<String> holderOf(AccountNumber account) {
    return sql.first(
        "SELECT holder FROM customers JOIN customer_accounts ON customer = id WHERE account = ?",
        row -> row.getString(1),
        account.digits());
  }

  /// Counts a try of a PIN that is about to be compared, up to `triesMax`; answers the card as it
  /// was before. An unknown one is noted as well, so that it takes as long.
  ///
  /// @param name what was shown: a card or an account, masked
  public Optional<Card> countTry(Optional<Card> card, String name, int triesMax) {
    card.ifPresent(
        known ->
            sql.update(
                "UPDATE cards SET tries = tries + 1 WHERE pan_mac = ? AND tries < ?",
                known.panMac(),
                triesMax));
    append("card.tried", Map.of("shown", name, "known", "" + card.isPresent()));
    return card;
  }

  /// The PIN was right: the next customer error starts at the first try again.
  public Person welcome(Card card) {
    sql.update("UPDATE cards SET tries = 0 WHERE pan_mac = ?", card.panMac());
    append("card.welcome", Map.of("card", card.toString(), "customer", card.customer()));
    return person(card.customer());
  }

  /// The old PIN was right: from now on the new one is.
  public void changePin(Card card, byte[] salt, byte[] verifier) {
    int rows =
        sql.update(
            "UPDATE cards SET salt = ?, verifier = ?, tries = 0 WHERE pan_mac = ?",
            salt,
            verifier,
            card.panMac());
    if (rows != 1) throw new IllegalStateException("there is no " + card + " any more");
    append("card.pin-changed", Map.of("card", card.toString(), "customer", card.customer()));
  }

  public void refused(String name, String why) {
    append("card.refused", Map.of("shown", name, "why", why));
  }

  private Person person(String id) {
    List<Held> accounts =
        sql.list(
            "SELECT account, kind FROM customer_accounts WHERE customer = ? ORDER BY position",
            row ->
                new Held(
                    new AccountNumber(row.getString(1)), AccountKind.valueOf(row.getString(2))),
            id);
    return sql.first(
            "SELECT holder, language FROM customers WHERE id = ?",
            row -> new Person(id, row.getString(1), row.getString(2), accounts),
            id)
        .orElseThrow();
  }

  private void append(String kind, Map<String, String> details) {
    chain.append(kind, Optional.empty(), details);
  }
}
