package atm.session;

import io.vertx.core.Future;

/// The bank or the books cannot answer. What was begun stays open, for `Recovery` to settle.
final class BankUnavailable extends RuntimeException {
  private BankUnavailable(Throwable cause) {
    super("the bank cannot answer: " + cause.getMessage(), cause);
  }

  /// Awaits what bank or books answer.
  static <T> T answer(Future<T> asked) {
    return asked.recover(failure -> Future.failedFuture(new BankUnavailable(failure))).await();
  }
}
