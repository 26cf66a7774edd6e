package sim.mechanics;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sim.mechanics.MechanicalFault.Kind;

/// A cash dispenser with cassettes, a stacker, a shutter with a sensor, a reject and a retract bin.
/// Each note is in one place; places, counters and the last present status are on disk before
/// anybody is told of them, so they survive a `kill -9`.
public final class SimCashDispenser extends SimDevice {
  static final Duration PRESENT = Duration.ofMillis(900);
  static final Duration SHUTTER = Duration.ofMillis(300);
  static final Duration RETRACT = Duration.ofMillis(900);
  static final Duration REJECT = Duration.ofMillis(800);

  /// What the stacker holds, and so the largest dispense.
  public static final int NOTES_MAX = 40;

  /// How the kinds of fault begin that a protocol's error table brings; its code follows.
  public static final String REPORTED = "error-";

  public enum Shutter {
    OPEN,
    CLOSED,
    JAMMED
  }

  /// The slot as its sensor sees it.
  public enum Slot {
    EMPTY,
    NOT_EMPTY,
    UNKNOWN
  }

  /// What a dispense did: notes now on the stacker, and notes that went to the reject bin and were
  /// replaced.
  public record Dispensed(List<Note> stacked, List<Note> rejected) {}

  private static final List<Faults.Kind> KINDS =
      List.of(
          new Faults.Kind("jam", "Note jams in the transport"),
          new Faults.Kind("double", "Double note"),
          new Faults.Kind("shutter-jam", "Shutter jams"),
          new Faults.Kind("exit-sensor", "Exit sensor fails"),
          new Faults.Kind("reply-lost", "Reply is lost"),
          new Faults.Kind("retract-jam", "Retract jams"),
          new Faults.Kind("dead", "Hardware error"));

  private final Stock stock;
  private final Map<String, CashUnit.Status> toldStatus = new HashMap<>();
  private boolean watched = true;

  /// A dispenser as its file remembers it, or with full cassettes where there is no file.
  public SimCashDispenser(Pace pace, StateFile file, List<Cassette> cassettes) {
    this(pace, file, cassettes, List.of());
  }

  /// @param more faults that a protocol brings, among them `error-XX` for entries of its error
  /// table: armed, the next note it concerns fails with `REPORTED` and that code
  public SimCashDispenser(
      Pace pace, StateFile file, List<Cassette> cassettes, List<Faults.Kind> more) {
    super("cash-dispenser", pace, Stream.concat(kinds(cassettes).stream(), more.stream()).toList());
    this.stock = Stock.open(file, cassettes);
    if (stock.tray.isEmpty()) {
      stock.shutterOpen = false; // taken while nobody was running
    }
    units().forEach(unit -> toldStatus.put(unit.unit(), unit.status()));
  }

  private static List<Faults.Kind> kinds(List<Cassette> cassettes) {
    List<Faults.Kind> kinds = new ArrayList<>(KINDS);
    for (Cassette cassette : cassettes) {
      String id = cassette.id();
      kinds.add(new Faults.Kind("cassette-missing:" + id, "Cassette " + id + " missing"));
    }
    return kinds;
  }

  // State.

  /// Cassettes in the order of devices.yaml, then the reject bin, then the retract bin.
  public List<CashUnit> units() {
    return stock.boxes().values().stream().map(this::seen).toList();
  }

  public Optional<CashUnit> unit(String unit) {
    return Optional.ofNullable(stock.boxes().get(unit)).map(this::seen);
  }

  public CashUnit unit(Bin bin) {
    return seen(stock.bin(bin));
  }

  public List<Note> stacker() {
    return List.copyOf(stock.stacker);
  }

  public List<Note> tray() {
    return List.copyOf(stock.tray);
  }

  /// Notes that stick between their places.
  public List<Note> transport() {
    return Stream.concat(stock.transportOut.stream(), stock.transportBack.stream()).toList();
  }

  /// All notes customers ever took.
  public Map<Denomination, Integer> taken() {
    return stock.count(stock.taken);
  }

  /// Whether there is a shutter, and a sensor behind it; where not, notes fall into the customer's
  /// hand.
  public boolean isWatched() {
    return watched;
  }

  public Shutter shutter() {
    if (faults.holds("shutter-jam")) {
      return Shutter.JAMMED;
    }
    return stock.shutterOpen ? Shutter.OPEN : Shutter.CLOSED;
  }

  public Slot slot() {
    if (faults.holds("exit-sensor")) {
      return Slot.UNKNOWN;
    }
    return stock.tray.isEmpty() ? Slot.EMPTY : Slot.NOT_EMPTY;
  }

  /// Whether the transport is blocked until a [#reset].
  public boolean transportJammed() {
    return faults.holds("jam") || busy().isEmpty() && !transport().isEmpty();
  }

  public PresentStatus presentStatus() {
    return stock.present;
  }

  // What a wire asks for.

  /// To be said first by the wire of a unit whose slot is a mere opening.
  public void hasBareSlot() {
    watched = false;
  }

  /// Moves notes to the stacker, one by one, in the order of the map. `dispenseId` is kept with the
  /// present status, which starts anew with the first movement. When it fails, [#stacker] and the
  /// present status tell how far it came.
  public Future<Dispensed> dispense(Map<String, Integer> counts, String dispenseId) {
    Picking picking = new Picking(this, stock, counts);
    return moving(
        "dispensing",
        () -> {
          picking.check();
          stock.present = PresentStatus.of(dispenseId);
          return picking.run().map(_ -> new Dispensed(stacker(), picking.rejected()));
        });
  }

  /// Notes handed out, and notes rejected, by home unit; `why` it stopped before the end.
  public record PaidOut(
      Map<String, Integer> exited, Map<String, Integer> rejected, Optional<MechanicalFault> why) {}

  /// As a machine without stacker and shutter does: each note goes to the open slot as it is
  /// picked, on top of what lies there. Fails only where nobody is left to tell how far it came.
  public Future<PaidOut> payOut(Map<String, Integer> counts) {
    return payOut(counts, 0);
  }

  /// The same, of an order that is handed out in parts; `before` notes of it went before.
  public Future<PaidOut> payOut(Map<String, Integer> counts, int before) {
    Picking picking = Picking.direct(this, stock, counts, before);
    return moving(
        "dispensing",
        () ->
            Future.<Void>succeededFuture()
                .compose(
                    _ -> {
                      picking.check();
                      return picking.run();
                    })
                .map(_ -> picking.paidOut(Optional.empty()))
                .recover(
                    failure ->
                        failure instanceof MechanicalFault known && known.kind() != Kind.POWER_LOST
                            ? Future.succeededFuture(picking.paidOut(Optional.of(known)))
                            : Future.failedFuture(failure)));
  }

  /// Moves one note from a unit to the reject bin, to try the path.
  public Future<Void> tryOut(String unit) {
    return moving(
        "testing",
        () -> {
          if (!transport().isEmpty() || stock.boxes().get(unit).notes.isEmpty()) {
            return fail(Kind.UNIT_EMPTY, "nothing to pick in " + unit);
          }
          checkRoom(Bin.REJECT, 1);
          return move(Picking.PICK)
              .map(
                  _ -> {
                    stock.pick(unit);
                    stock.transportOutInto(Bin.REJECT);
                    return null;
                  });
        });
  }

  /// Clears the path into the reject bin, and nothing else.
  public Future<Void> purge() {
    return moving(
        "purging",
        () -> {
          if (faults.holds("jam")) {
            return fail(Kind.JAM, "a note does not come free");
          }
          checkRoom(Bin.REJECT, stock.transportOut.size());
          return move(REJECT)
              .map(
                  _ -> {
                    stock.transportOutInto(Bin.REJECT);
                    return null;
                  });
        });
  }

  /// Moves the stacker's notes to the slot and opens the shutter.
  public Future<List<Note>> present() {
    return moving(
        "presenting",
        () -> {
          if (stock.stacker.isEmpty()) {
            return fail(Kind.NO_ITEMS, "nothing on the stacker");
          }
          if (!stock.tray.isEmpty()) {
            return fail(Kind.ITEMS_LEFT, "notes are in the slot still");
          }
          return move(PRESENT)
              .compose(
                  _ ->
                      faults.strikes("shutter-jam")
                          ? fail(Kind.SHUTTER_JAM, "the shutter does not open")
                          : move(SHUTTER))
              .map(_ -> intoReach());
        });
  }

  /// Pulls notes back from the slot. `ITEMS_TAKEN` when the customer was faster.
  public Future<List<Note>> retract(Bin bin) {
    return moving(
        "retracting",
        () -> {
          if (faults.strikes("exit-sensor")) {
            return fail(Kind.SLOT_UNKNOWN, "the exit sensor fails, nobody knows what is there");
          }
          if (stock.tray.isEmpty()) {
            return nothingToRetract();
          }
          checkRoom(bin, stock.tray.size());
          return move(SHUTTER)
              .compose(
                  _ -> {
                    shut();
                    return stock.tray.isEmpty() ? nothingToRetract() : pullBack(bin);
                  });
        });
  }

  /// Moves the stacker's notes into the reject bin.
  public Future<List<Note>> reject() {
    return moving(
        "rejecting",
        () -> {
          if (stock.stacker.isEmpty()) {
            return fail(Kind.NO_ITEMS, "nothing on the stacker");
          }
          checkRoom(Bin.REJECT, stock.stacker.size());
          return move(REJECT).map(_ -> stock.stackerInto(Bin.REJECT));
        });
  }

  /// Opens the shutter by itself, as for cleaning; done at once when it is open.
  public Future<Void> openShutter() {
    return act(
        "opening",
        () ->
            faults.strikes("shutter-jam")
                ? fail(Kind.SHUTTER_JAM, "the shutter does not open")
                : move(SHUTTER)
                    .map(
                        _ -> {
                          stock.shutterOpen = true;
                          told();
                          return null;
                        }));
  }

  /// Closes the shutter, unless notes are in its way; those take a [#retract].
  public Future<Void> closeShutter() {
    return act(
        "closing",
        () -> {
          if (!stock.tray.isEmpty()) {
            return fail(Kind.ITEMS_LEFT, "notes are in the slot");
          }
          return faults.strikes("shutter-jam")
              ? fail(Kind.SHUTTER_JAM, "the shutter does not close")
              : move(SHUTTER)
                  .map(
                      _ -> {
                        shut();
                        return null;
                      });
        });
  }

  /// Clears slot, stacker and transport into a bin, and a jam whose cause is gone.
  public Future<List<Note>> reset(Bin bin) {
    return moving(
        "resetting",
        () -> {
          if (faults.holds("jam") || faults.holds("retract-jam")) {
            return fail(Kind.JAM, "a note does not come free");
          }
          checkRoom(bin, stock.stacker.size() + transport().size() + stock.tray.size());
          return move(SHUTTER)
              .compose(
                  _ -> {
                    shut();
                    return move(REJECT);
                  })
              .map(_ -> allInto(bin));
        });
  }

  /// An operator puts exactly `count` notes into a unit, whatever was in it, and its counters
  /// start anew. Nothing may lie between the units.
  public void load(String unit, int count) {
    CashUnit known =
        unit(unit).orElseThrow(() -> fault(Kind.UNKNOWN_UNIT, "no unit '" + unit + "'"));
    int most = known.role() == CashUnit.Role.CASSETTE ? Cassette.CAPACITY : 0;
    if (count < 0 || count > most) {
      throw fault(
          Kind.TOO_MANY_ITEMS, "%d notes into %s, wanted 0 to %d".formatted(count, unit, most));
    }
    if (!stock.nothingOut() || busy().isPresent()) {
      throw fault(Kind.ITEMS_LEFT, "notes are out of their units");
    }
    stock.load(unit, count);
    told();
  }

  /// Below this many notes a cassette is low.
  public void setLowThreshold(String unit, int notes) {
    Box box = stock.boxes().get(unit);
    if (box == null || box.role != CashUnit.Role.CASSETTE) {
      throw fault(Kind.UNKNOWN_UNIT, "no cassette '" + unit + "'");
    }
    box.lowThreshold = notes;
    told();
  }

  // What hands do.

  /// The customer takes all notes at the slot.
  public void take() {
    if (stock.tray.isEmpty() || !stock.shutterOpen) {
      throw new ImpossibleAct(
          "cash-dispenser: "
              + (stock.tray.isEmpty() ? "no notes to take" : "the shutter is closed"));
    }
    stock.takeTray();
    told();
    if (!powered()) {
      return; // nobody saw it; the shutter closes when the power is back
    }
    if (!faults.strikes("exit-sensor")) {
      tell(new DeviceEvent.NotesTaken());
    }
    closeEmptySlot();
  }

  // How.

  /// An act that moves notes: however it ends, that is written down before anybody is told. Its
  /// success may be lost on the way back.
  private <T> Future<T> moving(String doing, Supplier<Future<T>> movement) {
    return act(doing, () -> movement.get().transform(this::written))
        .compose(
            done ->
                faults.strikes("reply-lost")
                    ? fail(Kind.REPLY_LOST, "done, but the reply is lost")
                    : Future.succeededFuture(done));
  }

  private <T> Future<T> written(AsyncResult<T> end) {
    told();
    return end.succeeded()
        ? Future.succeededFuture(end.result())
        : Future.failedFuture(end.cause());
  }

  private List<Note> intoReach() {
    stock.presentStacker();
    stock.shutterOpen = true;
    boolean sure = !faults.strikes("exit-sensor");
    stock.present =
        stock.present.presented(
            sure ? PresentStatus.State.PRESENTED : PresentStatus.State.UNKNOWN,
            Stock.byHome(stock.tray));
    told();
    if (!sure) {
      throw fault(Kind.SLOT_UNKNOWN, "the exit sensor fails, nobody knows what is there");
    }
    tell(new DeviceEvent.NotesPresented());
    return tray();
  }

  private <T> Future<T> nothingToRetract() {
    boolean reached =
        stock.present.state() != PresentStatus.State.NOT_PRESENTED
            && stock.present.retracted() == PresentStatus.Retracted.NO;
    return reached
        ? fail(Kind.ITEMS_TAKEN, "the notes were taken")
        : fail(Kind.NO_ITEMS, "nothing was at the slot");
  }

  private Future<List<Note>> pullBack(Bin bin) {
    return move(RETRACT)
        .map(
            _ -> {
              if (faults.strikes("retract-jam")) {
                stock.jamTray();
                stock.present =
                    stock.present.retracted(PresentStatus.Retracted.UNCOUNTED, Map.of());
                throw fault(Kind.JAM, "notes stuck while they were retracted");
              }
              return presentedInto(bin);
            });
  }

  private List<Note> presentedInto(Bin bin) {
    List<Note> moved = stock.presentedInto(bin);
    if (!moved.isEmpty()) {
      stock.present = stock.present.retracted(PresentStatus.Retracted.COUNTED, Stock.byHome(moved));
    }
    return moved;
  }

  private List<Note> allInto(Bin bin) {
    List<Note> moved = new ArrayList<>(stock.transportOutInto(bin));
    moved.addAll(stock.stackerInto(bin));
    moved.addAll(presentedInto(bin));
    return moved;
  }

  private void checkRoom(Bin bin, int notes) {
    if (stock.bin(bin).notes.size() + notes > Stock.BIN_CAPACITY) {
      throw fault(Kind.BIN_FULL, "no room for " + notes + " notes in the " + bin + " bin");
    }
  }

  private void shut() {
    stock.shutterOpen = false;
    told();
  }

  private void closeEmptySlot() {
    move(SHUTTER)
        .onSuccess(
            _ -> {
              if (stock.tray.isEmpty() && stock.shutterOpen) {
                shut();
              }
            });
  }

  /// A step within an act, shown where the mechanics take time. At speed 0 nobody can see it, so
  /// it needs no write: after a crash it never happened.
  void progress() {
    if (!pace.instant()) {
      told();
    }
  }

  /// Writes down where everything is, then lets it be known.
  private void told() {
    stock.save();
    var units = stock.touched();
    if (!units.isEmpty()) {
      tell(new DeviceEvent.CountsChanged(units));
    }
    statusTold();
    changed();
  }

  private void statusTold() {
    for (CashUnit unit : units()) {
      if (toldStatus.put(unit.unit(), unit.status()) != unit.status()) {
        tell(new DeviceEvent.UnitChanged(unit.unit()));
      }
    }
  }

  private CashUnit seen(Box box) {
    return new CashUnit(
        box.unit,
        box.id,
        box.role,
        box.note,
        box.loaded,
        box.notes.size(),
        stock.count(box.notes),
        box.capacity,
        box.lowThreshold,
        box.status(faults.holds("cassette-missing:" + box.id)),
        box.counts());
  }

  @Override
  void memoryLost() {
    told(); // notes stay where they are, even those half way
  }

  @Override
  void powerBack() {
    if (stock.tray.isEmpty() && stock.shutterOpen) {
      shut();
    }
  }

  @Override
  void faultChanged(String kind) {
    told();
  }

  @Override
  boolean happensAtNotes(String kind) {
    return List.of("jam", "double", "dead").contains(kind) || kind.startsWith(REPORTED);
  }
}
