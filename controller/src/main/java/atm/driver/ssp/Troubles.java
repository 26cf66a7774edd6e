package atm.driver.ssp;

import atm.config.DeviceEntry.Bin;
import atm.device.CashAcceptor.CashUnit;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.value.Money;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What keeps a unit from serving, as its events tell it. A trouble stays until an event takes it
/// away or the unit is introduced anew.
final class Troubles {
  private static final String JAM = "notes are jammed";
  private static final String CASHBOX = "the cashbox is out";
  private static final String FULL = "the cashbox is full";
  private static final String STORE_FULL = "the store is full";
  private static final String PATH = "the note path is open";
  private static final String RECOVERS = "it recovers from a jam";

  /// What a unit tells in each poll for as long as it lasts.
  private static final Set<String> REPEATED = Set.of(STORE_FULL, PATH, RECOVERS);

  private final DeviceKind of;
  private final Set<String> now = new LinkedHashSet<>();

  Troubles(DeviceKind of) {
    this.of = of;
  }

  void clear() {
    now.clear();
  }

  /// @param events all that a poll told
  void happened(List<SspEvent> events) {
    now.removeAll(REPEATED);
    events.forEach(this::happened);
  }

  private void happened(SspEvent event) {
    switch (event.kind()) {
      case JAMMED, UNSAFE_JAM, SAFE_JAM -> now.add(JAM);
      case JAM_RECOVERY -> {
        now.remove(JAM);
        now.add(RECOVERS);
      }
      case OUT_OF_SERVICE -> now.add("the payout is out of service");
      case CASHBOX_REMOVED -> now.add(CASHBOX);
      case CASHBOX_REPLACED -> now.removeAll(Set.of(CASHBOX, FULL));
      case STACKER_FULL -> now.add(FULL);
      case DEVICE_FULL -> {
        // To pay is what makes room in it.
        if (of == DeviceKind.CASH_ACCEPTOR) now.add(STORE_FULL);
      }
      case PATH_OPEN -> now.add(PATH);
      case FRAUD -> now.add("a fraud attempt was seen");
      default -> {}
    }
  }

  boolean any() {
    return !now.isEmpty();
  }

  boolean isJammed() {
    return now.contains(JAM);
  }

  /// The one box that notes go into.
  ///
  /// @param notes in it, where the unit counts them
  CashUnit box(Bin box, Map<Money, Integer> notes) {
    int count = notes.values().stream().mapToInt(Integer::intValue).sum();
    boolean full = now.contains(FULL) || now.contains(STORE_FULL) || count >= box.capacity();
    CashUnit.State state = full ? CashUnit.State.FULL : CashUnit.State.OK;
    return new CashUnit(
        box.id(),
        CashUnit.Kind.BIN,
        notes,
        count,
        box.capacity(),
        now.contains(CASHBOX) ? CashUnit.State.MISSING : state);
  }

  DeviceStatus status(List<String> warnings) {
    return any()
        ? DeviceStatus.fault(toString())
        : new DeviceStatus(DeviceStatus.State.ONLINE, "ready", warnings);
  }

  @Override
  public String toString() {
    return String.join(", ", now);
  }
}
