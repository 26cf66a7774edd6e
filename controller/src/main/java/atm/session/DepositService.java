package atm.session;

import atm.device.CashAcceptor;
import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.CashUnit;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.ledger.BookUnit;
import atm.ledger.Journal;
import atm.ledger.Ledger;
import atm.value.Money;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whether deposits can be taken. A machine without an acceptor takes envelopes. Notes are not
/// taken while a deposit is not settled, while device and books do not agree on the bins (where
/// the device counts them), and while the acceptor holds some that no deposit accounts for.
/// Suspected counterfeits are nobody's money: where device and books do not agree on those, it is
/// noted for the operator.
final class DepositService {
  private final Machine machine;
  private volatile Optional<String> offBecause = Optional.of("not looked at yet");
  private Optional<String> suspects = Optional.empty();

  DepositService(Machine machine) {
    this.machine = machine;
  }

  /// Why none are taken, in a sentence for the operator. Safe from any thread.
  Optional<String> offBecause() {
    return offBecause;
  }

  boolean isOn() {
    return offBecause.isEmpty();
  }

  /// Looks at acceptor and books again; what changed is noted in the journal.
  void assess() {
    Optional<String> before = offBecause;
    offBecause = machine.acceptor().flatMap(this::whyOff);
    if (!offBecause.equals(before)) {
      String kind = offBecause.isPresent() ? "deposits-off" : "deposits-on";
      Map<String, String> details = Map.of("why", offBecause.orElse(""));
      BankUnavailable.answer(machine.ledger().journal().note(kind, details));
    }
  }

  /// Whether deposits are on, though the bins hold other notes than the books say.
  Future<Boolean> differs() {
    Optional<CashAcceptor> acceptor =
        machine.acceptor().filter(each -> each.capabilities().countsBins());
    if (!isOn() || acceptor.isEmpty()) return Future.succeededFuture(false);
    return acceptor.get().cashUnits().map(bins -> differ(bins, machine.ledger()));
  }

  /// Whether the deposit bins, as their device counts them, hold other notes than the books say.
  static boolean differ(List<CashUnit> bins, Ledger ledger) {
    return !stored(bins, CashUnit.Kind.BIN).equals(booked(ledger, BookUnit.DEPOSIT));
  }

  private Optional<String> whyOff(CashAcceptor acceptor) {
    Optional<String> diskFills = machine.diskFills();
    if (diskFills.isPresent()) return diskFills;
    if (!acceptor.status().canServe()) return Optional.of(acceptor.status().detail());
    if (!acceptor.capabilities().escrow()) {
      return Optional.of("the acceptor has no escrow, so notes could not be given back");
    }
    Journal journal = machine.ledger().journal();
    if (!journal.openDeposits().isEmpty()) {
      return Optional.of("deposit " + journal.openDeposits().getFirst().stan() + " is not settled");
    }
    if (!journal.suspectDeposits().isEmpty()) {
      return Optional.of(
          "deposit " + journal.suspectDeposits().getFirst() + " waits for a person's count");
    }
    try {
      return whyOff(
          acceptor.lastCashIn().await(),
          acceptor.cashUnits().await(),
          acceptor.capabilities().countsBins());
    } catch (DeviceException silent) {
      return Optional.of(Trouble.of(DeviceKind.CASH_ACCEPTOR, silent.fault()).operator());
    }
  }

  private Optional<String> whyOff(CashInStatus last, List<CashUnit> bins, boolean counted) {
    if (last.state() == CashInStatus.State.ACTIVE || last.notesInside()) {
      return Optional.of("the acceptor holds notes that no deposit accounts for");
    }
    noteSuspects(bins);
    Map<Money, Integer> boxes = stored(bins, CashUnit.Kind.BIN);
    Map<Money, Integer> books = booked(machine.ledger(), BookUnit.DEPOSIT);
    if (counted && !boxes.equals(books)) {
      return Optional.of("the deposit bins hold " + boxes + ", the books say " + books);
    }
    boolean room =
        bins.stream()
            .filter(bin -> bin.kind() == CashUnit.Kind.BIN)
            .anyMatch(
                bin -> bin.state() == CashUnit.State.OK || bin.state() == CashUnit.State.HIGH);
    return room ? Optional.empty() : Optional.of("no deposit bin takes notes any more");
  }

  /// Once for each difference. A device without a bin for them says nothing of where they are.
  private void noteSuspects(List<CashUnit> bins) {
    if (bins.stream().noneMatch(bin -> bin.kind() == CashUnit.Kind.SUSPECT)) return;
    Map<Money, Integer> kept = stored(bins, CashUnit.Kind.SUSPECT);
    Map<Money, Integer> books = booked(machine.ledger(), BookUnit.COUNTERFEIT);
    Optional<String> now =
        kept.equals(books)
            ? Optional.empty()
            : Optional.of("the suspect bin holds " + kept + ", the books say " + books);
    if (now.isPresent() && !now.equals(suspects)) {
      BankUnavailable.answer(
          machine.ledger().journal().note("suspects-disagree", Map.of("why", now.get())));
    }
    suspects = now;
  }

  private static Map<Money, Integer> stored(List<CashUnit> bins, CashUnit.Kind kind) {
    Map<Money, Integer> notes = new TreeMap<>();
    bins.stream()
        .filter(bin -> bin.kind() == kind)
        .forEach(bin -> bin.notes().forEach((note, n) -> notes.merge(note, n, Integer::sum)));
    return notes;
  }

  private static Map<Money, Integer> booked(Ledger ledger, String place) {
    Map<Money, Integer> notes = new TreeMap<>();
    ledger.cashUnits().stream()
        .filter(unit -> unit.id().equals(place) && unit.count() != 0)
        .forEach(unit -> notes.merge(unit.note().orElseThrow(), unit.count(), Integer::sum));
    return notes;
  }
}
