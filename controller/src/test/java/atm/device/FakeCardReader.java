package atm.device;

import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A card reader in memory, with a card that is in exactly one place; by default with a motor.
public final class FakeCardReader extends FakeDevice implements CardReader {
  public enum Trouble {
    /// A card sticks at its next move.
    JAM,
    /// The retain bin is full: the card stays where it is.
    RETAIN_STICKS,
    DEAD
  }

  private record Card(Optional<Track2> track2) {}

  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private Optional<Card> inHand = Optional.empty();
  private Optional<Card> inside = Optional.empty();
  private Media media = Media.NONE;
  private boolean meansToTake;
  private volatile boolean isSwiped;
  private volatile boolean isDipped;
  private int retained;
  private Wait<CardRead> reading;
  private Wait<Boolean> taking;

  public FakeCardReader(Vertx vertx) {
    super(vertx);
  }

  // -- hands

  /// From now on cards are drawn through it, and stay in the customer's hand.
  public void isSwiped() {
    isSwiped = true;
  }

  /// From now on cards are pushed in and pulled out by hand, and nothing can move them.
  public void isDipped() {
    isDipped = true;
  }

  /// The customer holds the card to the slot; it goes in when the reader next asks for one.
  public void insert(Track2 track2) {
    hand(() -> offer(new Card(Optional.of(track2))));
  }

  public void insertUnreadable() {
    hand(() -> offer(new Card(Optional.empty())));
  }

  /// Takes the card at the exit, or waits for it to come out.
  public void takeCard() {
    hand(
        () -> {
          meansToTake = true;
          takeIfThere();
        });
  }

  public void arm(Trouble trouble) {
    hand(() -> troubles.add(trouble));
  }

  public void clear(Trouble trouble) {
    hand(
        () -> {
          troubles.remove(trouble);
          if (trouble == Trouble.JAM && media == Media.JAMMED) media = Media.INSIDE;
        });
  }

  public int retained() {
    return handReading(() -> retained);
  }

  /// Where the card is, seen from outside.
  public Media place() {
    return handReading(() -> media);
  }

  // -- the device

  @Override
  public DeviceKind kind() {
    return DeviceKind.CARD_READER;
  }

  @Override
  public Capabilities capabilities() {
    return isSwiped || isDipped ? new Capabilities(isDipped, false) : Capabilities.MOTORISED;
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable waiting) {
    return command(
        () -> {
          if (troubles.contains(Trouble.DEAD)) return dead();
          if (media == Media.JAMMED) return failed(Fault.Code.HARDWARE, "card-reader: card jammed");
          reading =
              new Wait<>(
                  within, wait -> wait.fail(Fault.Code.TIMEOUT, "card-reader: no card was put in"));
          if (media == Media.INSIDE) reading.complete(contents());
          else {
            waiting.run();
            takeIn();
          }
          return reading.future();
        });
  }

  @Override
  public Future<Void> cancel() {
    return beside(
        () -> {
          if (reading != null) reading.fail(Fault.Code.CANCELED, "card-reader: read cancelled");
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<EjectOutcome> eject() {
    return orWhenOffline(
        command(
            () -> {
              if (media == Media.NONE) return Future.succeededFuture(new EjectOutcome.NoCard());
              if (sticks()) return Future.succeededFuture(new EjectOutcome.Stuck(stuck()));
              media = Media.AT_EXIT;
              Future<EjectOutcome> out = Future.succeededFuture(new EjectOutcome.AtExit());
              takeIfThere();
              return out;
            }),
        EjectOutcome.Stuck::new);
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return command(
            () -> {
              taking = new Wait<>(within, wait -> wait.complete(false));
              if (media == Media.NONE) taking.complete(true);
              return Future.succeededFuture(taking.overCuts());
            })
        .compose(Wait::future);
  }

  @Override
  public Future<RetainOutcome> retain() {
    return orWhenOffline(
        command(
            () -> {
              if (media == Media.NONE) return Future.succeededFuture(new RetainOutcome.NoCard());
              if (isDipped) {
                return Future.succeededFuture(
                    new RetainOutcome.Stuck(
                        new Fault(Fault.Code.UNSUPPORTED, "card-reader: cannot retain a card")));
              }
              if (sticks() || troubles.contains(Trouble.RETAIN_STICKS)) {
                return Future.succeededFuture(new RetainOutcome.Stuck(stuck()));
              }
              media = Media.NONE;
              inside = Optional.empty();
              retained++;
              return Future.succeededFuture(new RetainOutcome.Retained());
            }),
        RetainOutcome.Stuck::new);
  }

  @Override
  public Future<Media> media() {
    return command(() -> Future.succeededFuture(media));
  }

  @Override
  DeviceStatus health() {
    if (troubles.contains(Trouble.DEAD)) return DeviceStatus.fault("the reader is out of order");
    return media == Media.JAMMED ? DeviceStatus.fault("a card is jammed") : DeviceStatus.online();
  }

  @Override
  void forget() {}

  private void offer(Card card) {
    inHand = Optional.of(card);
    takeIn();
  }

  private void takeIn() {
    if (reading == null || reading.isOver() || media != Media.NONE || inHand.isEmpty()) return;
    inside = inHand;
    inHand = Optional.empty();
    if (!isSwiped) media = Media.INSIDE;
    reading.complete(contents());
  }

  private CardRead contents() {
    return inside
        .flatMap(Card::track2)
        .<CardRead>map(CardRead.Card::new)
        .orElseGet(() -> new CardRead.Unreadable("track 2 cannot be read"));
  }

  private boolean sticks() {
    if (troubles.contains(Trouble.JAM)) media = Media.JAMMED;
    tellStatus();
    return media == Media.JAMMED || troubles.contains(Trouble.DEAD);
  }

  private Fault stuck() {
    return new Fault(Fault.Code.HARDWARE, "card-reader: the card does not move");
  }

  private static <T> Future<T> dead() {
    return failed(Fault.Code.HARDWARE, "card-reader: hardware error");
  }

  private void takeIfThere() {
    if (!meansToTake || media != Media.AT_EXIT) return;
    meansToTake = false;
    media = Media.NONE;
    inside = Optional.empty();
    if (taking != null && !taking.isOver()) taking.complete(true);
  }
}
