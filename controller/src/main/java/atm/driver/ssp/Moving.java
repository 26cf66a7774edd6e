package atm.driver.ssp;

import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.RetractOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.link.Deadlines;
import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One note on its way out of the escrow, and what is said of it: that it arrived where it was told
/// to go, that the unit holds it still, or that nobody knows.
record Moving(
    SspUnit unit, CashIn cashIn, CashInMemory memory, Deadlines deadlines, String device) {
  /// From escrow to box or front takes some three seconds.
  private static final Duration MOVED_WITHIN = Duration.ofSeconds(30);

  /// @param wanted where it is told to go
  /// @param done what it is called when it arrived there
  /// @param held that it lies in the escrow still
  /// @param unknown that nobody knows, or it went elsewhere
  record Ends<T>(
      CashInStatus.State wanted, T done, Function<Fault, T> held, Function<Fault, T> unknown) {
    static Ends<StoreOutcome> stored(Map<Money, Integer> notes) {
      return new Ends<>(
          CashInStatus.State.STORED,
          new StoreOutcome.Stored(notes),
          StoreOutcome.StillInEscrow::new,
          StoreOutcome.Unknown::new);
    }

    static Ends<ReturnOutcome> returned() {
      return new Ends<>(
          CashInStatus.State.RETURNED,
          new ReturnOutcome.Returned(),
          ReturnOutcome.StillInEscrow::new,
          ReturnOutcome.Unknown::new);
    }

    static Ends<RetractOutcome> retracted(Map<Money, Integer> notes) {
      return new Ends<>(
          CashInStatus.State.RETRACTED,
          new RetractOutcome.Retracted(Optional.of(notes)),
          RetractOutcome.Unknown::new,
          RetractOutcome.Unknown::new);
    }
  }

  <T> Future<T> in(Ends<T> ends) {
    Future<Void> gone = cashIn.goesIn(ends.wanted());
    // Only what it still holds can be let in: a poll would else mean nothing, or another note.
    Future<Void> told =
        kept()
            .compose(_ -> unit.hold())
            .compose(there -> there ? unit.accept() : Future.<Void>succeededFuture());
    return ended(told, gone, ends);
  }

  <T> Future<T> back(Ends<T> ends) {
    Future<Void> gone = cashIn.goesBack();
    Future<Void> told =
        kept()
            .compose(_ -> unit.reject())
            .onSuccess(refused -> refused.ifPresent(cashIn::stopped))
            .mapEmpty();
    return ended(told, gone, ends);
  }

  /// Where it cannot be written down, the counters still tell whether the note went in.
  private Future<Void> kept() {
    return memory.keep(cashIn.kept()).otherwiseEmpty();
  }

  /// Waits until the note has arrived somewhere. Where it does not, only the unit's word that it
  /// still holds it says that nothing happened.
  private <T> Future<T> ended(Future<Void> told, Future<Void> gone, Ends<T> ends) {
    Runnable stopPatience = deadlines.after(MOVED_WITHIN, () -> cashIn.stopped(late()));
    return told.onFailure(failure -> cashIn.stopped(unit.doubted(failure)))
        .compose(_ -> gone)
        .onComplete(_ -> stopPatience.run())
        .compose(_ -> unit.takeNoMore().transform(_ -> Future.succeededFuture(arrived(ends))))
        .recover(failure -> stopped(DeviceException.faultOf(failure), ends));
  }

  private <T> T arrived(Ends<T> ends) {
    return cashIn.end() == ends.wanted() ? ends.done() : ends.unknown().apply(elsewhere(device));
  }

  private <T> Future<T> stopped(Fault why, Ends<T> ends) {
    if (!unit.isServing() || !cashIn.isInside()) {
      return Future.succeededFuture(ends.unknown().apply(why));
    }
    return unit.hold()
        .map(
            there -> {
              if (there) cashIn.stillHeld();
              else if (why.code() == Fault.Code.TIMEOUT) unit.lose(why);
              return there ? ends.held().apply(why) : ends.unknown().apply(why);
            })
        .otherwise(failure -> ends.unknown().apply(unit.doubted(failure)));
  }

  private Fault late() {
    return new Fault(
        Fault.Code.TIMEOUT,
        device + ": the note did not arrive within " + MOVED_WITHIN.toSeconds() + " s");
  }

  static Fault elsewhere(String device) {
    return new Fault(
        Fault.Code.HARDWARE, device + ": the note left the escrow otherwise than it was told to");
  }
}
