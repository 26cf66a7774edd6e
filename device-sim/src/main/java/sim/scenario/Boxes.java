package sim.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Where the money is: in the machine by the simulator's state, in the books by the developer's
/// feed. Stateless; any thread.
final class Boxes {
  /// Places of the machine: of the dispenser in the words of the back door's state; of the acceptor
  /// what tells them apart.
  static final List<String> PLACES =
      List.of(
          "cassettes",
          "stacker",
          "transport",
          "tray",
          "taken",
          "reject",
          "retract",
          "inserted",
          "escrow",
          "deposits",
          "deposit-retract",
          "suspect",
          "returned",
          "refused");

  /// Kinds of account, in the words of the books.
  static final List<String> ACCOUNTS =
      List.of(
          "customer",
          "suspense",
          "over-short",
          "payout",
          "cassette",
          "transit",
          "reject",
          "retract",
          "escrow",
          "deposit",
          "deposit-retract",
          "counterfeit",
          "uncleared");

  private static final Pattern MONEY = Pattern.compile("\\d+ [A-Z]{3}");

  private Boxes() {}

  /// What is at a place, in minor units.
  static long at(String place, JsonObject state) {
    JsonObject dispenser = state.getJsonObject("cash-dispenser", new JsonObject());
    JsonObject acceptor = state.getJsonObject("cash-acceptor", new JsonObject());
    return worth(
        switch (place) {
          case "inserted", "escrow", "suspect", "returned", "refused" -> notes(place, acceptor);
          case "deposits" -> notes("bins", acceptor);
          case "deposit-retract" -> notes("retract", acceptor);
          default -> notes(place, dispenser);
        });
  }

  /// What accounts of a kind come to: what is in boxes, or what is owed.
  static long booked(String account, JsonObject books) {
    String kind = account.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    Map<String, Long> notes = new TreeMap<>();
    for (Object each : books.getJsonArray("boxes")) {
      JsonObject box = (JsonObject) each;
      if (box.getString("kind").equals(kind)) {
        notes.merge(box.getString("note"), box.getLong("count"), Long::sum);
      }
    }
    return worth(notes) + books.getJsonObject("totals").getLong(kind, 0L);
  }

  /// One sentence for each box that holds something else than its account says.
  static List<String> disagreements(JsonObject state, JsonObject books) {
    JsonObject dispenser = state.getJsonObject("cash-dispenser", new JsonObject());
    List<String> sentences = new ArrayList<>();
    for (Object each : dispenser.getJsonArray("cassettes", new JsonArray())) {
      JsonObject cassette = (JsonObject) each;
      String id = cassette.getString("id");
      compare(
          "cassette " + id,
          Map.of(cassette.getString("note"), cassette.getLong("count")),
          accounts(books, "cassette:" + id, "CASSETTE"),
          sentences);
    }
    Map<String, Long> moving = new TreeMap<>();
    // Where there is no shutter, notes in the tray are the customer's as soon as they lie there.
    boolean paid = "none".equals(dispenser.getString("shutter"));
    for (String place :
        paid ? List.of("stacker", "transport") : List.of("stacker", "transport", "tray")) {
      notes(place, dispenser).forEach((note, count) -> moving.merge(note, count, Long::sum));
    }
    compare("stacker, transport and slot", moving, accounts(books, "", "TRANSIT"), sentences);
    for (String bin : List.of("reject", "retract")) {
      compare(
          bin + " bin",
          notes(bin, dispenser),
          accounts(books, "", bin.toUpperCase(java.util.Locale.ROOT)),
          sentences);
    }
    acceptor(state.getJsonObject("cash-acceptor", new JsonObject()), books, sentences);
    return sentences;
  }

  private static void acceptor(JsonObject acceptor, JsonObject books, List<String> sentences) {
    Map<String, Long> inside = new TreeMap<>(money(notes("escrow", acceptor)));
    money(notes("transport", acceptor))
        .forEach((note, count) -> inside.merge(note, count, Long::sum));
    compare("the escrow", inside, accounts(books, "", "ESCROW"), sentences);
    compare(
        "the deposit bins",
        money(notes("bins", acceptor)),
        accounts(books, "", "DEPOSIT"),
        sentences);
    compare(
        "the acceptor's retract bin",
        money(notes("retract", acceptor)),
        accounts(books, "", "DEPOSIT_RETRACT"),
        sentences);
  }

  /// What of it is money: no counterfeits, nothing torn beyond recognition.
  private static Map<String, Long> money(Map<String, Long> notes) {
    Map<String, Long> money = new TreeMap<>(notes);
    money.keySet().removeIf(note -> !MONEY.matcher(note).matches());
    return money;
  }

  private static void compare(
      String box, Map<String, Long> machine, Map<String, Long> books, List<String> sentences) {
    TreeSet<String> notes = new TreeSet<>(machine.keySet());
    notes.addAll(books.keySet());
    for (String note : notes) {
      long inIt = machine.getOrDefault(note, 0L);
      long booked = books.getOrDefault(note, 0L);
      if (inIt != booked) {
        sentences.add(box + " holds " + inIt + " × " + note + ", the books say " + booked);
      }
    }
  }

  private static Map<String, Long> accounts(JsonObject books, String name, String kind) {
    Map<String, Long> notes = new TreeMap<>();
    for (Object each : books.getJsonArray("boxes")) {
      JsonObject box = (JsonObject) each;
      if (box.getString("kind").equals(kind) && box.getString("name").startsWith(name)) {
        notes.merge(box.getString("note"), box.getLong("count"), Long::sum);
      }
    }
    return notes;
  }

  /// Notes to count at a place of a device: a list of notes, counts by note, cassettes or
  /// bins.
  private static Map<String, Long> notes(String place, JsonObject device) {
    Map<String, Long> notes = new TreeMap<>();
    switch (device.getValue(place)) {
      case null -> {}
      case JsonArray list -> list.forEach(each -> add((JsonObject) each, notes));
      case JsonObject counts -> addCounts(counts, notes);
      case Object other -> throw new IllegalStateException(place + " is " + other);
    }
    return notes;
  }

  /// A note, a cassette of one kind of note, or a bin of several.
  private static void add(JsonObject item, Map<String, Long> notes) {
    if (item.getValue("notes") instanceof JsonObject counts) addCounts(counts, notes);
    else notes.merge(item.getString("note"), item.getLong("count", 1L), Long::sum);
  }

  private static void addCounts(JsonObject counts, Map<String, Long> notes) {
    counts.fieldNames().forEach(note -> notes.merge(note, counts.getLong(note), Long::sum));
  }

  private static long worth(Map<String, Long> notes) {
    return money(notes).entrySet().stream()
        .mapToLong(each -> Amounts.parse(each.getKey()).minor() * each.getValue())
        .sum();
  }
}
