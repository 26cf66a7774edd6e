package atm.driver.ssp;

import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.ChecksOrders;
import atm.driver.OrderCheck;
import atm.driver.Slot;
import atm.driver.ssp.SspData.Setup;
import atm.driver.ssp.SspEvent.Kind;
import atm.link.Backoff;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// A SMART Payout as a cash dispenser. It has no stacker: each note is held out by itself and the
/// next one follows when it is taken. Its store is one drum; a cassette of `devices.yaml` is one
/// denomination in it. An order to pay is sent once; after doubt the unit is asked under a new
/// key, which makes an order still on its way void, and levels, counters and events settle what
/// was paid.
final class SmartPayout extends SspDevice implements CashDispenser, ChecksOrders {
  /// The customer takes each note by itself; more than this takes longer than a visit.
  static final int NOTES_MAX = 30;

  /// Longer than a customer is given to take a note, so that a person is never hurried by it.
  static final Duration PROGRESS_WITHIN = Duration.ofSeconds(60);

  private final Drum drum;
  private final OrderCheck orders;
  private final Slot slot;
  private final Troubles troubles = new Troubles(DeviceKind.CASH_DISPENSER);
  private List<String> warnings = List.of();
  private Optional<Payout> last = Optional.empty();
  private Runnable stopPatience = () -> {};

  SmartPayout(SspPort port, Backoff backoff, Drum drum) {
    super(DeviceKind.CASH_DISPENSER, port, backoff);
    this.drum = drum;
    this.orders = new OrderCheck(kind().key(), drum.cassettes());
    this.slot = new Slot(port.vertx());
  }

  @Override
  public void trust(byte[] key) {
    orders.trust(key);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, true, false, true, NOTES_MAX);
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command(
        "cash units",
        unit ->
            looked(unit)
                .compose(levels -> counters(unit).map(counters -> drum.units(levels, counters))));
  }

  /// The unit checks no token: who has the key of the line may order. The driver checks in its
  /// place what it can.
  @Override
  public Future<Optional<String>> commandNonce() {
    return command("nonce", _ -> Future.succeededFuture(Optional.of(orders.nonce())));
  }

  @Override
  public Future<DispenseOutcome> dispense(Mix mix, DispenseToken token) {
    return command("dispense", unit -> dispense(unit, mix, token))
        .otherwise(failure -> new DispenseOutcome.Refused(DeviceException.faultOf(failure)));
  }

  /// What was dispensed is presented already.
  @Override
  public Future<PresentOutcome> present() {
    return anyway(
            () ->
                Future.succeededFuture(
                    last.filter(payout -> payout.allOut() || paidSomething(payout)).isPresent()
                        ? (PresentOutcome) new PresentOutcome.Presented()
                        : new PresentOutcome.NotPresented(sequence("nothing was dispensed"))))
        .otherwise(failure -> new PresentOutcome.NotPresented(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<TakeOutcome> taken(Duration within) {
    return anyway(() -> slot.takenWithin(within))
        .map(taken -> taken ? new TakeOutcome.Taken() : (TakeOutcome) new TakeOutcome.Left())
        .otherwise(failure -> new TakeOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  /// What was held out cannot be drawn in again.
  @Override
  public Future<RetractOutcome> retract() {
    return anyway(() -> slot.takenWithin(Duration.ZERO))
        .map(
            taken ->
                taken
                    ? (RetractOutcome) new RetractOutcome.Taken()
                    : new RetractOutcome.Unknown(
                        new Fault(
                            Fault.Code.UNSUPPORTED, kind() + ": a note held out stays there")))
        .otherwise(failure -> new RetractOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  /// What is not recognised on its way out the unit puts into its cashbox by itself.
  @Override
  public Future<RejectOutcome> reject() {
    return Future.succeededFuture(new RejectOutcome.NothingThere());
  }

  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    return command("last dispense", _ -> Future.succeededFuture(lastDispense()));
  }

  // -- the unit

  @Override
  Future<DeviceStatus> prepared(SspUnit unit, Setup setup) {
    checked(setup);
    return settle(unit).compose(_ -> rearm(unit)).compose(_ -> looked(unit)).map(_ -> health());
  }

  @Override
  void abandoned(Fault why) {
    stopPatience.run();
    last.ifPresent(payout -> payout.abandoned(why));
  }

  @Override
  Optional<String> busy() {
    return isPaying() ? Optional.of("a payout is under way") : Optional.empty();
  }

  @Override
  void forgetTroubles() {
    troubles.clear();
  }

  @Override
  protected Future<Void> release() {
    slot.closed(new Fault(Fault.Code.OFFLINE, kind() + ": closed"));
    return super.release();
  }

  private void checked(Setup setup) {
    if (setup.type() != Setup.SMART_PAYOUT) {
      throw new DeviceException(
          new Fault(
              Fault.Code.PROTOCOL,
              "%s: a unit of type %02X, wanted a SMART Payout (06)"
                  .formatted(kind(), setup.type())));
    }
    identify("SMART Payout, firmware " + setup.firmware());
  }

  private Future<Void> settle(SspUnit unit) {
    if (last.isEmpty() || last.get().isSettled()) return Future.succeededFuture();
    Payout payout = last.get();
    return looked(unit)
        .compose(
            levels ->
                counters(unit)
                    .map(
                        counters -> {
                          payout.settle(levels, counters);
                          return null;
                        }));
  }

  /// At first, and again after a payout that ended early: the unit has disabled itself then.
  private Future<Void> rearm(SspUnit unit) {
    return unit.line().succeed("enable payout", SspData.ENABLE_PAYOUT).compose(_ -> unit.enable());
  }

  // -- a payout

  private Future<DispenseOutcome> dispense(SspUnit unit, Mix mix, DispenseToken token) {
    Optional<Fault> no = orders.refusal(mix, token).or(() -> whyNot(unit, mix));
    if (no.isPresent()) return refused(no.get());
    SortedMap<Money, Integer> asked = drum.notes(mix);
    // Refused, because up to the order itself nothing that moves a note is sent. Where the unit
    // takes
    // notes in too, they are routed to its cashbox meanwhile.
    return unit.route(asked.keySet(), true)
        .compose(_ -> looked(unit))
        .compose(
            levels ->
                counters(unit)
                    .compose(
                        counters ->
                            unit.line()
                                .ask("test payout", SspData.payout(asked, true))
                                .compose(
                                    answer ->
                                        SspData.isOk(answer)
                                            ? order(unit, new Payout(asked, levels, counters))
                                            : refused(refusal(unit, "test payout", answer)))));
  }

  private Future<DispenseOutcome> order(SspUnit unit, Payout payout) {
    last = Optional.of(payout);
    return unit.line()
        .once("payout", SspData.payout(payout.asked(), false))
        .compose(
            answer -> {
              if (SspData.isOk(answer)) {
                patience(unit, payout, true);
                return payout.turn().compose(_ -> outcome(unit, payout));
              }
              // After an error in it nobody knows whether it has begun.
              if (!PayoutRefusal.isCertain(answer)) throw unit.line().refused("payout", answer);
              payout.refused();
              return refused(refusal(unit, "payout", answer));
            })
        .onComplete(_ -> stopPatience.run())
        .otherwise(
            failure -> {
              Fault why = DeviceException.faultOf(failure);
              // What became of the order is asked under a new key, once all of this one is void.
              // A note that is held out is waited for, because who takes it may take long.
              if (payout.isHeld()) payout.answeredEarly();
              else unit.lose(why);
              return new DispenseOutcome.Unknown(why);
            });
  }

  private Future<DispenseOutcome> outcome(SspUnit unit, Payout payout) {
    if (!payout.isOver()) {
      payout.answeredEarly();
      return Future.succeededFuture(
          new DispenseOutcome.Stacked(drum.counts(payout.asked()), drum.counts(payout.cashed())));
    }
    if (payout.why().isEmpty()) return settle(unit).map(_ -> reckoned(payout));
    // After an error notes are still on their way, to the cashbox.
    return unit.standStill()
        .compose(_ -> settle(unit))
        .compose(_ -> rearm(unit).otherwise(failure -> disarmed(unit, failure)))
        .map(_ -> reckoned(payout));
  }

  /// It would refuse all orders from now on; met anew it is asked again.
  private static Void disarmed(SspUnit unit, Throwable failure) {
    unit.doubted(failure);
    return null;
  }

  private static Fault refusal(SspUnit unit, String what, byte[] answer) {
    return (answer[0] & 0xFF) == SspData.NOT_PROCESSED
        ? PayoutRefusal.of(answer)
        : unit.line().refused(what, answer).fault();
  }

  private DispenseOutcome reckoned(Payout payout) {
    Fault why =
        payout.why().orElse(new Fault(Fault.Code.HARDWARE, kind() + ": the payout ended short"));
    return payout
        .reckoning()
        .map(
            done ->
                done.paid().equals(payout.asked())
                    ? new DispenseOutcome.Stacked(
                        drum.counts(done.paid()), drum.counts(done.toCashbox()))
                    : new DispenseOutcome.Short(
                        drum.counts(done.paid()), drum.counts(done.toCashbox()), why))
        .orElseGet(
            () ->
                new DispenseOutcome.Unknown(
                    new Fault(
                        Fault.Code.HARDWARE,
                        why.detail() + "; levels and events do not explain each other")));
  }

  /// Halts a payout that does not move on, once; after that it is given up.
  private void patience(SspUnit unit, Payout payout, boolean mayHalt) {
    stopPatience.run();
    stopPatience =
        deadlines()
            .after(
                PROGRESS_WITHIN,
                () -> {
                  if (!mayHalt) {
                    Fault why = payout.notHalted().orElse(late());
                    payout.abandoned(why);
                    // It ended, and the unit does not come to rest.
                    if (payout.isOver()) unit.lose(why);
                    return;
                  }
                  patience(unit, payout, false);
                  unit.line()
                      .succeed("halt payout", SspData.command(0x38))
                      .onFailure(no -> payout.notHalted(DeviceException.faultOf(no)));
                });
  }

  private Fault late() {
    return new Fault(
        Fault.Code.TIMEOUT, kind() + ": no progress within " + PROGRESS_WITHIN.toSeconds() + " s");
  }

  // -- events

  @Override
  void happened(SspUnit unit, List<SspEvent> events) {
    boolean moved = take(events);
    if (!unit.isServing()) return;
    if (moved) last.filter(p -> !p.turn().isComplete()).ifPresent(p -> patience(unit, p, true));
    // A payout that outlived its command is settled once it is over, for who asks later.
    last.filter(Payout::wantsSettling).ifPresent(_ -> settle(unit));
    publish(health());
  }

  private boolean take(List<SspEvent> events) {
    troubles.happened(events);
    boolean moved = last.filter(p -> !p.isSettled() && p.happened(events)).isPresent();
    boolean held = events.stream().anyMatch(event -> event.kind() == Kind.HELD);
    if (held) slot.filled();
    else slot.emptied();
    return moved;
  }

  // -- what is known

  private LastDispense lastDispense() {
    return last.map(payout -> payout.remembered(drum))
        .orElseGet(() -> Payout.unknown(Optional.of(true)));
  }

  private boolean isPaying() {
    return last.filter(payout -> !payout.isOver()).isPresent();
  }

  private static boolean paidSomething(Payout payout) {
    return payout.reckoning().filter(done -> !done.paid().isEmpty()).isPresent();
  }

  private Optional<Fault> whyNot(SspUnit unit, Mix mix) {
    if (mix.notes() > NOTES_MAX) {
      return Optional.of(sequence(mix.notes() + " notes, wanted at most " + NOTES_MAX));
    }
    if (isPaying()) return Optional.of(sequence("a payout is under way"));
    if (unit.isHolding()) return Optional.of(sequence("a note lies in the escrow"));
    return troubles.any()
        ? Optional.of(new Fault(Fault.Code.HARDWARE, kind() + ": " + troubles))
        : Optional.empty();
  }

  private DeviceStatus health() {
    return troubles.status(warnings);
  }

  private Future<Map<Money, Integer>> looked(SspUnit unit) {
    return levels(unit)
        .onSuccess(
            levels -> {
              warnings = drum.warnings(levels);
              publish(health());
            });
  }

  private static Future<DispenseOutcome> refused(Fault why) {
    return Future.succeededFuture(new DispenseOutcome.Refused(why));
  }
}
