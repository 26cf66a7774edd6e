package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import sim.mechanics.CashUnit;
import sim.mechanics.Denomination;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.UnitCounts;

/// What one command moved, told from the device's counters before and after it, so that a
/// completion can say nothing the counters do not. Server's event loop only.
final class CashMovement {
  private final SimCashDispenser dispenser;
  private final Map<String, CashUnit> before = new LinkedHashMap<>();

  /// Notes the counters as they are now.
  CashMovement(SimCashDispenser dispenser) {
    this.dispenser = dispenser;
    dispenser.units().forEach(unit -> before.put(unit.unit(), unit));
  }

  /// What left the cassettes since: unit name to counts.
  JsonObject out() {
    JsonObject told = new JsonObject();
    for (CashUnit now : dispenser.units()) {
      UnitCounts.Out was = before.get(now.unit()).counts().out();
      UnitCounts.Out is = now.counts().out();
      UnitCounts.Out moved =
          new UnitCounts.Out(
              is.presented() - was.presented(),
              is.rejected() - was.rejected(),
              is.distributed() - was.distributed(),
              is.stacked() - was.stacked(),
              is.transport() - was.transport());
      JsonObject counts = CashUnits.out(now.note(), moved);
      if (!counts.isEmpty()) told.put(now.unit(), counts);
    }
    return told;
  }

  /// What came into the bins since: unit name to counts.
  JsonObject in() {
    JsonObject told = new JsonObject();
    for (CashUnit now : dispenser.units()) {
      UnitCounts.In was = before.get(now.unit()).counts().in();
      UnitCounts.In is = now.counts().in();
      JsonObject counts =
          CashUnits.in(
              new UnitCounts.In(
                  is.retractOperations() - was.retractOperations(),
                  less(is.retracted(), was.retracted()),
                  less(is.rejected(), was.rejected()),
                  less(is.distributed(), was.distributed())));
      if (!counts.isEmpty()) told.put(now.unit(), counts);
    }
    return told;
  }

  private static Map<Denomination, Integer> less(
      Map<Denomination, Integer> is, Map<Denomination, Integer> was) {
    Map<Denomination, Integer> difference = new TreeMap<>(is);
    was.forEach((note, count) -> difference.merge(note, -count, Integer::sum));
    return difference;
  }
}
