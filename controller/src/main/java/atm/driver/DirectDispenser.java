package atm.driver;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.value.DispenseToken;
import atm.value.Mix;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What dispensers at a serial line share that have no stacker, no shutter and no token check: each
/// note is handed out as it is picked, so dispensed is presented; the order is checked here.
public abstract class DirectDispenser<W extends DirectDispenser.Wire> extends Supervised<W>
    implements CashDispenser, ChecksOrders {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// A serial line does not tell that its device lost power; a customer who comes within this time
  /// of it is told by the first question of a dispense.
  private static final Duration ASK_EVERY = Duration.ofSeconds(10);

  /// A bundle that a hand can take.
  private static final int NOTES_MAX = 40;

  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, false, false, false, NOTES_MAX);

  /// Our end of the wire.
  public interface Wire {
    ByteLink link();
  }

  private final ByteConnector connector;
  private final Deadlines deadlines;
  private final OrderCheck check;
  private Runnable stopAsking = () -> {};
  private boolean presented;

  protected DirectDispenser(
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      List<Cassette> cassettes) {
    super(vertx, DeviceKind.CASH_DISPENSER, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.check = new OrderCheck(DeviceKind.CASH_DISPENSER.key(), cassettes);
  }

  protected abstract W wire(ByteLink link, Deadlines deadlines);

  /// Makes the device ready; a failure loses the wire.
  protected abstract Future<DeviceStatus> begin(W wire);

  /// Asks how the device is, and publishes it.
  protected abstract Future<?> look(W wire);

  /// Dispenses on an order that was checked. Never fails once a note may have moved.
  protected abstract Future<DispenseOutcome> dispense(W wire, Mix mix);

  @Override
  public final void trust(byte[] key) {
    check.trust(key);
  }

  @Override
  public final Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public final Future<Optional<String>> commandNonce() {
    return command("nonce", wire -> expectOrder(wire).map(_ -> Optional.of(check.nonce())));
  }

  /// Before the order that comes next is written down: whatever the device remembers of an earlier
  /// one is not to be taken for it.
  protected Future<?> expectOrder(W wire) {
    return Future.succeededFuture();
  }

  @Override
  public final Future<DispenseOutcome> dispense(Mix mix, DispenseToken token) {
    return this.<DispenseOutcome>command("dispense", wire -> onOrder(wire, mix, token))
        .otherwise(unsent -> new DispenseOutcome.Refused(DeviceException.faultOf(unsent)));
  }

  private Future<DispenseOutcome> onOrder(W wire, Mix mix, DispenseToken token) {
    Optional<Fault> refusal = check.refusal(mix, token);
    if (refusal.isPresent()) return refused(refusal.get());
    if (mix.notes() > NOTES_MAX) {
      return refused(fault(Fault.Code.UNSUPPORTED, mix.notes() + " notes at once"));
    }
    presented = false;
    return dispense(wire, mix)
        .onSuccess(outcome -> presented = outcome instanceof DispenseOutcome.Stacked);
  }

  /// What was dispensed is with the customer already.
  @Override
  public final Future<PresentOutcome> present() {
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
  public final Future<TakeOutcome> taken(Duration within) {
    return Future.succeededFuture(new TakeOutcome.Taken());
  }

  @Override
  public final Future<RetractOutcome> retract() {
    return Future.succeededFuture(
        new RetractOutcome.Unknown(fault(Fault.Code.UNSUPPORTED, "cannot take notes back in")));
  }

  @Override
  protected final Future<W> connect() {
    return connector.open(CONNECT_WITHIN).map(link -> wire(link, deadlines));
  }

  @Override
  protected final Future<DeviceStatus> prepare(W wire) {
    wire.link().ended().onSuccess(why -> lost(wire, LinkFaults.of(kind(), why)));
    return begin(wire).onSuccess(_ -> lookLater());
  }

  @Override
  protected final Future<Void> disconnect(W wire, Fault why) {
    stopAsking.run();
    wire.link().fail(new IOException(why.detail()));
    return wire.link().close();
  }

  @Override
  protected final Future<Void> release() {
    return connector.close();
  }

  private void lookLater() {
    stopAsking =
        deadlines.after(
            ASK_EVERY, () -> command("status", this::look).onComplete(_ -> lookLater(), _ -> {}));
  }

  /// A device that does not answer is not there.
  protected final <T> Future<T> heard(W wire, Future<T> answer) {
    return answer.recover(
        failure -> {
          Fault why = LinkFaults.of(kind(), failure);
          lost(wire, why);
          return Future.failedFuture(new DeviceException(why));
        });
  }

  protected static Future<DispenseOutcome> refused(Fault why) {
    return Future.succeededFuture(new DispenseOutcome.Refused(why));
  }

  protected final Fault fault(Fault.Code code, String why) {
    return new Fault(code, kind() + ": " + why);
  }
}
