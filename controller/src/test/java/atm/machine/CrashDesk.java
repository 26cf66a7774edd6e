package atm.machine;

import static atm.machine.CrashChild.order;
import static org.assertj.core.api.Assertions.assertThat;

import atm.CrashingAtm;
import atm.machine.CrashCase.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// A person who, after a case, counts everything there is and says so: what waits is settled, bins
/// are emptied, cassettes exchanged. In some cases the controller dies in the midst of one of these
/// acts, and the person does again what is not in the books. In the end nothing may be missing.
final class CrashDesk {
  /// The customer said 80 EUR.
  static final long IN_ENVELOPE = 75_00;

  private static final JsonArray ACCOUNTS = new JsonArray(List.of("1000000008", "1000000016"));

  private final CrashCase each;
  private final CrashMachine machine;
  private final Callable<CrashChild> controller;
  private CrashNotes notes;

  /// @param controller one that runs, a new one if need be
  CrashDesk(CrashCase each, CrashMachine machine, Callable<CrashChild> controller) {
    this.each = each;
    this.machine = machine;
    this.controller = controller;
  }

  private record Act(String name, String event, JsonObject order, boolean once) {}

  void counts() throws Exception {
    notes = new CrashNotes(machine.state());
    CrashChild books = opened(Moment.NEVER, "");
    List<Act> acts = acts(books());
    Act crashing = null;
    if (!each.operator().isEmpty()) {
      crashing =
          acts.stream()
              .filter(act -> act.name().equals(each.operator()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(each.name() + ": only " + acts));
      books.does(order("close-books"));
      crashes(crashing);
    }
    for (Act act : acts) {
      if (act == crashing) continue;
      controller.call().does(act.order());
    }
    JsonObject all = books();
    controller.call().does(order("close-books"));
    nothingIsMissing(all);
  }

  private CrashChild opened(Moment moment, String point) throws Exception {
    CrashChild child = controller.call();
    child.does(
        order("open-books")
            .put("folder", machine.folder.toString())
            .put("point", point)
            .put("moment", moment.name()));
    return child;
  }

  private JsonObject books() throws Exception {
    return controller.call().does(order("books").put("accounts", ACCOUNTS));
  }

  private void crashes(Act act) throws Exception {
    CrashChild child = opened(each.second(), act.event());
    long before = CrashCheck.count(books(), act.event());
    try {
      child.asks(act.order());
      throw new AssertionError(each.name() + ": it lived on after " + act);
    } catch (CrashChild.Gone asPlanned) {
      assertThat(child.ends()).as(each.name()).isEqualTo(CrashingAtm.CRASHED);
    }
    opened(Moment.NEVER, "");
    boolean done = CrashCheck.count(books(), act.event()) > before;
    assertThat(done)
        .as(each.name() + ": in the books after the crash")
        .isEqualTo(each.second() == Moment.SYNCED);
    // What is settled cannot be settled again; a bin that is empty by the books is left alone.
    if (done && !act.once()) return;
    JsonObject again = controller.call().asks(act.order());
    assertThat(again.containsKey("failed")).as(each.name() + ": twice").isEqualTo(done);
  }

  private List<Act> acts(JsonObject books) {
    List<Act> acts = new ArrayList<>();
    Map<String, Integer> loose = notes.dispenser("tray", "stacker", "transport");
    Map<String, Integer> retracted = notes.dispenser("retract");
    for (Object one : books.getJsonArray("waiting")) {
      JsonObject matter = (JsonObject) one;
      long stan = matter.getLong("stan");
      switch (matter.getString("why")) {
        case "SUSPECT_WITHDRAWAL" -> {
          acts.add(
              settle(
                  "settle-withdrawal",
                  "withdrawal.SETTLED",
                  stan,
                  new JsonObject()
                      .put("paid", json(notes.dispenser("taken")))
                      .put("found", json(loose))));
          loose = Map.of();
        }
        case "STUCK_NOTES" -> {
          acts.add(
              settle(
                  "clear-stuck-notes",
                  "withdrawal.SETTLED",
                  stan,
                  new JsonObject().put("found", json(loose))));
          loose = Map.of();
        }
        case "SUSPECT_DEPOSIT" ->
            acts.add(
                settle(
                    "settle-deposit",
                    "deposit.SETTLED",
                    stan,
                    new JsonObject().put("found", json(notes.keptOfCustomer()))));
        case "RETRACTED" -> acts.add(suspense(stan));
        case "ENVELOPE" ->
            acts.add(
                settle(
                    "count-envelope",
                    "envelope.CLEARED",
                    stan,
                    new JsonObject().put("counted", "75 EUR")));
        default -> throw new AssertionError(matter.encode());
      }
    }
    // Notes that stick on their way to the retract bin are counted with it.
    loose.forEach((note, count) -> retracted.merge(note, count, Integer::sum));
    acts.add(bin("REJECT", notes.dispenser("reject")));
    acts.add(bin("RETRACT", retracted));
    notes.cassettes().forEach((id, count) -> acts.add(cassette(id, count)));
    boolean deposits = each.story().kind == CrashCase.Kind.DEPOSIT;
    boolean suspect = acts.stream().anyMatch(act -> act.name().equals("settle-deposit"));
    if (deposits && !suspect) {
      Map<String, Integer> rest = notes.acceptor("retract", "escrow", "slot", "transport");
      rest.keySet().removeIf(word -> !word.matches("\\d+ EUR"));
      acts.add(bin("DEPOSIT", notes.deposited()));
      acts.add(bin("DEPOSIT_RETRACT", rest));
    }
    // What is settled as a suspect deposit are its genuine notes, wherever they were; this bin has
    // the others.
    if (deposits) acts.add(bin("COUNTERFEIT", notes.suspected()));
    return acts;
  }

  private Act suspense(long stan) {
    boolean deposit = each.story().kind == CrashCase.Kind.DEPOSIT;
    Map<String, Integer> found;
    if (deposit) {
      found = notes.keptOfCustomer();
    } else {
      found = new TreeMap<>(Map.of("50 EUR", 1, "10 EUR", 1));
      CrashNotes.minus(found, notes.dispenser("taken"));
    }
    String event = deposit ? "deposit.SETTLED" : "withdrawal.SETTLED";
    return settle("settle-suspense", event, stan, new JsonObject().put("found", json(found)));
  }

  private static Act settle(String act, String event, long stan, JsonObject counts) {
    return new Act(act, event, counts.put("do", "operate").put("act", act).put("stan", stan), true);
  }

  private static Act bin(String bin, Map<String, Integer> found) {
    JsonObject order =
        order("operate").put("act", "empty-bin").put("bin", bin).put("found", json(found));
    return new Act("empty-bin " + bin, "cash.emptied", order, false);
  }

  private static Act cassette(String id, int count) {
    String note = Map.of("C1", "10 EUR", "C2", "20 EUR", "C3", "50 EUR").get(id);
    JsonObject order =
        order("operate")
            .put("act", "exchange-cassette")
            .put("cassette", id)
            .put("note", note)
            .put("removed", count)
            .put("loaded", count);
    return new Act("exchange-cassette " + id, "cash.exchanged", order, false);
  }

  private static JsonObject json(Map<String, Integer> notes) {
    JsonObject json = new JsonObject();
    notes.forEach(json::put);
    return json;
  }

  /// Every note is the vault's again, or a customer's, who has paid for it.
  private void nothingIsMissing(JsonObject books) {
    String name = each.name() + ": " + String.join("\n  ", CrashCheck.events(books)) + "\n ";
    assertThat(books.getJsonArray("wrong")).as(name).isEmpty();
    assertThat(books.getJsonArray("waiting")).as(name + "waits").isEmpty();
    JsonObject totals = books.getJsonObject("totals");
    for (String even : List.of("OVER_SHORT", "SUSPENSE", "PAYOUT", "INTAKE", "ENVELOPES")) {
      assertThat(totals.getLong(even, 0L)).as(name + even).isZero();
    }
    JsonObject counts = books.getJsonObject("notes");
    notes
        .cassettes()
        .forEach(
            (id, count) ->
                assertThat(counts.getInteger("cassette:" + id)).as(name + id).isEqualTo(count));
    counts.forEach(
        account -> {
          if (!account.getKey().startsWith("cassette:")) {
            assertThat(((Number) account.getValue()).intValue())
                .as(name + account.getKey())
                .isZero();
          }
        });
    long booked = books.getJsonObject("balances").getJsonObject("1000000008").getLong("booked");
    assertThat(booked).as(name + "balance").isEqualTo(CrashCheck.owed(each, books, notes));
  }
}
