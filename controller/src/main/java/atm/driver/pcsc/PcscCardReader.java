package atm.driver.pcsc;

import atm.device.CardReader;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.LinkFaults;
import atm.driver.Polling;
import atm.driver.Supervised;
import atm.link.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.smartcardio.CardException;

/// A chip reader behind PC/SC. The customer pushes the card in and pulls it out: nothing moves
/// it, nothing holds it, and it cannot be retained. The library's calls block, so they run one
/// after the other on a thread of this reader's own, each a short while, so that a cancel is
/// heard.
final class PcscCardReader extends Supervised<CardSlot> implements CardReader {
  /// As long as somebody who cancelled has to wait.
  private static final Duration SLICE = Duration.ofMillis(250);

  /// How often an idle reader is asked, to find out that it has gone.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Capabilities CAPABILITIES = new Capabilities(true, false);

  private final Terminals terminals;
  private final String name;
  private final Clock clock;
  private final WorkerExecutor thread;
  private final Set<Waiting> waiting = new HashSet<>();

  /// Whether the card in the slot is the customer's to take: it has been given back.
  private boolean givenBack;

  private long looking = -1;

  PcscCardReader(Vertx vertx, Terminals terminals, String name, Clock clock, Backoff backoff) {
    super(vertx, DeviceKind.CARD_READER, backoff);
    this.terminals = terminals;
    this.name = name;
    this.clock = clock;
    this.thread =
        vertx.createSharedWorkerExecutor("pcsc " + name + " " + System.identityHashCode(this), 1);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable slotOpen) {
    return read(within, slotOpen, () -> {});
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable slotOpen, Runnable inserted) {
    Waiting mine = new Waiting();
    // Two turns of the context in this order, so that a cancel from now on finds it.
    anyway(() -> Future.succeededFuture(waiting.add(mine)));
    return command(
            "read",
            slot -> {
              read(slot, mine, within, slotOpen, inserted)
                  .onComplete(mine.first::tryComplete, mine.first::tryFail);
              return mine.first.future();
            })
        .onComplete(
            _ ->
                anyway(
                    () -> {
                      waiting.remove(mine);
                      mine.ended.tryComplete();
                      return Future.succeededFuture();
                    }));
  }

  private Future<CardRead> read(
      CardSlot slot, Waiting mine, Duration within, Runnable slotOpen, Runnable inserted) {
    return look(slot)
        .compose(
            there -> {
              if (there && givenBack) {
                return failed(Fault.Code.SEQUENCE, "a card waits to be taken");
              }
              if (there) return ask(slot, CardSlot::read);
              if (mine.isOver()) return failed(Fault.Code.CANCELED, "cancelled before a card came");
              mine.runOut(vertx(), within);
              slotOpen.run();
              return Polling.until(() -> askForCard(slot, mine, within, inserted));
            });
  }

  private Future<Optional<CardRead>> askForCard(
      CardSlot slot, Waiting mine, Duration within, Runnable inserted) {
    return ask(slot, s -> s.awaitCard(SLICE))
        .compose(
            there -> {
              if (there) {
                inserted.run();
                return ask(slot, CardSlot::read).map(Optional::of);
              }
              if (mine.cancelled) {
                return failed(Fault.Code.CANCELED, "cancelled before a card came");
              }
              if (mine.timeIsUp) {
                return failed(Fault.Code.TIMEOUT, "no card within " + within.toMillis() + " ms");
              }
              return mine.first.future().isComplete()
                  ? mine.first.future().map(Optional::of)
                  : Future.succeededFuture(Optional.empty());
            });
  }

  @Override
  public Future<Void> cancel() {
    return anyway(
        () -> {
          List<Waiting> all = List.copyOf(waiting);
          all.forEach(one -> one.cancelled = true);
          return Future.join(all.stream().map(one -> one.ended.future()).toList()).mapEmpty();
        });
  }

  /// The card is where its holder has put it, within reach.
  @Override
  public Future<EjectOutcome> eject() {
    return this.<EjectOutcome>command(
            "eject",
            slot ->
                look(slot)
                    .map(
                        there -> {
                          givenBack = there;
                          return there ? new EjectOutcome.AtExit() : new EjectOutcome.NoCard();
                        }))
        .otherwise(failure -> new EjectOutcome.Stuck(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    Waiting mine = new Waiting();
    return anyway(
        () -> {
          mine.runOut(vertx(), within);
          return Polling.until(() -> askTaken(mine));
        });
  }

  /// Over a lost reader too: the card may be gone when it is back.
  private Future<Optional<Boolean>> askTaken(Waiting mine) {
    return command("taken", slot -> ask(slot, s -> s.awaitNoCard(SLICE)))
        .transform(
            asked -> {
              if (asked.succeeded() && asked.result()) {
                givenBack = false;
                return Future.succeededFuture(Optional.of(true));
              }
              if (mine.timeIsUp) {
                return asked.succeeded()
                    ? Future.succeededFuture(Optional.of(false))
                    : Future.failedFuture(asked.cause());
              }
              return asked.succeeded()
                  ? Future.succeededFuture(Optional.empty())
                  : vertx().timer(SLICE.toMillis()).map(Optional.empty());
            });
  }

  @Override
  public Future<RetainOutcome> retain() {
    return this.<RetainOutcome>command(
            "retain",
            slot ->
                look(slot)
                    .map(
                        there ->
                            there
                                ? new RetainOutcome.Stuck(
                                    fault(Fault.Code.UNSUPPORTED, "cannot retain a card"))
                                : new RetainOutcome.NoCard()))
        .otherwise(failure -> new RetainOutcome.Stuck(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<Media> media() {
    return command(
        "media",
        slot ->
            look(slot)
                .map(there -> !there ? Media.NONE : givenBack ? Media.AT_EXIT : Media.INSIDE));
  }

  @Override
  public Future<Void> reset() {
    return command("reset", slot -> look(slot).mapEmpty());
  }

  @Override
  protected Future<CardSlot> connect() {
    return thread.executeBlocking(() -> new CardSlot(terminals.named(name), clock));
  }

  @Override
  protected Future<DeviceStatus> prepare(CardSlot slot) {
    return look(slot)
        .map(
            _ -> {
              identify(slot.name());
              lookLater();
              return DeviceStatus.online();
            });
  }

  @Override
  protected Future<Void> disconnect(CardSlot slot, Fault why) {
    vertx().cancelTimer(looking);
    List.copyOf(waiting).forEach(one -> one.first.tryFail(new DeviceException(why)));
    return Future.succeededFuture();
  }

  @Override
  protected Future<Void> release() {
    return thread.close();
  }

  private void lookLater() {
    looking =
        vertx()
            .setTimer(
                LOOK_EVERY.toMillis(),
                _ -> command("status", this::look).onComplete(_ -> lookLater(), _ -> {}));
  }

  /// Whether a card is in the slot.
  private Future<Boolean> look(CardSlot slot) {
    return ask(slot, CardSlot::hasCard)
        .onSuccess(
            there -> {
              if (!there) givenBack = false;
            });
  }

  private interface Work<T> {
    T of(CardSlot slot) throws CardException;
  }

  /// A reader that does not answer is not there.
  private <T> Future<T> ask(CardSlot slot, Work<T> work) {
    return thread
        .executeBlocking(() -> work.of(slot))
        .recover(
            failure -> {
              Fault why =
                  LinkFaults.of(
                      kind(),
                      failure instanceof CardException gone
                          ? CardSlot.gone("pcsc:" + name, gone)
                          : failure);
              lost(slot, why);
              return Future.failedFuture(new DeviceException(why));
            });
  }

  private <T> Future<T> failed(Fault.Code code, String why) {
    return Future.failedFuture(new DeviceException(fault(code, why)));
  }

  private Fault fault(Fault.Code code, String why) {
    return new Fault(code, kind() + ": " + why);
  }

  /// Somebody who waits for a card to come or to go, and can stop waiting.
  private static final class Waiting {
    final Promise<Void> ended = Promise.promise();

    /// What was read, or why the reader is lost, whichever comes first.
    final Promise<CardRead> first = Promise.promise();

    boolean cancelled;
    boolean timeIsUp;

    void runOut(Vertx vertx, Duration within) {
      if (!within.isZero()) vertx.setTimer(within.toMillis(), _ -> timeIsUp = true);
    }

    boolean isOver() {
      return cancelled || timeIsUp;
    }
  }
}
