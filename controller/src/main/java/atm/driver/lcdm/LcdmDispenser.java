package atm.driver.lcdm;

import atm.config.DeviceEntry.Cassette;
import atm.device.DeviceException;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.DirectDispenser;
import atm.driver.LinkFaults;
import atm.driver.lcdm.LcdmReply.BothOrder;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.frame.Once;
import atm.value.Counts;
import atm.value.Mix;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An LCDM-1000 or LCDM-2000. It has no memory: after a lost reply nobody knows. A dispense goes
/// over the wire once in its life.
final class LcdmDispenser extends DirectDispenser<LcdmWire> {
  private final LcdmOrders orders;
  private final LcdmHealth health;

  LcdmDispenser(
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      List<Cassette> cassettes,
      Optional<BothOrder> bothOrder) {
    super(vertx, connector, deadlines, backoff, cassettes);
    this.orders =
        new LcdmOrders(cassettes, bothOrder.orElse(BothOrder.BY_CASSETTE), bothOrder.isPresent());
    this.health = new LcdmHealth(cassettes);
  }

  @Override
  protected LcdmWire wire(ByteLink link, Deadlines deadlines) {
    return new LcdmWire(link, deadlines);
  }

  @Override
  protected Future<DeviceStatus> begin(LcdmWire wire) {
    return heard(wire, wire.status())
        .compose(_ -> heard(wire, wire.romVersion()))
        .compose(
            rom -> {
              identify("LCDM, ROM " + health.model(rom.version()));
              return purge(wire);
            })
        .map(_ -> health.status());
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command("cash units", wire -> look(wire).map(_ -> health.units()));
  }

  /// Always asks how the device is first: a reply to an earlier dispense that it may still repeat
  /// has come before that answer.
  @Override
  protected Future<DispenseOutcome> dispense(LcdmWire wire, Mix mix) {
    return look(wire)
        .compose(
            status -> {
              if (!health.status().canServe() || status.notesOnPath()) {
                return refused(fault(Fault.Code.HARDWARE, health.status().detail()));
              }
              return wire.dispense(orders.command(mix), orders.digits(mix))
                  .map(once -> outcome(wire, mix, once));
            });
  }

  private DispenseOutcome outcome(LcdmWire wire, Mix mix, Once once) {
    DispenseOutcome outcome =
        switch (once) {
          case Once.Replied(Buffer reply, _) -> replied(mix, reply);
          case Once.NotBegun(String why, _) ->
              new DispenseOutcome.Refused(fault(Fault.Code.PROTOCOL, why));
          case Once.Lost(IOException why) ->
              new DispenseOutcome.Unknown(LinkFaults.of(kind(), why));
        };
    // What else was said on this line meanwhile is not to be heard as an answer to a later command.
    if (once.isClean()) publish(health.status());
    else lost(wire, fault(Fault.Code.PROTOCOL, "the line was disturbed during a dispense"));
    return outcome;
  }

  private DispenseOutcome replied(Mix mix, Buffer reply) {
    try {
      LcdmReply.Dispensed dispensed = orders.read(reply);
      health.dispensed(dispensed.error());
      return orders.outcome(mix, dispensed, kind());
    } catch (IOException garbled) {
      return new DispenseOutcome.Unknown(LinkFaults.of(kind(), garbled));
    }
  }

  /// Notes on the path go to the reject tray.
  @Override
  public Future<RejectOutcome> reject() {
    return this.<RejectOutcome>command(
            "reject",
            wire ->
                look(wire)
                    .compose(
                        before ->
                            before.notesOnPath()
                                ? purge(wire).map(after -> rejected(after))
                                : Future.succeededFuture(new RejectOutcome.NothingThere())))
        .otherwise(failure -> new RejectOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  private RejectOutcome rejected(LcdmReply.Status after) {
    return after.notesOnPath()
        ? new RejectOutcome.StillInside(fault(Fault.Code.HARDWARE, health.status().detail()))
        : new RejectOutcome.Rejected();
  }

  /// It has no memory of it.
  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    return command(
        "last dispense",
        wire ->
            look(wire)
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
                                new DeviceException(
                                    fault(Fault.Code.HARDWARE, health.status().detail())))));
  }

  private Future<LcdmReply.Status> purge(LcdmWire wire) {
    return heard(wire, wire.purge())
        .compose(
            error -> {
              health.purged(error);
              return look(wire);
            });
  }

  @Override
  protected Future<LcdmReply.Status> look(LcdmWire wire) {
    return heard(wire, wire.status())
        .map(
            status -> {
              health.seen(status);
              publish(health.status());
              return status;
            });
  }
}
