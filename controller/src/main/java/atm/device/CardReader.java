package atm.device;

import atm.value.Track2;
import io.vertx.core.Future;
import java.time.Duration;

/// A card reader: takes a card in, reads it, gives it back or retains it, as far as its
/// `capabilities` go.
public non-sealed interface CardReader extends Device {
  default Capabilities capabilities() {
    return Capabilities.MOTORISED;
  }

  /// Waits for a card and reads it; a card already inside is read at once. Fails with `TIMEOUT`
  /// after `within` (`Duration.ZERO`: waits without end), with `CANCELED` after `cancel`.
  ///
  /// @param waiting called once a card can be inserted
  Future<CardRead> read(Duration within, Runnable waiting);

  /// The same.
  ///
  /// @param inserted called once a card is on its way in; a reader that cannot tell never does
  default Future<CardRead> read(Duration within, Runnable waiting, Runnable inserted) {
    return read(within, waiting);
  }

  /// Ends a `read` that still waits for a card. A card already on its way in is read to the end.
  Future<Void> cancel();

  /// Moves the card to the exit, where the customer can take it.
  Future<EjectOutcome> eject();

  /// Waits until the card at the exit is taken; `false` when it is still there after `within`.
  Future<Boolean> taken(Duration within);

  /// Takes the card, inside or at the exit, into the retain bin.
  Future<RetainOutcome> retain();

  /// Where the card is, asked of the device now.
  Future<Media> media();

  /// What a reader does with a card besides reading it.
  ///
  /// @param holds whether the card is in the machine during the visit; one that was swiped never
  /// left its holder's hand, and is `NONE` to `media`, `eject` and `retain`
  /// @param retains whether it can move a card to where its holder cannot reach it
  record Capabilities(boolean holds, boolean retains) {
    public static final Capabilities MOTORISED = new Capabilities(true, true);
  }

  enum Media {
    NONE,
    INSIDE,
    AT_EXIT,
    JAMMED,
    UNKNOWN
  }

  /// What was read of a card, which is now inside where the reader holds cards.
  sealed interface CardRead {
    record Card(Track2 track2) implements CardRead {}

    /// A card came, but says nothing that can be used.
    record Unreadable(String why) implements CardRead {}
  }

  sealed interface EjectOutcome {
    record AtExit() implements EjectOutcome {}

    record NoCard() implements EjectOutcome {}

    /// The card sticks or nobody knows where it is.
    record Stuck(Fault why) implements EjectOutcome {}
  }

  sealed interface RetainOutcome {
    record Retained() implements RetainOutcome {}

    /// The customer took it meanwhile.
    record NoCard() implements RetainOutcome {}

    record Stuck(Fault why) implements RetainOutcome {}
  }
}
