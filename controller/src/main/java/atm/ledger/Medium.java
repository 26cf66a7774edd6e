package atm.ledger;

import java.util.function.Function;

/// What the writer writes to. Throws where it can no longer be trusted; then nothing of it may be
/// acknowledged any more.
interface Medium extends AutoCloseable {
  /// Runs `work` in the open transaction; when it throws, nothing of it stays, and its exception
  /// comes through as a `WorkFailed`.
  <T> T attempt(Function<Books, T> work) throws WorkFailed;

  /// Commits, and returns once it is on disk.
  void commit();

  @Override
  void close();

  /// The work's own failure; the medium is well.
  final class WorkFailed extends Exception {
    WorkFailed(RuntimeException cause) {
      super(cause);
    }
  }
}
