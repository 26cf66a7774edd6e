package atm.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/// What the writer writes to. Throws where it can no longer be trusted; then nothing of it may be
/// acknowledged any more.
interface Medium extends AutoCloseable {
  /// Runs `work` in the open transaction; when it throws, nothing of it stays, and its exception
  /// comes through as a `WorkFailed`.
  <T> T attempt(Function<Books, T> work) throws WorkFailed;

  /// Commits, and returns once it is on disk.
  void commit();

  /// Copies what is on disk into a file, with nothing half done in it; answers where it ends. A
  /// failure is the copy's, not the medium's.
  Backup.End copyTo(Path file);

  /// How long the disk has been at its present call.
  Duration busy();

  @Override
  void close();

  /// The work's own failure; the medium is well.
  final class WorkFailed extends Exception {
    WorkFailed(RuntimeException cause) {
      super(cause);
    }
  }
}
