package atm.console;

import io.vertx.core.Future;

/// What stands behind the operator's page: the books and the devices, and who may settle them. An
/// act that cannot be done fails with `NotPossible`, in words for the operator.
public interface Operating {
  /// Whether that is the operator's password. Takes its time, and not the caller's.
  Future<Boolean> knows(String operator, byte[] password);

  Future<OperatorView> view();

  /// Does what a person has done at the machine, or found there, in the name of `operator`.
  Future<Void> act(String operator, OperatorAct act);

  /// Somebody tried the page's door: for the journal.
  void doorTried(String operator, boolean admitted);

  /// Why an act was not done, in one sentence. Nothing was changed.
  final class NotPossible extends RuntimeException {
    public NotPossible(String why) {
      super(why, null, false, false);
    }
  }
}
