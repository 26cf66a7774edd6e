package sim.mechanics;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/// One cassette or bin with its counters, for [Stock] to work with.
final class Box {
  final String unit;
  final String id;
  final CashUnit.Role role;
  final Denomination note;
  final int capacity;
  NoteIds notes = new NoteIds();
  int loaded;
  int lowThreshold;

  int initial;
  int presented;
  int rejected;
  int distributed;
  int stacked;
  int transport;
  int retractOperations;
  final Map<Denomination, Integer> inRetracted = new TreeMap<>();
  final Map<Denomination, Integer> inRejected = new TreeMap<>();
  final Map<Denomination, Integer> inDistributed = new TreeMap<>();

  Box(String unit, String id, CashUnit.Role role, Denomination note, int capacity) {
    this.unit = unit;
    this.id = id;
    this.role = role;
    this.note = note;
    this.capacity = capacity;
  }

  /// Starts the counters anew with what is in the box now.
  void restartCounters() {
    initial = notes.size();
    presented = rejected = distributed = stacked = transport = retractOperations = 0;
    inRetracted.clear();
    inRejected.clear();
    inDistributed.clear();
  }

  CashUnit.Status status(boolean missing) {
    if (missing) {
      return CashUnit.Status.MISSING;
    }
    if (role != CashUnit.Role.CASSETTE) {
      return notes.size() >= capacity ? CashUnit.Status.FULL : CashUnit.Status.OK;
    }
    if (notes.isEmpty()) {
      return CashUnit.Status.EMPTY;
    }
    return notes.size() < lowThreshold ? CashUnit.Status.LOW : CashUnit.Status.OK;
  }

  UnitCounts counts() {
    return new UnitCounts(
        initial,
        new UnitCounts.Out(presented, rejected, distributed, stacked, transport),
        new UnitCounts.In(
            retractOperations,
            Map.copyOf(inRetracted),
            Map.copyOf(inRejected),
            Map.copyOf(inDistributed)));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("note", note == null ? null : note.toString())
        .put("notes", notes.toString())
        .put("loaded", loaded)
        .put("lowThreshold", lowThreshold)
        .put("initial", initial)
        .put("presented", presented)
        .put("rejected", rejected)
        .put("distributed", distributed)
        .put("stacked", stacked)
        .put("transport", transport)
        .put("retractOperations", retractOperations)
        .put("inRetracted", json(inRetracted))
        .put("inRejected", json(inRejected))
        .put("inDistributed", json(inDistributed));
  }

  void restore(JsonObject saved) {
    notes = NoteIds.parse(saved.getString("notes"));
    loaded = saved.getInteger("loaded");
    lowThreshold = saved.getInteger("lowThreshold");
    initial = saved.getInteger("initial");
    presented = saved.getInteger("presented");
    rejected = saved.getInteger("rejected");
    distributed = saved.getInteger("distributed");
    stacked = saved.getInteger("stacked");
    transport = saved.getInteger("transport");
    retractOperations = saved.getInteger("retractOperations");
    restore(inRetracted, saved.getJsonObject("inRetracted"));
    restore(inRejected, saved.getJsonObject("inRejected"));
    restore(inDistributed, saved.getJsonObject("inDistributed"));
  }

  private static JsonObject json(Map<Denomination, Integer> counts) {
    JsonObject json = new JsonObject();
    counts.forEach((note, n) -> json.put(note.toString(), n));
    return json;
  }

  private static void restore(Map<Denomination, Integer> counts, JsonObject saved) {
    saved.forEach(
        entry -> counts.put(Denomination.parse(entry.getKey()), (Integer) entry.getValue()));
  }
}
