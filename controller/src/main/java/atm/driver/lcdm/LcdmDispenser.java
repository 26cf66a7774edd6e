package atm.driver.lcdm;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.LinkFaults;
import atm.driver.OrderCheck;
import atm.driver.Supervised;
import atm.driver.lcdm.LcdmReply.BothOrder;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.link.frame.Once;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An LCDM-1000 or LCDM-2000. No stacker, no shutter, no memory: each note is handed out as it is
/// picked, so dispensed is presented, and after a lost reply nobody knows. A dispense goes over
/// the wire once in its life.
final class LcdmDispenser extends Supervised<LcdmWire> implements CashDispenser {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// A serial line does not tell that its device lost power; a customer who comes within this time
  /// of it is told by the first question of a dispense.
  private static final Duration ASK_EVERY = Duration.ofSeconds(10);

  /// A bundle that a hand can take. The device counts up to 60 by itself.
  private static final int NOTES_MAX = 40;

  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, false, false, false, NOTES_MAX);

  private final ByteConnector connector;
  private final Deadlines deadlines;
  private final LcdmOrders orders;
  private final OrderCheck check;
  private final LcdmHealth health;
  private Runnable stopAsking = () -> {};
  private boolean presented;

  LcdmDispenser(
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      List<Cassette> cassettes,
      BothOrder bothOrder) {
    super(vertx, DeviceKind.CASH_DISPENSER, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.orders = new LcdmOrders(cassettes, bothOrder);
    this.check = new OrderCheck(kind().key(), cassettes);
    this.health = new LcdmHealth(cassettes);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command("cash units", wire -> askStatus(wire).map(_ -> health.units()));
  }

  @Override
  public Future<Optional<String>> commandNonce() {
    return command("nonce", _ -> Future.succeededFuture(Optional.of(check.nonce())));
  }

  @Override
  public Future<DispenseOutcome> dispense(Mix mix, DispenseToken token) {
    return this.<DispenseOutcome>command(
            "dispense",
            wire -> {
              Optional<Fault> refusal = check.refusal(mix, token);
              if (refusal.isEmpty() && mix.notes() > NOTES_MAX) {
                refusal =
                    Optional.of(fault(Fault.Code.UNSUPPORTED, mix.notes() + " notes at once"));
              }
              return refusal.isPresent() ? refused(refusal.get()) : whenReady(wire, mix);
            })
        .otherwise(unsent -> new DispenseOutcome.Refused(DeviceException.faultOf(unsent)));
  }

  /// Always asks how the device is first: a reply to an earlier dispense that it may still repeat
  /// has come before that answer.
  private Future<DispenseOutcome> whenReady(LcdmWire wire, Mix mix) {
    return askStatus(wire)
        .compose(
            status -> {
              if (!health.status().canServe() || status.notesOnPath()) {
                return refused(fault(Fault.Code.HARDWARE, health.whyNot()));
              }
              presented = false;
              return wire.dispense(orders.command(mix), orders.digits(mix))
                  .map(once -> outcome(wire, mix, once));
            });
  }

  private DispenseOutcome outcome(LcdmWire wire, Mix mix, Once once) {
    DispenseOutcome outcome =
        switch (once) {
          case Once.Replied(var reply, _) -> replied(mix, reply);
          case Once.NotBegun(String why, _) ->
              new DispenseOutcome.Refused(fault(Fault.Code.PROTOCOL, why));
          case Once.Lost(IOException why) ->
              new DispenseOutcome.Unknown(LinkFaults.of(kind(), why));
        };
    presented = outcome instanceof DispenseOutcome.Stacked;
    boolean clean = once instanceof Once.Replied(_, boolean undisturbed) && undisturbed;
    // What else was said on this line meanwhile is not to be heard as an answer to a later command.
    if (!clean) lost(wire, fault(Fault.Code.PROTOCOL, "the line was disturbed during a dispense"));
    else publish(health.status());
    return outcome;
  }

  private DispenseOutcome replied(Mix mix, io.vertx.core.buffer.Buffer reply) {
    try {
      LcdmReply.Dispensed dispensed = orders.read(reply);
      health.dispensed(dispensed.error());
      return orders.outcome(mix, dispensed, kind());
    } catch (IOException garbled) {
      return new DispenseOutcome.Unknown(LinkFaults.of(kind(), garbled));
    }
  }

  /// What was dispensed is with the customer already.
  @Override
  public Future<PresentOutcome> present() {
    return anyway(
        () ->
            Future.succeededFuture(
                presented
                    ? new PresentOutcome.Presented()
                    : new PresentOutcome.NotPresented(
                        fault(Fault.Code.SEQUENCE, "nothing was dispensed"))));
  }

  /// Without a sensor at the slot there is nothing to wait for.
  @Override
  public Future<TakeOutcome> taken(Duration within) {
    return Future.succeededFuture(new TakeOutcome.Taken());
  }

  @Override
  public Future<RetractOutcome> retract() {
    return Future.succeededFuture(
        new RetractOutcome.Unknown(fault(Fault.Code.UNSUPPORTED, "cannot take notes back in")));
  }

  /// Notes on the path go to the reject tray.
  @Override
  public Future<RejectOutcome> reject() {
    return this.<RejectOutcome>command(
            "reject",
            wire ->
                askStatus(wire)
                    .compose(
                        before ->
                            before.notesOnPath()
                                ? purge(wire).map(after -> rejected(after))
                                : Future.succeededFuture(new RejectOutcome.NothingThere())))
        .otherwise(failure -> new RejectOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  private RejectOutcome rejected(LcdmReply.Status after) {
    return after.notesOnPath()
        ? new RejectOutcome.StillInside(fault(Fault.Code.HARDWARE, health.whyNot()))
        : new RejectOutcome.Rejected();
  }

  /// It has no memory of it.
  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    return command(
        "last dispense",
        wire ->
            askStatus(wire)
                .map(
                    status ->
                        new LastDispense(
                            LastDispense.State.UNKNOWN,
                            Counts.NONE,
                            Optional.empty(),
                            status.notesOnPath(),
                            Optional.empty())));
  }

  @Override
  public Future<Void> reset() {
    return command(
        "reset",
        wire ->
            purge(wire)
                .compose(
                    _ ->
                        health.status().canServe()
                            ? Future.succeededFuture()
                            : Future.failedFuture(
                                new DeviceException(fault(Fault.Code.HARDWARE, health.whyNot())))));
  }

  @Override
  protected Future<LcdmWire> connect() {
    return connector.open(CONNECT_WITHIN).map(link -> new LcdmWire(link, deadlines));
  }

  @Override
  protected Future<DeviceStatus> prepare(LcdmWire wire) {
    wire.link.ended().onSuccess(why -> lost(wire, LinkFaults.of(kind(), why)));
    return heard(wire, wire.status())
        .compose(_ -> heard(wire, wire.romVersion()))
        .map(rom -> health.model(rom.version()))
        .compose(_ -> purge(wire))
        .map(
            _ -> {
              askLater(wire);
              return health.status();
            });
  }

  @Override
  protected Future<Void> disconnect(LcdmWire wire, Fault why) {
    stopAsking.run();
    wire.link.fail(new IOException(why.detail()));
    return wire.link.close();
  }

  @Override
  protected Future<Void> release() {
    return connector.close();
  }

  private Future<LcdmReply.Status> purge(LcdmWire wire) {
    return heard(wire, wire.purge())
        .compose(
            error -> {
              health.purged(error);
              return askStatus(wire);
            });
  }

  private Future<LcdmReply.Status> askStatus(LcdmWire wire) {
    return heard(wire, wire.status())
        .map(
            status -> {
              health.seen(status);
              publish(health.status());
              return status;
            });
  }

  private void askLater(LcdmWire wire) {
    stopAsking =
        deadlines.after(
            ASK_EVERY,
            () -> command("status", this::askStatus).onComplete(_ -> askLater(wire), _ -> {}));
  }

  /// A device that does not answer is not there.
  private <T> Future<T> heard(LcdmWire wire, Future<T> answer) {
    return answer.recover(
        failure -> {
          Fault why = LinkFaults.of(kind(), failure);
          lost(wire, why);
          return Future.failedFuture(new DeviceException(why));
        });
  }

  private Future<DispenseOutcome> refused(Fault why) {
    return Future.succeededFuture(new DispenseOutcome.Refused(why));
  }

  private Fault fault(Fault.Code code, String why) {
    return new Fault(code, kind() + ": " + why);
  }
}
