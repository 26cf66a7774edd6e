package atm.driver.ssp;

import atm.device.CashAcceptor.InsertOutcome;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.link.Deadlines;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;

/// One wait for a note: from when the unit may take one until it holds it, has refused it, or none
/// came. For the context of its unit.
final class Inserting {
  private final SspUnit unit;
  private final Deadlines deadlines;
  private final Promise<InsertOutcome> outcome = Promise.promise();
  private Runnable stopPatience = () -> {};
  private boolean isOpen;
  private boolean unwanted;
  private boolean decided;

  Inserting(SspUnit unit, Deadlines deadlines) {
    this.unit = unit;
    this.deadlines = deadlines;
  }

  Future<InsertOutcome> outcome() {
    return outcome.future();
  }

  boolean waits() {
    return !decided && !outcome.future().isComplete();
  }

  /// The unit takes notes from here on.
  ///
  /// @param within zero waits without end
  void open(Duration within) {
    isOpen = true;
    if (unwanted) stop();
    else if (!within.isZero()) stopPatience = deadlines.after(within, this::stop);
  }

  /// No note is wanted any more; one on its way in is looked at to the end. Completes with the
  /// waiting.
  Future<Void> stop() {
    unwanted = true;
    if (isOpen && waits()) {
      unit.setInhibits(SspData.NO_CHANNELS)
          .compose(_ -> unit.standStill())
          .onComplete(
              _ -> outcome.tryComplete(new InsertOutcome.Nothing(0)),
              failure -> stopped(new InsertOutcome.Unknown(DeviceException.faultOf(failure))));
    }
    return outcome.future().mapEmpty();
  }

  /// @param told when it may be told; whether it could be written down or not, the note is there
  void kept(Money note, Future<Void> told) {
    decided = true;
    told.onComplete(
        _ -> outcome.tryComplete(new InsertOutcome.Inserted(Map.of(note, 1), Map.of(), 0)));
  }

  /// Answers whether anybody waited for it.
  boolean refused() {
    return outcome.tryComplete(new InsertOutcome.Nothing(1));
  }

  void failed(Fault why) {
    stopped(new InsertOutcome.Failed(why));
  }

  void lost(Fault why) {
    stopped(new InsertOutcome.Unknown(why));
  }

  private void stopped(InsertOutcome how) {
    outcome.tryComplete(how);
  }

  void over() {
    stopPatience.run();
  }
}
