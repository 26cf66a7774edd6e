package atm.session;

import atm.cash.CashUnits;
import atm.cash.Mixer;
import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.ledger.Journal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether cash can be paid out, and from which notes. Cash stops while a withdrawal is not settled
/// and while device and books do not agree on a cassette: a person has to count first. It stops
/// before the disk is full, too.
final class CashService {
  private final Machine machine;
  private volatile Optional<String> offBecause = Optional.of("not looked at yet");
  private List<String> low = List.of();

  CashService(Machine machine) {
    this.machine = machine;
  }

  /// Why cash is off, in a sentence for the operator. Safe from any thread.
  Optional<String> offBecause() {
    return offBecause;
  }

  boolean isOn() {
    return offBecause.isEmpty();
  }

  /// Looks at the dispenser and the books again; what changed is noted in the journal.
  void assess() {
    Optional<String> before = offBecause;
    offBecause = whyOff();
    if (!offBecause.equals(before)) {
      note(offBecause.isPresent() ? "cash-off" : "cash-on", offBecause.orElse(""));
    }
  }

  /// Whether cash is on, though notes have moved that the books know nothing of.
  Future<Boolean> differs() {
    if (!isOn()) return Future.succeededFuture(false);
    CashDispenser dispenser = machine.dispenser().orElseThrow();
    return dispenser
        .cashUnits()
        .map(device -> !beside(device, dispenser, machine).disagreements().isEmpty());
  }

  /// What can be paid from the notes of this moment. Throws `DeviceException` when the dispenser
  /// does not say.
  Mixer mixer() {
    CashDispenser dispenser = machine.dispenser().orElseThrow();
    return units(dispenser).mixer(dispenser.capabilities().maxNotes());
  }

  private Optional<String> whyOff() {
    if (machine.dispenser().isEmpty()) return Optional.of("this machine has no dispenser");
    Optional<String> diskFills = machine.diskFills();
    if (diskFills.isPresent()) return diskFills;
    CashDispenser dispenser = machine.dispenser().get();
    if (!dispenser.status().canServe()) return Optional.of(dispenser.status().detail());
    Journal journal = machine.ledger().journal();
    if (!journal.open().isEmpty()) {
      return Optional.of("withdrawal " + journal.open().getFirst().stan() + " is not settled");
    }
    if (!journal.suspects().isEmpty()) {
      return Optional.of(
          "withdrawal " + journal.suspects().getFirst() + " waits for a person's count");
    }
    try {
      return whyOff(dispenser);
    } catch (DeviceException silent) {
      return Optional.of(Trouble.of(DeviceKind.CASH_DISPENSER, silent.fault()).operator());
    }
  }

  private Optional<String> whyOff(CashDispenser dispenser) {
    CashUnits units = units(dispenser);
    noteLow(units.low());
    List<String> disagreements = units.disagreements();
    if (!disagreements.isEmpty()) return Optional.of(String.join("; ", disagreements));
    return units.mixer(dispenser.capabilities().maxNotes()).canPayAnything()
        ? Optional.empty()
        : Optional.of("no notes are left to pay with");
  }

  private void noteLow(List<String> now) {
    if (!now.equals(low) && !now.isEmpty()) note("cash-low", String.join("; ", now));
    low = now;
  }

  private CashUnits units(CashDispenser dispenser) {
    return units(dispenser, machine);
  }

  /// What the device says is in its units, beside what the books say.
  static CashUnits units(CashDispenser dispenser, Machine machine) {
    return beside(dispenser.cashUnits().await(), dispenser, machine);
  }

  private static CashUnits beside(
      List<CashDispenser.CashUnit> device, CashDispenser dispenser, Machine machine) {
    return dispenser.capabilities().counters()
        ? new CashUnits(device, machine.ledger().cashUnits())
        : CashUnits.uncounted(device, machine.ledger().cashUnits());
  }

  private void note(String kind, String why) {
    BankUnavailable.answer(machine.ledger().journal().note(kind, Map.of("why", why)));
  }
}
