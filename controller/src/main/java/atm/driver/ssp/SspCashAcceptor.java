package atm.driver.ssp;

import atm.config.DeviceEntry.Bin;
import atm.device.CashAcceptor;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.ssp.SspData.Counters;
import atm.driver.ssp.SspData.Setup;
import atm.link.Backoff;
import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// A note validator (NV200), with or without a SMART Payout behind it, as a cash acceptor. Its
/// escrow is one note in its transport, so a transaction is of one note; it has one box, and does
/// not see whether what it gave back is taken. Whether a note went in is told by its events; where
/// they are lost, by whether it still holds it and by its counters; else it is unknown.
final class SspCashAcceptor extends SspDevice implements CashAcceptor {
  /// From escrow to box or front takes some three seconds.
  private static final Duration MOVED_WITHIN = Duration.ofSeconds(30);

  private final List<Money> wanted;
  private final Bin box;
  private final SspSettings.Route route;
  private final Troubles troubles = new Troubles();
  private List<Money> channels = List.of();
  private boolean hasPayout;
  private String mismatch = "";
  private List<CashUnit> units = List.of();
  private CashIn cashIn = CashIn.unknown(DeviceKind.CASH_ACCEPTOR.key());
  private Optional<Inserting> inserting = Optional.empty();

  SspCashAcceptor(
      SspPort port, Backoff backoff, List<Money> wanted, Bin box, SspSettings.Route route) {
    super(DeviceKind.CASH_ACCEPTOR, port, backoff);
    this.wanted = List.copyOf(wanted);
    this.box = box;
    this.route = route;
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
          cashIn = CashIn.begun(kind().key());
          return Future.succeededFuture();
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
    if (unit.isHolding()) {
      if (cashIn.isInside()) {
        cashIn.stillHeld();
        return Future.succeededFuture();
      }
      return unit.reject().compose(_ -> unit.standStill()).compose(_ -> takesNoMore(unit));
    }
    return cashIn.isInside()
        ? counted(unit).onSuccess(cashIn::settle).mapEmpty()
        : Future.succeededFuture();
  }

  private Future<Void> enableStore(SspUnit unit) {
    return route == SspSettings.Route.STORE && hasPayout && !unit.isHolding()
        ? unit.line().succeed("enable payout", SspData.command(0x5C, 0)).mapEmpty()
        : Future.succeededFuture();
  }

  /// A unit may know nothing of counters.
  private Future<Optional<Counters>> counted(SspUnit unit) {
    return unit.line().ask("counters", SspData.command(0x58)).map(SspData::counters);
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
    return notes.map(
        levels -> {
          int count = levels.values().stream().mapToInt(Integer::intValue).sum();
          units =
              List.of(
                  new CashUnit(
                      box.id(), CashUnit.Kind.BIN, levels, count, box.capacity(), state(count)));
          return units;
        });
  }

  private CashUnit.State state(int count) {
    if (troubles.isBoxOut()) return CashUnit.State.MISSING;
    return troubles.isFull() || count >= box.capacity() ? CashUnit.State.FULL : CashUnit.State.OK;
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
        .compose(_ -> unit.setInhibits(mask()))
        .compose(
            _ -> {
              waiting.open(within);
              slotOpen.run();
              return waiting.outcome();
            })
        .compose(outcome -> takesNoMore(unit).map(outcome))
        .otherwise(failure -> new InsertOutcome.Unknown(doubt(unit, failure)))
        .onComplete(
            _ -> {
              waiting.over();
              inserting = Optional.empty();
            });
  }

  /// A unit that also pays has its notes routed to the store for that.
  private Future<Void> routes(SspUnit unit) {
    Future<Void> routed = Future.succeededFuture();
    if (!hasPayout) return routed;
    for (Money note : wanted) {
      byte[] command =
          route == SspSettings.Route.STORE
              ? SspData.routeToStore(note)
              : SspData.routeToCashbox(note);
      routed = routed.compose(_ -> unit.line().succeed("set route", command).mapEmpty());
    }
    return routed;
  }

  private int mask() {
    int mask = 0;
    for (int i = 0; i < channels.size(); i++) {
      if (wanted.contains(channels.get(i))) mask |= 1 << i;
    }
    return mask;
  }

  /// While a note is held nothing but holds is sent; then the unit takes no other anyway.
  private Future<Void> takesNoMore(SspUnit unit) {
    return unit.isHolding()
        ? Future.succeededFuture()
        : unit.setInhibits(SspData.NO_CHANNELS).compose(_ -> unit.enable());
  }

  // -- and on its way

  private Future<StoreOutcome> store(SspUnit unit) {
    if (cashIn.endedByItself()) {
      return Future.succeededFuture(new StoreOutcome.Unknown(leftByItself()));
    }
    if (!cashIn.isActive()) {
      return Future.succeededFuture(
          new StoreOutcome.StillInEscrow(sequence("no transaction is under way")));
    }
    if (troubles.isJammed() && !cashIn.isHeld()) {
      return Future.succeededFuture(new StoreOutcome.Unknown(jam()));
    }
    if (!cashIn.isHeld()) {
      cashIn.ends(CashInStatus.State.STORED);
      return Future.succeededFuture(new StoreOutcome.Stored(Map.of()));
    }
    return accept(
        unit,
        CashInStatus.State.STORED,
        () ->
            cashIn.end() == CashInStatus.State.STORED
                ? new StoreOutcome.Stored(cashIn.notes())
                : new StoreOutcome.Unknown(leftByItself()),
        StoreOutcome.StillInEscrow::new,
        StoreOutcome.Unknown::new);
  }

  private Future<RetractOutcome> retract(SspUnit unit) {
    if (cashIn.isHeld()) {
      return accept(
          unit,
          CashInStatus.State.RETRACTED,
          () ->
              cashIn.end() == CashInStatus.State.RETRACTED
                  ? new RetractOutcome.Retracted(Optional.of(cashIn.notes()))
                  : new RetractOutcome.Unknown(leftByItself()),
          RetractOutcome.Unknown::new,
          RetractOutcome.Unknown::new);
    }
    if (cashIn.isInside() || troubles.isJammed()) {
      return Future.succeededFuture(new RetractOutcome.Unknown(jam()));
    }
    if (cashIn.end() == CashInStatus.State.RETURNED) {
      return Future.succeededFuture(
          new RetractOutcome.Unknown(unsupported("cannot draw in again what it gave back")));
    }
    if (cashIn.isActive()) cashIn.ends(CashInStatus.State.NONE);
    return Future.succeededFuture(new RetractOutcome.NothingThere());
  }

  /// @param held what it is called that the note lies in the escrow still
  private <T> Future<T> accept(
      SspUnit unit,
      CashInStatus.State how,
      Supplier<T> arrived,
      Function<Fault, T> held,
      Function<Fault, T> unknown) {
    Future<Void> gone = cashIn.goesIn(how);
    // Only what it still holds can be let in: a poll would else mean nothing, or another note.
    Future<Void> told =
        unit.hold().compose(there -> there ? unit.accept() : Future.<Void>succeededFuture());
    return arrived(unit, told, gone, arrived, held, unknown);
  }

  private Future<ReturnOutcome> giveBack(SspUnit unit) {
    if (cashIn.endedByItself()) {
      return Future.succeededFuture(
          cashIn.end() == CashInStatus.State.RETURNED
              ? new ReturnOutcome.Returned()
              : new ReturnOutcome.Unknown(leftByItself()));
    }
    if (!cashIn.isActive()) {
      return Future.succeededFuture(
          new ReturnOutcome.StillInEscrow(sequence("no transaction is under way")));
    }
    if (troubles.isJammed() && !cashIn.isHeld()) {
      return Future.succeededFuture(new ReturnOutcome.Unknown(jam()));
    }
    if (!cashIn.isHeld()) {
      cashIn.ends(CashInStatus.State.NONE);
      return Future.succeededFuture(new ReturnOutcome.NothingThere());
    }
    Future<Void> gone = cashIn.goesBack();
    return arrived(
        unit,
        unit.reject().mapEmpty(),
        gone,
        () ->
            cashIn.end() == CashInStatus.State.RETURNED
                ? new ReturnOutcome.Returned()
                : new ReturnOutcome.Unknown(leftByItself()),
        ReturnOutcome.StillInEscrow::new,
        ReturnOutcome.Unknown::new);
  }

  /// Waits until the note has arrived somewhere. Where it does not, only the unit's word that it
  /// still holds it says that nothing happened.
  private <T> Future<T> arrived(
      SspUnit unit,
      Future<Void> told,
      Future<Void> gone,
      Supplier<T> arrived,
      Function<Fault, T> held,
      Function<Fault, T> unknown) {
    Fault late =
        new Fault(Fault.Code.TIMEOUT, kind() + ": the note did not arrive in " + MOVED_WITHIN);
    Runnable stopPatience = deadlines().after(MOVED_WITHIN, () -> cashIn.stopped(late));
    return told.onFailure(failure -> cashIn.stopped(doubt(unit, failure)))
        .compose(_ -> gone)
        .onComplete(_ -> stopPatience.run())
        .compose(_ -> takesNoMore(unit).transform(_ -> Future.succeededFuture(arrived.get())))
        .recover(failure -> stopped(unit, DeviceException.faultOf(failure), held, unknown));
  }

  private <T> Future<T> stopped(
      SspUnit unit, Fault why, Function<Fault, T> held, Function<Fault, T> unknown) {
    if (!unit.isServing() || !cashIn.isInside()) {
      return Future.succeededFuture(unknown.apply(why));
    }
    return unit.hold()
        .map(
            there -> {
              if (there) cashIn.stillHeld();
              else if (why.code() == Fault.Code.TIMEOUT) unit.lose(why);
              return there ? held.apply(why) : unknown.apply(why);
            })
        .otherwise(failure -> unknown.apply(doubt(unit, failure)));
  }

  /// After doubt only a unit met anew tells what is true.
  private Fault doubt(SspUnit unit, Throwable failure) {
    Fault why = DeviceException.faultOf(failure);
    unit.lose(why);
    return why;
  }

  // -- events

  @Override
  void happened(SspUnit unit, List<SspEvent> events) {
    for (SspEvent event : events) {
      troubles.happened(event);
      if (cashIn.happened(event)) continue;
      switch (event.kind()) {
        case READ -> read(unit, event.detail());
        case REJECTED -> {
          if (inserting.filter(Inserting::refused).isPresent()) cashIn.refuses();
        }
        case UNSAFE_JAM, SAFE_JAM -> stopped();
        case STACKER_FULL, CASHBOX_REMOVED, OUT_OF_SERVICE -> {
          // Does not keep a note from coming out.
          if (!cashIn.isGoingBack()) stopped();
        }
        default -> {
          // concerns no note of ours
        }
      }
    }
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
      inserting.get().kept(note.get());
    } else {
      unit.reject().onFailure(failure -> doubt(unit, failure));
    }
  }

  private void stopped() {
    Fault why = new Fault(Fault.Code.HARDWARE, kind() + ": " + troubles);
    cashIn.stopped(why);
    inserting.ifPresent(waiting -> waiting.failed(why));
  }

  private Fault leftByItself() {
    return new Fault(
        Fault.Code.HARDWARE, kind() + ": the note left the escrow otherwise than it was told to");
  }

  private Fault jam() {
    return new Fault(Fault.Code.HARDWARE, kind() + ": a note sticks inside");
  }

  private Fault unsupported(String what) {
    return new Fault(Fault.Code.UNSUPPORTED, kind() + ": it " + what);
  }
}
