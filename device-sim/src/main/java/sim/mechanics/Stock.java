package sim.mechanics;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Where each note of the dispenser is, and what the device counted. Every method that moves a
/// note moves its counters too, so that for each unit: contents = initial + in − out. [#save]
/// writes all of it; [#open] finds it again after a crash.
final class Stock {
  static final int BIN_CAPACITY = 300;

  /// Ids first to last were loaded into `unit` at once.
  private record Batch(int first, int last, String unit, Denomination note) {}

  private final StateFile file;
  private final List<Batch> batches = new ArrayList<>();
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final Box reject;
  private final Box retract;
  private final Set<String> touched = new LinkedHashSet<>();
  private int nextId = 1;

  final List<Note> stacker = new ArrayList<>();

  /// Notes stuck between cassette and stacker, and between shutter and bin.
  final List<Note> transportOut = new ArrayList<>();

  final List<Note> transportBack = new ArrayList<>();
  final List<Note> tray = new ArrayList<>();
  NoteIds taken = new NoteIds();
  boolean shutterOpen;
  PresentStatus present = PresentStatus.of("");

  private Stock(StateFile file, List<Cassette> cassettes) {
    this.file = file;
    int n = 1;
    for (Cassette cassette : cassettes) {
      box(n++, cassette.id(), CashUnit.Role.CASSETTE, cassette.note(), Cassette.CAPACITY);
    }
    reject = box(n++, "REJECT", CashUnit.Role.REJECT, null, BIN_CAPACITY);
    retract = box(n, "RETRACT", CashUnit.Role.RETRACT, null, BIN_CAPACITY);
  }

  private Box box(int n, String id, CashUnit.Role role, Denomination note, int capacity) {
    Box box = new Box("unit" + n, id, role, note, capacity);
    boxes.put(box.unit, box);
    return box;
  }

  /// The stock its file remembers, or, where there is none, full cassettes.
  static Stock open(StateFile file, List<Cassette> cassettes) {
    Stock stock = new Stock(file, cassettes);
    file.read()
        .ifPresentOrElse(
            stock::restore,
            () -> {
              for (int i = 0; i < cassettes.size(); i++) {
                stock.load("unit" + (i + 1), cassettes.get(i).count());
              }
              stock.save();
            });
    stock.touched.clear();
    return stock;
  }

  Map<String, Box> boxes() {
    return boxes;
  }

  Box bin(Bin bin) {
    return bin == Bin.REJECT ? reject : retract;
  }

  /// Units whose counters changed since the last call.
  Set<String> touched() {
    Set<String> units = Set.copyOf(touched);
    touched.clear();
    return units;
  }

  Note note(int id) {
    return batches.stream()
        .filter(batch -> batch.first() <= id && id <= batch.last())
        .findFirst()
        .map(batch -> new Note(id, batch.note(), batch.unit()))
        .orElseThrow(() -> new IllegalStateException("note " + id + " was never loaded"));
  }

  Map<Denomination, Integer> count(NoteIds ids) {
    Map<Denomination, Integer> counts = new TreeMap<>();
    for (Batch batch : batches) {
      int n = ids.count(batch.first(), batch.last());
      if (n > 0) {
        counts.merge(batch.note(), n, Integer::sum);
      }
    }
    return counts;
  }

  static Map<String, Integer> byHome(List<Note> notes) {
    Map<String, Integer> counts = new TreeMap<>();
    notes.forEach(note -> counts.merge(note.home(), 1, Integer::sum));
    return counts;
  }

  boolean nothingOut() {
    return stacker.isEmpty() && transportOut.isEmpty() && transportBack.isEmpty() && tray.isEmpty();
  }

  // Movements.

  void pick(String unit) {
    Box box = boxes.get(unit);
    Note note = note(box.notes.removeFirst());
    box.transport++;
    transportOut.add(note);
    touched.add(unit);
  }

  void stack() {
    for (Note note : transportOut) {
      Box home = home(note);
      home.transport--;
      home.stacked++;
      stacker.add(note);
    }
    transportOut.clear();
  }

  void presentStacker() {
    for (Note note : stacker) {
      Box home = home(note);
      home.stacked--;
      home.presented++;
      tray.add(note);
    }
    stacker.clear();
  }

  void takeTray() {
    tray.forEach(note -> taken.add(note.id()));
    tray.clear();
  }

  void jamTray() {
    transportBack.addAll(tray);
    tray.clear();
  }

  /// Notes that were never within reach, on their way or stacked, go into a bin.
  List<Note> stackerInto(Bin bin) {
    List<Note> moved = new ArrayList<>(stacker);
    stacker.forEach(note -> home(note).stacked--);
    stacker.clear();
    moved.forEach(note -> neverPresented(note, bin));
    return moved;
  }

  List<Note> transportOutInto(Bin bin) {
    List<Note> moved = new ArrayList<>(transportOut);
    transportOut.forEach(note -> home(note).transport--);
    transportOut.clear();
    moved.forEach(note -> neverPresented(note, bin));
    return moved;
  }

  /// Notes that a customer could have reached go into a bin.
  List<Note> presentedInto(Bin bin) {
    List<Note> moved = Stream.concat(transportBack.stream(), tray.stream()).toList();
    transportBack.clear();
    tray.clear();
    Box target = bin(bin);
    for (Note note : moved) {
      target.notes.add(note.id());
      Map<Denomination, Integer> in = bin == Bin.RETRACT ? target.inRetracted : target.inRejected;
      in.merge(note.note(), 1, Integer::sum);
    }
    if (!moved.isEmpty()) {
      touched.add(target.unit);
      if (bin == Bin.RETRACT) {
        target.retractOperations++;
      }
    }
    return moved;
  }

  private void neverPresented(Note note, Bin bin) {
    Box target = bin(bin);
    target.notes.add(note.id());
    touched.add(target.unit);
    if (bin == Bin.REJECT) {
      home(note).rejected++;
      target.inRejected.merge(note.note(), 1, Integer::sum);
    } else {
      home(note).distributed++;
      target.inDistributed.merge(note.note(), 1, Integer::sum);
    }
  }

  /// A person takes out what is in a unit and puts `count` new notes in; counters start anew.
  void load(String unit, int count) {
    Box box = boxes.get(unit);
    box.notes.stream().forEach(id -> home(note(id)).loaded--);
    box.notes.clear();
    if (count > 0) {
      batches.add(new Batch(nextId, nextId + count - 1, unit, box.note));
      box.notes.add(nextId, nextId + count - 1);
      nextId += count;
      box.loaded += count;
    }
    box.lowThreshold = Math.max(1, count / 10);
    box.restartCounters();
    touched.add(unit);
    forgetEmptyBatches();
  }

  /// Drops the batches of which no note is left in the machine's world, so that a life of
  /// replenishing does not grow the file.
  private void forgetEmptyBatches() {
    batches.removeIf(
        batch ->
            taken.count(batch.first(), batch.last()) == 0
                && boxes.values().stream()
                    .allMatch(box -> box.notes.count(batch.first(), batch.last()) == 0)
                && Stream.of(stacker, transportOut, transportBack, tray)
                    .flatMap(List::stream)
                    .noneMatch(note -> batch.first() <= note.id() && note.id() <= batch.last()));
  }

  private Box home(Note note) {
    touched.add(note.home());
    return boxes.get(note.home());
  }

  // The file.

  void save() {
    JsonObject units = new JsonObject();
    boxes.values().forEach(box -> units.put(box.unit, box.toJson()));
    JsonArray loads = new JsonArray();
    for (Batch batch : batches) {
      loads.add(
          new JsonObject()
              .put("first", batch.first())
              .put("last", batch.last())
              .put("unit", batch.unit())
              .put("note", batch.note().toString()));
    }
    file.write(
        new JsonObject()
            .put("version", 1)
            .put("nextId", nextId)
            .put("batches", loads)
            .put("units", units)
            .put("stacker", ids(stacker))
            .put("transportOut", ids(transportOut))
            .put("transportBack", ids(transportBack))
            .put("tray", ids(tray))
            .put("taken", taken.toString())
            .put("shutterOpen", shutterOpen)
            .put(
                "present",
                new JsonObject()
                    .put("state", present.state().name())
                    .put("dispenseId", present.dispenseId())
                    .put("dispensed", json(present.dispensed()))
                    .put("presented", json(present.presented()))
                    .put("retracted", present.retracted().name())
                    .put("retractedCounts", json(present.retractedCounts()))));
  }

  private void restore(JsonObject saved) {
    try {
      sameCassettes(saved);
      nextId = saved.getInteger("nextId");
      for (Object each : saved.getJsonArray("batches")) {
        JsonObject batch = (JsonObject) each;
        batches.add(
            new Batch(
                batch.getInteger("first"),
                batch.getInteger("last"),
                batch.getString("unit"),
                Denomination.parse(batch.getString("note"))));
      }
      boxes
          .values()
          .forEach(box -> box.restore(saved.getJsonObject("units").getJsonObject(box.unit)));
      notes(saved.getJsonArray("stacker"), stacker);
      notes(saved.getJsonArray("transportOut"), transportOut);
      notes(saved.getJsonArray("transportBack"), transportBack);
      notes(saved.getJsonArray("tray"), tray);
      taken = NoteIds.parse(saved.getString("taken"));
      shutterOpen = saved.getBoolean("shutterOpen");
      JsonObject last = saved.getJsonObject("present");
      present =
          new PresentStatus(
              PresentStatus.State.valueOf(last.getString("state")),
              last.getString("dispenseId"),
              counts(last.getJsonObject("dispensed")),
              counts(last.getJsonObject("presented")),
              PresentStatus.Retracted.valueOf(last.getString("retracted")),
              counts(last.getJsonObject("retractedCounts")));
    } catch (IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw file.broken(e.toString());
    }
  }

  /// Cassettes hold money: another set of them in devices.yaml is not taken for these.
  private void sameCassettes(JsonObject saved) {
    JsonObject units = saved.getJsonObject("units", new JsonObject());
    List<String> were =
        units.stream()
            .map(entry -> (JsonObject) entry.getValue())
            .map(box -> box.getString("id") + " " + box.getString("note"))
            .toList();
    List<String> are = boxes.values().stream().map(box -> box.id + " " + box.note).toList();
    if (!were.equals(are)) {
      throw file.broken(
          "it has units %s, devices.yaml has %s; move the file away to begin with full cassettes"
              .formatted(were, are));
    }
  }

  private static JsonArray ids(List<Note> notes) {
    return new JsonArray(notes.stream().map(Note::id).toList());
  }

  private void notes(JsonArray ids, List<Note> into) {
    ids.forEach(id -> into.add(note((Integer) id)));
  }

  private static JsonObject json(Map<String, Integer> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::put);
    return json;
  }

  private static Map<String, Integer> counts(JsonObject json) {
    Map<String, Integer> counts = new TreeMap<>();
    json.forEach(entry -> counts.put(entry.getKey(), (Integer) entry.getValue()));
    return counts;
  }
}
