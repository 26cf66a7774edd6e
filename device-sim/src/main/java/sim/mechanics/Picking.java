package sim.mechanics;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sim.mechanics.MechanicalFault.Kind;

/// One dispense of a [SimCashDispenser]: notes from their cassettes to the stacker, one after the
/// other, with all that can befall a note on that way.
final class Picking {
  static final Duration PICK = Duration.ofMillis(600);
  static final Duration NOTE = Duration.ofMillis(120);

  private final SimCashDispenser dispenser;
  private final Stock stock;
  private final Faults faults;
  private final Map<String, Integer> asked;
  private final List<String> picks = new ArrayList<>();
  private final List<Note> rejected = new ArrayList<>();
  private final List<Note> exited = new ArrayList<>();
  private final boolean direct;
  private final int before;

  Picking(SimCashDispenser dispenser, Stock stock, Map<String, Integer> asked) {
    this(dispenser, stock, asked, false, 0);
  }

  /// Without a stacker: each note goes out at once.
  ///
  /// @param before notes that went before in the same order, for faults that strike at a note
  static Picking direct(
      SimCashDispenser dispenser, Stock stock, Map<String, Integer> asked, int before) {
    return new Picking(dispenser, stock, asked, true, before);
  }

  private Picking(
      SimCashDispenser dispenser,
      Stock stock,
      Map<String, Integer> asked,
      boolean direct,
      int before) {
    this.direct = direct;
    this.before = before;
    this.dispenser = dispenser;
    this.stock = stock;
    this.faults = dispenser.faults();
    this.asked = new LinkedHashMap<>(asked);
  }

  /// Notes that went to the reject bin and were replaced.
  List<Note> rejected() {
    return List.copyOf(rejected);
  }

  SimCashDispenser.PaidOut paidOut(Optional<MechanicalFault> why) {
    return new SimCashDispenser.PaidOut(Stock.byHome(exited), Stock.byHome(rejected), why);
  }

  /// Throws before a note moves when this cannot be done at all.
  void check() {
    if (!direct && !(stock.stacker.isEmpty() && stock.tray.isEmpty())) {
      throw fault(Kind.ITEMS_LEFT, "notes are on the stacker or in the slot still");
    }
    if (!stock.transportOut.isEmpty() || !stock.transportBack.isEmpty()) {
      throw fault(Kind.JAM, "a note sticks in the transport");
    }
    long sum = 0;
    for (Map.Entry<String, Integer> part : asked.entrySet()) {
      Box box = stock.boxes().get(part.getKey());
      if (box == null || box.role != CashUnit.Role.CASSETTE || part.getValue() < 0) {
        throw fault(Kind.UNKNOWN_UNIT, "cannot dispense " + part);
      }
      if (part.getValue() > 0 && faults.strikes("cassette-missing:" + box.id)) {
        throw fault(Kind.UNIT_MISSING, "cassette " + box.id + " is missing");
      }
      sum += part.getValue();
    }
    if (sum == 0 || sum > SimCashDispenser.NOTES_MAX) {
      throw fault(
          sum == 0 ? Kind.NO_ITEMS : Kind.TOO_MANY_ITEMS,
          sum + " notes asked, wanted 1 to " + SimCashDispenser.NOTES_MAX);
    }
  }

  Future<Void> run() {
    asked.forEach((unit, n) -> picks.addAll(Collections.nCopies(n, unit)));
    return dispenser.move(PICK).compose(_ -> pick(0));
  }

  /// Note `n` of the picks, then the rest.
  private Future<Void> pick(int n) {
    if (n == picks.size()) {
      return Future.succeededFuture();
    }
    Box box = stock.boxes().get(picks.get(n));
    if (box.notes.isEmpty()) {
      return fail(Kind.UNIT_EMPTY, "cassette " + box.id + " is empty");
    }
    stock.pick(box.unit);
    dispenser.progress();
    return dispenser
        .move(NOTE)
        .compose(_ -> stackOrStick(box, n + 1))
        .compose(stacked -> pick(stacked ? n + 1 : n));
  }

  /// What becomes of the note under way: true when it is on the stacker, false when it went to the
  /// reject bin and another is needed.
  private Future<Boolean> stackOrStick(Box box, int picked) {
    int note = before + picked;
    if (faults.strikesAtNote("jam", note)) {
      return fail(Kind.JAM, "note " + note + " stuck in the transport");
    }
    for (Faults.Kind kind : faults.kinds()) {
      if (kind.kind().startsWith(SimCashDispenser.REPORTED)
          && faults.strikesAtNote(kind.kind(), note)) {
        return fail(Kind.REPORTED, kind.kind());
      }
    }
    if (faults.strikesAtNote("dead", note)) {
      return fail(Kind.DEAD, "hardware error at note " + note);
    }
    if (faults.strikesAtNote("double", note)) {
      return rejectDouble(box).map(false);
    }
    stock.stack();
    if (direct) {
      exited.addAll(stock.stacker);
      stock.presentStacker();
      stock.shutterOpen = true;
    } else {
      stock.present = stock.present.dispensed(Stock.byHome(stock.stacker));
    }
    dispenser.progress();
    return Future.succeededFuture(true);
  }

  private Future<Void> rejectDouble(Box box) {
    if (!box.notes.isEmpty()) {
      stock.pick(box.unit); // the one that clung to it
    }
    if (stock.bin(Bin.REJECT).notes.size() + 2 > Stock.BIN_CAPACITY) {
      return fail(Kind.BIN_FULL, "the reject bin is full");
    }
    rejected.addAll(stock.transportOutInto(Bin.REJECT));
    dispenser.progress();
    // A fault that holds makes every note a double one; a real machine gives up too.
    return rejected.size() > 2 * SimCashDispenser.NOTES_MAX
        ? fail(Kind.JAM, "too many double notes")
        : Future.succeededFuture();
  }

  private <T> Future<T> fail(Kind kind, String why) {
    return dispenser.fail(kind, why);
  }

  private MechanicalFault fault(Kind kind, String why) {
    return dispenser.fault(kind, why);
  }
}
