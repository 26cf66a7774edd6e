package sim.xfs4iot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sim.mechanics.CashUnit;
import sim.mechanics.CashUnit.Role;
import sim.mechanics.CashUnit.Status;
import sim.mechanics.Denomination;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.UnitCounts;

/// The cassettes and bins of a dispenser as storage units (sheet, section 7). The counts are the
/// mechanics'; only a lock set by the application is kept here, and lost with the power. Server's
/// event loop only.
final class CashUnits implements Units {
  private final SimCashDispenser dispenser;
  private final Set<String> locked = new HashSet<>();

  CashUnits(SimCashDispenser dispenser) {
    this.dispenser = dispenser;
  }

  /// The item's name for a note, opaque to clients: `type20EUR1`.
  static String type(Denomination note) {
    return "type" + note.value() + note.currency() + "1";
  }

  List<CashUnit> cassettes() {
    return dispenser.units().stream().filter(unit -> unit.role() == Role.CASSETTE).toList();
  }

  /// The unit of a name; only for one that is there.
  CashUnit unit(String name) {
    return dispenser.unit(name).orElseThrow();
  }

  /// The unit that plays a part of which there is one.
  CashUnit unit(Role role) {
    return dispenser.units().stream().filter(unit -> unit.role() == role).findFirst().orElseThrow();
  }

  boolean isUsable(String unit) {
    return !locked.contains(unit) && unit(unit).status() != Status.MISSING;
  }

  void lock(String unit, boolean lock) {
    if (lock) locked.add(unit);
    else locked.remove(unit);
  }

  void unlockAll() {
    locked.clear();
  }

  @Override
  public JsonObject units() {
    JsonObject units = new JsonObject();
    List<CashUnit> all = dispenser.units();
    for (int i = 0; i < all.size(); i++) units.put(all.get(i).unit(), describe(all.get(i), i + 1));
    return units;
  }

  private JsonObject describe(CashUnit unit, int index) {
    String id = unit.id();
    return new JsonObject()
        .put("id", id.length() > 5 ? id.substring(0, 5) : id)
        .put("positionName", id)
        .put("capacity", unit.capacity())
        .put("status", unit.status() == Status.MISSING ? "missing" : "ok")
        .put(
            "cash",
            new JsonObject()
                .put("capabilities", capabilities(unit))
                .put("configuration", configuration(unit))
                .put("status", status(unit, index)));
  }

  private static JsonObject capabilities(CashUnit unit) {
    JsonObject capabilities =
        new JsonObject()
            .put("types", types(unit))
            .put("items", items(unit))
            .put("hardwareSensors", true);
    if (unit.role() == Role.RETRACT) capabilities.put("retractAreas", 1);
    if (unit.note() != null) capabilities.put("cashItems", cashItems(unit));
    return capabilities;
  }

  private JsonObject configuration(CashUnit unit) {
    JsonObject configuration = new JsonObject().put("types", types(unit)).put("items", items(unit));
    if (unit.note() != null) {
      configuration
          .put("currency", unit.note().currency())
          .put("value", unit.note().value())
          .put("appLockOut", locked.contains(unit.unit()))
          .put("cashItems", cashItems(unit));
      if (unit.lowThreshold() > 0) configuration.put("lowThreshold", unit.lowThreshold());
    }
    return configuration.put("name", unit.note() == null ? unit.id() : unit.note().toString());
  }

  private static JsonObject types(CashUnit unit) {
    return switch (unit.role()) {
      case CASSETTE -> new JsonObject().put("cashOut", true).put("replenishment", true);
      case REJECT -> new JsonObject().put("reject", true);
      case RETRACT -> new JsonObject().put("cashOutRetract", true);
    };
  }

  private static JsonObject items(CashUnit unit) {
    JsonObject items = new JsonObject().put("fit", true);
    return unit.role() == Role.CASSETTE ? items : items.put("unfit", true);
  }

  private static JsonArray cashItems(CashUnit unit) {
    return new JsonArray().add(type(unit.note()));
  }

  private static JsonObject status(CashUnit unit, int index) {
    JsonObject status =
        new JsonObject()
            .put("index", index)
            .put("initial", counts(unit.note(), unit.counts().initial()));
    JsonObject out = out(unit.note(), unit.counts().out());
    JsonObject in = in(unit.counts().in());
    if (!out.isEmpty()) status.put("out", out);
    if (!in.isEmpty()) status.put("in", in);
    return status.put("accuracy", "accurateSet").put("replenishmentStatus", replenishment(unit));
  }

  private static String replenishment(CashUnit unit) {
    if (unit.role() != Role.CASSETTE) return unit.count() >= unit.capacity() ? "full" : "ok";
    if (unit.count() == 0) return "empty";
    return unit.count() < unit.lowThreshold() ? "low" : "ok";
  }

  /// What left a cassette; zeroes are left out.
  static JsonObject out(Denomination note, UnitCounts.Out out) {
    JsonObject told = new JsonObject();
    put(told, "presented", counts(note, out.presented()));
    put(told, "rejected", counts(note, out.rejected()));
    put(told, "distributed", counts(note, out.distributed()));
    put(told, "stacked", counts(note, out.stacked()));
    put(told, "transport", counts(note, out.transport()));
    return told;
  }

  /// What came into a bin; zeroes are left out.
  static JsonObject in(UnitCounts.In in) {
    JsonObject told = new JsonObject();
    if (in.retractOperations() > 0) told.put("retractOperations", in.retractOperations());
    put(told, "retracted", counts(in.retracted()));
    put(told, "rejected", counts(in.rejected()));
    put(told, "distributed", counts(in.distributed()));
    return told;
  }

  private static void put(JsonObject parent, String name, JsonObject counts) {
    if (!counts.isEmpty()) parent.put(name, counts);
  }

  private static JsonObject counts(Denomination note, int count) {
    return note == null || count == 0 ? new JsonObject() : counts(Map.of(note, count));
  }

  /// A count set: item name to how many fit ones.
  static JsonObject counts(Map<Denomination, Integer> notes) {
    JsonObject counts = new JsonObject();
    new TreeMap<>(notes)
        .forEach(
            (note, count) -> {
              if (count > 0) counts.put(type(note), new JsonObject().put("fit", count));
            });
    return counts;
  }
}
