package atm.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/// H2 calls this before a row of `transfers` or `events` would be changed or deleted, and is
/// refused. Public because H2 makes it by name.
public final class Immutable implements Trigger {
  @Override
  public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
    throw new SQLException("rows of the books are never changed or deleted", "23513");
  }
}
