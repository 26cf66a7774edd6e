package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Customers' transfers to another account within one commit: each is one row between the two
/// accounts, or a refusal that stays the same.
public final class Payments {
  enum State {
    DONE,
    DECLINED
  }

  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;

  Payments(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
  }

  /// What became of this request before. The same id for another payment is an error.
  public Optional<Payment> requested(
      String requestId, String customer, AccountNumber from, AccountNumber to, Money amount) {
    Optional<Payment> before =
        sql.first("SELECT * FROM payments WHERE request_id = ?", Payments::payment, requestId);
    before.ifPresent(
        p -> {
          if (!p.customer().equals(customer)
              || !p.from().equals(from)
              || !p.to().equals(to)
              || !p.amount().equals(amount)) {
            throw new IllegalStateException(
                "request " + requestId + " was made before, for another transfer");
          }
        });
    return before;
  }

  /// Moves the money.
  public Stan pay(
      String requestId, String customer, AccountNumber from, AccountNumber to, Money amount) {
    Stan stan = insert(requestId, customer, from, to, amount, State.DONE);
    Account payer = Account.customer(from, amount.currency());
    Account payee = Account.customer(to, amount.currency());
    transfers.direct(
        Transfer.direct(stan + "/transfer", payer, payee, amount, Optional.of(stan)), payer, payee);
    record(
        stan,
        State.DONE,
        Map.of("from", from.masked(), "to", to.masked(), "amount", amount.toString()));
    return stan;
  }

  /// @param decline the reason, in the bank's word
  /// @param most what would have been granted
  public void decline(
      String requestId,
      String customer,
      AccountNumber from,
      AccountNumber to,
      Money amount,
      String decline,
      Money most) {
    Stan stan = insert(requestId, customer, from, to, amount, State.DECLINED);
    sql.update(
        "UPDATE payments SET decline = ?, most = ? WHERE stan = ?",
        decline,
        most.minor(),
        stan.number());
    record(
        stan,
        State.DECLINED,
        Map.of("from", from.masked(), "to", to.masked(), "why", decline, "most", "" + most));
  }

  private Stan insert(
      String requestId,
      String customer,
      AccountNumber from,
      AccountNumber to,
      Money amount,
      State state) {
    Stan stan = chain.nextStan();
    sql.update(
        "INSERT INTO payments"
            + " (stan, request_id, customer, payer, payee, amount, currency, state, event)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        stan.number(),
        requestId,
        customer,
        from.digits(),
        to.digits(),
        amount.minor(),
        amount.currency().getCurrencyCode(),
        state.name(),
        chain.nextNumber());
    return stan;
  }

  private void record(Stan stan, State state, Map<String, String> details) {
    chain.append(Audit.PAYMENT + state, Optional.of(stan), details);
  }

  /// What the account has paid since (without) `since` to accounts that are not its holder's too.
  public Money paidSince(AccountNumber account, Instant since, Money zero) {
    return new Money(
        sql.number(
            "SELECT COALESCE(SUM(amount), 0) FROM transfers"
                + " WHERE debit = ? AND at > ? AND kind = 'DIRECT' AND credit LIKE 'customer:%'"
                + " AND credit NOT IN (SELECT 'customer:' || other.account"
                + " FROM customer_accounts own"
                + " JOIN customer_accounts other ON other.customer = own.customer"
                + " WHERE own.account = ?)",
            Account.customer(account), since.toEpochMilli(), account.digits()),
        zero.currency());
  }

  private static Payment payment(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    long most = row.getLong("most");
    return new Payment(
        new Stan(row.getLong("stan")),
        row.getString("customer"),
        new AccountNumber(row.getString("payer")),
        new AccountNumber(row.getString("payee")),
        Money.of(row.getLong("amount"), currency),
        Optional.ofNullable(row.getString("decline")),
        Money.of(most, currency));
  }

  /// @param decline why it was declined, in the bank's word
  /// @param most what would have been granted instead
  public record Payment(
      Stan stan,
      String customer,
      AccountNumber from,
      AccountNumber to,
      Money amount,
      Optional<String> decline,
      Money most) {}
}
