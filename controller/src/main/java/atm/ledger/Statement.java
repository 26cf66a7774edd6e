package atm.ledger;

import atm.ledger.StatementLine.Reason;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An account's statement, read from the transfers themselves: there is no second record of it that
/// could say otherwise.
final class Statement {
  private static final String ROW =
      "SELECT t.id, t.event, t.line, t.at, t.amount, t.currency, t.stan, o.name, o.kind"
          + " FROM transfers t JOIN accounts o ON o.name = ";

  private final Sql sql;
  private final AccountNumber number;

  Statement(Sql sql, AccountNumber number) {
    this.sql = sql;
    this.number = number;
  }

  private record Row(long event, int line, StatementLine unbalanced) {}

  /// The newest first; what is pending before what is booked.
  ///
  /// @param booked what the account holds now
  List<StatementLine> lines(int most, Money booked) {
    List<StatementLine> lines = new ArrayList<>(pending(most));
    Money after = booked;
    for (Row row : booked(most - lines.size())) {
      StatementLine line = row.unbalanced();
      lines.add(balanced(line, after));
      after = line.in() ? after.minus(line.amount()) : after.plus(line.amount());
    }
    return lines;
  }

  private static StatementLine balanced(StatementLine line, Money after) {
    return new StatementLine(
        line.at(),
        line.reason(),
        line.in(),
        line.amount(),
        Optional.of(after),
        line.counterpart(),
        line.stan());
  }

  // Two queries, each along its index; H2 would read all of the table for one with OR.
  private List<Row> booked(int most) {
    if (most <= 0) return List.of();
    String newest = " AND t.kind IN ('POST', 'DIRECT') ORDER BY t.event DESC, t.line DESC LIMIT ?";
    String account = Account.customer(number);
    List<Row> out =
        sql.list(ROW + "t.credit WHERE t.debit = ?" + newest, r -> row(r, false), account, most);
    List<Row> in =
        sql.list(ROW + "t.debit WHERE t.credit = ?" + newest, r -> row(r, true), account, most);
    return Stream.concat(out.stream(), in.stream())
        .sorted(Comparator.comparingLong(Row::event).thenComparing(Row::line).reversed())
        .limit(most)
        .toList();
  }

  /// Holds that nothing has resolved, and envelopes that nobody has counted.
  private List<StatementLine> pending(int most) {
    List<Row> holds =
        sql.list(
            ROW
                + "t.credit LEFT JOIN transfers r ON r.pending = t.id"
                + " WHERE t.debit = ? AND t.kind = 'PENDING' AND r.id IS NULL"
                + " ORDER BY t.event DESC LIMIT ?",
            row -> row(row, false),
            Account.customer(number),
            most);
    List<Row> envelopes =
        sql.list(
            ROW
                + "t.credit JOIN envelopes e ON e.stan = t.stan"
                + " WHERE t.credit = ? AND e.state = 'UNCLEARED' ORDER BY t.event DESC LIMIT ?",
            row -> row(row, true),
            Account.uncleared(number),
            most);
    return Stream.concat(holds.stream(), envelopes.stream())
        .sorted(Comparator.comparingLong(Row::event).reversed())
        .limit(most)
        .map(Row::unbalanced)
        .toList();
  }

  private static Row row(ResultSet row, boolean in) throws SQLException {
    Account.Kind otherSide = Account.Kind.valueOf(row.getString("kind"));
    long stan = row.getLong("stan");
    return new Row(
        row.getLong("event"),
        row.getInt("line"),
        new StatementLine(
            Instant.ofEpochMilli(row.getLong("at")),
            Reason.of(otherSide),
            in,
            Money.of(row.getLong("amount"), row.getString("currency")),
            Optional.empty(),
            otherSide == Account.Kind.CUSTOMER
                ? Optional.of(Account.numberOf(row.getString("name")))
                : Optional.empty(),
            stan == 0 ? Optional.empty() : Optional.of(new Stan(stan))));
  }
}
