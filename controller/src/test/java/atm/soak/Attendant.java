package atm.soak;

import atm.ledger.JournalEvent;
import atm.ledger.Waiting;
import atm.screen.ScreenModel;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sim.mechanics.Bin;
import sim.mechanics.CashUnit;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimReceiptPrinter;

/// Who comes when a visit is over: mends what is broken, waits until the machine has settled what
/// it can, and counts what waits for a person. Says at the desk what is really there, by the
/// simulator, and takes it out.
final class Attendant {
  /// The machine looks again within ten seconds, and resets a faulty device once a minute.
  private static final Duration SETTLES_WITHIN = Duration.ofMinutes(5);

  /// Looks, some seconds apart.
  private static final int PASSES_BY = 15;

  private static final int COMES_TO_COUNT = 40;

  private static final int ALMOST_EMPTY = 40;

  private final Rig rig;

  Attendant(Rig rig) {
    this.rig = rig;
  }

  /// Leaves a machine that serves; answers whether somebody had to count.
  ///
  /// @param before what was counted when the visit began
  /// @param events of this visit
  boolean sees(Pockets before, List<JournalEvent> events) throws Exception {
    mend();
    settles();
    List<Waiting> matters = matters();
    Boxes boxes = Boxes.ofSimulator(rig.state());
    Boxes books = Boxes.ofBooks(rig.ledger());
    requireClearBooks(matters, paidOut(events), boxes, books);
    boolean low = boxes.cassettes().values().stream().anyMatch(count -> count < ALMOST_EMPTY);
    boolean counts = !matters.isEmpty() || low || !serves();
    if (counts) count(matters, before, paidOut(events));
    serveAgain();
    return counts;
  }

  /// What nobody has to count is where the books say, to the last note.
  private void requireClearBooks(
      List<Waiting> matters, Set<Long> withdrawals, Boxes boxes, Boxes books) throws Exception {
    Set<Waiting.Why> ofWithdrawals = new HashSet<>();
    Set<Waiting.Why> ofDeposits = new HashSet<>();
    for (Waiting matter : matters) {
      boolean payout = withdrawals.contains(matter.stan().number());
      (payout ? ofWithdrawals : ofDeposits).add(matter.why());
    }
    List<String> wrong = new ArrayList<>();
    if (!ofWithdrawals.contains(Waiting.Why.SUSPECT_WITHDRAWAL)) {
      wrong.addAll(boxes.dispenserDifferences(books));
      if (!ofWithdrawals.contains(Waiting.Why.RETRACTED)) {
        wrong.addAll(Boxes.strayDifferences(rig.state(), rig.ledger()));
      }
    }
    if (ofDeposits.isEmpty()) wrong.addAll(boxes.acceptorDifferences(books));
    if (!wrong.isEmpty()) {
      throw new SoakFault("books and boxes differ; what waits is " + matters + ": " + wrong);
    }
  }

  private static Set<Long> paidOut(List<JournalEvent> events) {
    return events.stream()
        .filter(e -> e.kind().startsWith("withdrawal."))
        .flatMap(e -> e.stan().stream())
        .map(stan -> stan.number())
        .collect(Collectors.toSet());
  }

  private List<Waiting> matters() throws Exception {
    return Rig.done(rig.ledger().operator().waiting());
  }

  // Mending.

  private void mend() throws Exception {
    for (SimDevice device : rig.devices()) {
      for (var armed : device.faults().armed()) {
        rig.hand(
            "mends " + device.name() + " " + armed.kind(), () -> device.clearFault(armed.kind()));
      }
      if (!device.plugged()) rig.hand("plugs in " + device.name(), device::plug);
    }
    SimReceiptPrinter printer = rig.device(SimReceiptPrinter.class);
    if (printer.paper() != SimReceiptPrinter.Paper.FULL) rig.hand("new paper", printer::refill);
    SimCardReader reader = rig.device(SimCardReader.class);
    if (!reader.retained().isEmpty()) rig.hand("empties the card bin", reader::emptyBin);
  }

  /// Until nothing is open any more, and the machine serves or says why not.
  private void settles() throws Exception {
    rig.looks(5);
    Rig.Patience patience = rig.new Patience(SETTLES_WITHIN);
    for (int looked = 0; !patience.isOver(); looked++) {
      boolean open =
          !rig.ledger().journal().open().isEmpty()
              || !rig.ledger().journal().openDeposits().isEmpty();
      if (!open && serves() && Boxes.nothingBetween(rig.state())) return;
      // Somebody passes by after a while and takes what lies there.
      if (looked > PASSES_BY) {
        rig.hand("takes what lies at the acceptor", rig.device(SimCashAcceptor.class)::take);
      }
      // A person who stands there ends a pause only a little earlier than the machine's own look.
      boolean settledButOff = !open && looked > COMES_TO_COUNT && !matters().isEmpty();
      if (settledButOff) return;
      patience.waits();
    }
    if (!rig.ledger().journal().open().isEmpty()
        || !rig.ledger().journal().openDeposits().isEmpty()) {
      throw new SoakFault(
          "all is mended, but still open: "
              + rig.ledger().journal().open()
              + rig.ledger().journal().openDeposits()
              + "; the machine says "
              + rig.health().encode());
    }
  }

  private boolean serves() throws Exception {
    if (!rig.screen().map(ScreenModel::screen).orElse("").equals("idle")) return false;
    JsonObject health = rig.health();
    return health.getString("reason").equals("serving") && health.getString("status").equals("up");
  }

  private void serveAgain() throws Exception {
    for (Rig.Patience patience = rig.new Patience(SETTLES_WITHIN); !patience.isOver(); ) {
      if (serves()) return;
      patience.waits();
    }
    throw new SoakFault(
        "all is mended and counted, but the machine does not serve: "
            + rig.health().encode()
            + " on "
            + rig.screen().map(ScreenModel::screen).orElse("no screen"));
  }

  // Counting.

  private void count(List<Waiting> matters, Pockets before, Set<Long> withdrawals)
      throws Exception {
    SimCashDispenser dispenser = rig.device(SimCashDispenser.class);
    SimCashAcceptor acceptor = rig.device(SimCashAcceptor.class);
    // The safe is open: what lies on the way falls into the bins, and is counted there.
    rig.mechanics(() -> dispenser.reset(Bin.REJECT).otherwiseEmpty());
    rig.mechanics(() -> acceptor.reset().otherwiseEmpty());
    if (!Boxes.nothingBetween(rig.state())) {
      throw new SoakFault("notes do not come free: " + rig.state().encode());
    }
    Boxes boxes = Boxes.ofSimulator(rig.state());
    Boxes books = Boxes.ofBooks(rig.ledger());
    Map<String, Integer> stray = boxes.beyondInDispenser(books);
    Map<String, Integer> strayDeposit = boxes.beyondInAcceptor(books);
    Pockets now = rig.pockets();
    Map<String, Integer> found = new TreeMap<>();
    Map<String, Integer> foundDeposit = new TreeMap<>();
    for (Waiting matter : matters) {
      String stan = matter.stan().toString();
      switch (matter.why()) {
        case RETRACTED -> {
          boolean paidOut = withdrawals.contains(matter.stan().number());
          long minor =
              paidOut
                  ? Pockets.worth(Pockets.difference(now.retracted(), before.retracted()))
                  : Pockets.worth(
                      Pockets.difference(now.depositRetracted(), before.depositRetracted()));
          rig.desk(
              "settle-suspense",
              new JsonObject().put("reference", stan).put("amount", money(minor)));
        }
        case SUSPECT_WITHDRAWAL -> {
          Map<String, Integer> paid = Pockets.difference(now.taken(), before.taken());
          found = stray;
          rig.desk(
              "settle-withdrawal",
              new JsonObject()
                  .put("reference", stan)
                  .put("paid", notes(paid))
                  .put("found", notes(found)));
        }
        case STUCK_NOTES -> {
          found = stray;
          rig.desk(
              "clear-stuck-notes",
              new JsonObject().put("reference", stan).put("found", notes(found)));
        }
        case SUSPECT_DEPOSIT -> {
          foundDeposit = strayDeposit;
          rig.desk(
              "settle-deposit",
              new JsonObject().put("reference", stan).put("found", notes(foundDeposit)));
        }
        case ENVELOPE -> throw new SoakFault("an envelope, where there is an acceptor");
      }
    }
    emptyDispenser(dispenser, boxes, found);
    emptyAcceptor(acceptor, boxes, foundDeposit);
  }

  /// @param found of what is in the bins, what was told of a withdrawal already
  private void emptyDispenser(SimCashDispenser dispenser, Boxes boxes, Map<String, Integer> found)
      throws Exception {
    Boxes books = Boxes.ofBooks(rig.ledger());
    for (CashUnit unit : dispenser.units()) {
      if (unit.role() != CashUnit.Role.CASSETTE) {
        load(dispenser, unit.unit(), 0);
        continue;
      }
      int removed = boxes.cassettes().get(unit.id());
      int loaded = removed < ALMOST_EMPTY ? 500 : removed;
      load(dispenser, unit.unit(), loaded);
      rig.desk(
          "exchange-cassette",
          new JsonObject()
              .put("cassette", unit.id())
              .put("note", money(unit.note().minor()))
              .put("removed", removed)
              .put("loaded", loaded));
    }
    Map<String, Integer> counted =
        Pockets.difference(Boxes.sum(boxes.reject(), boxes.retract()), found);
    emptyBin("REJECT", books.reject());
    emptyBin("RETRACT", Pockets.difference(counted, books.reject()));
  }

  private void load(SimCashDispenser dispenser, String unit, int count) throws Exception {
    rig.hand("loads " + unit + " with " + count, () -> dispenser.load(unit, count));
  }

  private void emptyAcceptor(SimCashAcceptor acceptor, Boxes boxes, Map<String, Integer> found)
      throws Exception {
    Boxes books = Boxes.ofBooks(rig.ledger());
    for (String bin : List.of("D1", "SUSPECT", "RETRACT")) {
      rig.hand("empties " + bin, () -> acceptor.empty(bin));
    }
    Map<String, Integer> counted =
        Pockets.difference(Boxes.sum(boxes.deposit(), boxes.retractedByAcceptor()), found);
    emptyBin("DEPOSIT", books.deposit());
    emptyBin("DEPOSIT_RETRACT", Pockets.difference(counted, books.deposit()));
    emptyBin("COUNTERFEIT", boxes.counterfeit());
  }

  private void emptyBin(String bin, Map<String, Integer> counted) throws Exception {
    rig.desk("empty-bin", new JsonObject().put("bin", bin).put("found", notes(counted)));
  }

  private static JsonObject notes(Map<String, Integer> notes) {
    JsonObject json = new JsonObject();
    notes.forEach(
        (note, count) -> {
          if (count < 0) {
            throw new SoakFault(
                "the books have " + -count + " × " + note + " more than the machine");
          }
          json.put(money(100L * Long.parseLong(note.split(" ")[0])), count);
        });
    return json;
  }

  private static String money(long minor) {
    return "%d.%02d EUR".formatted(minor / 100, minor % 100);
  }
}
