package sim.mechanics;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import sim.mechanics.MechanicalFault.Kind;

/// A motorised card reader with a retain bin. A card is in the slot, inside, or in the bin, and
/// stays there over a power cut or a restart.
public final class SimCardReader extends SimDevice {
  static final Duration FEED = Duration.ofMillis(800);
  static final Duration READ = Duration.ofMillis(250);
  static final Duration EJECT = Duration.ofMillis(700);
  static final Duration RETAIN = Duration.ofMillis(900);

  /// How many cards the retain bin holds.
  public static final int BIN_CAPACITY = 30;

  public enum Media {
    NOT_PRESENT,
    /// At the slot: going in, or waiting to be taken.
    ENTERING,
    PRESENT,
    JAMMED
  }

  public enum Light {
    OFF,
    INSERT,
    TAKE,
    BUSY
  }

  /// Where [#reset] puts a card it finds.
  public enum ResetTo {
    EXIT,
    RETAIN,
    CURRENT
  }

  private static final List<Faults.Kind> KINDS =
      List.of(
          new Faults.Kind("jam", "Card jams"),
          new Faults.Kind("unreadable", "Card cannot be read"),
          new Faults.Kind("dead", "Hardware error"));

  private final StateFile file;
  private final List<Card> retained = new ArrayList<>();
  private Media media = Media.NOT_PRESENT;
  private Card card;
  private boolean feeding;
  private Promise<Void> wanted;

  /// A reader as its file remembers it; `cards` are all cards of the world, by id.
  public SimCardReader(Pace pace, StateFile file, Map<String, Card> cards) {
    this(pace, file, cards, List.of());
  }

  /// @param more faults that a protocol brings
  public SimCardReader(Pace pace, StateFile file, Map<String, Card> cards, List<Faults.Kind> more) {
    super("card-reader", pace, Stream.concat(KINDS.stream(), more.stream()).toList());
    this.file = file;
    file.read().ifPresent(state -> restore(state, cards));
  }

  // State.

  public Media media() {
    return media;
  }

  /// The card in the slot or inside.
  public Optional<Card> card() {
    return Optional.ofNullable(card);
  }

  /// The cards in the bin, oldest first.
  public List<Card> retained() {
    return List.copyOf(retained);
  }

  public Light light() {
    if (!powered()) {
      return Light.OFF;
    }
    if (wanted != null && media == Media.NOT_PRESENT) {
      return Light.INSERT;
    }
    if (feeding || (busy().isPresent() && wanted == null)) {
      return Light.BUSY;
    }
    return media == Media.ENTERING ? Light.TAKE : Light.OFF;
  }

  // What a wire asks for.

  /// Waits for a card, draws it in and reads it; a card that is inside already is read at once.
  /// Tells [DeviceEvent.CardInserted] between the two.
  public Future<TrackData> accept() {
    return act(
        "reading",
        () ->
            switch (media) {
              case JAMMED -> fail(Kind.JAM, "a card is stuck");
              case PRESENT -> read();
              case ENTERING -> fail(Kind.OCCUPIED, "a card waits in the slot");
              case NOT_PRESENT -> {
                wanted = Promise.promise();
                yield wanted.future().compose(_ -> read());
              }
            });
  }

  /// Ends a waiting [#accept] with `CANCELED`. False when there is none, or a card is on its way
  /// in, which then ends as it would have.
  public boolean cancelAccept() {
    if (wanted == null || feeding) {
      return false;
    }
    Promise<Void> waiting = wanted;
    wanted = null;
    waiting.fail(fault(Kind.CANCELED, "canceled before a card came"));
    return true;
  }

  /// Moves the card inside to the slot, for the customer to take.
  public Future<Void> eject() {
    return act(
        "ejecting",
        () ->
            switch (media) {
              case NOT_PRESENT -> fail(Kind.NO_MEDIA, "no card to eject");
              case JAMMED -> fail(Kind.JAM, "a card is stuck");
              case ENTERING -> Future.succeededFuture();
              case PRESENT -> travel(EJECT, _ -> put(Media.ENTERING, card));
            });
  }

  /// Moves the card, inside or at the slot, into the retain bin.
  public Future<Void> retain() {
    return act(
        "retaining",
        () ->
            switch (media) {
              case NOT_PRESENT -> fail(Kind.NO_MEDIA, "no card to retain");
              case JAMMED -> fail(Kind.JAM, "a card is stuck");
              case ENTERING, PRESENT -> intoBin();
            });
  }

  /// Frees a stuck card, if the jam itself is gone, and moves what is found. Completes with what
  /// was inside or at the slot before.
  public Future<Optional<Card>> reset(ResetTo to) {
    return act(
        "resetting",
        () -> {
          Optional<Card> found = card();
          if (found.isEmpty()) {
            return move(EJECT).map(found);
          }
          if (faults.holds("jam")) {
            return fail(Kind.JAM, "the card does not come free");
          }
          Future<Void> moved =
              switch (to) {
                case EXIT -> move(EJECT).map(_ -> put(Media.ENTERING, card));
                case RETAIN -> intoBin();
                case CURRENT ->
                    move(EJECT)
                        .map(_ -> put(media == Media.ENTERING ? media : Media.PRESENT, card));
              };
          return moved.map(found);
        });
  }

  // What hands do.

  public void insert(Card inserted) {
    if (wanted == null || feeding) {
      throw new ImpossibleAct("card-reader: the slot is closed, no card is wanted now");
    }
    feeding = true;
    put(Media.ENTERING, inserted);
    Promise<Void> waiting = wanted;
    move(FEED).onSuccess(_ -> arrive(waiting));
  }

  public void take() {
    if (media != Media.ENTERING || feeding) {
      throw new ImpossibleAct("card-reader: no card to take in the slot");
    }
    put(Media.NOT_PRESENT, null);
    tell(new DeviceEvent.CardTaken());
  }

  /// An operator gives the retained cards back to their holders.
  public void emptyBin() {
    if (retained.isEmpty()) {
      throw new ImpossibleAct("card-reader: the retain bin is empty");
    }
    retained.clear();
    save();
    changed();
  }

  // How.

  private void arrive(Promise<Void> waiting) {
    feeding = false;
    wanted = null;
    if (faults.strikes("jam")) {
      put(Media.JAMMED, card);
      waiting.fail(fault(Kind.JAM, "the card stuck on its way in"));
      return;
    }
    put(Media.PRESENT, card);
    tell(new DeviceEvent.CardInserted());
    waiting.complete();
  }

  private Future<TrackData> read() {
    return move(READ)
        .map(
            _ -> {
              boolean unreadable = faults.strikes("unreadable") || card.track2() == null;
              return new TrackData(unreadable ? null : card.track2().clone());
            });
  }

  private Future<Void> intoBin() {
    if (retained.size() >= BIN_CAPACITY) {
      return fail(Kind.BIN_FULL, "the retain bin is full with " + retained.size() + " cards");
    }
    return travel(
        RETAIN,
        _ -> {
          if (card == null) {
            throw fault(Kind.NO_MEDIA, "the card was taken first");
          }
          retained.add(card);
          return put(Media.NOT_PRESENT, null);
        });
  }

  private Future<Void> travel(Duration movement, Function<Void, Void> arrival) {
    return move(movement)
        .map(
            done -> {
              if (faults.strikes("jam")) {
                put(Media.JAMMED, card);
                throw fault(Kind.JAM, "the card stuck on its way");
              }
              return arrival.apply(done);
            });
  }

  private Void put(Media where, Card which) {
    media = where;
    card = which;
    save();
    changed();
    return null;
  }

  @Override
  void memoryLost() {
    Promise<Void> waiting = wanted;
    wanted = null;
    feeding = false;
    if (waiting != null) {
      waiting.fail(fault(Kind.POWER_LOST, "the power went"));
    }
  }

  @Override
  void faultChanged(String kind) {
    if (kind.equals("jam") && faults.holds("jam") && media == Media.PRESENT) {
      put(Media.JAMMED, card);
    }
  }

  private void save() {
    JsonArray bin = new JsonArray(retained.stream().map(Card::id).toList());
    file.write(
        new JsonObject()
            .put("media", media.name())
            .put("card", card == null ? null : card.id())
            .put("retained", bin));
  }

  private void restore(JsonObject state, Map<String, Card> cards) {
    try {
      // A card that is in no wallet any more was somebody's once; it is gone with its holder.
      state.getJsonArray("retained").stream()
          .map(cards::get)
          .filter(known -> known != null)
          .forEach(retained::add);
      String inside = state.getString("card");
      card = inside == null ? null : cards.get(inside);
      media = card == null ? Media.NOT_PRESENT : Media.valueOf(state.getString("media"));
    } catch (RuntimeException e) {
      throw file.broken(e.toString());
    }
  }
}
