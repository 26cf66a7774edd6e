package atm.driver.ssp;

import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.CashInStatus.State;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.driver.ssp.SspData.Counters;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Optional;

/// One transaction of an acceptor whose escrow holds one note, as the unit's events and counters
/// tell it. Outlives the wire, because what became of a note is sometimes known only after the next
/// wire is up; a unit remembers no transaction, so what is needed to outlive the controller is kept
/// for it.
final class CashIn {
  private enum Phase {
    /// Of before this driver was there, or told of in two ways that exclude each other.
    UNKNOWN,
    OPEN,
    HELD,
    GOING_IN,
    GOING_BACK,
    /// Over, as `end` says.
    ENDED
  }

  private final String device;
  private Phase phase;
  private State end = State.UNKNOWN;
  private Optional<Money> note = Optional.empty();
  private int channel;
  private int refused;
  private boolean byItself;
  private boolean ofBeforeACrash;
  private Optional<Counters> before = Optional.empty();
  private Promise<Void> gone = Promise.promise();

  private CashIn(String device, Phase phase) {
    this.device = device;
    this.phase = phase;
  }

  /// @param device for messages to people
  static CashIn unknown(String device) {
    return new CashIn(device, Phase.UNKNOWN);
  }

  static CashIn begun(String device) {
    return new CashIn(device, Phase.OPEN);
  }

  /// Of before a crash. A note that came since may not be taken for the one of then.
  static CashIn recalled(String device, CashInMemory.Kept kept) {
    CashIn recalled = new CashIn(device, Phase.valueOf(kept.phase()));
    recalled.end = State.valueOf(kept.end());
    recalled.note = kept.note();
    recalled.channel = kept.channel();
    recalled.before = kept.before();
    recalled.ofBeforeACrash = true;
    return recalled;
  }

  /// What has to outlive the controller.
  CashInMemory.Kept kept() {
    return new CashInMemory.Kept(phase.name(), end.name(), note, channel, before);
  }

  boolean isOfBeforeACrash() {
    return ofBeforeACrash;
  }

  /// The unit stands still, and holds nothing: works out what became of it, now and for good.
  ///
  /// @param heldANote one was in the escrow, and went back: whose it was only the counters tell
  void settleAfterCrash(Optional<Counters> now, boolean heldANote) {
    ofBeforeACrash = false;
    if (phase == Phase.OPEN) {
      settleOpen(now);
    } else if (heldANote && phase != Phase.UNKNOWN) {
      phase = Phase.HELD;
      settle(now);
    } else {
      settle(now);
    }
  }

  /// Where no note was read, none may have gone in; before the unit was first asked for its
  /// counters, it took none.
  private void settleOpen(Optional<Counters> now) {
    boolean nothingIn =
        before.isEmpty() || now.isPresent() && taken(now.get()) == taken(before.get());
    if (nothingIn) ends(State.NONE);
    else doubted("the unit has taken a note that nobody has read");
  }

  boolean isActive() {
    return phase == Phase.OPEN || isInside();
  }

  /// A note is in the escrow, or was and has not arrived anywhere.
  boolean isInside() {
    return phase == Phase.HELD || phase == Phase.GOING_IN || phase == Phase.GOING_BACK;
  }

  boolean isHeld() {
    return phase == Phase.HELD;
  }

  boolean isGoingBack() {
    return phase == Phase.GOING_BACK;
  }

  /// It ended though nobody told the unit to end it that way.
  boolean endedByItself() {
    return byItself;
  }

  State end() {
    return end;
  }

  Map<Money, Integer> notes() {
    return note.map(money -> Map.of(money, 1)).orElse(Map.of());
  }

  /// Before a note is let in.
  ///
  /// @param counters empty where the unit has none
  void before(Optional<Counters> counters) {
    before = counters;
  }

  void held(Money money, int itsChannel) {
    phase = Phase.HELD;
    note = Optional.of(money);
    channel = itsChannel;
  }

  boolean isHeldIn(int itsChannel) {
    return isHeld() && channel == itsChannel;
  }

  void refuses() {
    refused++;
  }

  /// Over with nothing moved.
  void ends(State how) {
    phase = Phase.ENDED;
    end = how;
  }

  /// The note is told to go into the box. Completes when it has arrived somewhere; fails with why
  /// nobody will tell.
  Future<Void> goesIn(State how) {
    return goes(Phase.GOING_IN, how);
  }

  Future<Void> goesBack() {
    return goes(Phase.GOING_BACK, State.RETURNED);
  }

  private Future<Void> goes(Phase how, State then) {
    phase = how;
    end = then;
    gone = Promise.promise();
    return gone.future();
  }

  /// Whoever waits for the note is told why it does not arrive.
  void stopped(Fault why) {
    gone.tryFail(new DeviceException(why));
  }

  /// The unit says that the note lies in the escrow still.
  void stillHeld() {
    phase = Phase.HELD;
  }

  /// Takes in what the unit tells of the note; answers whether it was about it.
  boolean happened(SspEvent event) {
    if (!isInside()) return false;
    switch (event.kind()) {
      case CREDIT -> {
        if (event.detail() != channel) doubted("another note was credited than was read");
      }
      case STACKED, STORED, TO_CASHBOX_AT_START, TO_STORE_AT_START -> arrivedInside();
      case CLEARED_TO_CASHBOX -> {
        // Channel 0 is a note that it cannot name.
        if (event.detail() == channel) arrivedInside();
        else doubted("a note that was not the one read was found at its start");
      }
      case REJECTED, CLEARED_TO_FRONT -> arrivedOutside();
      case FRAUD -> doubted("a fraud attempt was seen");
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Works out what became of a note of which no event told, when it is in the escrow no more: by
  /// what the unit counts, if that can mean one thing only.
  void settle(Optional<Counters> now) {
    if (!isInside()) return;
    if (before.isEmpty() || now.isEmpty()) {
      doubted("the unit does not say what became of the note");
      return;
    }
    long in = taken(now.get()) - taken(before.get());
    long out = now.get().rejected() - before.get().rejected();
    if (in == 1 && out == 0) arrivedInside();
    else if (in == 0 && out == 1) arrivedOutside();
    else doubted("it counts %d notes in and %d out, where one was inside".formatted(in, out));
  }

  private static long taken(Counters counters) {
    return counters.stacked() + counters.stored();
  }

  private void arrivedInside() {
    byItself = phase != Phase.GOING_IN;
    if (byItself) end = State.STORED;
    phase = Phase.ENDED;
    gone.tryComplete();
  }

  private void arrivedOutside() {
    byItself = phase != Phase.GOING_BACK;
    end = State.RETURNED;
    phase = Phase.ENDED;
    gone.tryComplete();
  }

  private void doubted(String why) {
    phase = Phase.UNKNOWN;
    end = State.UNKNOWN;
    stopped(new Fault(Fault.Code.HARDWARE, device + ": " + why));
  }

  /// @param jammed whether a note sticks in the unit
  CashInStatus remembered(boolean jammed) {
    State state =
        switch (phase) {
          case OPEN, HELD -> State.ACTIVE;
          case UNKNOWN, GOING_IN, GOING_BACK -> State.UNKNOWN;
          case ENDED -> notes().isEmpty() ? State.NONE : end;
        };
    return new CashInStatus(state, notes(), Map.of(), refused, slotEmpty(), isInside() || jammed);
  }

  /// What came out nobody sees being taken.
  Optional<Boolean> slotEmpty() {
    boolean cameOut = refused > 0 || phase == Phase.UNKNOWN || end == State.RETURNED;
    return cameOut ? Optional.empty() : Optional.of(true);
  }
}
