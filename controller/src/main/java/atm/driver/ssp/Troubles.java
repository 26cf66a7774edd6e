package atm.driver.ssp;

import atm.config.DeviceEntry.Bin;
import atm.device.CashAcceptor.CashUnit;
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

  private final Set<String> now = new LinkedHashSet<>();

  void clear() {
    now.clear();
  }

  void happened(SspEvent event) {
    switch (event.kind()) {
      case JAMMED, UNSAFE_JAM, SAFE_JAM -> now.add(JAM);
      case JAM_RECOVERY -> now.remove(JAM);
      case OUT_OF_SERVICE -> now.add("the payout is out of service");
      case CASHBOX_REMOVED -> now.add(CASHBOX);
      case CASHBOX_REPLACED -> now.remove(CASHBOX);
      case STACKER_FULL, DEVICE_FULL -> now.add(FULL);
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
    boolean full = now.contains(FULL) || count >= box.capacity();
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
