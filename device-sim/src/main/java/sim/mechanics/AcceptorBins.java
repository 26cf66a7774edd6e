package sim.mechanics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The bins of a [SimCashAcceptor] as its sensors see them, faults and all.
final class AcceptorBins {
  private static final List<Faults.Kind> KINDS =
      List.of(
          new Faults.Kind("jam", "Note jams on its way in"),
          new Faults.Kind("store-jam", "Note jams on its way to a bin"),
          new Faults.Kind("escrow-stuck", "Escrow does not move"),
          new Faults.Kind("shutter-jam", "Shutter jams"),
          new Faults.Kind("exit-sensor", "Slot sensor fails"),
          new Faults.Kind("bin-full", "Bins are full"),
          new Faults.Kind("retract-jam", "Retract jams"),
          new Faults.Kind("reply-lost", "Reply is lost"),
          new Faults.Kind("dead", "Hardware error"));

  private final AcceptorStock stock;
  private final Faults faults;

  AcceptorBins(AcceptorStock stock, Faults faults) {
    this.stock = stock;
    this.faults = faults;
  }

  /// The faults of an acceptor with these bins.
  static List<Faults.Kind> faults(List<DepositBin> bins) {
    List<Faults.Kind> kinds = new ArrayList<>(KINDS);
    for (DepositBin bin : bins) {
      kinds.add(new Faults.Kind("bin-missing:" + bin.id(), "Bin " + bin.id() + " missing"));
    }
    return kinds;
  }

  List<AcceptorUnit> seen() {
    return stock.holds().stream().map(this::seen).toList();
  }

  AcceptorUnit seen(AcceptorUnit.Role role) {
    return seen(stock.hold(role));
  }

  /// How many more notes the deposit bins can take.
  int room() {
    return faults.holds("bin-full")
        ? 0
        : deposits().mapToInt(bin -> bin.capacity - bin.count()).sum();
  }

  /// The deposit bin that the next note goes to.
  Optional<AcceptorStock.Hold> next() {
    return deposits().filter(bin -> bin.hasRoomFor(1)).findFirst();
  }

  private Stream<AcceptorStock.Hold> deposits() {
    return stock.holds().stream()
        .filter(bin -> bin.role == AcceptorUnit.Role.DEPOSIT && !isMissing(bin));
  }

  private boolean isMissing(AcceptorStock.Hold bin) {
    return faults.holds("bin-missing:" + bin.id);
  }

  private AcceptorUnit seen(AcceptorStock.Hold bin) {
    return new AcceptorUnit(
        bin.unit,
        bin.id,
        bin.role,
        bin.capacity,
        bin.count(),
        bin.contents(),
        bin.retractOperations,
        status(bin));
  }

  private AcceptorUnit.Status status(AcceptorStock.Hold bin) {
    if (isMissing(bin)) {
      return AcceptorUnit.Status.MISSING;
    }
    boolean saysFull = bin.role == AcceptorUnit.Role.DEPOSIT && faults.holds("bin-full");
    if (saysFull || bin.count() >= bin.capacity) {
      return AcceptorUnit.Status.FULL;
    }
    return bin.count() * 10 >= bin.capacity * 9 ? AcceptorUnit.Status.HIGH : AcceptorUnit.Status.OK;
  }
}
