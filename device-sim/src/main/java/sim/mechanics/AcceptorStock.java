package sim.mechanics;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Where each note of the acceptor is: in exactly one of these places, or with somebody who took it
/// out. [#save] writes all of it; [#open] finds it again after a crash.
final class AcceptorStock {
  static final int RETRACT_CAPACITY = 300;
  static final int SUSPECT_CAPACITY = 100;

  /// What lies at the slot: put in and not yet drawn in, or come back.
  enum SlotHolds {
    INSERTED,
    REFUSED,
    RETURNED
  }

  /// One bin and the notes in it, by what they are.
  final class Hold {
    final String unit;
    final String id;
    final AcceptorUnit.Role role;
    final int capacity;
    final Map<Paper, NoteIds> notes = new TreeMap<>();
    int retractOperations;

    Hold(String unit, String id, AcceptorUnit.Role role, int capacity) {
      this.unit = unit;
      this.id = id;
      this.role = role;
      this.capacity = capacity;
    }

    int count() {
      return notes.values().stream().mapToInt(NoteIds::size).sum();
    }

    boolean hasRoomFor(int more) {
      return count() + more <= capacity;
    }

    void add(Banknote note) {
      notes.computeIfAbsent(note.paper(), _ -> new NoteIds()).add(note.id());
    }

    Map<Paper, Integer> contents() {
      Map<Paper, Integer> contents = new TreeMap<>();
      notes.forEach((paper, ids) -> contents.put(paper, ids.size()));
      return contents;
    }
  }

  private final StateFile file;
  private final Map<String, Hold> holds = new LinkedHashMap<>();
  private int nextId = 1;

  final List<Banknote> slot = new ArrayList<>();
  SlotHolds slotHolds = SlotHolds.INSERTED;

  /// Refused while the rest of their bunch is still being looked at.
  final List<Banknote> pocket = new ArrayList<>();

  /// Notes under way between slot, escrow and bins, or stuck there.
  final List<Banknote> transport = new ArrayList<>();

  final List<Banknote> escrow = new ArrayList<>();
  boolean shutterOpen;
  CashIn last = CashIn.NONE;

  /// All that was ever put in, and what left the machine again: back to customers, or emptied by a
  /// person.
  final Map<Paper, Integer> inserted = new TreeMap<>();

  final Map<Paper, Integer> refused = new TreeMap<>();
  final Map<Paper, Integer> returned = new TreeMap<>();
  final Map<Paper, Integer> emptied = new TreeMap<>();

  private AcceptorStock(StateFile file, List<DepositBin> bins) {
    this.file = file;
    bins.forEach(bin -> hold(bin.id(), AcceptorUnit.Role.DEPOSIT, bin.capacity()));
    hold("SUSPECT", AcceptorUnit.Role.SUSPECT, SUSPECT_CAPACITY);
    hold("RETRACT", AcceptorUnit.Role.RETRACT, RETRACT_CAPACITY);
  }

  private void hold(String id, AcceptorUnit.Role role, int capacity) {
    String unit = "unit" + (holds.size() + 1);
    holds.put(unit, new Hold(unit, id, role, capacity));
  }

  /// What its file remembers, or, where there is none, an empty machine.
  static AcceptorStock open(StateFile file, List<DepositBin> bins) {
    AcceptorStock stock = new AcceptorStock(file, bins);
    file.read().ifPresentOrElse(stock::restore, stock::save);
    stock.settle();
    return stock;
  }

  /// Notes that were not all looked at when the power went come back to where they were put in.
  void settle() {
    if (!pocket.isEmpty() || slotHolds == SlotHolds.INSERTED && !slot.isEmpty()) {
      bringBack();
      shutterOpen = true;
    }
    if (slot.isEmpty()) {
      shutterOpen = false; // taken while nobody was running
    }
  }

  Collection<Hold> holds() {
    return holds.values();
  }

  Hold hold(AcceptorUnit.Role role) {
    return holds.values().stream().filter(hold -> hold.role == role).findFirst().orElseThrow();
  }

  boolean nothingOut() {
    return Stream.of(slot, pocket, transport, escrow).allMatch(List::isEmpty);
  }

  // Movements.

  void putIn(List<Paper> papers) {
    for (Paper paper : papers) {
      slot.add(new Banknote(nextId++, paper));
      inserted.merge(paper, 1, Integer::sum);
    }
    slotHolds = SlotHolds.INSERTED;
  }

  /// The next note at the slot goes into the transport.
  Banknote drawIn() {
    Banknote note = slot.removeFirst();
    transport.add(note);
    return note;
  }

  /// What is under way arrives in a list or a bin.
  void arrive(List<Banknote> place) {
    place.addAll(transport);
    transport.clear();
  }

  void arrive(Hold hold) {
    transport.forEach(hold::add);
    transport.clear();
  }

  /// What was refused, and what was never drawn in, lies at the slot again.
  void bringBack() {
    last = last.refuses(slotHolds == SlotHolds.INSERTED ? slot.size() : 0);
    slot.addAll(pocket);
    pocket.clear();
    slotHolds = SlotHolds.REFUSED;
    last = last.presented(true);
  }

  void escrowToSlot() {
    slot.addAll(escrow);
    escrow.clear();
    slotHolds = SlotHolds.RETURNED;
    last = last.presented(true);
  }

  void take() {
    Map<Paper, Integer> to = slotHolds == SlotHolds.RETURNED ? returned : refused;
    slot.forEach(note -> to.merge(note.paper(), 1, Integer::sum));
    slot.clear();
  }

  /// Everything that lies outside of the bins.
  List<Banknote> allOut() {
    return Stream.of(slot, pocket, escrow, transport).flatMap(List::stream).toList();
  }

  /// Everything outside of the bins sticks in the transport.
  void jamAll() {
    List<Banknote> all = allOut();
    clearOut();
    transport.addAll(all);
  }

  /// Everything outside of the bins goes into the retract bin.
  List<Banknote> retractAll() {
    List<Banknote> all = allOut();
    Hold bin = hold(AcceptorUnit.Role.RETRACT);
    all.forEach(bin::add);
    bin.retractOperations++;
    clearOut();
    return all;
  }

  private void clearOut() {
    Stream.of(slot, pocket, escrow, transport).forEach(List::clear);
  }

  /// A person takes out what is in a bin.
  void empty(Hold hold) {
    hold.contents().forEach((paper, n) -> emptied.merge(paper, n, Integer::sum));
    hold.notes.clear();
    hold.retractOperations = 0;
  }

  // The file.

  void save() {
    JsonObject units = new JsonObject();
    for (Hold hold : holds.values()) {
      JsonObject notes = new JsonObject();
      hold.notes.forEach((paper, ids) -> notes.put(paper.toString(), ids.toString()));
      units.put(
          hold.unit,
          new JsonObject()
              .put("id", hold.id)
              .put("notes", notes)
              .put("retractOperations", hold.retractOperations));
    }
    file.write(
        new JsonObject()
            .put("version", 1)
            .put("nextId", nextId)
            .put("units", units)
            .put("slot", words(slot))
            .put("slotHolds", slotHolds.name())
            .put("pocket", words(pocket))
            .put("transport", words(transport))
            .put("escrow", words(escrow))
            .put("shutterOpen", shutterOpen)
            .put("inserted", json(inserted))
            .put("refused", json(refused))
            .put("returned", json(returned))
            .put("emptied", json(emptied))
            .put(
                "last",
                new JsonObject()
                    .put("state", last.state().name())
                    .put("accepted", json(last.accepted()))
                    .put("suspect", json(last.suspect()))
                    .put("refused", last.refused())
                    .put("presented", last.presented())));
  }

  private void restore(JsonObject saved) {
    try {
      sameBins(saved.getJsonObject("units"));
      nextId = saved.getInteger("nextId");
      for (Hold hold : holds.values()) {
        JsonObject unit = saved.getJsonObject("units").getJsonObject(hold.unit);
        unit.getJsonObject("notes")
            .forEach(
                entry ->
                    hold.notes.put(
                        Paper.parse(entry.getKey()), NoteIds.parse((String) entry.getValue())));
        hold.retractOperations = unit.getInteger("retractOperations");
      }
      notes(saved.getJsonArray("slot"), slot);
      slotHolds = SlotHolds.valueOf(saved.getString("slotHolds"));
      notes(saved.getJsonArray("pocket"), pocket);
      notes(saved.getJsonArray("transport"), transport);
      notes(saved.getJsonArray("escrow"), escrow);
      shutterOpen = saved.getBoolean("shutterOpen");
      papers(saved.getJsonObject("inserted"), inserted);
      papers(saved.getJsonObject("refused"), refused);
      papers(saved.getJsonObject("returned"), returned);
      papers(saved.getJsonObject("emptied"), emptied);
      JsonObject was = saved.getJsonObject("last");
      last =
          new CashIn(
              CashIn.State.valueOf(was.getString("state")),
              counts(was.getJsonObject("accepted")),
              counts(was.getJsonObject("suspect")),
              was.getInteger("refused"),
              was.getBoolean("presented"));
    } catch (IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw file.broken(e.toString());
    }
  }

  /// Bins hold money: another set of them in devices.yaml is not taken for these.
  private void sameBins(JsonObject units) {
    List<String> were =
        units.stream().map(entry -> ((JsonObject) entry.getValue()).getString("id")).toList();
    List<String> are = holds.values().stream().map(hold -> hold.id).toList();
    if (!were.equals(are)) {
      throw file.broken(
          "it has bins %s, devices.yaml has %s; move the file away to begin with empty bins"
              .formatted(were, are));
    }
  }

  private static JsonArray words(List<Banknote> notes) {
    return new JsonArray(notes.stream().map(Banknote::toString).toList());
  }

  private static void notes(JsonArray words, List<Banknote> into) {
    words.forEach(word -> into.add(Banknote.parse((String) word)));
  }

  private static JsonObject json(Map<?, Integer> counts) {
    JsonObject json = new JsonObject();
    new TreeMap<>(counts).forEach((what, n) -> json.put(what.toString(), n));
    return json;
  }

  private static void papers(JsonObject json, Map<Paper, Integer> into) {
    json.forEach(entry -> into.put(Paper.parse(entry.getKey()), (Integer) entry.getValue()));
  }

  private static Map<Denomination, Integer> counts(JsonObject json) {
    Map<Denomination, Integer> counts = new TreeMap<>();
    json.forEach(
        entry -> counts.put(Denomination.parse(entry.getKey()), (Integer) entry.getValue()));
    return Map.copyOf(counts);
  }
}
