package atm.driver.lcdm;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser.CashUnit;
import atm.device.DeviceException;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.lcdm.LcdmError.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How the device is, by all that its replies told. For one context.
final class LcdmHealth {
  private static final LcdmError GOOD = new LcdmError(0x30);

  private final List<Cassette> cassettes;
  private final Set<Kind> empty = EnumSet.noneOf(Kind.class);
  private LcdmReply.Status sensors = new LcdmReply.Status(GOOD, 0, 0);
  private LcdmError last = GOOD;
  private boolean hasLower;

  LcdmHealth(List<Cassette> cassettes) {
    this.cassettes = cassettes;
  }

  /// The model, as it says itself; throws when it is not the one of `devices.yaml`.
  String model(String version) {
    hasLower = version.startsWith("T");
    boolean known = hasLower || version.startsWith("O");
    if (!known || cassettes.size() > (hasLower ? 2 : 1)) {
      throw new DeviceException(
          new Fault(
              Fault.Code.UNSUPPORTED,
              "ROM version %s, wanted one of %s, for %d cassettes"
                  .formatted(
                      version.replaceAll("[^!-~]", "?"),
                      cassettes.size() > 1 ? "an LCDM-2000 (T…)" : "an LCDM-1000 or 2000 (O…, T…)",
                      cassettes.size())));
    }
    return version;
  }

  void seen(LcdmReply.Status status) {
    sensors = status;
  }

  void dispensed(LcdmError error) {
    if (error.kind() == Kind.UPPER_EMPTY || error.kind() == Kind.LOWER_EMPTY) {
      empty.add(error.kind());
    } else if (error.kind() != Kind.ORDER) {
      last = error;
    }
  }

  /// After a purge that went well the past is over; an empty cassette will say so again.
  void purged(LcdmError error) {
    last = error;
    if (error.kind() == Kind.NONE) empty.clear();
  }

  DeviceStatus status() {
    LcdmError worst = blocking(last) ? last : sensors.error();
    if (blocking(worst)) return DeviceStatus.fault(worst.meaning());
    if (sensors.notesOnPath()) return DeviceStatus.fault("notes or dirt on the path");
    List<String> warnings = new ArrayList<>();
    for (CashUnit unit : units()) {
      if (unit.state() == CashUnit.State.LOW || unit.state() == CashUnit.State.EMPTY) {
        warnings.add("cassette " + unit.id() + " " + unit.state().name().toLowerCase(Locale.ROOT));
      }
    }
    return new DeviceStatus(DeviceStatus.State.ONLINE, "ready", warnings);
  }

  /// Cassettes and the reject tray. The device does not count what is in them.
  List<CashUnit> units() {
    List<CashUnit> units = new ArrayList<>();
    for (int i = 0; i < cassettes.size(); i++) {
      Cassette c = cassettes.get(i);
      units.add(
          new CashUnit(
              c.id(), CashUnit.Kind.CASSETTE, Optional.of(c.note()), c.count(), 0, state(i)));
    }
    CashUnit.State tray = missing(0x3F) ? CashUnit.State.MISSING : CashUnit.State.OK;
    units.add(new CashUnit("REJECT", CashUnit.Kind.REJECT, Optional.empty(), 0, 0, tray));
    return units;
  }

  private CashUnit.State state(int place) {
    boolean upper = place == 0;
    if (missing(upper ? 0x45 : 0x46)) return CashUnit.State.MISSING;
    Kind emptyOne = upper ? Kind.UPPER_EMPTY : Kind.LOWER_EMPTY;
    if (empty.contains(emptyOne) || sensors.error().kind() == emptyOne) {
      return CashUnit.State.EMPTY;
    }
    boolean low = upper ? sensors.upperNearEnd() : hasLower && sensors.lowerNearEnd();
    return low ? CashUnit.State.LOW : CashUnit.State.OK;
  }

  private boolean missing(int code) {
    return last.code() == code || sensors.error().code() == code;
  }

  private static boolean blocking(LcdmError error) {
    return error.kind() == Kind.HARDWARE || error.kind() == Kind.MISSING;
  }
}
