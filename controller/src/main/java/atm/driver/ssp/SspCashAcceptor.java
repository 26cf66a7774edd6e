package atm.driver.ssp;

import atm.config.DeviceEntry.Bin;
import atm.device.CashAcceptor;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.ssp.SspData.Setup;
import atm.link.Backoff;
import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A note validator (NV200), with or without a SMART Payout behind it, as a cash acceptor. Its
/// escrow is one note in its transport, so a transaction is of one note; it has one box, and does
/// not see whether what it gave back is taken. Whether a note went in is told by its events; where
/// they are lost, by whether it still holds it and by its counters; else it is unknown.
final class SspCashAcceptor extends SspDevice implements CashAcceptor {
  private final List<Money> wanted;
  private final Bin box;
  private final SspSettings.Route route;
  private final Troubles troubles = new Troubles(DeviceKind.CASH_ACCEPTOR);
  private List<Money> channels = List.of();
  private boolean hasPayout;
  private String mismatch = "";
  private List<CashUnit> units = List.of();
  private final CashInMemory memory;
  private CashIn cashIn;
  private Optional<Inserting> inserting = Optional.empty();

  SspCashAcceptor(
      SspPort port,
      Backoff backoff,
      List<Money> wanted,
      Bin box,
      SspSettings.Route route,
      CashInMemory memory) {
    super(DeviceKind.CASH_ACCEPTOR, port, backoff);
    this.wanted = List.copyOf(wanted);
    this.box = box;
    this.route = route;
    this.memory = memory;
    this.cashIn =
        memory
            .recalled()
            .map(kept -> CashIn.recalled(kind().key(), kept))
            .orElseGet(() -> CashIn.unknown(kind().key()));
  }

  /// Only the payout store counts by denomination.
  @Override
  public Capabilities capabilities() {
    return new Capabilities(1, true, true, false, false, route == SspSettings.Route.STORE);
  }

  /// As asked last while a note is held, because the next command might let it in.
  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command(
        "cash units", unit -> unit.isHolding() ? Future.succeededFuture(units) : askUnits(unit));
  }

  @Override
  public Future<Void> begin() {
    return command(
        "begin",
        unit -> {
          Optional<Fault> no = whyNotBegin(unit);
          if (no.isPresent()) return failed(no.get());
          CashIn begun = CashIn.begun(kind().key());
          return memory
              .keep(begun.kept())
              .recover(failure -> failed(hardware(failure)))
              .onSuccess(_ -> cashIn = begun);
        });
  }

  @Override
  public Future<InsertOutcome> insert(Duration within, Runnable slotOpen) {
    return command("insert", unit -> insert(unit, within, slotOpen))
        .otherwise(failure -> new InsertOutcome.Failed(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<Void> cancel() {
    return anyway(() -> inserting.map(Inserting::stop).orElseGet(Future::succeededFuture));
  }

  @Override
  public Future<StoreOutcome> store() {
    return command("store", this::store)
        .otherwise(failure -> new StoreOutcome.StillInEscrow(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<ReturnOutcome> giveBack() {
    return command("give back", this::giveBack)
        .otherwise(failure -> new ReturnOutcome.StillInEscrow(DeviceException.faultOf(failure)));
  }

  /// It has no sensor for that.
  @Override
  public Future<TakeOutcome> taken(Duration within) {
    return anyway(
            () ->
                Future.succeededFuture(
                    cashIn.slotEmpty().isPresent()
                        ? (TakeOutcome) new TakeOutcome.Taken()
                        : new TakeOutcome.Unknown(unsupported("does not see notes being taken"))))
        .otherwise(failure -> new TakeOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  /// There is one box, so a note that nobody is there to take back goes where the others are.
  @Override
  public Future<RetractOutcome> retract() {
    return command("retract", this::retract)
        .otherwise(failure -> new RetractOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<CashInStatus> lastCashIn() {
    return command(
        "last cash-in", _ -> Future.succeededFuture(cashIn.remembered(troubles.isJammed())));
  }

  // -- the unit

  @Override
  Future<DeviceStatus> prepared(SspUnit unit, Setup setup) {
    channels = setup.channels();
    hasPayout = setup.type() == Setup.SMART_PAYOUT;
    identify(
        "%s, firmware %s"
            .formatted(hasPayout ? "SMART Payout" : "note validator", setup.firmware()));
    mismatch = whatDiffers();
    return settle(unit)
        .compose(_ -> enableStore(unit))
        .compose(_ -> askUnits(unit))
        .map(_ -> health());
  }

  private String whatDiffers() {
    if (!channels.containsAll(wanted)) {
      return "devices.yaml has the notes " + wanted + "; the unit reads " + channels;
    }
    return route == SspSettings.Route.STORE && !hasPayout
        ? "devices.yaml routes notes to the store; the unit has none"
        : "";
  }

  /// What became of a note that was inside when the last wire went. One that nobody can name goes
  /// back to who put it in, as the unit itself does after ten seconds.
  private Future<Void> settle(SspUnit unit) {
    boolean heldANote = unit.isHolding();
    if (cashIn.isOfBeforeACrash()) {
      Future<Void> back = heldANote ? back(unit) : Future.succeededFuture();
      return back.compose(_ -> counted(unit))
          .onSuccess(now -> cashIn.settleAfterCrash(now, heldANote))
          .mapEmpty();
    }
    if (heldANote) {
      if (cashIn.isInside()) {
        cashIn.stillHeld();
        return Future.succeededFuture();
      }
      return back(unit);
    }
    return cashIn.isInside()
        ? counted(unit).onSuccess(cashIn::settle).mapEmpty()
        : Future.succeededFuture();
  }

  private static Future<Void> back(SspUnit unit) {
    return unit.reject()
        .compose(why -> why.isPresent() ? SspDevice.<Void>failed(why.get()) : unit.standStill())
        .compose(_ -> unit.takeNoMore());
  }

  private Future<Void> enableStore(SspUnit unit) {
    return route == SspSettings.Route.STORE && hasPayout && !unit.isHolding()
        ? unit.line().succeed("enable payout", SspData.ENABLE_PAYOUT).mapEmpty()
        : Future.succeededFuture();
  }

  @Override
  void abandoned(Fault why) {
    inserting.ifPresent(waiting -> waiting.lost(why));
    cashIn.stopped(why);
  }

  @Override
  Optional<String> busy() {
    return inserting.isPresent() || cashIn.isHeld()
        ? Optional.of("a customer's note is inside")
        : Optional.empty();
  }

  @Override
  void forgetTroubles() {
    troubles.clear();
  }

  private DeviceStatus health() {
    return mismatch.isEmpty() ? troubles.status(List.of()) : DeviceStatus.fault(mismatch);
  }

  private Future<List<CashUnit>> askUnits(SspUnit unit) {
    boolean counts = route == SspSettings.Route.STORE && hasPayout && !unit.isHolding();
    Future<Map<Money, Integer>> notes =
        counts ? levels(unit) : Future.succeededFuture(Map.<Money, Integer>of());
    return notes.map(levels -> List.of(troubles.box(box, levels))).onSuccess(now -> units = now);
  }

  // -- a note in

  private Optional<Fault> whyNotBegin(SspUnit unit) {
    if (cashIn.isActive()) return Optional.of(sequence("a transaction is under way"));
    if (unit.isHolding() || troubles.isJammed()) {
      return Optional.of(sequence("a note is still inside"));
    }
    return whyNotServe();
  }

  private Optional<Fault> whyNotServe() {
    return health().canServe()
        ? Optional.empty()
        : Optional.of(new Fault(Fault.Code.HARDWARE, kind() + ": " + health().detail()));
  }

  private Optional<Fault> whyNotInsert() {
    if (!cashIn.isActive()) return Optional.of(sequence("no transaction is under way"));
    if (cashIn.isInside()) return Optional.of(sequence("its escrow holds one note, which it has"));
    return whyNotServe().or(() -> unitBusy().map(this::sequence));
  }

  private Future<InsertOutcome> insert(SspUnit unit, Duration within, Runnable slotOpen) {
    Optional<Fault> no = whyNotInsert();
    if (no.isPresent()) return Future.succeededFuture(new InsertOutcome.Failed(no.get()));
    Inserting waiting = new Inserting(unit, deadlines());
    inserting = Optional.of(waiting);
    return routes(unit)
        .compose(_ -> counted(unit))
        .onSuccess(cashIn::before)
        .compose(_ -> memory.keep(cashIn.kept()).recover(failure -> failed(hardware(failure))))
        .compose(_ -> unit.setInhibits(SspData.mask(channels, wanted)))
        .compose(
            _ -> {
              waiting.open(within);
              slotOpen.run();
              return waiting.outcome();
            })
        .compose(outcome -> unit.takeNoMore().map(outcome))
        .otherwise(failure -> new InsertOutcome.Unknown(unit.doubted(failure)))
        .onComplete(
            _ -> {
              waiting.over();
              inserting = Optional.empty();
            });
  }

  /// A unit that also pays has its notes routed to the store for that.
  private Future<Void> routes(SspUnit unit) {
    boolean store = route == SspSettings.Route.STORE;
    return hasPayout ? unit.route(wanted, store) : Future.succeededFuture();
  }

  // -- and on its way

  private Future<StoreOutcome> store(SspUnit unit) {
    if (cashIn.endedByItself()) return now(new StoreOutcome.Unknown(elsewhere()));
    if (!cashIn.isActive()) {
      return now(new StoreOutcome.StillInEscrow(sequence("no transaction is under way")));
    }
    if (cashIn.isHeld()) {
      return moving(unit).in(Moving.Ends.stored(cashIn.notes()));
    }
    if (sticks()) return now(new StoreOutcome.Unknown(jam()));
    cashIn.ends(CashInStatus.State.STORED);
    return now(new StoreOutcome.Stored(Map.of()));
  }

  private Future<ReturnOutcome> giveBack(SspUnit unit) {
    if (cashIn.endedByItself()) {
      return now(
          cashIn.end() == CashInStatus.State.RETURNED
              ? new ReturnOutcome.Returned()
              : new ReturnOutcome.Unknown(elsewhere()));
    }
    if (!cashIn.isActive()) {
      return now(new ReturnOutcome.StillInEscrow(sequence("no transaction is under way")));
    }
    if (cashIn.isHeld()) {
      return moving(unit).back(Moving.Ends.returned());
    }
    if (sticks()) return now(new ReturnOutcome.Unknown(jam()));
    cashIn.ends(CashInStatus.State.NONE);
    return now(new ReturnOutcome.NothingThere());
  }

  private Future<RetractOutcome> retract(SspUnit unit) {
    if (cashIn.isHeld()) {
      return moving(unit).in(Moving.Ends.retracted(cashIn.notes()));
    }
    if (sticks()) return now(new RetractOutcome.Unknown(jam()));
    if (cashIn.end() == CashInStatus.State.RETURNED) {
      return now(new RetractOutcome.Unknown(unsupported("cannot draw in again what it gave back")));
    }
    if (cashIn.isActive()) cashIn.ends(CashInStatus.State.NONE);
    return now(new RetractOutcome.NothingThere());
  }

  private Moving moving(SspUnit unit) {
    return new Moving(unit, cashIn, memory, deadlines(), kind().key());
  }

  /// A note is inside, and not in the escrow.
  private boolean sticks() {
    return troubles.isJammed() || cashIn.isInside() && !cashIn.isHeld();
  }

  private static <T> Future<T> now(T outcome) {
    return Future.succeededFuture(outcome);
  }

  // -- events

  @Override
  void happened(SspUnit unit, List<SspEvent> events) {
    troubles.happened(events);
    for (SspEvent event : events) {
      if (cashIn.happened(event)) continue;
      switch (event.kind()) {
        case READ -> read(unit, event.detail());
        case REJECTED -> {
          if (inserting.filter(Inserting::refused).isPresent()) cashIn.refuses();
        }
        case UNSAFE_JAM, SAFE_JAM -> cashIn.stopped(trouble());
        case STACKER_FULL, DEVICE_FULL, CASHBOX_REMOVED, OUT_OF_SERVICE -> {
          // Does not keep a note from coming out.
          if (!cashIn.isGoingBack()) cashIn.stopped(trouble());
        }
        default -> {
          // concerns no note of ours
        }
      }
    }
    if (troubles.any()) inserting.ifPresent(waiting -> waiting.failed(trouble()));
    publish(health());
  }

  private void read(SspUnit unit, int channel) {
    if (channel == 0 || cashIn.isHeldIn(channel)) return;
    Optional<Money> note =
        Optional.of(channel).filter(c -> c <= channels.size()).map(c -> channels.get(c - 1));
    boolean asked =
        inserting.filter(Inserting::waits).isPresent()
            && !cashIn.isInside()
            && note.filter(wanted::contains).isPresent();
    if (asked) {
      cashIn.held(note.get(), channel);
      inserting.get().kept(note.get(), memory.keep(cashIn.kept()));
    } else {
      unit.reject().onComplete(why -> why.ifPresent(unit::lose), unit::doubted);
    }
  }

  private Fault trouble() {
    return new Fault(Fault.Code.HARDWARE, kind() + ": " + troubles);
  }

  private Fault elsewhere() {
    return Moving.elsewhere(kind().key());
  }

  private Fault hardware(Throwable failure) {
    return new Fault(Fault.Code.HARDWARE, kind() + ": " + failure.getMessage());
  }

  private Fault jam() {
    return new Fault(Fault.Code.HARDWARE, kind() + ": a note sticks inside");
  }

  private Fault unsupported(String what) {
    return new Fault(Fault.Code.UNSUPPORTED, kind() + ": it " + what);
  }
}
