package sim.mechanics;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import sim.mechanics.MechanicalFault.Kind;

/// What lies outside of the bins of a [SimCashAcceptor] on its way into the retract bin.
final class Retracting {
  static final Duration RETRACT = Duration.ofMillis(900);

  private final SimCashAcceptor acceptor;
  private final AcceptorStock stock;
  private final Faults faults;

  Retracting(SimCashAcceptor acceptor, AcceptorStock stock) {
    this.acceptor = acceptor;
    this.stock = stock;
    this.faults = acceptor.faults();
  }

  Future<List<Banknote>> retract() {
    if (faults.strikes("exit-sensor")) {
      return acceptor.fail(Kind.SLOT_UNKNOWN, "the slot sensor fails, nobody knows what is there");
    }
    if (stock.nothingOut()) {
      return nothingThere();
    }
    checkComesFree();
    return acceptor
        .shut()
        .compose(_ -> stock.nothingOut() ? nothingThere() : pullBack())
        .onSuccess(
            _ -> {
              CashIn last = stock.last;
              // Notes of a transaction that was stored before were not its own, but refused ones.
              boolean ends =
                  last.state() == CashIn.State.ACTIVE || last.state() == CashIn.State.ROLLBACK;
              stock.last = last.in(ends ? CashIn.State.RETRACT : last.state()).presented(false);
            });
  }

  Future<List<Banknote>> reset() {
    checkComesFree();
    if (faults.holds("retract-jam")) {
      return acceptor.fail(Kind.JAM, "the notes do not come free");
    }
    return acceptor
        .shut()
        .compose(_ -> acceptor.move(RETRACT))
        .map(
            _ -> {
              boolean ends = stock.last.state() == CashIn.State.ACTIVE;
              List<Banknote> moved = stock.nothingOut() ? List.of() : stock.retractAll();
              if (ends || !moved.isEmpty()) {
                stock.last = stock.last.in(CashIn.State.RESET).presented(false);
              }
              return moved;
            });
  }

  private Future<List<Banknote>> nothingThere() {
    return stock.last.presented()
        ? acceptor.fail(Kind.ITEMS_TAKEN, "the notes were taken")
        : acceptor.fail(Kind.NO_ITEMS, "nothing is there");
  }

  private Future<List<Banknote>> pullBack() {
    return acceptor
        .move(RETRACT)
        .map(
            _ -> {
              if (faults.strikes("retract-jam")) {
                stock.jamAll();
                stock.last = stock.last.in(CashIn.State.UNKNOWN);
                throw acceptor.fault(Kind.JAM, "notes stuck while they were retracted");
              }
              return stock.retractAll();
            });
  }

  private void checkComesFree() {
    boolean held = faults.holds("jam") || faults.holds("store-jam");
    if (held || faults.strikes("escrow-stuck")) {
      throw acceptor.fault(Kind.JAM, "the notes do not come free");
    }
    int notes = stock.allOut().size();
    if (!stock.hold(AcceptorUnit.Role.RETRACT).hasRoomFor(notes)) {
      throw acceptor.fault(Kind.BIN_FULL, "no room for " + notes + " notes in the retract bin");
    }
  }
}
