package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// Deposits in envelopes within one commit: what the customer says is inside is uncleared, in an
/// account beside the customer's, until a person has counted.
public final class Envelopes {
  public enum State {
    DECLINED,
    UNCLEARED,
    CLEARED
  }

  private final Sql sql;
  private final Chain chain;
  private final Transfers transfers;

  Envelopes(Sql sql, Chain chain, Transfers transfers) {
    this.sql = sql;
    this.chain = chain;
    this.transfers = transfers;
  }

  /// What became of this request before. The same id for another envelope is an error.
  public Optional<Envelope> requested(
      String requestId, String customer, AccountNumber account, Money declared) {
    Optional<Envelope> before =
        sql.first("SELECT * FROM envelopes WHERE request_id = ?", Envelopes::envelope, requestId);
    before.ifPresent(
        e -> {
          if (!e.customer().equals(customer)
              || !e.account().equals(account)
              || !e.declared().equals(declared)) {
            throw new IllegalStateException(
                "request " + requestId + " was made before, for another envelope");
          }
        });
    return before;
  }

  public Stan accept(String requestId, String customer, AccountNumber account, Money declared) {
    Stan stan = insert(requestId, customer, account, declared, State.UNCLEARED);
    Account envelopes = Account.envelopes(declared.currency());
    Account uncleared = Account.uncleared(account, declared.currency());
    transfers.unlessZero(stan + "/envelope", envelopes, uncleared, declared, stan);
    record(
        stan,
        State.UNCLEARED,
        Map.of("account", account.masked(), "declared", declared.toString()));
    return stan;
  }

  /// @param decline the reason, in the bank's word
  /// @param most what would have been accepted
  public void decline(
      String requestId,
      String customer,
      AccountNumber account,
      Money declared,
      String decline,
      Money most) {
    Stan stan = insert(requestId, customer, account, declared, State.DECLINED);
    sql.update(
        "UPDATE envelopes SET decline = ?, most = ? WHERE stan = ?",
        decline,
        most.minor(),
        stan.number());
    record(stan, State.DECLINED, Map.of("account", account.masked(), "why", decline));
  }

  private Stan insert(
      String requestId, String customer, AccountNumber account, Money declared, State state) {
    Stan stan = chain.nextStan();
    sql.update(
        "INSERT INTO envelopes"
            + " (stan, request_id, customer, account, declared, currency, state, event)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        stan.number(),
        requestId,
        customer,
        account.digits(),
        declared.minor(),
        declared.currency().getCurrencyCode(),
        state.name(),
        chain.nextNumber());
    return stan;
  }

  /// A person has counted: the declared amount is cleared, what is missing or too much is booked
  /// against the account, and the money is the vault's.
  void clear(Stan stan, Money counted, String by) {
    Envelope e = get(stan);
    if (e.state() != State.UNCLEARED) {
      throw new IllegalStateException("envelope " + stan + " is " + e.state());
    }
    Account customer = Account.customer(e.account(), e.declared().currency());
    Account envelopes = Account.envelopes(e.declared().currency());
    Account uncleared = Account.uncleared(e.account(), e.declared().currency());
    transfers.unlessZero(stan + "/cleared", uncleared, customer, e.declared(), stan);
    boolean more = counted.isMoreThan(e.declared());
    Money difference = more ? counted.minus(e.declared()) : e.declared().minus(counted);
    transfers.unlessZero(
        stan + "/difference",
        more ? envelopes : customer,
        more ? customer : envelopes,
        difference,
        stan);
    Account vault = Account.vault(e.declared().currency());
    transfers.unlessZero(stan + "/counted", vault, envelopes, counted, stan);
    sql.update(
        "UPDATE envelopes SET state = ?, event = ? WHERE stan = ?",
        State.CLEARED.name(),
        chain.nextNumber(),
        stan.number());
    record(
        stan,
        State.CLEARED,
        Map.of("declared", e.declared().toString(), "counted", counted.toString(), "by", by));
  }

  Envelope get(Stan stan) {
    return sql.first("SELECT * FROM envelopes WHERE stan = ?", Envelopes::envelope, stan.number())
        .orElseThrow(() -> new IllegalStateException("there is no envelope " + stan));
  }

  private void record(Stan stan, State state, Map<String, String> details) {
    chain.append(Audit.ENVELOPE + state, Optional.of(stan), details);
  }

  private static Envelope envelope(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    long most = row.getLong("most");
    return new Envelope(
        new Stan(row.getLong("stan")),
        State.valueOf(row.getString("state")),
        row.getString("customer"),
        new AccountNumber(row.getString("account")),
        Money.of(row.getLong("declared"), currency),
        Optional.ofNullable(row.getString("decline")),
        Money.of(most, currency));
  }

  /// @param decline why it was declined, in the bank's word
  /// @param most what would have been accepted instead
  public record Envelope(
      Stan stan,
      State state,
      String customer,
      AccountNumber account,
      Money declared,
      Optional<String> decline,
      Money most) {}
}
