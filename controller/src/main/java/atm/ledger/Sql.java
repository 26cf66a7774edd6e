package atm.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one connection, with its statements prepared once. Used by the writer's thread alone.
final class Sql {
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  // As many as this package has statements: texts are constants, values are always parameters.
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private long updates;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /// How many statements have changed something so far.
  long updates() {
    return updates;
  }

  int update(String sql, Object... values) {
    updates++;
    try {
      return bound(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  <T> List<T> list(String sql, Row<T> row, Object... values) {
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) list.add(row.of(rows));
      return list;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... values) {
    List<T> rows = list(sql, row, values);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
  }

  long number(String sql, Object... values) {
    return first(sql, row -> row.getLong(1), values).orElseThrow();
  }

  private PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
    return statement;
  }

  /// A statement that failed. Only what its own values caused is the fault of the work that ran it.
  static final class SqlFailure extends RuntimeException {
    SqlFailure(SQLException cause) {
      super(cause.getMessage(), cause);
    }

    /// SQL state classes 22 (data exception) and 23 (constraint violation).
    boolean isAboutValues() {
      String state = ((SQLException) getCause()).getSQLState();
      return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
  }
}
