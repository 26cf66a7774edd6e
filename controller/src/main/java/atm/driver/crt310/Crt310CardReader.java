package atm.driver.crt310;

import atm.device.CardReader;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.LinkFaults;
import atm.driver.Polling;
import atm.driver.Supervised;
import atm.driver.crt310.Crt310Wire.Moved;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A CRT-310. It tells nothing by itself, so where a card is asked for again and again; what a
/// movement did is what the position says after it.
final class Crt310CardReader extends Supervised<Crt310Wire> implements CardReader {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// As the sheet proposes: quicker than a hand.
  private static final Duration ASK_EVERY = Duration.ofMillis(200);

  /// How often an idle reader is asked, to find out that it has gone.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final ByteConnector connector;
  private final Deadlines deadlines;
  private final Crt310Reading reading;
  private final Set<Waiting> waiting = new HashSet<>();
  private Runnable stopLooking = () -> {};

  Crt310CardReader(
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      Crt310Reading reading) {
    super(vertx, DeviceKind.CARD_READER, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.reading = reading;
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable slotOpen) {
    Waiting mine = new Waiting();
    // Two turns of the context in this order, so that a cancel from now on finds it.
    anyway(() -> Future.succeededFuture(waiting.add(mine)));
    return command("read", wire -> read(wire, mine, within, slotOpen))
        .onComplete(
            _ ->
                anyway(
                    () -> {
                      waiting.remove(mine);
                      mine.ended.tryComplete();
                      return Future.succeededFuture();
                    }));
  }

  @Override
  public Future<Void> cancel() {
    return anyway(
        () -> {
          List<Waiting> all = List.copyOf(waiting);
          all.forEach(Waiting::cancel);
          return Future.join(all.stream().map(one -> one.ended.future()).toList()).mapEmpty();
        });
  }

  private Future<CardRead> read(Crt310Wire wire, Waiting mine, Duration within, Runnable slotOpen) {
    return askStatus(wire)
        .compose(
            status ->
                switch (status.media()) {
                  case INSIDE -> heard(wire, reading.read(wire));
                  case NONE -> awaitCard(wire, mine, within, slotOpen);
                  case AT_EXIT -> failed(Fault.Code.SEQUENCE, "a card waits at the exit");
                  case JAMMED, UNKNOWN -> failed(Fault.Code.HARDWARE, status.words());
                });
  }

  private Future<CardRead> awaitCard(
      Crt310Wire wire, Waiting mine, Duration within, Runnable slotOpen) {
    if (mine.isOver()) return failed(Fault.Code.CANCELED, "cancelled before a card came");
    return heard(wire, wire.allowEntry())
        .compose(
            _ -> {
              if (!within.isZero()) mine.runOut(deadlines, within);
              slotOpen.run();
              return poll(wire, mine);
            })
        // Whichever way it ended: a card that came in at the last moment is a card.
        .compose(_ -> heard(wire, wire.forbidEntry()))
        .compose(_ -> askStatus(wire))
        .compose(
            status ->
                switch (status.media()) {
                  case INSIDE -> heard(wire, reading.read(wire));
                  case JAMMED, UNKNOWN -> failed(Fault.Code.HARDWARE, status.words());
                  case NONE, AT_EXIT ->
                      mine.cancelled
                          ? failed(Fault.Code.CANCELED, "cancelled before a card came")
                          : failed(
                              Fault.Code.TIMEOUT, "no card within " + within.toMillis() + " ms");
                });
  }

  /// Asks until something is in the slot, or nobody waits for it any more.
  private Future<Crt310Status> poll(Crt310Wire wire, Waiting mine) {
    return Polling.until(
        () ->
            askStatus(wire)
                .compose(
                    status ->
                        status.media() != Media.NONE || mine.isOver()
                            ? Future.succeededFuture(Optional.of(status))
                            : mine.pause(deadlines, ASK_EVERY).map(Optional.empty())));
  }

  @Override
  public Future<EjectOutcome> eject() {
    return outcome("eject", EjectOutcome.Stuck::new, this::eject);
  }

  private Future<EjectOutcome> eject(Crt310Wire wire) {
    return askStatus(wire)
        .compose(
            before -> {
              if (before.media() == Media.NONE) {
                return Future.succeededFuture(new EjectOutcome.NoCard());
              }
              return freed(wire, before)
                  .compose(_ -> moved(wire, wire.ejectToFront()))
                  .compose(
                      answer ->
                          askStatus(wire)
                              .map(
                                  after ->
                                      switch (after.media()) {
                                        // Taken before we could look.
                                        case NONE, AT_EXIT -> new EjectOutcome.AtExit();
                                        case INSIDE, JAMMED, UNKNOWN ->
                                            new EjectOutcome.Stuck(stuck(after, answer));
                                      }));
            });
  }

  @Override
  public Future<RetainOutcome> retain() {
    return outcome("retain", RetainOutcome.Stuck::new, this::retain);
  }

  private Future<RetainOutcome> retain(Crt310Wire wire) {
    return askStatus(wire)
        .compose(
            before -> {
              if (before.media() == Media.NONE) {
                return Future.succeededFuture(new RetainOutcome.NoCard());
              }
              return freed(wire, before)
                  .compose(_ -> moved(wire, wire.captureToRear()))
                  .compose(
                      answer ->
                          answer.moved == Moved.NO_CARD
                              ? Future.succeededFuture(new RetainOutcome.NoCard())
                              : askStatus(wire).map(after -> retained(after, answer)));
            });
  }

  private RetainOutcome retained(Crt310Status after, Answer answer) {
    return after.media() == Media.NONE
        ? new RetainOutcome.Retained()
        : new RetainOutcome.Stuck(stuck(after, answer));
  }

  private Fault stuck(Crt310Status after, Answer answer) {
    return fault(Fault.Code.HARDWARE, after.words() + answer.refusal);
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    Waiting mine = new Waiting();
    return anyway(
        () -> {
          mine.runOut(deadlines, within);
          return Polling.until(() -> askTaken(mine));
        });
  }

  /// Over a lost wire too: the card may be gone when it is back.
  private Future<Optional<Boolean>> askTaken(Waiting mine) {
    return command("taken", this::askStatus)
        .transform(
            asked -> {
              if (asked.succeeded() && asked.result().media() == Media.NONE) {
                return Future.succeededFuture(Optional.of(true));
              }
              if (mine.isOver()) {
                return asked.succeeded()
                    ? Future.succeededFuture(Optional.of(false))
                    : Future.failedFuture(asked.cause());
              }
              return anyway(() -> mine.pause(deadlines, ASK_EVERY)).map(Optional.empty());
            });
  }

  @Override
  public Future<Media> media() {
    return command("media", wire -> askStatus(wire).map(Crt310Status::media));
  }

  @Override
  public Future<Void> reset() {
    return command(
        "reset",
        wire ->
            heard(wire, wire.reset())
                .compose(_ -> heard(wire, wire.forbidEntry()))
                .compose(_ -> askStatus(wire))
                .compose(
                    status ->
                        healthOf(status).canServe()
                            ? Future.succeededFuture()
                            : failed(Fault.Code.HARDWARE, status.words())));
  }

  @Override
  protected Future<Crt310Wire> connect() {
    return connector.open(CONNECT_WITHIN).map(link -> new Crt310Wire(link, deadlines));
  }

  @Override
  protected Future<DeviceStatus> prepare(Crt310Wire wire) {
    wire.link.ended().onSuccess(why -> lost(wire, LinkFaults.of(kind(), why)));
    return heard(wire, wire.reset())
        .compose(
            version -> {
              identify(version);
              return version.startsWith("CRT 310")
                  ? heard(wire, wire.forbidEntry())
                  : failed(Fault.Code.UNSUPPORTED, "version \"" + version + "\", wanted a CRT 310");
            })
        .compose(_ -> askStatus(wire))
        .map(
            status -> {
              lookLater();
              return healthOf(status);
            });
  }

  @Override
  protected Future<Void> disconnect(Crt310Wire wire, Fault why) {
    stopLooking.run();
    wire.link.fail(new IOException(why.detail()));
    return wire.link.close();
  }

  @Override
  protected Future<Void> release() {
    List.copyOf(waiting).forEach(Waiting::cancel);
    return connector.close().eventually(reading::close);
  }

  private void lookLater() {
    stopLooking =
        deadlines.after(
            LOOK_EVERY,
            () -> command("status", this::askStatus).onComplete(_ -> lookLater(), _ -> {}));
  }

  private Future<Crt310Status> askStatus(Crt310Wire wire) {
    return heard(wire, wire.status())
        .map(
            status -> {
              publish(healthOf(status));
              return status;
            });
  }

  private static DeviceStatus healthOf(Crt310Status status) {
    return status.media() == Media.JAMMED || status.media() == Media.UNKNOWN
        ? DeviceStatus.fault(status.words())
        : DeviceStatus.online();
  }

  /// A reading that was cut off may have left the card in contact, and under power.
  private Future<Void> freed(Crt310Wire wire, Crt310Status before) {
    return before == Crt310Status.IN_CONTACT
        ? heard(wire, Crt310Chip.release(wire))
        : Future.succeededFuture();
  }

  /// What a movement was answered with. The position tells more.
  ///
  /// @param refusal for who reads of the fault; empty where it was not refused
  private record Answer(Moved moved, String refusal) {}

  private Future<Answer> moved(Crt310Wire wire, Future<Moved> movement) {
    return heard(
        wire,
        movement
            .map(moved -> new Answer(moved, ""))
            .recover(
                failure ->
                    failure instanceof Crt310Wire.Refusal
                        ? Future.succeededFuture(
                            new Answer(Moved.FAILED, "; refused: " + failure.getMessage()))
                        : Future.failedFuture(failure)));
  }

  /// A device that does not answer is not there; one that refuses is.
  private <T> Future<T> heard(Crt310Wire wire, Future<T> answer) {
    return answer.recover(
        failure -> {
          if (failure instanceof Crt310Wire.Refusal refusal) {
            return failed(Fault.Code.HARDWARE, refusal.getMessage());
          }
          Fault why = LinkFaults.of(kind(), failure);
          lost(wire, why);
          return Future.failedFuture(new DeviceException(why));
        });
  }

  private <T> Future<T> outcome(
      String what, Function<Fault, T> stuck, Function<Crt310Wire, Future<T>> work) {
    return command(what, work).otherwise(failure -> stuck.apply(DeviceException.faultOf(failure)));
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
    boolean cancelled;
    private boolean timeIsUp;
    private Promise<Void> pausing;

    void runOut(Deadlines deadlines, Duration within) {
      deadlines.after(
          within,
          () -> {
            timeIsUp = true;
            wake();
          });
    }

    void cancel() {
      cancelled = true;
      wake();
    }

    boolean isOver() {
      return cancelled || timeIsUp;
    }

    Future<Void> pause(Deadlines deadlines, Duration length) {
      if (isOver()) return Future.succeededFuture();
      pausing = Promise.promise();
      Promise<Void> mine = pausing;
      deadlines.after(length, mine::tryComplete);
      return mine.future();
    }

    private void wake() {
      if (pausing != null) pausing.tryComplete();
    }
  }
}
