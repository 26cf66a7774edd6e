package atm.ledger;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// This machine's books, in one encrypted file, behind one writer.
public final class Ledger implements AutoCloseable {
  private final Journal journal = new Journal(this);

  /// Opens the books, or makes new ones in a folder that never had any. Blocks. Throws
  /// `LedgerException` with a sentence when they are in use, unreadable, or contradict themselves.
  public static Ledger open(Path dataDir, LedgerKeys keys, Clock clock) {
    throw new UnsupportedOperationException();
  }

  public Journal journal() {
    return journal;
  }

  /// What the books say is in each cassette and bin, as of the last durable commit.
  public List<BookUnit> cashUnits() {
    return published().units();
  }

  /// Runs `work` on the books, with all that waits with it, in one transaction. The future
  /// completes on the caller's context once that is on disk; when `work` throws, it fails with
  /// that, and nothing of it is written. `work` runs on the writer's thread and must not block.
  public <T> Future<T> commit(Function<Books, T> work) {
    throw new UnsupportedOperationException();
  }

  Future<Void> run(Consumer<Books> work) {
    return commit(
        books -> {
          work.accept(books);
          return null;
        });
  }

  /// What is wrong with the books; empty when nothing is.
  public Future<List<String>> invariants() {
    throw new UnsupportedOperationException();
  }

  Published published() {
    throw new UnsupportedOperationException();
  }

  /// Lets what waits be written, and closes the file. Blocks.
  @Override
  public void close() {}
}
