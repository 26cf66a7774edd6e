package atm.driver.ssp;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser.CashUnit;
import atm.driver.ssp.SspData.Counters;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The one drum in which a SMART Payout keeps all its notes, as cassettes: one for each
/// denomination.
record Drum(List<Cassette> cassettes) {
  Drum {
    cassettes = List.copyOf(cassettes);
  }

  SortedMap<Money, Integer> notes(Mix mix) {
    SortedMap<Money, Integer> notes = new TreeMap<>();
    for (Cassette cassette : cassettes) {
      int count = mix.byCassette().getOrDefault(cassette.id(), 0);
      if (count > 0) notes.put(cassette.note(), count);
    }
    return notes;
  }

  Counts counts(Map<Money, Integer> notes) {
    Map<String, Integer> byCassette = new TreeMap<>();
    for (Cassette cassette : cassettes) {
      byCassette.put(cassette.id(), notes.getOrDefault(cassette.note(), 0));
    }
    return new Counts(byCassette);
  }

  /// The cassettes by their levels; the cashbox as the bin for what was not paid.
  List<CashUnit> units(Map<Money, Integer> levels, Counters counters) {
    List<CashUnit> units = new ArrayList<>();
    for (Cassette cassette : cassettes) {
      units.add(
          new CashUnit(
              cassette.id(),
              CashUnit.Kind.CASSETTE,
              Optional.of(cassette.note()),
              cassette.count(),
              levels.getOrDefault(cassette.note(), 0),
              state(cassette, levels)));
    }
    units.add(
        new CashUnit(
            "REJECT",
            CashUnit.Kind.REJECT,
            Optional.empty(),
            0,
            Math.toIntExact(counters.toCashbox()),
            CashUnit.State.OK));
    return units;
  }

  List<String> warnings(Map<Money, Integer> levels) {
    List<String> warnings = new ArrayList<>();
    for (Cassette cassette : cassettes) {
      switch (state(cassette, levels)) {
        case MISSING -> warnings.add("cassette " + cassette.id() + ": not in the unit's dataset");
        case EMPTY -> warnings.add("cassette " + cassette.id() + " empty");
        case LOW -> warnings.add("cassette " + cassette.id() + " low");
        case OK, INOPERATIVE -> {}
      }
    }
    return warnings;
  }

  private static CashUnit.State state(Cassette cassette, Map<Money, Integer> levels) {
    Integer level = levels.get(cassette.note());
    if (level == null) return CashUnit.State.MISSING;
    if (level == 0) return CashUnit.State.EMPTY;
    return level < cassette.count() / 10 ? CashUnit.State.LOW : CashUnit.State.OK;
  }
}
