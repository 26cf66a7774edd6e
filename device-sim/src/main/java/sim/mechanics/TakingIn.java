package sim.mechanics;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import sim.mechanics.MechanicalFault.Kind;

/// One bunch on its way into a [SimCashAcceptor]: note by note past the reader, into the escrow,
/// the suspect bin, or back to the slot, with all that can befall a note on that way.
final class TakingIn {
  static final Duration NOTE = Duration.ofMillis(120);

  private final SimCashAcceptor acceptor;
  private final AcceptorStock stock;
  private final AcceptorBins bins;
  private final Faults faults;
  private final AcceptorBuild build;
  private final Consumer<Refusal> refused;
  private final Map<Denomination, Integer> accepted = new TreeMap<>();
  private final Map<Denomination, Integer> suspect = new TreeMap<>();

  TakingIn(
      SimCashAcceptor acceptor,
      AcceptorStock stock,
      AcceptorBins bins,
      AcceptorBuild build,
      Consumer<Refusal> refused) {
    this.acceptor = acceptor;
    this.stock = stock;
    this.bins = bins;
    this.faults = acceptor.faults();
    this.build = build;
    this.refused = refused;
  }

  Future<TakenIn> run() {
    // Until the last note is somewhere, only this says that the count is not final.
    stock.last = stock.last.in(CashIn.State.UNKNOWN);
    return take(1)
        .onSuccess(_ -> stock.last = stock.last.in(CashIn.State.ACTIVE))
        .compose(_ -> giveBackRefused())
        .map(_ -> new TakenIn(accepted, suspect));
  }

  /// Note `n` of the bunch, then the rest.
  private Future<Void> take(int n) {
    if (stock.slot.isEmpty()) {
      return Future.succeededFuture();
    }
    Banknote note = stock.drawIn();
    acceptor.progress();
    return acceptor
        .move(NOTE)
        .compose(
            _ -> {
              if (faults.strikesAtNote("jam", n)) {
                return stuck(Kind.JAM, "note " + n + " stuck on its way in");
              }
              if (faults.strikesAtNote("dead", n)) {
                return stuck(Kind.DEAD, "hardware error at note " + n);
              }
              judge(note.paper());
              acceptor.progress();
              return take(n + 1);
            });
  }

  /// What the reader makes of the note under way.
  private void judge(Paper paper) {
    boolean isKnown = paper.note() != null && acceptor.known().contains(paper.note());
    if (paper.condition() == Paper.Condition.TORN) {
      refuse(Refusal.INVALID);
    } else if (!isKnown) {
      refuse(Refusal.FOREIGN);
    } else if (paper.condition() == Paper.Condition.COUNTERFEIT) {
      keepOrRefuse(paper.note());
    } else if (stock.escrow.size() >= build.escrow) {
      refuse(Refusal.ESCROW_FULL);
    } else if (bins.room() <= stock.escrow.size()) {
      refuse(Refusal.BINS_FULL);
    } else {
      stock.arrive(stock.escrow);
      stock.last = stock.last.accepts(paper.note());
      accepted.merge(paper.note(), 1, Integer::sum);
    }
  }

  private void keepOrRefuse(Denomination note) {
    AcceptorStock.Hold bin = stock.hold(AcceptorUnit.Role.SUSPECT);
    if (!build.keepsSuspects || !bin.hasRoomFor(1)) {
      refuse(Refusal.COUNTERFEIT);
      return;
    }
    stock.arrive(bin);
    stock.last = stock.last.suspects(note);
    suspect.merge(note, 1, Integer::sum);
  }

  private void refuse(Refusal why) {
    stock.arrive(stock.pocket);
    stock.last = stock.last.refuses(1);
    refused.accept(why);
  }

  /// The note stays where it is; what has not been drawn in yet comes back.
  private Future<Void> stuck(Kind kind, String why) {
    stock.last = stock.last.in(CashIn.State.ACTIVE);
    stock.slot.forEach(_ -> refused.accept(Refusal.NOT_DRAWN_IN));
    return giveBackRefused().transform(_ -> acceptor.fail(kind, why));
  }

  private Future<Void> giveBackRefused() {
    if (stock.slot.isEmpty() && stock.pocket.isEmpty()) {
      return Future.succeededFuture();
    }
    stock.bringBack();
    return acceptor.openSlot().map(_ -> acceptor.presented());
  }
}
