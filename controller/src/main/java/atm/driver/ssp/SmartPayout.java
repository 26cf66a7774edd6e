package atm.driver.ssp;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.ChecksOrders;
import atm.driver.OrderCheck;
import atm.driver.Slot;
import atm.driver.Supervised;
import atm.driver.ssp.SspData.Counters;
import atm.driver.ssp.SspData.Setup;
import atm.driver.ssp.SspEvent.Kind;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// A SMART Payout as a cash dispenser. It has no stacker: each note is held out by itself and the
/// next one follows when it is taken. Its store is one drum; a cassette of `devices.yaml` is one
/// denomination in it. An order to pay is sent once; after doubt the unit is asked under a new
/// key, which makes an order still on its way void, and levels, counters and events settle what
/// was paid.
final class SmartPayout extends Supervised<SspUnit> implements CashDispenser, ChecksOrders {
  /// The customer takes each note by itself; more than this takes longer than a visit.
  static final int NOTES_MAX = 30;

  /// Longer than a customer is given to take a note, so that a person is never hurried by it.
  static final Duration PROGRESS_WITHIN = Duration.ofSeconds(60);

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final int SYNC_TRIES_AFTER_RESET = 20;

  private static final Set<Kind> BUSY =
      EnumSet.of(
          Kind.DISPENSING,
          Kind.HELD,
          Kind.FLOATING,
          Kind.EMPTYING,
          Kind.SMART_EMPTYING,
          Kind.INITIALISING);

  private final ByteConnector connector;
  private final SspSettings settings;
  private final Deadlines deadlines;
  private final SecureRandom random = new SecureRandom();
  private final Drum drum;
  private final OrderCheck orders;
  private final Slot slot;
  private final Troubles troubles = new Troubles();
  private List<String> warnings = List.of();
  private Optional<Payout> last = Optional.empty();
  private Runnable stopPatience = () -> {};

  SmartPayout(
      Vertx vertx,
      ByteConnector connector,
      Backoff backoff,
      Deadlines deadlines,
      SspSettings settings,
      Drum drum) {
    super(vertx, DeviceKind.CASH_DISPENSER, backoff);
    this.connector = connector;
    this.settings = settings;
    this.deadlines = deadlines;
    this.drum = drum;
    this.orders = new OrderCheck(kind().key(), drum.cassettes());
    this.slot = new Slot(vertx);
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
            levels(unit)
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

  @Override
  public Future<Void> reset() {
    return command(
        "reset",
        unit -> {
          if (isPaying()) return failed(sequence("a payout is under way"));
          return unit.line()
              .succeed("reset", SspData.command(0x01))
              .compose(_ -> prepare(unit, SYNC_TRIES_AFTER_RESET))
              .compose(
                  now -> {
                    publish(now);
                    return now.canServe()
                        ? Future.<Void>succeededFuture()
                        : failed(new Fault(Fault.Code.HARDWARE, kind() + ": " + now.detail()));
                  })
              .onFailure(failure -> unit.lose(DeviceException.faultOf(failure)));
        });
  }

  // -- the wire

  @Override
  protected Future<SspUnit> connect() {
    return connector
        .open(CONNECT_WITHIN)
        .map(link -> new SspUnit(kind(), link, settings, deadlines));
  }

  @Override
  protected Future<DeviceStatus> prepare(SspUnit unit) {
    return prepare(unit, SspLine.TRIES);
  }

  private Future<DeviceStatus> prepare(SspUnit unit, int syncTries) {
    unit.onLost(why -> lost(unit, why));
    troubles.clear();
    return unit.introduce(random, syncTries)
        .map(this::checked)
        .compose(_ -> standStill(unit, 0))
        .compose(_ -> settle(unit))
        .compose(_ -> enable(unit))
        .compose(_ -> levels(unit))
        .map(
            _ -> {
              slot.emptied();
              unit.keepPolling(events -> happened(unit, events));
              return health();
            });
  }

  @Override
  protected Future<Void> disconnect(SspUnit unit, Fault why) {
    stopPatience.run();
    last.ifPresent(payout -> payout.abandoned(why));
    return unit.close(why);
  }

  @Override
  protected Future<Void> release() {
    slot.closed(new Fault(Fault.Code.OFFLINE, kind() + ": closed"));
    return connector.close();
  }

  private Setup checked(Setup setup) {
    if (setup.type() != Setup.SMART_PAYOUT) {
      throw new DeviceException(
          new Fault(
              Fault.Code.PROTOCOL,
              "%s: a unit of type %02X, wanted a SMART Payout (06)"
                  .formatted(kind(), setup.type())));
    }
    identify("SMART Payout, firmware " + setup.firmware());
    return setup;
  }

  /// An order outlives the connection it came by; until two polls tell of no movement, no count is
  /// the last.
  private Future<Void> standStill(SspUnit unit, int quiet) {
    if (quiet == 2) return Future.succeededFuture();
    return unit.poll()
        .compose(
            events -> {
              take(events);
              boolean busy = events.stream().anyMatch(event -> BUSY.contains(event.kind()));
              return unit.pause().compose(_ -> standStill(unit, busy ? 0 : quiet + 1));
            });
  }

  private Future<Void> settle(SspUnit unit) {
    if (last.isEmpty() || last.get().isSettled()) return Future.succeededFuture();
    Payout payout = last.get();
    return levels(unit)
        .compose(
            levels ->
                counters(unit)
                    .map(
                        counters -> {
                          payout.settle(levels, counters);
                          return null;
                        }));
  }

  private Future<Void> enable(SspUnit unit) {
    SspLine line = unit.line();
    Future<byte[]> routed = Future.succeededFuture();
    for (Cassette cassette : drum.cassettes()) {
      routed =
          routed.compose(_ -> line.succeed("set route", SspData.routeToStore(cassette.note())));
    }
    // As a dispenser it takes no notes in: every channel is inhibited.
    return routed
        .compose(_ -> line.succeed("set inhibits", SspData.command(0x02, 0, 0)))
        .compose(_ -> rearm(unit));
  }

  /// After a payout that ended early, too, the unit has disabled itself.
  private Future<Void> rearm(SspUnit unit) {
    return unit.line()
        .succeed("enable payout", SspData.command(0x5C, 0))
        .compose(_ -> unit.line().succeed("enable", SspData.command(0x0A)))
        .mapEmpty();
  }

  // -- a payout

  private Future<DispenseOutcome> dispense(SspUnit unit, Mix mix, DispenseToken token) {
    Optional<Fault> no = orders.refusal(mix, token).or(() -> whyNot(mix));
    if (no.isPresent()) return refused(no.get());
    SortedMap<Money, Integer> asked = drum.notes(mix);
    // Refused, because up to the order itself nothing that moves a note is sent.
    return levels(unit)
        .compose(
            levels ->
                counters(unit)
                    .compose(
                        counters ->
                            unit.line()
                                .ask("test payout", SspData.payout(asked, true))
                                .compose(
                                    answer ->
                                        isOk(answer)
                                            ? order(unit, new Payout(asked, levels, counters))
                                            : refused(PayoutRefusal.of(answer)))));
  }

  private Future<DispenseOutcome> order(SspUnit unit, Payout payout) {
    last = Optional.of(payout);
    return unit.line()
        .once("payout", SspData.payout(payout.asked(), false))
        .compose(
            answer -> {
              if (isOk(answer)) {
                patience(unit, payout, true);
                return payout.turn().compose(_ -> outcome(unit, payout));
              }
              if ((answer[0] & 0xFF) == SspData.KEY_NOT_SET) {
                throw unit.line().refused("payout", answer);
              }
              payout.refused();
              return refused(PayoutRefusal.of(answer));
            })
        .onComplete(_ -> stopPatience.run())
        .otherwise(
            failure -> {
              Fault why = DeviceException.faultOf(failure);
              // What became of the order is asked under a new key, once all of this one is void.
              if (!payout.isHeld()) unit.lose(why);
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
    return standStill(unit, 0)
        .compose(_ -> settle(unit))
        .compose(_ -> rearm(unit).otherwiseEmpty())
        .map(_ -> reckoned(payout));
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
        deadlines.after(
            PROGRESS_WITHIN,
            () -> {
              if (!mayHalt) {
                payout.abandoned(
                    new Fault(
                        Fault.Code.TIMEOUT, kind() + ": no progress within " + PROGRESS_WITHIN));
                return;
              }
              patience(unit, payout, false);
              unit.line().ask("halt payout", SspData.command(0x38));
            });
  }

  // -- events

  private void happened(SspUnit unit, List<SspEvent> events) {
    boolean moved = take(events);
    boolean restarted = events.stream().anyMatch(event -> event.kind() == Kind.RESET);
    if (restarted) {
      unit.lose(new Fault(Fault.Code.OFFLINE, kind() + ": the unit restarted"));
      return;
    }
    if (moved) last.filter(p -> !p.turn().isComplete()).ifPresent(p -> patience(unit, p, true));
    // A payout that outlived its command is settled once it is over, for who asks later.
    last.filter(Payout::wantsSettling).ifPresent(_ -> settle(unit));
    publish(health());
  }

  private boolean take(List<SspEvent> events) {
    boolean moved = false;
    for (SspEvent event : events) {
      Payout payout = last.filter(p -> !p.isSettled()).orElse(null);
      if (payout != null) moved |= payout.happened(event);
      troubles.happened(event);
    }
    boolean held = events.stream().anyMatch(event -> event.kind() == Kind.HELD);
    if (held) slot.filled();
    else slot.emptied();
    return moved;
  }

  // -- what is known

  private LastDispense lastDispense() {
    Optional<Boolean> empty = Optional.of(last.filter(Payout::isHeld).isEmpty());
    if (last.isEmpty()) {
      return new LastDispense(
          LastDispense.State.UNKNOWN, Counts.NONE, empty, false, Optional.empty());
    }
    Payout payout = last.get();
    if (!payout.isSettled() && payout.allOut()) {
      return new LastDispense(
          LastDispense.State.PRESENTED,
          drum.counts(payout.asked()),
          empty,
          false,
          Optional.empty());
    }
    return payout
        .reckoning()
        .map(
            done ->
                new LastDispense(
                    done.paid().isEmpty()
                        ? LastDispense.State.NOT_PRESENTED
                        : LastDispense.State.PRESENTED,
                    drum.counts(done.paid()),
                    empty,
                    false,
                    Optional.<String>empty()))
        .orElseGet(
            () ->
                new LastDispense(
                    LastDispense.State.UNKNOWN, Counts.NONE, empty, false, Optional.empty()));
  }

  private boolean isPaying() {
    return last.filter(payout -> !payout.isOver()).isPresent();
  }

  private static boolean paidSomething(Payout payout) {
    return payout.reckoning().filter(done -> !done.paid().isEmpty()).isPresent();
  }

  private Optional<Fault> whyNot(Mix mix) {
    if (mix.notes() > NOTES_MAX) {
      return Optional.of(sequence(mix.notes() + " notes, wanted at most " + NOTES_MAX));
    }
    if (isPaying()) return Optional.of(sequence("a payout is under way"));
    return troubles.any()
        ? Optional.of(new Fault(Fault.Code.HARDWARE, kind() + ": " + troubles))
        : Optional.empty();
  }

  private DeviceStatus health() {
    return troubles.status(warnings);
  }

  private Future<Map<Money, Integer>> levels(SspUnit unit) {
    return unit.line()
        .succeed("levels", SspData.command(0x22))
        .map(
            reply -> {
              Map<Money, Integer> levels =
                  SspData.levels(reply).orElseThrow(() -> unit.line().refused("levels", reply));
              warnings = drum.warnings(levels);
              publish(health());
              return levels;
            });
  }

  private Future<Counters> counters(SspUnit unit) {
    return unit.line()
        .succeed("counters", SspData.command(0x58))
        .map(
            reply ->
                SspData.counters(reply).orElseThrow(() -> unit.line().refused("counters", reply)));
  }

  private static boolean isOk(byte[] answer) {
    return (answer[0] & 0xFF) == SspData.OK;
  }

  private Fault sequence(String why) {
    return new Fault(Fault.Code.SEQUENCE, kind() + ": " + why);
  }

  private static Future<DispenseOutcome> refused(Fault why) {
    return Future.succeededFuture(new DispenseOutcome.Refused(why));
  }

  private static <T> Future<T> failed(Fault why) {
    return Future.failedFuture(new DeviceException(why));
  }
}
