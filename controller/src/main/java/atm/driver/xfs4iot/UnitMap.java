package atm.driver.xfs4iot;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser.CashUnit;
import atm.value.Counts;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which of a service's units is which cassette of `devices.yaml`: by its id, else by the name of
/// its position, else in order among those of the same note.
final class UnitMap {
  private final Map<String, String> unitOf;
  private final Map<String, String> cassetteOf = new HashMap<>();

  private UnitMap(Map<String, String> unitOf) {
    this.unitOf = unitOf;
    unitOf.forEach((cassette, unit) -> cassetteOf.put(unit, cassette));
  }

  /// Throws `IllegalArgumentException` with a sentence that names both sides when they do not
  /// agree.
  static UnitMap match(List<Cassette> cassettes, Map<String, CashUnitReport> reports) {
    List<CashUnitReport> free = new ArrayList<>(reports.values());
    free.removeIf(report -> report.kind() != CashUnit.Kind.CASSETTE);
    free.sort(Comparator.comparing(CashUnitReport::unit, UnitMap::inOrder));
    Map<String, String> unitOf = new LinkedHashMap<>();
    pair(cassettes, free, unitOf, UnitMap::sameId);
    pair(cassettes, free, unitOf, UnitMap::samePosition);
    pair(cassettes, free, unitOf, UnitMap::sameNote);
    if (unitOf.size() < cassettes.size() || !free.isEmpty()) {
      throw new IllegalArgumentException(difference(cassettes, reports));
    }
    return new UnitMap(unitOf);
  }

  Optional<String> unitOf(String cassette) {
    return Optional.ofNullable(unitOf.get(cassette));
  }

  Optional<String> cassetteOf(String unit) {
    return Optional.ofNullable(cassetteOf.get(unit));
  }

  /// The cassettes in the order of `devices.yaml`, then the bins; several bins of one kind as
  /// one.
  List<CashUnit> units(Map<String, CashUnitReport> reports) {
    List<CashUnit> units = new ArrayList<>();
    unitOf.forEach((cassette, unit) -> units.add(cassette(cassette, reports.get(unit))));
    bin("REJECT", CashUnit.Kind.REJECT, reports).ifPresent(units::add);
    bin("RETRACT", CashUnit.Kind.RETRACT, reports).ifPresent(units::add);
    return units;
  }

  /// Counts by cassette, from an object of unit to number.
  Counts counts(JsonObject byUnit) {
    Map<String, Integer> counts = new TreeMap<>();
    for (var entry : byUnit) {
      int notes = CashUnitReport.notes(entry.getValue());
      cassetteOf(entry.getKey()).ifPresent(id -> counts.merge(id, notes, CashUnitReport::plus));
    }
    return new Counts(counts);
  }

  private static CashUnit cassette(String id, CashUnitReport report) {
    return new CashUnit(
        id,
        CashUnit.Kind.CASSETTE,
        report.note(),
        report.initial(),
        report.count(),
        report.state());
  }

  private static Optional<CashUnit> bin(
      String id, CashUnit.Kind kind, Map<String, CashUnitReport> reports) {
    List<CashUnitReport> bins =
        reports.values().stream().filter(report -> report.kind() == kind).toList();
    if (bins.isEmpty()) return Optional.empty();
    // A full bin can take no more notes, which is as good as one that is out of order.
    boolean works = bins.stream().anyMatch(bin -> bin.state() == CashUnit.State.OK && !bin.full());
    return Optional.of(
        new CashUnit(
            id,
            kind,
            Optional.empty(),
            bins.stream().map(CashUnitReport::initial).reduce(0, CashUnitReport::plus),
            bins.stream().map(CashUnitReport::count).reduce(0, CashUnitReport::plus),
            works ? CashUnit.State.OK : CashUnit.State.INOPERATIVE));
  }

  private interface Likeness {
    boolean between(Cassette cassette, CashUnitReport report);
  }

  private static void pair(
      List<Cassette> cassettes,
      List<CashUnitReport> free,
      Map<String, String> unitOf,
      Likeness alike) {
    for (Cassette cassette : cassettes) {
      Predicate<CashUnitReport> fits =
          report -> sameNote(cassette, report) && alike.between(cassette, report);
      if (unitOf.containsKey(cassette.id())) continue;
      free.stream()
          .filter(fits)
          .findFirst()
          .ifPresent(
              report -> {
                unitOf.put(cassette.id(), report.unit());
                free.remove(report);
              });
    }
  }

  private static boolean sameId(Cassette cassette, CashUnitReport report) {
    return report.id().equals(Optional.of(cassette.id()));
  }

  private static boolean samePosition(Cassette cassette, CashUnitReport report) {
    return report.positionName().equals(Optional.of(cassette.id()));
  }

  private static boolean sameNote(Cassette cassette, CashUnitReport report) {
    return report.note().equals(Optional.of(cassette.note()));
  }

  /// `unit2` before `unit10`.
  private static int inOrder(String one, String other) {
    int byLength = Integer.compare(one.length(), other.length());
    return byLength != 0 ? byLength : one.compareTo(other);
  }

  private static String difference(List<Cassette> cassettes, Map<String, CashUnitReport> reports) {
    List<String> ours = cassettes.stream().map(c -> c.id() + " " + c.note()).toList();
    List<String> theirs =
        reports.values().stream()
            .filter(report -> report.kind() == CashUnit.Kind.CASSETTE)
            .map(
                report ->
                    report.id().or(report::positionName).orElse(report.unit())
                        + report.note().map(note -> " " + note).orElse(" of no known note"))
            .sorted()
            .toList();
    return "devices.yaml has the cassettes "
        + String.join(", ", ours)
        + "; the device has "
        + (theirs.isEmpty() ? "none" : String.join(", ", theirs));
  }
}
