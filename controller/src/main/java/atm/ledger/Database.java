package atm.ledger;

import atm.ledger.LastSectorLast.Calls;
import atm.ledger.LedgerException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.function.Function;
import javax.crypto.Mac;
import org.h2.api.ErrorCode;
import org.h2.store.fs.FilePath;

/// The books' file: one encrypted H2 database. Opened by whoever starts, then used by the writer's
/// thread alone.
final class Database implements Medium {
  private static final String USER = "ledger";
  // How H2 begins an encrypted file.
  private static final byte[] ENCRYPTED = "H2encrypt\n".getBytes(StandardCharsets.US_ASCII);

  static {
    FilePath.register(new LastSectorLast());
  }

  private final Clock clock;
  private final Mac mac;
  private final HeadFile headFile;
  private final Connection connection;
  private final Calls calls;
  private final Sql sql;
  private Head head;
  private Head durable;
  private volatile Published published;
  private volatile long syncs;
  private volatile Runnable committed = () -> {};

  private Database(
      LedgerKeys keys, Clock clock, HeadFile headFile, Connection connection, Calls calls) {
    this.clock = clock;
    this.mac = Chain.mac(keys.journal());
    this.headFile = headFile;
    this.connection = connection;
    this.calls = calls;
    this.sql = new Sql(connection);
  }

  static Database open(Path dataDir, LedgerKeys keys, Clock clock, String fileSystem) {
    Path folder = dataDir.toAbsolutePath().normalize();
    createFolder(folder);
    HeadFile headFile = HeadFile.open(folder);
    Path file = folder.resolve(Backup.DATABASE);
    Calls calls = LastSectorLast.watch(fileSystem + ":" + file);
    Connection connection = null;
    try {
      Optional<Head> known = headFile.read();
      if (known.isPresent() && !Files.exists(file)) {
        throw new LedgerException(
            Reason.INCONSISTENT,
            "the books are gone: " + folder + " has a journal.head, no ledger");
      }
      requireOurs(file);
      if (known.isEmpty()) discardStillborn(file);
      connection = connect(folder, keys, fileSystem);
      prepareTables(connection, folder, known);
      Database database = new Database(keys, clock, headFile, connection, calls);
      database.verify(folder, known);
      return database;
    } catch (SQLException e) {
      close(connection, headFile);
      throw explained(folder, calls, e);
    } catch (Sql.SqlFailure e) {
      close(connection, headFile);
      throw explained(folder, calls, (SQLException) e.getCause());
    } catch (RuntimeException e) {
      close(connection, headFile);
      throw e;
    }
  }

  static void createFolder(Path folder) {
    // H2 would take what follows a semicolon for settings.
    if (folder.toString().contains(";")) {
      throw new LedgerException(Reason.NO_ACCESS, folder + ": a data folder cannot have a \";\"");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LedgerException(Reason.NO_ACCESS, folder + " cannot be made: " + e, e);
    }
  }

  /// H2 takes a file shorter than its header for a new one, and would write over whatever it is.
  private static void requireOurs(Path file) {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) return;
      if (!Files.isReadable(file) || !Files.isWritable(file)) {
        throw new LedgerException(Reason.NO_ACCESS, file + " cannot be read and written");
      }
      byte[] start = new byte[ENCRYPTED.length];
      try (InputStream in = Files.newInputStream(file)) {
        in.readNBytes(start, 0, start.length);
      }
      if (!Arrays.equals(start, ENCRYPTED)) {
        throw new LedgerException(Reason.UNREADABLE, file + " is no encrypted ledger");
      }
    } catch (IOException e) {
      throw new LedgerException(Reason.NO_ACCESS, file + " cannot be read: " + e, e);
    }
  }

  /// What the very first start made and could not end, for a full disk say: before the first chunk
  /// there is nothing in a file, and nobody was ever told of any books.
  private static void discardStillborn(Path file) {
    try {
      long holdsAChunk = LastSectorLast.CHUNKS_FROM + LastSectorLast.CHUNK_MIN;
      if (Files.exists(file) && Files.size(file) < holdsAChunk) Files.delete(file);
    } catch (IOException e) {
      throw new LedgerException(Reason.NO_ACCESS, file + " cannot be made anew: " + e, e);
    }
  }

  private static Connection connect(Path folder, LedgerKeys keys, String fileSystem)
      throws SQLException {
    // H2 wants "file-password user-password". Within an encrypted file the second guards nothing.
    char[] password = (HexFormat.of().formatHex(keys.database()) + " " + USER).toCharArray();
    Properties properties = new Properties();
    properties.put("user", USER);
    properties.put("password", password);
    try {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:h2:"
                  + fileSystem
                  + ":"
                  + folder.resolve("ledger")
                  + ";CIPHER=AES;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
                  // Errors are ours to log, without values.
                  + ";TRACE_LEVEL_FILE=0",
              properties);
      connection.setAutoCommit(false);
      return connection;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static void prepareTables(Connection connection, Path folder, Optional<Head> known)
      throws SQLException {
    OptionalInt version = Schema.version(connection);
    if (version.isEmpty()) {
      if (known.isPresent()) {
        throw new LedgerException(
            Reason.INCONSISTENT,
            "the books in "
                + folder
                + " are empty, but journal.head knows "
                + known.get().number()
                + " events");
      }
      Schema.create(connection);
    } else if (version.getAsInt() != Schema.VERSION) {
      throw new LedgerException(
          Reason.OTHER_VERSION,
          "the books in "
              + folder
              + " have version "
              + version.getAsInt()
              + ", this program reads version "
              + Schema.VERSION);
    }
  }

  private void verify(Path folder, Optional<Head> known) {
    Audit audit = new Audit(sql, mac);
    head = audit.head();
    audit.check(known).stream()
        .findFirst()
        .ifPresent(
            violation -> {
              throw new LedgerException(
                  Reason.INCONSISTENT, "the books contradict themselves: " + violation);
            });
    durable = head;
    published = read().publish();
    try {
      calls.requireNoFailure();
      headFile.writeFirst(head);
    } catch (IOException e) {
      throw new LedgerException(
          Reason.NO_ACCESS, "the books in " + folder + " cannot be written: " + e, e);
    }
  }

  private Books read() {
    return new Books(sql, mac, new Chain(sql, mac, head, clock.millis()));
  }

  @Override
  public <T> T attempt(Function<Books, T> work) throws WorkFailed {
    try {
      Savepoint before = connection.setSavepoint();
      Books books = read();
      try {
        long updates = sql.updates();
        T result = work.apply(books);
        books.requireExplained(sql.updates() > updates);
        head = books.head();
        return result;
      } catch (RuntimeException failure) {
        // Rolling back a sick database throws too, and that is not the work's failure any more.
        connection.rollback(before);
        if (failure instanceof Sql.SqlFailure sick && !sick.isAboutValues()) throw sick;
        throw new WorkFailed(failure);
      }
    } catch (SQLException e) {
      throw new Sql.SqlFailure(e);
    }
  }

  @Override
  public void commit() {
    try {
      if (head.equals(durable)) {
        // Nothing was written, since no change goes without an event; there is nothing to sync.
        connection.rollback();
        return;
      }
      Published next = read().publish();
      connection.commit();
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
      calls.requireNoFailure();
      syncs++;
      headFile.write(head);
      durable = head;
      published = next;
      committed.run();
    } catch (SQLException e) {
      throw new Sql.SqlFailure(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Backup.End copyTo(Path file) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BACKUP TO '" + file.toString().replace("'", "''") + "'");
      return read().end();
    } catch (SQLException e) {
      throw new LedgerException(
          Reason.NO_ACCESS, "the books cannot be copied to " + file + ": " + firstLine(e), e);
    }
  }

  @Override
  public Duration busy() {
    return calls.busy();
  }

  Published published() {
    return published;
  }

  void onCommit(Runnable listener) {
    committed = listener;
  }

  long syncs() {
    return syncs;
  }

  @Override
  public void close() {
    close(connection, headFile);
  }

  private static void close(Connection connection, HeadFile headFile) {
    try (headFile) {
      if (connection != null) connection.close();
    } catch (SQLException e) {
      // All that was acknowledged is on disk already; the next start checks the file.
      System.getLogger(Database.class.getName())
          .log(System.Logger.Level.WARNING, "the books did not close cleanly", e);
    }
  }

  private static LedgerException explained(Path folder, Calls calls, SQLException e) {
    try {
      calls.requireNoFailure();
    } catch (IOException disk) {
      return new LedgerException(
          Reason.NO_ACCESS,
          "the books in " + folder + " cannot be read and written: " + disk.getMessage(),
          e);
    }
    return switch (e.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          new LedgerException(
              Reason.IN_USE, "the books in " + folder + " are in use by another program", e);
      case ErrorCode.FILE_CREATION_FAILED_1 ->
          new LedgerException(
              Reason.NO_ACCESS,
              "the books in " + folder + " cannot be written: " + firstLine(e),
              e);
      default ->
          new LedgerException(
              Reason.UNREADABLE,
              "the books in "
                  + folder
                  + " cannot be read: the key in controller.keys is another,"
                  + " or the file is damaged ("
                  + firstLine(e)
                  + ")",
              e);
    };
  }

  private static String firstLine(SQLException e) {
    return e.getMessage().lines().findFirst().orElse("") + ", code " + e.getErrorCode();
  }
}
