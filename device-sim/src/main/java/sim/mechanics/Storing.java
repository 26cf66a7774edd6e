package sim.mechanics;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import sim.mechanics.MechanicalFault.Kind;

/// One escrow of a [SimCashAcceptor] on its way into the bins, note by note.
final class Storing {
  static final Duration STORE = Duration.ofMillis(600);
  static final Duration NOTE = Duration.ofMillis(80);

  private final SimCashAcceptor acceptor;
  private final AcceptorStock stock;
  private final AcceptorBins bins;

  Storing(SimCashAcceptor acceptor, AcceptorStock stock, AcceptorBins bins) {
    this.acceptor = acceptor;
    this.stock = stock;
    this.bins = bins;
  }

  Future<Void> run() {
    int notes = stock.escrow.size();
    if (notes == 0) {
      stock.last = stock.last.in(CashIn.State.OK);
      return acceptor.fail(Kind.NO_ITEMS, "the escrow is empty");
    }
    if (acceptor.faults().strikes("bin-full") || bins.room() < notes) {
      return acceptor.fail(Kind.BIN_FULL, "no room for " + notes + " notes");
    }
    // Until the last note is in, only this says that the rest is not.
    stock.last = stock.last.in(CashIn.State.UNKNOWN);
    acceptor.told();
    return acceptor
        .move(STORE)
        .compose(_ -> store(1))
        .onSuccess(_ -> stock.last = stock.last.in(CashIn.State.OK));
  }

  /// Note `n` of the escrow, then the rest.
  private Future<Void> store(int n) {
    if (stock.escrow.isEmpty()) {
      return Future.succeededFuture();
    }
    stock.transport.add(stock.escrow.removeFirst());
    acceptor.progress();
    return acceptor.move(NOTE).compose(_ -> arrive(n)).compose(_ -> store(n + 1));
  }

  private Future<Void> arrive(int n) {
    if (acceptor.faults().strikesAtNote("store-jam", n)) {
      return acceptor.fail(Kind.JAM, "note " + n + " stuck on its way to the bin");
    }
    Optional<AcceptorStock.Hold> bin = bins.next();
    if (bin.isEmpty()) {
      return acceptor.fail(Kind.JAM, "a bin was taken out while notes moved");
    }
    stock.arrive(bin.get());
    acceptor.progress();
    return Future.succeededFuture();
  }
}
