package sim.xfs4iot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Denomination;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;

/// The bins of an acceptor as storage units (sheet, section 7). Server's event loop only.
final class AcceptorUnits implements Units {
  private final SimCashAcceptor acceptor;

  AcceptorUnits(SimCashAcceptor acceptor) {
    this.acceptor = acceptor;
  }

  @Override
  public JsonObject units() {
    JsonObject units = new JsonObject();
    List<AcceptorUnit> all = acceptor.units();
    for (int i = 0; i < all.size(); i++) units.put(all.get(i).unit(), describe(all.get(i), i + 1));
    return units;
  }

  /// The name of the first unit that plays a part.
  String first(AcceptorUnit.Role role) {
    return acceptor.unit(role).unit();
  }

  /// What is in the units now, for [#movedSince].
  Map<String, AcceptorUnit> seen() {
    Map<String, AcceptorUnit> seen = new LinkedHashMap<>();
    acceptor.units().forEach(unit -> seen.put(unit.unit(), unit));
    return seen;
  }

  /// What came into the units since: unit name to counts, as the counters say.
  JsonObject movedSince(Map<String, AcceptorUnit> before) {
    JsonObject moved = new JsonObject();
    for (AcceptorUnit now : acceptor.units()) {
      AcceptorUnit was = before.get(now.unit());
      Map<Paper, Integer> more = new TreeMap<>(now.contents());
      was.contents().forEach((paper, count) -> more.merge(paper, -count, Integer::sum));
      JsonObject in = in(now.role(), more, now.retractOperations() - was.retractOperations());
      if (!in.isEmpty()) moved.put(now.unit(), in);
    }
    return moved;
  }

  /// Notes by type and class; what nobody could read is counted as such.
  JsonObject counts(Map<Paper, Integer> papers) {
    JsonObject counts = new JsonObject();
    int unrecognized = 0;
    for (var entry : new TreeMap<>(papers).entrySet()) {
      Paper paper = entry.getKey();
      int count = entry.getValue();
      if (count <= 0) continue;
      boolean isRead =
          paper.condition() != Paper.Condition.TORN
              && paper.note() != null
              && acceptor.known().contains(paper.note());
      if (isRead) {
        boolean genuine = paper.condition() == Paper.Condition.GENUINE;
        Payloads.part(counts, CashUnits.type(paper.note()))
            .put(genuine ? "fit" : "counterfeit", count);
      } else {
        unrecognized += count;
      }
    }
    return unrecognized == 0 ? counts : counts.put("unrecognized", unrecognized);
  }

  /// The same of what the reader made of one bunch or one transaction.
  static JsonObject counts(
      Map<Denomination, Integer> accepted, Map<Denomination, Integer> suspect) {
    JsonObject counts = new JsonObject();
    new TreeMap<>(accepted)
        .forEach((note, n) -> Payloads.part(counts, CashUnits.type(note)).put("fit", n));
    new TreeMap<>(suspect)
        .forEach((note, n) -> Payloads.part(counts, CashUnits.type(note)).put("counterfeit", n));
    return counts;
  }

  private JsonObject in(AcceptorUnit.Role role, Map<Paper, Integer> papers, int operations) {
    JsonObject in = new JsonObject();
    JsonObject counts = counts(papers);
    if (operations > 0) in.put("retractOperations", operations);
    if (!counts.isEmpty()) {
      in.put(role == AcceptorUnit.Role.RETRACT ? "retracted" : "deposited", counts);
    }
    return in;
  }

  private JsonObject describe(AcceptorUnit unit, int index) {
    String id = unit.id();
    return new JsonObject()
        .put("id", id.length() > 5 ? id.substring(0, 5) : id)
        .put("positionName", id)
        .put("capacity", unit.capacity())
        .put("status", unit.status() == AcceptorUnit.Status.MISSING ? "missing" : "ok")
        .put(
            "cash",
            new JsonObject()
                .put("capabilities", capabilities(unit))
                .put("configuration", configuration(unit))
                .put("status", status(unit, index)));
  }

  private JsonObject capabilities(AcceptorUnit unit) {
    JsonObject capabilities =
        new JsonObject()
            .put("types", types(unit))
            .put("items", items(unit))
            .put("hardwareSensors", true)
            .put("cashItems", cashItems());
    if (unit.role() == AcceptorUnit.Role.RETRACT) capabilities.put("retractAreas", 1);
    return capabilities;
  }

  private JsonObject configuration(AcceptorUnit unit) {
    return new JsonObject()
        .put("types", types(unit))
        .put("items", items(unit))
        .put("cashItems", cashItems())
        .put("name", unit.id());
  }

  private static JsonObject types(AcceptorUnit unit) {
    String type = unit.role() == AcceptorUnit.Role.RETRACT ? "cashInRetract" : "cashIn";
    return new JsonObject().put(type, true);
  }

  private static JsonObject items(AcceptorUnit unit) {
    return switch (unit.role()) {
      case DEPOSIT -> new JsonObject().put("fit", true);
      case SUSPECT -> new JsonObject().put("counterfeit", true).put("suspect", true);
      case RETRACT -> new JsonObject().put("fit", true).put("unrecognized", true);
    };
  }

  private JsonArray cashItems() {
    JsonArray items = new JsonArray();
    acceptor.known().forEach(note -> items.add(CashUnits.type(note)));
    return items;
  }

  private JsonObject status(AcceptorUnit unit, int index) {
    JsonObject status = new JsonObject().put("index", index).put("initial", new JsonObject());
    JsonObject in = in(unit.role(), unit.contents(), unit.retractOperations());
    if (!in.isEmpty()) status.put("in", in);
    return status
        .put("accuracy", "accurate")
        .put(
            "replenishmentStatus",
            switch (unit.status()) {
              case OK, MISSING -> unit.count() == 0 ? "empty" : "ok";
              case HIGH -> "high";
              case FULL -> "full";
            });
  }
}
