package sim.mechanics;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sim.mechanics.MechanicalFault.Kind;

/// A cash acceptor with one slot for notes in and out, a reader, an escrow, deposit bins, a suspect
/// and a retract bin. Each note is in one place; places and the last transaction are on disk before
/// anybody is told of them, so they survive a `kill -9`.
public final class SimCashAcceptor extends SimDevice {
  static final Duration SHUTTER = Duration.ofMillis(300);
  static final Duration GIVE_BACK = Duration.ofMillis(900);

  /// What the escrow holds, and the largest bunch.
  public static final int ESCROW_MAX = 200;

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

  private final AcceptorBuild build;
  private final AcceptorStock stock;
  private final AcceptorBins bins;
  private final List<Denomination> known;
  private final Map<String, AcceptorUnit.Status> toldStatus = new HashMap<>();
  private Promise<Void> wanted;
  private boolean feeding;
  private boolean unwanted;

  /// An acceptor as its file remembers it, or with empty bins where there is no file; `known` are
  /// the notes its reader recognises.
  public SimCashAcceptor(
      Pace pace, StateFile file, List<Denomination> known, List<DepositBin> deposits) {
    this(pace, file, known, deposits, AcceptorBuild.BUNCH, List.of());
  }

  /// @param more faults that a protocol brings
  public SimCashAcceptor(
      Pace pace,
      StateFile file,
      List<Denomination> known,
      List<DepositBin> deposits,
      AcceptorBuild build,
      List<Faults.Kind> more) {
    super(
        "cash-acceptor",
        pace,
        Stream.concat(AcceptorBins.faults(deposits).stream(), more.stream()).toList());
    this.build = build;
    this.known = List.copyOf(known);
    this.stock = AcceptorStock.open(file, deposits);
    this.bins = new AcceptorBins(stock, faults);
    units().forEach(unit -> toldStatus.put(unit.unit(), unit.status()));
  }

  // State.

  /// The notes the reader recognises.
  public List<Denomination> known() {
    return known;
  }

  /// Deposit bins in the order of devices.yaml, then the suspect bin, then the retract bin.
  public List<AcceptorUnit> units() {
    return bins.seen();
  }

  public AcceptorUnit unit(AcceptorUnit.Role role) {
    return bins.seen(role);
  }

  public List<Banknote> escrow() {
    return List.copyOf(stock.escrow);
  }

  /// Notes at the slot, on their way in or come back.
  public List<Banknote> slotNotes() {
    return List.copyOf(stock.slot);
  }

  /// Notes under way or stuck between their places, with those refused that wait to come back.
  public List<Banknote> transport() {
    List<Banknote> notes = new ArrayList<>(stock.transport);
    notes.addAll(stock.pocket);
    return notes;
  }

  /// All that was ever put in.
  public Map<Paper, Integer> inserted() {
    return new TreeMap<>(stock.inserted);
  }

  /// All that customers took back because it was refused, or because they changed their mind.
  public Map<Paper, Integer> refused() {
    return new TreeMap<>(stock.refused);
  }

  public Map<Paper, Integer> returned() {
    return new TreeMap<>(stock.returned);
  }

  /// All that a person took out of the bins.
  public Map<Paper, Integer> emptied() {
    return new TreeMap<>(stock.emptied);
  }

  public CashIn last() {
    return stock.last;
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
    return stock.slot.isEmpty() ? Slot.EMPTY : Slot.NOT_EMPTY;
  }

  /// Whether the slot is open for a bunch.
  public boolean wantsNotes() {
    return wanted != null && !feeding;
  }

  /// Whether the transport is blocked until a [#retract] or [#reset].
  public boolean transportJammed() {
    return faults.holds("jam")
        || faults.holds("store-jam")
        || busy().isEmpty() && !transport().isEmpty();
  }

  // What a wire asks for.

  /// Begins a transaction.
  public Future<Void> begin() {
    return act(
        "beginning",
        () -> {
          if (stock.last.state() == CashIn.State.ACTIVE) {
            return fail(Kind.CASH_IN_ACTIVE, "a transaction is active already");
          }
          stock.last = CashIn.BEGUN;
          told();
          return Future.succeededFuture();
        });
  }

  /// Opens the slot, waits for one bunch and takes it in; `open` hears when notes can be put in,
  /// `refused` of each note that comes back. When it fails, [#last] tells how far it came.
  public Future<TakenIn> cashIn(Runnable open, Consumer<Refusal> refused) {
    return moving(
        "accepting",
        () -> {
          unwanted = false;
          checkActive();
          if (!stock.slot.isEmpty()) {
            return fail(Kind.ITEMS_LEFT, "notes are in the slot still");
          }
          if (!stock.transport.isEmpty()) {
            return fail(Kind.JAM, "a note sticks in the transport");
          }
          return openSlot()
              .compose(_ -> bunch(open))
              .compose(_ -> shut())
              .compose(_ -> new TakingIn(this, stock, bins, build, refused).run())
              .onComplete(_ -> feeding = false);
        });
  }

  /// Ends a [#cashIn] that still waits, with `CANCELED`. False when there is none, or notes are on
  /// their way in, which then ends as it would have.
  public boolean cancelCashIn() {
    if (wantsNotes()) {
      Promise<Void> waiting = wanted;
      wanted = null;
      waiting.fail(canceled());
      return true;
    }
    unwanted = accepts() && !feeding; // the slot still opens
    return unwanted;
  }

  /// Moves the escrow into the bins, note by note.
  public Future<Void> store() {
    return moving(
        "storing",
        () -> {
          checkEscrowMoves();
          return new Storing(this, stock, bins).run();
        });
  }

  /// Moves the escrow to the slot and opens the shutter.
  public Future<Void> rollback() {
    return moving(
        "returning",
        () -> {
          checkEscrowMoves();
          if (!stock.slot.isEmpty()) {
            return fail(Kind.ITEMS_LEFT, "notes are in the slot still");
          }
          if (stock.escrow.isEmpty()) {
            stock.last = stock.last.in(CashIn.State.ROLLBACK);
            return fail(Kind.NO_ITEMS, "the escrow is empty");
          }
          if (faults.strikes("shutter-jam")) {
            return fail(Kind.SHUTTER_JAM, "the shutter does not open");
          }
          stock.last = stock.last.in(CashIn.State.UNKNOWN);
          told();
          return move(GIVE_BACK).compose(_ -> move(SHUTTER)).map(_ -> intoReach());
        });
  }

  /// Takes all that is outside of the bins into the retract bin. `ITEMS_TAKEN` when the customer
  /// was faster. What a transaction had accepted and not stored ends it.
  public Future<List<Banknote>> retract() {
    return moving("retracting", new Retracting(this, stock)::retract);
  }

  /// Clears slot, escrow and transport into the retract bin, and a jam whose cause is gone.
  public Future<List<Banknote>> reset() {
    return moving("resetting", new Retracting(this, stock)::reset);
  }

  // What hands do.

  /// The customer puts one bunch into the open slot.
  public void insert(List<Paper> bunch) {
    if (!wantsNotes()) {
      throw new ImpossibleAct("cash-acceptor: the slot is closed, no notes are wanted now");
    }
    if (bunch.isEmpty() || bunch.size() > ESCROW_MAX) {
      throw new ImpossibleAct(
          "cash-acceptor: " + bunch.size() + " notes at once, wanted 1 to " + ESCROW_MAX);
    }
    feeding = true;
    stock.putIn(bunch);
    told();
    tell(new DeviceEvent.NotesInserted());
    Promise<Void> waiting = wanted;
    wanted = null;
    waiting.complete();
  }

  /// The customer takes all notes at the slot.
  public void take() {
    if (stock.slot.isEmpty() || !stock.shutterOpen || feeding) {
      throw new ImpossibleAct(
          "cash-acceptor: " + (stock.slot.isEmpty() ? "no notes to take" : "the slot is closed"));
    }
    stock.take();
    told();
    if (!powered()) {
      return; // nobody saw it; the shutter closes when the power is back
    }
    if (!faults.strikes("exit-sensor")) {
      tell(new DeviceEvent.NotesTaken());
    }
    closeEmptySlot();
  }

  /// A person takes out what is in a bin.
  public void empty(String id) {
    AcceptorStock.Hold hold =
        stock.holds().stream()
            .filter(each -> each.id.equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no bin '" + id + "'"));
    if (busy().isPresent()) {
      throw new ImpossibleAct("cash-acceptor: it is " + busy().get());
    }
    if (hold.count() == 0) {
      throw new ImpossibleAct("cash-acceptor: the bin " + id + " is empty");
    }
    stock.empty(hold);
    told();
  }

  // How.

  private Future<Void> bunch(Runnable open) {
    if (unwanted) {
      return shut().compose(_ -> Future.failedFuture(canceled()));
    }
    wanted = Promise.promise();
    Future<Void> comes = wanted.future();
    open.run();
    changed();
    // However the waiting ends, the slot closes: on the notes, or on nothing.
    return comes.recover(why -> powered() ? shut().compose(_ -> Future.failedFuture(why)) : comes);
  }

  private MechanicalFault canceled() {
    return fault(Kind.CANCELED, "canceled before notes came");
  }

  Future<Void> openSlot() {
    if (faults.strikes("shutter-jam")) {
      return fail(Kind.SHUTTER_JAM, "the shutter does not open");
    }
    return move(SHUTTER)
        .map(
            _ -> {
              stock.shutterOpen = true;
              told();
              return null;
            });
  }

  /// Notes lie at the open slot.
  Void presented() {
    told();
    tell(new DeviceEvent.NotesPresented());
    return null;
  }

  private void checkActive() {
    if (stock.last.state() != CashIn.State.ACTIVE) {
      throw fault(Kind.NO_CASH_IN, "no transaction is active");
    }
  }

  private void checkEscrowMoves() {
    checkActive();
    if (faults.strikes("escrow-stuck")) {
      throw fault(Kind.JAM, "the escrow does not move");
    }
    if (!stock.transport.isEmpty()) {
      throw fault(Kind.JAM, "a note sticks in the transport");
    }
  }

  private Void intoReach() {
    stock.escrowToSlot();
    stock.shutterOpen = true;
    if (faults.strikes("exit-sensor")) {
      throw fault(Kind.SLOT_UNKNOWN, "the slot sensor fails, nobody knows what is there");
    }
    stock.last = stock.last.in(CashIn.State.ROLLBACK);
    return presented();
  }

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

  Future<Void> shut() {
    return move(SHUTTER).map(_ -> closed());
  }

  private Void closed() {
    stock.shutterOpen = false;
    told();
    return null;
  }

  private void closeEmptySlot() {
    move(SHUTTER)
        .onSuccess(
            _ -> {
              if (stock.slot.isEmpty() && stock.shutterOpen && !accepts()) {
                closed();
              }
            });
  }

  /// Whether the slot is the business of a [#cashIn] that runs.
  private boolean accepts() {
    return busy().equals(Optional.of("accepting"));
  }

  /// A step within an act, shown where the mechanics take time. At speed 0 nobody can see it, so
  /// it needs no write: after a crash it never happened.
  void progress() {
    if (!pace.instant()) {
      told();
    }
  }

  /// Writes down where everything is, then lets it be known.
  void told() {
    stock.save();
    for (AcceptorUnit unit : units()) {
      if (toldStatus.put(unit.unit(), unit.status()) != unit.status()) {
        tell(new DeviceEvent.UnitChanged(unit.unit()));
      }
    }
    changed();
  }

  @Override
  void memoryLost() {
    Promise<Void> waiting = wanted;
    wanted = null;
    feeding = false;
    told(); // notes stay where they are, even those half way
    if (waiting != null) {
      waiting.fail(fault(Kind.POWER_LOST, "the power went"));
    }
  }

  @Override
  void powerBack() {
    stock.settle();
    told();
  }

  @Override
  void faultChanged(String kind) {
    told();
  }

  @Override
  boolean happensAtNotes(String kind) {
    return List.of("jam", "store-jam", "dead").contains(kind);
  }
}
