package atm.soak;

import atm.ledger.BookUnit;
import atm.ledger.Books;
import atm.ledger.Ledger;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Notes in cassettes and bins, twice: as the simulator counts them and as the books do. Each map
/// is of denominations, but for the cassettes, which are by name.
///
/// @param unrecognised in the acceptor's retract bin, what it could not know: torn notes, and those
/// that it does not take
record Boxes(
    Map<String, Integer> cassettes,
    Map<String, Integer> reject,
    Map<String, Integer> retract,
    Map<String, Integer> deposit,
    Map<String, Integer> depositRetract,
    Map<String, Integer> unrecognised,
    Map<String, Integer> counterfeit) {

  private static final String[] STRAY = {"stacker", "tray", "transport"};

  static Boxes ofSimulator(JsonObject state) {
    JsonObject dispenser = state.getJsonObject("cash-dispenser");
    JsonObject acceptor = state.getJsonObject("cash-acceptor");
    Map<String, Integer> cassettes = new TreeMap<>();
    for (Object each : dispenser.getJsonArray("cassettes")) {
      JsonObject cassette = (JsonObject) each;
      cassettes.put(cassette.getString("id"), cassette.getInteger("count"));
    }
    Map<String, Integer> deposit = new TreeMap<>();
    for (Object bin : acceptor.getJsonArray("bins")) {
      Pockets.genuine(((JsonObject) bin).getJsonObject("notes"))
          .forEach((note, count) -> deposit.merge(note, count, Integer::sum));
    }
    Map<String, Integer> recognised = new TreeMap<>();
    JsonArray accepts = acceptor.getJsonArray("accepts");
    Pockets.notes(acceptor.getJsonObject("retract"))
        .forEach(
            (note, count) -> {
              if (accepts.contains(note)) recognised.put(note, count);
            });
    Map<String, Integer> counterfeit = new TreeMap<>();
    Pockets.notes(acceptor.getJsonObject("suspect"))
        .forEach((note, count) -> counterfeit.put(note.replace(" counterfeit", ""), count));
    return new Boxes(
        cassettes,
        Pockets.notes(dispenser.getJsonObject("reject")),
        Pockets.notes(dispenser.getJsonObject("retract")),
        deposit,
        recognised,
        Pockets.difference(Pockets.genuine(acceptor.getJsonObject("retract")), recognised),
        counterfeit);
  }

  static Boxes ofBooks(Ledger ledger) {
    Boxes boxes =
        new Boxes(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    for (BookUnit unit : ledger.cashUnits()) {
      if (unit.isCassette()) {
        boxes.cassettes.put(unit.id(), unit.count());
        continue;
      }
      if (unit.count() == 0) continue;
      String note = unit.note().map(n -> n.minor() / 100 + " " + n.currency()).orElseThrow();
      switch (unit.id()) {
        case BookUnit.REJECT -> boxes.reject.put(note, unit.count());
        case BookUnit.RETRACT -> boxes.retract.put(note, unit.count());
        case BookUnit.DEPOSIT -> boxes.deposit.put(note, unit.count());
        case BookUnit.DEPOSIT_RETRACT -> boxes.depositRetract.put(note, unit.count());
        default -> boxes.counterfeit.put(note, unit.count());
      }
    }
    return boxes;
  }

  /// Where the two differ, a sentence each.
  List<String> differences(Boxes books) {
    List<String> differences = dispenserDifferences(books);
    compare("retract bin", retract, books.retract, differences);
    differences.addAll(acceptorDifferences(books));
    return differences;
  }

  /// The retract bin apart, into which notes go that nobody may have counted.
  List<String> dispenserDifferences(Boxes books) {
    List<String> differences = new ArrayList<>();
    compare("cassettes", cassettes, books.cassettes, differences);
    compare("reject bin", reject, books.reject, differences);
    return differences;
  }

  List<String> acceptorDifferences(Boxes books) {
    List<String> differences = new ArrayList<>();
    compare("deposit bins", deposit, books.deposit, differences);
    compare("acceptor's retract bin", depositRetract, books.depositRetract, differences);
    compare("counterfeits", counterfeit, books.counterfeit, differences);
    return differences;
  }

  /// What is in the dispenser and in no cassette and bin, where the books say something else.
  static List<String> strayDifferences(JsonObject state, Ledger ledger) throws Exception {
    Map<String, Integer> there = new TreeMap<>();
    JsonObject dispenser = state.getJsonObject("cash-dispenser");
    for (String place : STRAY) {
      for (Object note : dispenser.getJsonArray(place, new JsonArray())) {
        there.merge(((JsonObject) note).getString("note"), 1, Integer::sum);
      }
    }
    Map<String, Integer> transit = new TreeMap<>();
    for (Books.NoteAccount account : Rig.done(ledger.commit(Books::noteAccounts))) {
      if (!account.kind().equals("TRANSIT") || account.count() == 0) continue;
      transit.put(
          account.note().minor() / 100 + " " + account.note().currency(),
          Math.toIntExact(account.count()));
    }
    List<String> differences = new ArrayList<>();
    compare("between cassettes and bins", there, transit, differences);
    return differences;
  }

  /// What the dispenser's two bins hold beyond what `books` say.
  Map<String, Integer> beyondInDispenser(Boxes books) {
    return Pockets.difference(sum(reject, retract), sum(books.reject, books.retract));
  }

  /// What the acceptor holds beyond what `books` say, counterfeits apart.
  Map<String, Integer> beyondInAcceptor(Boxes books) {
    return Pockets.difference(
        sum(deposit, retractedByAcceptor()), sum(books.deposit, books.depositRetract));
  }

  /// All that is money in the acceptor's retract bin.
  Map<String, Integer> retractedByAcceptor() {
    return sum(depositRetract, unrecognised);
  }

  /// Notes that lie between cassettes and people.
  static boolean nothingBetween(JsonObject state) {
    JsonObject dispenser = state.getJsonObject("cash-dispenser");
    JsonObject acceptor = state.getJsonObject("cash-acceptor");
    return empty(dispenser, STRAY) && empty(acceptor, "slot", "transport", "escrow");
  }

  private static boolean empty(JsonObject device, String... places) {
    for (String place : places) {
      if (!device.getJsonArray(place, new JsonArray()).isEmpty()) return false;
    }
    return true;
  }

  static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
    Map<String, Integer> sum = new TreeMap<>(one);
    other.forEach((note, count) -> sum.merge(note, count, Integer::sum));
    return sum;
  }

  private static void compare(
      String what,
      Map<String, Integer> simulator,
      Map<String, Integer> books,
      List<String> differences) {
    if (!simulator.equals(books)) {
      differences.add(what + ": the simulator has " + simulator + ", the books " + books);
    }
  }
}
