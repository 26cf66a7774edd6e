package atm.driver.swipe;

import atm.device.CardReader;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.LinkFaults;
import atm.driver.Supervised;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.KeyConnector;
import atm.link.KeyLink;
import atm.link.KeyListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A swipe reader that is a keyboard. It has no slot in which a card could stay, so nothing is ever
/// given back or retained; a swipe that nobody waits for is dropped unread.
final class HidSwipeReader extends Supervised<KeyLink> implements CardReader {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// The sheet's: no reader types slower.
  private static final Duration BURST_OVER = Duration.ofMillis(200);

  private static final Capabilities CAPABILITIES = new Capabilities(false, false);

  private final KeyConnector connector;
  private final Deadlines deadlines;
  private final boolean lrc;
  private final Set<Reading> readings = new LinkedHashSet<>();
  private Reading running;

  /// @param lrc whether the reader types the LRC of each track
  HidSwipeReader(
      Vertx vertx, KeyConnector connector, Deadlines deadlines, Backoff backoff, boolean lrc) {
    super(vertx, DeviceKind.CARD_READER, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.lrc = lrc;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable waiting) {
    return read(within, waiting, () -> {});
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable waiting, Runnable inserted) {
    Reading reading = new Reading(inserted);
    // Two turns of the context in this order, so that a cancel from now on finds it.
    anyway(() -> Future.succeededFuture(readings.add(reading)));
    return command("read", _ -> begin(reading, within, waiting))
        .onComplete(_ -> anyway(() -> Future.succeededFuture(readings.remove(reading))));
  }

  private Future<CardRead> begin(Reading reading, Duration within, Runnable waiting) {
    if (reading.end.future().isComplete()) return reading.end.future();
    running = reading;
    Runnable stop =
        within.isZero()
            ? () -> {}
            : deadlines.after(
                within,
                () ->
                    reading.stop(
                        Fault.Code.TIMEOUT, "no card within " + within.toMillis() + " ms"));
    waiting.run();
    return reading
        .end
        .future()
        .onComplete(
            _ -> {
              stop.run();
              running = null;
            });
  }

  @Override
  public Future<Void> cancel() {
    return anyway(
        () -> {
          List<Reading> all = List.copyOf(readings);
          all.forEach(one -> one.stop(Fault.Code.CANCELED, "cancelled before a card came"));
          return Future.join(all.stream().map(one -> one.end.future()).toList())
              .<Void>mapEmpty()
              .otherwiseEmpty();
        });
  }

  @Override
  public Future<EjectOutcome> eject() {
    return Future.succeededFuture(new EjectOutcome.NoCard());
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<RetainOutcome> retain() {
    return Future.succeededFuture(new RetainOutcome.NoCard());
  }

  @Override
  public Future<Media> media() {
    return command("media", _ -> Future.succeededFuture(Media.NONE));
  }

  @Override
  public Future<Void> reset() {
    return command("reset", _ -> Future.succeededFuture());
  }

  @Override
  protected Future<KeyLink> connect() {
    return connector.open(CONNECT_WITHIN);
  }

  @Override
  protected Future<DeviceStatus> prepare(KeyLink link) {
    link.ended().onSuccess(why -> lost(link, LinkFaults.of(kind(), why)));
    link.onKeys(new Typing());
    identify(link.name());
    return Future.succeededFuture(DeviceStatus.online());
  }

  @Override
  protected Future<Void> disconnect(KeyLink link, Fault why) {
    List.copyOf(readings).forEach(reading -> reading.end.tryFail(new DeviceException(why)));
    link.fail(new IOException(why.detail()));
    return link.close();
  }

  @Override
  protected Future<Void> release() {
    return connector.close();
  }

  /// Somebody who waits for a card.
  private final class Reading {
    final Promise<CardRead> end = Promise.promise();
    final Runnable inserted;

    /// Whether the first character was there, so that it is read to the end.
    boolean begun;

    Reading(Runnable inserted) {
      this.inserted = inserted;
    }

    void stop(Fault.Code code, String why) {
      if (!begun) end.tryFail(new DeviceException(new Fault(code, kind() + ": " + why)));
    }
  }

  /// The keys of one connection, burst after burst.
  private final class Typing implements KeyListener {
    private final Swipe swipe = new Swipe(lrc);
    private boolean shift;

    /// Whether a burst is under way, and who waits for it, if anybody did at its first character.
    private boolean bursting;

    private Reading reader;
    private Runnable stopTimer = () -> {};

    @Override
    public void pressed(int code, long atMicros) {
      if (UsLayout.isShift(code)) {
        shift = true;
        return;
      }
      if (UsLayout.isEnter(code)) {
        if (bursting && swipe.hasTrack2()) over();
        return;
      }
      begin();
      byte character = UsLayout.character(code, shift);
      if (reader == null) return;
      if (character == 0) swipe.spoil("a key that no stripe has");
      else swipe.add(character);
    }

    @Override
    public void released(int code) {
      if (UsLayout.isShift(code)) shift = false;
    }

    @Override
    public void lost() {
      shift = false;
      swipe.spoil("characters were lost");
    }

    private void begin() {
      stopTimer.run();
      stopTimer = deadlines.after(BURST_OVER, this::over);
      if (bursting) return;
      bursting = true;
      swipe.forget();
      reader = running;
      if (reader == null || reader.end.future().isComplete()) {
        reader = null;
        return;
      }
      reader.begun = true;
      reader.inserted.run();
    }

    private void over() {
      stopTimer.run();
      Reading done = reader;
      CardRead read = swipe.read();
      bursting = false;
      reader = null;
      if (done != null) done.end.tryComplete(read);
    }
  }
}
