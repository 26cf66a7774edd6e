package atm.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;

/// The tables, and which version of them a file has.
final class Schema {
  static final int VERSION = 2;

  private static final String[] TABLES = {
    """
    CREATE TABLE schema_version (version INT NOT NULL)""",
    """
    CREATE TABLE accounts (
      name VARCHAR(64) PRIMARY KEY,
      kind VARCHAR(32) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      note BIGINT,
      closed BOOLEAN DEFAULT FALSE NOT NULL)""",
    // A cache: what it says follows from transfers, and is compared with them at each start.
    """
    CREATE TABLE balances (
      account VARCHAR(64) PRIMARY KEY REFERENCES accounts,
      debits BIGINT NOT NULL,
      credits BIGINT NOT NULL,
      held BIGINT NOT NULL)""",
    """
    CREATE TABLE events (
      number BIGINT PRIMARY KEY,
      at BIGINT NOT NULL,
      kind VARCHAR(64) NOT NULL,
      stan BIGINT NOT NULL,
      details VARCHAR(8000) NOT NULL,
      mac BINARY(32) NOT NULL)""",
    """
    CREATE TABLE transfers (
      id VARCHAR(64) PRIMARY KEY,
      event BIGINT NOT NULL,
      line INT NOT NULL,
      at BIGINT NOT NULL,
      kind VARCHAR(8) NOT NULL CHECK (kind IN ('PENDING', 'POST', 'VOID', 'DIRECT')),
      debit VARCHAR(64) NOT NULL REFERENCES accounts,
      credit VARCHAR(64) NOT NULL REFERENCES accounts,
      amount BIGINT NOT NULL CHECK (amount > 0),
      currency VARCHAR(3) NOT NULL,
      pending VARCHAR(64) UNIQUE REFERENCES transfers (id),
      stan BIGINT,
      note BIGINT,
      count INT CHECK (count > 0),
      UNIQUE (event, line),
      CHECK (debit <> credit),
      CHECK ((kind IN ('POST', 'VOID')) = (pending IS NOT NULL)),
      CHECK ((note IS NULL AND count IS NULL) OR amount = note * count))""",
    "CREATE INDEX events_by_stan ON events (stan)",
    "CREATE INDEX transfers_by_debit ON transfers (debit, at)",
    "CREATE INDEX transfers_out ON transfers (debit, event)",
    "CREATE INDEX transfers_in ON transfers (credit, event)",
    "CREATE INDEX transfers_by_stan ON transfers (stan)",
    """
    CREATE TRIGGER transfers_stay BEFORE UPDATE, DELETE ON transfers
      FOR EACH ROW CALL 'atm.ledger.Immutable'""",
    """
    CREATE TRIGGER events_stay BEFORE UPDATE, DELETE ON events
      FOR EACH ROW CALL 'atm.ledger.Immutable'""",
    """
    CREATE TABLE withdrawals (
      stan BIGINT PRIMARY KEY,
      request_id VARCHAR(64) NOT NULL UNIQUE,
      customer VARCHAR(64) NOT NULL,
      account VARCHAR(10) NOT NULL,
      amount BIGINT NOT NULL,
      currency VARCHAR(3) NOT NULL,
      state VARCHAR(16) NOT NULL,
      decline VARCHAR(32),
      most BIGINT,
      mix VARCHAR(1000),
      token VARCHAR(1024),
      event BIGINT NOT NULL)""",
    "CREATE INDEX withdrawals_by_state ON withdrawals (state)",
    """
    CREATE TABLE deposits (
      stan BIGINT PRIMARY KEY,
      request_id VARCHAR(64) NOT NULL UNIQUE,
      customer VARCHAR(64) NOT NULL,
      account VARCHAR(10) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      state VARCHAR(16) NOT NULL,
      event BIGINT NOT NULL)""",
    "CREATE INDEX deposits_by_state ON deposits (state)",
    """
    CREATE TABLE envelopes (
      stan BIGINT PRIMARY KEY,
      request_id VARCHAR(64) NOT NULL UNIQUE,
      customer VARCHAR(64) NOT NULL,
      account VARCHAR(10) NOT NULL,
      declared BIGINT NOT NULL,
      currency VARCHAR(3) NOT NULL,
      state VARCHAR(16) NOT NULL,
      decline VARCHAR(32),
      most BIGINT,
      event BIGINT NOT NULL)""",
    "CREATE INDEX envelopes_by_state ON envelopes (state)",
    """
    CREATE TABLE payments (
      stan BIGINT PRIMARY KEY,
      request_id VARCHAR(64) NOT NULL UNIQUE,
      customer VARCHAR(64) NOT NULL,
      payer VARCHAR(10) NOT NULL,
      payee VARCHAR(10) NOT NULL,
      amount BIGINT NOT NULL,
      currency VARCHAR(3) NOT NULL,
      state VARCHAR(16) NOT NULL,
      decline VARCHAR(32),
      most BIGINT,
      event BIGINT NOT NULL)""",
    """
    CREATE TABLE customers (
      id VARCHAR(64) PRIMARY KEY,
      holder VARCHAR(100) NOT NULL,
      language VARCHAR(8) NOT NULL)""",
    """
    CREATE TABLE customer_accounts (
      customer VARCHAR(64) NOT NULL REFERENCES customers,
      position INT NOT NULL,
      account VARCHAR(10) NOT NULL UNIQUE,
      kind VARCHAR(8) NOT NULL,
      PRIMARY KEY (customer, position))""",
    """
    CREATE TABLE cards (
      pan_mac BINARY(32) PRIMARY KEY,
      last_four VARCHAR(4) NOT NULL,
      customer VARCHAR(64) NOT NULL REFERENCES customers,
      expires VARCHAR(7) NOT NULL,
      state VARCHAR(8) NOT NULL,
      salt BINARY(16) NOT NULL,
      verifier BINARY(32) NOT NULL,
      tries INT NOT NULL)""",
  };

  private Schema() {}

  /// The version of the file's tables; empty for a file without any.
  static OptionalInt version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE table_schema = 'PUBLIC' AND table_name = 'SCHEMA_VERSION'")) {
      tables.next();
      if (tables.getInt(1) == 0) return OptionalInt.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SELECT version FROM schema_version")) {
      return version.next() ? OptionalInt.of(version.getInt(1)) : OptionalInt.empty();
    }
  }

  /// Makes the tables. H2 commits each by itself; the version's row comes last, so a file where
  /// this was cut short has none, and is made anew.
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP ALL OBJECTS");
      for (String table : TABLES) statement.execute(table);
      statement.execute("INSERT INTO schema_version VALUES (" + VERSION + ")");
      connection.commit();
      statement.execute("CHECKPOINT SYNC");
    }
  }
}
