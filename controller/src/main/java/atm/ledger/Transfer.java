package atm.ledger;

import atm.value.Money;
import atm.value.Stan;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// One booking: debit, credit and amount in one row, so that no half of it can be lost. Rows are
/// never changed.
///
/// @param pending the hold that a post or a void resolves
/// @param notes where notes move with the money, which and how many
record Transfer(
    String id,
    Kind kind,
    String debit,
    String credit,
    Money amount,
    Optional<String> pending,
    Optional<Stan> stan,
    Optional<Notes> notes) {
  enum Kind {
    /// A hold: takes from what is available, not yet from what is booked.
    PENDING,
    /// Books a hold, or a part of it; the rest is free again.
    POST,
    VOID,
    DIRECT
  }

  record Notes(Money note, int count) {
    Money value() {
      return note.times(count);
    }
  }

  Transfer {
    if (amount.isZero()) throw new IllegalArgumentException("transfer " + id + " of nothing");
    if (debit.equals(credit)) {
      throw new IllegalArgumentException("transfer " + id + " from " + debit + " to itself");
    }
  }

  static Transfer direct(
      String id, Account debit, Account credit, Money amount, Optional<Stan> stan) {
    return new Transfer(
        id,
        Kind.DIRECT,
        debit.name(),
        credit.name(),
        amount,
        Optional.empty(),
        stan,
        Optional.empty());
  }

  static Transfer notes(
      String id, Account debit, Account credit, Notes notes, Optional<Stan> stan) {
    return new Transfer(
        id,
        Kind.DIRECT,
        debit.name(),
        credit.name(),
        notes.value(),
        Optional.empty(),
        stan,
        Optional.of(notes));
  }

  static Transfer hold(String id, Account debit, Account credit, Money amount, Stan stan) {
    return new Transfer(
        id,
        Kind.PENDING,
        debit.name(),
        credit.name(),
        amount,
        Optional.empty(),
        Optional.of(stan),
        Optional.empty());
  }

  /// The resolution of `this` hold: a post of `part` of it, or a void of all.
  Transfer resolved(String resolutionId, Kind how, Money part) {
    return new Transfer(
        resolutionId, how, debit, credit, part, Optional.of(id), stan, Optional.empty());
  }

  static Transfer read(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    long stan = row.getLong("stan");
    int count = row.getInt("count");
    return new Transfer(
        row.getString("id"),
        Kind.valueOf(row.getString("kind")),
        row.getString("debit"),
        row.getString("credit"),
        Money.of(row.getLong("amount"), currency),
        Optional.ofNullable(row.getString("pending")),
        stan == 0 ? Optional.empty() : Optional.of(new Stan(stan)),
        count == 0
            ? Optional.empty()
            : Optional.of(new Notes(Money.of(row.getLong("note"), currency), count)));
  }

  /// Every field, for the journal's chain. A change here makes all older chains unreadable.
  void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(id);
    out.writeUTF(kind.name());
    out.writeUTF(debit);
    out.writeUTF(credit);
    out.writeUTF(amount.toString());
    out.writeUTF(pending.orElse(""));
    out.writeLong(stan.map(Stan::number).orElse(0L));
    out.writeUTF(notes.map(n -> n.count() + " x " + n.note()).orElse(""));
  }
}
