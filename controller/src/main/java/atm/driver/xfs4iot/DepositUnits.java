package atm.driver.xfs4iot;

import atm.config.DeviceEntry.Bin;
import atm.device.CashAcceptor.CashUnit;
import atm.value.Money;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a service says of the bins of an acceptor (§7), under their names in `devices.yaml`: found
/// by its id, else by the name of its position, else in order.
final class DepositUnits {
  private final JsonObject storage;
  private final Map<String, Money> types;

  /// @param storage of a Storage.GetStorage completion
  DepositUnits(JsonObject storage, Map<String, Money> types) {
    this.storage = storage;
    this.types = types;
  }

  /// The bins in the order of `devices.yaml`, then the retract and the suspect bin; several of one
  /// kind as one. Throws `IllegalArgumentException` with a sentence that names both sides when they
  /// do not agree.
  List<CashUnit> of(List<Bin> bins) {
    List<String> free = unitsOf(CashUnit.Kind.BIN);
    if (free.size() != bins.size()) {
      throw new IllegalArgumentException(
          "devices.yaml has the bins "
              + String.join(", ", bins.stream().map(Bin::id).toList())
              + "; the device has "
              + (free.isEmpty()
                  ? "none"
                  : String.join(", ", free.stream().map(this::name).toList())));
    }
    List<CashUnit> units = new ArrayList<>();
    for (Bin bin : bins) {
      String unit =
          free.stream().filter(each -> isNamed(each, bin.id())).findFirst().orElse(free.getFirst());
      free.remove(unit);
      units.add(unit(bin.id(), CashUnit.Kind.BIN, List.of(unit), bin.capacity()));
    }
    for (CashUnit.Kind kind : List.of(CashUnit.Kind.RETRACT, CashUnit.Kind.SUSPECT)) {
      List<String> some = unitsOf(kind);
      if (!some.isEmpty()) units.add(unit(kind.name(), kind, some, 0));
    }
    return units;
  }

  /// What wants a person's attention: "D1 full".
  static List<String> warnings(List<CashUnit> units) {
    return units.stream()
        .filter(unit -> unit.state() != CashUnit.State.OK)
        .map(unit -> unit.id() + " " + unit.state().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private CashUnit unit(String id, CashUnit.Kind kind, List<String> from, int capacity) {
    Map<Money, Integer> notes = new TreeMap<>();
    int count = 0;
    int room = 0;
    CashUnit.State state = CashUnit.State.OK;
    for (String unit : from) {
      JsonObject all = storage.getJsonObject(unit);
      JsonObject status = part(part(all, "cash"), "status");
      count = CashUnitReport.plus(count, count(status, notes));
      room = CashUnitReport.plus(room, all.getInteger("capacity", capacity));
      CashUnit.State how =
          stateOf(all.getString("status", "ok"), status.getString("replenishmentStatus", "ok"));
      if (how.compareTo(state) > 0) state = how;
    }
    notes.values().removeIf(n -> n <= 0);
    return new CashUnit(id, kind, notes, Math.max(0, count), room, state);
  }

  /// Total is not sent: what was there at first, and came in, less what went out.
  private int count(JsonObject status, Map<Money, Integer> notes) {
    int count = add(part(status, "initial"), 1, notes);
    for (var in : part(status, "in")) {
      if (in.getValue() instanceof JsonObject counts) {
        count = CashUnitReport.plus(count, add(counts, 1, notes));
      }
    }
    for (var out : part(status, "out")) {
      if (out.getValue() instanceof JsonObject counts) {
        count = CashUnitReport.plus(count, add(counts, -1, notes));
      }
    }
    return count;
  }

  private int add(JsonObject counts, int sign, Map<Money, Integer> notes) {
    for (var entry : counts) {
      Money note = types.get(entry.getKey());
      if (note == null || !(entry.getValue() instanceof JsonObject classes)) continue;
      notes.merge(note, sign * CashUnitReport.sum(classes), CashUnitReport::plus);
    }
    return sign * CashUnitReport.total(counts);
  }

  private List<String> unitsOf(CashUnit.Kind kind) {
    List<String> units = new ArrayList<>();
    for (String unit : storage.fieldNames()) {
      if (kindOf(storage.getJsonObject(unit)).equals(Optional.of(kind))) units.add(unit);
    }
    // `unit2` before `unit10`.
    units.sort(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
    return units;
  }

  private static Optional<CashUnit.Kind> kindOf(JsonObject unit) {
    JsonObject configuration = part(part(unit, "cash"), "configuration");
    JsonObject types = part(configuration, "types");
    JsonObject items = part(configuration, "items");
    if (types.getBoolean("cashInRetract", false)) return Optional.of(CashUnit.Kind.RETRACT);
    if (!types.getBoolean("cashIn", false)) return Optional.empty();
    boolean forSuspects =
        items.getBoolean("counterfeit", false) || items.getBoolean("suspect", false);
    boolean forMoney = items.getBoolean("fit", false) || items.getBoolean("unfit", false);
    return Optional.of(forSuspects && !forMoney ? CashUnit.Kind.SUSPECT : CashUnit.Kind.BIN);
  }

  private boolean isNamed(String unit, String id) {
    JsonObject all = storage.getJsonObject(unit);
    return id.equals(all.getString("positionName")) || id.equals(all.getString("id"));
  }

  private String name(String unit) {
    JsonObject all = storage.getJsonObject(unit);
    return Message.text(all, "id").or(() -> Message.text(all, "positionName")).orElse(unit);
  }

  private static CashUnit.State stateOf(String status, String filling) {
    return switch (status) {
      case "ok" ->
          switch (filling) {
            case "full" -> CashUnit.State.FULL;
            case "high" -> CashUnit.State.HIGH;
            default -> CashUnit.State.OK;
          };
      case "missing" -> CashUnit.State.MISSING;
      default -> CashUnit.State.INOPERATIVE;
    };
  }

  private static JsonObject part(JsonObject of, String name) {
    return of == null ? new JsonObject() : of.getJsonObject(name, new JsonObject());
  }
}
