package atm.driver.ssp;

import atm.device.DeviceStatus;
import java.util.LinkedHashSet;
import java.util.List;
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

  boolean isBoxOut() {
    return now.contains(CASHBOX);
  }

  boolean isFull() {
    return now.contains(FULL);
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
