package atm.machine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/// Where the simulator says that notes are, each place by note (`20 EUR`) and without zeros.
final class CrashNotes {
  private final JsonObject dispenser;
  private final JsonObject acceptor;

  CrashNotes(JsonObject machine) {
    this.dispenser = machine.getJsonObject("cash-dispenser");
    this.acceptor = machine.getJsonObject("cash-acceptor", new JsonObject());
  }

  /// `taken`, `reject`, `retract`, `tray`, `stacker`, `transport`.
  Map<String, Integer> dispenser(String... places) {
    return at(dispenser, places);
  }

  /// `slot`, `transport`, `escrow`, `suspect`, `retract`, `inserted`, `returned`, `refused`.
  Map<String, Integer> acceptor(String... places) {
    return at(acceptor, places);
  }

  Map<String, Integer> deposited() {
    Map<String, Integer> notes = new TreeMap<>();
    acceptor
        .getJsonArray("bins", new JsonArray())
        .forEach(bin -> add(notes, ((JsonObject) bin).getValue("notes")));
    return notes;
  }

  /// What the acceptor keeps as suspected counterfeit, as the notes it would be.
  Map<String, Integer> suspected() {
    Map<String, Integer> notes = new TreeMap<>();
    acceptor("suspect").forEach((word, n) -> notes.put(word.replace(" counterfeit", ""), n));
    return notes;
  }

  Map<String, Integer> cassettes() {
    Map<String, Integer> counts = new TreeMap<>();
    dispenser
        .getJsonArray("cassettes")
        .forEach(
            each -> {
              JsonObject cassette = (JsonObject) each;
              counts.put(cassette.getString("id"), cassette.getInteger("count"));
            });
    return counts;
  }

  /// What was put in for good: genuine notes that never came back out.
  Map<String, Integer> keptOfCustomer() {
    Map<String, Integer> kept = acceptor("inserted");
    minus(kept, acceptor("returned", "refused"));
    kept.keySet().removeIf(word -> !word.matches("\\d+ EUR"));
    return kept;
  }

  private static Map<String, Integer> at(JsonObject device, String... places) {
    Map<String, Integer> notes = new TreeMap<>();
    for (String place : places) add(notes, device.getValue(place));
    return notes;
  }

  private static void add(Map<String, Integer> notes, Object place) {
    switch (place) {
      case JsonArray each ->
          each.forEach(n -> notes.merge(((JsonObject) n).getString("note"), 1, Integer::sum));
      case JsonObject counts ->
          counts.forEach(e -> notes.merge(e.getKey(), (Integer) e.getValue(), Integer::sum));
      case null -> {}
      default -> throw new AssertionError("notes at a place are " + place);
    }
    notes.values().removeIf(count -> count == 0);
  }

  static void minus(Map<String, Integer> notes, Map<String, Integer> less) {
    less.forEach((note, count) -> notes.merge(note, -count, Integer::sum));
    notes.values().removeIf(count -> count == 0);
  }

  /// In cents, of genuine notes.
  static long worth(Map<String, Integer> notes) {
    return notes.entrySet().stream()
        .filter(each -> each.getKey().matches("\\d+ EUR"))
        .mapToLong(
            each -> 100L * Integer.parseInt(each.getKey().replace(" EUR", "")) * each.getValue())
        .sum();
  }
}
