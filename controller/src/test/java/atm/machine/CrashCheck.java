package atm.machine;

import static atm.machine.CrashNotes.worth;
import static org.assertj.core.api.Assertions.assertThat;

import atm.machine.CrashCase.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Holds what the books say after a restart against where the simulator's notes are.
final class CrashCheck {
  private static final String ALICE = "1000000008";
  private static final long OPENING = 1250_00;
  private static final long ASKED = 60_00;
  private static final Set<String> OPEN_WITHDRAWAL =
      Set.of(
          "REQUESTED",
          "APPROVED",
          "DISPENSE_INTENT",
          "STACKED",
          "PRESENT_INTENT",
          "PRESENTED",
          "RETRACT_INTENT",
          "REVERSING",
          "TAKEN");
  private static final Set<String> OPEN_DEPOSIT =
      Set.of("OPENED", "COUNTED", "STORE_INTENT", "RETURN_INTENT", "RETRACT_INTENT");

  private final CrashCase each;
  private final JsonObject books;
  private final JsonObject machine;
  private final CrashNotes notes;
  private final JsonObject health;

  CrashCheck(CrashCase each, JsonObject books, JsonObject machine, JsonObject health) {
    this.each = each;
    this.books = books;
    this.machine = machine;
    this.notes = new CrashNotes(machine);
    this.health = health;
  }

  static boolean has(JsonObject books, String event) {
    return count(books, event) > 0;
  }

  static long count(JsonObject books, String event) {
    return events(books).stream().filter(e -> e.split(" ")[1].equals(event)).count();
  }

  static List<String> events(JsonObject books) {
    return books.getJsonArray("events").stream().map(String.class::cast).toList();
  }

  void afterRestart() {
    assertThat(books.getJsonArray("wrong")).as(said("what the audit says")).isEmpty();
    if (each.moment() == Moment.SYNCED) {
      assertThat(has(books, each.point())).as(said("a synced step is there")).isTrue();
    }
    nothingIsSettledTwice();
    suspenseIsWhatWaits();
    switch (each.story().kind) {
      case WITHDRAWAL -> withdrawal();
      case DEPOSIT -> deposit();
      case ENVELOPE -> envelope();
      case TRANSFER -> transfer();
      case PIN -> assertThat(booked()).as(said("balance")).isEqualTo(OPENING);
    }
    if (cashIsOn()) booksAndBoxesAgree();
    else assertThat(health.getString("reason")).as(said("why no cash")).isNotBlank();
    long simulated = worth(notes.dispenser("reject", "retract", "tray", "stacker", "transport"));
    long all = 10_00L * 1000 + 20_00L * 2000 + 50_00L * 1000;
    Map<String, Integer> cassettes = notes.cassettes();
    long inside =
        10_00L * cassettes.get("C1") + 20_00L * cassettes.get("C2") + 50_00L * cassettes.get("C3");
    assertThat(simulated + inside + worth(notes.dispenser("taken")))
        .as(said("the simulator's own notes"))
        .isEqualTo(all);
  }

  /// The state of the case's transaction; none is "".
  private String state(String prefix) {
    return events(books).stream()
        .map(e -> e.split(" ")[1])
        .filter(kind -> kind.startsWith(prefix))
        .reduce("", (_, last) -> last.substring(prefix.length()));
  }

  private void withdrawal() {
    String state = state("withdrawal.");
    long taken = worth(notes.dispenser("taken"));
    long reach = worth(notes.dispenser("tray"));
    boolean waits = state.equals("SUSPECT") || OPEN_WITHDRAWAL.contains(state);
    boolean paid = state.equals("DONE") || state.equals("RETRACTED");
    assertThat(booked()).as(said("booked")).isEqualTo(paid ? OPENING - ASKED : OPENING);
    assertThat(held()).as(said("held, " + state)).isEqualTo(waits ? ASKED : 0);
    switch (state) {
      case "", "REVERSED" ->
          assertThat(taken + reach).as(said("a credit, and the notes out")).isZero();
      case "DONE" -> assertThat(taken).as(said("taken, when done")).isEqualTo(ASKED);
      case "RETRACTED" ->
          assertThat(taken + worth(notes.dispenser("retract", "transport", "reject")))
              .as(said("taken and back, when retracted"))
              .isGreaterThanOrEqualTo(ASKED);
      default -> {
        assertThat(waits).as(said(state)).isTrue();
        assertThat(cashIsOn()).as(said("cash is on, with a withdrawal " + state)).isFalse();
      }
    }
    if (isSound()) assertThat(state).as(said("settled without a person")).isEqualTo(truth(taken));
  }

  /// The devices started anew with a sensor that sees again, and nobody had given up before.
  private boolean isHealed() {
    return each.answer() == CrashCase.Answer.RESTARTED
        && each.moment() == CrashCase.Moment.UNSYNCED;
  }

  private String truth(long taken) {
    if (each.story() == CrashCase.Story.SENSOR_BROKEN && !isHealed()) return "SUSPECT";
    if (!has(books, "withdrawal.APPROVED")) return "";
    if (taken == ASKED) return "DONE";
    return worth(notes.dispenser("retract")) == ASKED ? "RETRACTED" : "REVERSED";
  }

  private boolean isSound() {
    return each.answer().sound
        && each.moment() != Moment.CUT
        && each.moment() != Moment.CUT_LATER
        && each.story() != CrashCase.Story.STORE_JAMMED;
  }

  private void deposit() {
    String state = state("deposit.");
    long kept = worth(notes.keptOfCustomer());
    long stored = worth(notes.deposited());
    assertThat(held()).as(said("held")).isZero();
    assertThat(booked())
        .as(said("booked, " + state))
        .isEqualTo(OPENING + (state.equals("STORED") ? stored : 0));
    switch (state) {
      case "", "VOID" -> assertThat(kept).as(said("kept of a void deposit")).isZero();
      case "STORED" -> assertThat(stored).as(said("stored, of what was kept")).isEqualTo(kept);
      case "RETURNED" -> assertThat(kept).as(said("kept of a returned deposit")).isZero();
      case "RETRACTED" ->
          assertThat(worth(notes.acceptor("retract", "transport")))
              .as(said("in the bin, when retracted"))
              .isEqualTo(kept);
      default -> {
        assertThat(state.equals("SUSPECT") || OPEN_DEPOSIT.contains(state))
            .as(said(state))
            .isTrue();
      }
    }
    if (!OPEN_DEPOSIT.contains(state)) counterfeitsAreWhereTheBooksSay(state);
    if (!isSound()) return;
    String truth =
        !has(books, "deposit.OPENED")
            ? ""
            : stored > 0
                ? "STORED"
                : worth(notes.acceptor("retract")) > 0
                    ? "RETRACTED"
                    : worth(notes.acceptor("returned")) > 0 ? "RETURNED" : "VOID";
    assertThat(state).as(said("settled without a person")).isEqualTo(truth);
  }

  /// Where nobody can say whether the device remembers this deposit or the one before, its
  /// counterfeits are not booked to this one; the operator is told that the bin has more.
  private void counterfeitsAreWhereTheBooksSay(String state) {
    Map<String, Integer> booked = at("counterfeit");
    if (state.equals("SUSPECT") && booked.isEmpty()) return;
    assertThat(booked).as(said("counterfeits, " + state)).isEqualTo(notes.suspected());
  }

  private void envelope() {
    boolean there = has(books, "envelope.UNCLEARED");
    assertThat(booked()).as(said("booked")).isEqualTo(OPENING);
    assertThat(alice().getLong("uncleared")).as(said("uncleared")).isEqualTo(there ? 80_00 : 0);
    assertThat(there).as(said("the envelope")).isEqualTo(each.moment() == Moment.SYNCED);
  }

  private void transfer() {
    boolean there = has(books, "transfer.DONE");
    long bernd = books.getJsonObject("balances").getJsonObject("1000000016").getLong("booked");
    assertThat(there).as(said("the transfer")).isEqualTo(each.moment() == Moment.SYNCED);
    assertThat(booked()).as(said("payer")).isEqualTo(there ? OPENING - 250_00 : OPENING);
    assertThat(bernd).as(said("payee")).isEqualTo(there ? 340_00 : 90_00);
  }

  private void nothingIsSettledTwice() {
    Map<String, Integer> ends = new TreeMap<>();
    for (String event : events(books)) {
      String kind = event.split(" ")[1];
      if (kind.matches("(withdrawal|deposit)\\.(DONE|REVERSED|RETRACTED|STORED|RETURNED|VOID)")) {
        ends.merge(event.split(" ")[0], 1, Integer::sum);
      }
    }
    assertThat(ends.values()).as(said("ends of one transaction")).allMatch(count -> count == 1);
  }

  private void suspenseIsWhatWaits() {
    long waits = 0;
    for (Object one : books.getJsonArray("waiting")) {
      JsonObject matter = (JsonObject) one;
      if (matter.getString("why").equals("RETRACTED")) waits += matter.getLong("amount");
    }
    assertThat(books.getJsonObject("totals").getLong("SUSPENSE", 0L))
        .as(said("suspense"))
        .isEqualTo(waits);
  }

  private boolean cashIsOn() {
    return health.getJsonObject("books").getBoolean("up");
  }

  /// The books as the boxes are; asked only while the machine says so itself. Notes that stuck are
  /// on their way in the books until a person has seen where they are; a reset that frees the path
  /// by itself puts them into the reject bin.
  private void booksAndBoxesAgree() {
    JsonObject booked = books.getJsonObject("notes");
    notes
        .cassettes()
        .forEach(
            (id, count) ->
                assertThat(booked.getInteger("cassette:" + id)).as(said(id)).isEqualTo(count));
    Map<String, Integer> path = notes.dispenser("tray", "stacker", "transport");
    if (each.answer() == CrashCase.Answer.RESET_BY_HAND) {
      // Whoever resets the device by hand chooses the bin, and the books cannot know which.
      assertThat(at("reject", "retract"))
          .as(said("both bins"))
          .isEqualTo(notes.dispenser("reject", "retract"));
      assertThat(at("transit")).as(said("on their way")).isEqualTo(path);
      return;
    }
    assertThat(at("retract")).as(said("retract")).isEqualTo(notes.dispenser("retract"));
    if (notesAreStuck()) {
      assertThat(at("reject", "transit"))
          .as(said("stuck, or in the reject bin since"))
          .isEqualTo(notes.dispenser("reject", "tray", "stacker", "transport"));
    } else {
      assertThat(at("reject")).as(said("reject")).isEqualTo(notes.dispenser("reject"));
      assertThat(at("transit")).as(said("on their way")).isEqualTo(path);
    }
  }

  private boolean notesAreStuck() {
    return books.getJsonArray("waiting").stream()
        .anyMatch(one -> ((JsonObject) one).getString("why").equals("STUCK_NOTES"));
  }

  private Map<String, Integer> at(String... places) {
    Map<String, Integer> found = new TreeMap<>();
    for (String place : places) addAt(place, found);
    return found;
  }

  private void addAt(String place, Map<String, Integer> found) {
    books
        .getJsonObject("notes")
        .forEach(
            account -> {
              String name = account.getKey();
              int count = ((Number) account.getValue()).intValue();
              if (name.startsWith(place + ":") && count != 0) {
                String note = name.substring(place.length() + 1).replace(".00", "");
                found.merge(note, count, Integer::sum);
              }
            });
  }

  private JsonObject alice() {
    return books.getJsonObject("balances").getJsonObject(ALICE);
  }

  private long booked() {
    return alice().getLong("booked");
  }

  private long held() {
    return booked() - alice().getLong("available");
  }

  private String said(String what) {
    JsonArray events = books.getJsonArray("events");
    List<?> tail = events.getList().subList(Math.max(0, events.size() - 25), events.size());
    return each.name()
        + ": "
        + what
        + "\n  events "
        + String.join("\n  ", tail.stream().map(Object::toString).toList())
        + "\n  dispenser "
        + machine.getJsonObject("cash-dispenser").encode()
        + "\n  acceptor "
        + machine.getJsonObject("cash-acceptor", new JsonObject()).encode()
        + "\n  health "
        + health.encode()
        + "\n ";
  }

  /// What the customer is owed once a person has counted.
  static long owed(CrashCase each, JsonObject books, CrashNotes notes) {
    return switch (each.story().kind) {
      case WITHDRAWAL -> OPENING - worth(notes.dispenser("taken"));
      case DEPOSIT -> OPENING + worth(notes.keptOfCustomer());
      case ENVELOPE -> OPENING + (has(books, "envelope.UNCLEARED") ? CrashDesk.IN_ENVELOPE : 0);
      case TRANSFER -> has(books, "transfer.DONE") ? OPENING - 250_00 : OPENING;
      case PIN -> OPENING;
    };
  }
}
