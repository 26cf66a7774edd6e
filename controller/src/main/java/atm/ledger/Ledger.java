package atm.ledger;

import atm.ledger.LedgerException.Reason;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// This machine's books, in one encrypted file, behind one writer. Safe to call from any thread;
/// what it answers at once is as of the last durable commit.
public final class Ledger implements AutoCloseable {
  /// What the process ends with when the disk fails.
  static final int HALTED = 4;

  private final Journal journal = new Journal(this);
  private final Operator operator = new Operator(this);
  private final Database database;
  private final Writer writer;

  Ledger(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  /// Opens the books, or makes new ones in a folder that never had any. Blocks. Throws
  /// `LedgerException` with a sentence when they are in use, unreadable, or contradict themselves.
  public static Ledger open(Path dataDir, LedgerKeys keys, Clock clock) {
    return open(dataDir, keys, clock, () -> Runtime.getRuntime().halt(HALTED));
  }

  /// @param halt what ends the process when a commit fails or takes too long
  static Ledger open(Path dataDir, LedgerKeys keys, Clock clock, Runnable halt) {
    return open(dataDir, keys, clock, halt, LastSectorLast.SCHEME);
  }

  /// @param fileSystem one of H2's
  static Ledger open(Path dataDir, LedgerKeys keys, Clock clock, Runnable halt, String fileSystem) {
    Database database = Database.open(dataDir, keys, clock, fileSystem);
    return new Ledger(database, new Writer(database, Writer.PATIENCE, halt));
  }

  /// Where a person's counts and acts are told.
  public Operator operator() {
    return operator;
  }

  public Journal journal() {
    return journal;
  }

  /// What the books say is in each cassette and bin.
  public List<BookUnit> cashUnits() {
    return published().units();
  }

  /// Calls `listener` after each commit that wrote something. It is called on the writer's thread,
  /// so it only passes the word on. One listener; a later one replaces it.
  public void onCommit(Runnable listener) {
    database.onCommit(listener);
  }

  /// Runs `work` on the books, with all that waits with it, in one transaction. The future
  /// completes on the caller's context once that is on disk; when `work` throws, it fails with
  /// that, and nothing of it is written. `work` runs on the writer's thread and must not block.
  public <T> Future<T> commit(Function<Books, T> work) {
    return writer.submit(work);
  }

  Future<Void> run(Consumer<Books> work) {
    return commit(
        books -> {
          work.accept(books);
          return null;
        });
  }

  /// What is wrong with the books; empty when nothing is. Reads all of them while every commit
  /// waits: for a start, a test or the daily close, not for a poll.
  public Future<List<String>> invariants() {
    return commit(Books::invariants);
  }

  /// Copies the books into a new file, as of one commit, while they are worked with. Blocks; what
  /// is to be written waits while the database is copied. Needs the room twice, in that folder.
  public Backup.End backUp(Path file) {
    Path target = file.toAbsolutePath().normalize();
    if (Files.exists(target) || !Files.isDirectory(target.getParent())) {
      throw new LedgerException(
          Reason.NO_ACCESS, target + ": wanted a new file in a folder that is there");
    }
    Path copied = null;
    try {
      // H2 writes into the folder that is there, under a name of ours that only we can open.
      copied = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".copy");
      Backup.End end = Backup.done(writer.copyTo(copied));
      Backup.pack(copied, end, target);
      return end;
    } catch (IOException e) {
      throw new LedgerException(Reason.NO_ACCESS, target + " cannot be written: " + e, e);
    } finally {
      Backup.delete(copied);
    }
  }

  Published published() {
    return database.published();
  }

  /// How many syncs there were, for tests of the group commit.
  long syncs() {
    return database.syncs();
  }

  /// Lets what waits be written, and closes the file. Blocks.
  @Override
  public void close() {
    writer.close();
  }
}
