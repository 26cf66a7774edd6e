package atm.driver.ssp;

import atm.device.CashDispenser.LastDispense;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.driver.ssp.SspData.Counters;
import atm.value.Counts;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// One payout from its order on, as the unit's events tell it: how much is out, whether a note
/// waits in the bezel, how it ended. Outlives the wire it was ordered over, because what was paid
/// is sometimes known only after the next wire is up.
final class Payout {
  private final SortedMap<Money, Integer> asked;
  private final Map<Money, Integer> levelsBefore;
  private final Counters countersBefore;
  private final SortedMap<Money, Integer> cashed = new TreeMap<>();
  private final Promise<Void> turn = Promise.promise();
  private long out;
  private boolean held;
  private boolean over;
  private OptionalLong paid = OptionalLong.empty();
  private Optional<Fault> why = Optional.empty();
  private Optional<Fault> notHalted = Optional.empty();
  private boolean outlivesItsCommand;
  private boolean settled;
  private Optional<Reckoning> reckoning = Optional.empty();

  Payout(SortedMap<Money, Integer> asked, Map<Money, Integer> levels, Counters counters) {
    this.asked = asked;
    this.levelsBefore = Map.copyOf(levels);
    this.countersBefore = counters;
  }

  SortedMap<Money, Integer> asked() {
    return asked;
  }

  /// Completes when all is out or the payout is over; fails when nobody will tell any more.
  Future<Void> turn() {
    return turn.future();
  }

  /// All that was asked for has come out; the last note may still wait in the bezel.
  boolean allOut() {
    return out == Reckoning.value(asked) && (held || over);
  }

  boolean isOver() {
    return over;
  }

  boolean isHeld() {
    return held;
  }

  /// Why it ended before all was paid.
  Optional<Fault> why() {
    return why;
  }

  /// Notes that went to the cashbox on the way, as far as events told of them.
  SortedMap<Money, Integer> cashed() {
    return cashed;
  }

  /// Takes in what a poll told; answers whether the payout has moved on by it. A note that waits in
  /// the bezel is told of in each.
  boolean happened(List<SspEvent> events) {
    Progress before = progress();
    events.forEach(this::happened);
    return !before.equals(progress());
  }

  private record Progress(long out, boolean held, boolean over, int cashed) {}

  private Progress progress() {
    return new Progress(out, held, over, Reckoning.notes(cashed));
  }

  private void happened(SspEvent event) {
    switch (event.kind()) {
      case DISPENSING -> {
        out = event.minor();
        held = false;
      }
      case HELD -> {
        held = true;
        if (allOut()) turn.tryComplete();
      }
      case TO_CASHBOX, TO_CASHBOX_AT_START -> event.amounts().forEach(this::cashed);
      case DISPENSED -> ended(event.minor(), Optional.empty());
      case PAYOUT_ERROR -> ended(event.minor(), hardware(cause(event.detail())));
      case JAMMED -> ended(event.minor(), hardware("notes are jammed"));
      case HALTED -> ended(event.minor(), hardware("halted"));
      case TIMED_OUT -> ended(event.minor(), hardware("timed out"));
      case INCOMPLETE -> incomplete(event);
      case OUT_OF_SERVICE -> over(hardware("the payout is out of service"));
      case RESET -> over(hardware("the unit restarted"));
      default -> {
        // concerns no payout
      }
    }
  }

  /// The command that ordered it is answered while a note still waits to be taken.
  void answeredEarly() {
    outlivesItsCommand = true;
  }

  /// Over, and no command waits to settle it.
  boolean wantsSettling() {
    return over && !settled && outlivesItsCommand;
  }

  /// The unit answers that it did not even begin.
  void refused() {
    over = true;
    settled = true;
    reckoning = Optional.of(new Reckoning(new TreeMap<>(), new TreeMap<>()));
  }

  /// The unit refuses to halt it.
  void notHalted(Fault fault) {
    notHalted = Optional.of(fault);
  }

  Optional<Fault> notHalted() {
    return notHalted;
  }

  /// Nobody is there to tell how it goes on.
  void abandoned(Fault fault) {
    turn.tryFail(new DeviceException(fault));
  }

  boolean isSettled() {
    return settled;
  }

  /// Works out once, when the unit stands still, what became of the notes.
  void settle(Map<Money, Integer> levels, Counters counters) {
    if (settled) return;
    settled = true;
    over = true;
    held = false;
    // A denomination that is not told of any more is not known to be gone.
    if (!levels.keySet().containsAll(levelsBefore.keySet())) return;
    Map<Money, Integer> left = new HashMap<>();
    levelsBefore.forEach(
        (note, before) -> {
          int gone = before - levels.get(note);
          if (gone != 0) left.put(note, gone);
        });
    // Notes that came meanwhile hide others that went.
    levels.forEach(
        (note, now) -> {
          if (!levelsBefore.containsKey(note) && now > 0) left.put(note, -now);
        });
    reckoning =
        Reckoning.of(
            asked,
            left,
            paid,
            counters.dispensed() - countersBefore.dispensed(),
            counters.toCashbox() - countersBefore.toCashbox());
  }

  /// What became of the notes; empty where it cannot be told.
  Optional<Reckoning> reckoning() {
    return reckoning;
  }

  /// What the unit's memory is worth to whoever asks later.
  LastDispense remembered(Drum drum) {
    Optional<Boolean> empty = Optional.of(!held);
    if (!settled && allOut()) {
      return remembered(LastDispense.State.PRESENTED, drum.counts(asked), empty);
    }
    return reckoning
        .map(
            done ->
                remembered(
                    done.paid().isEmpty()
                        ? LastDispense.State.NOT_PRESENTED
                        : LastDispense.State.PRESENTED,
                    drum.counts(done.paid()),
                    empty))
        .orElseGet(() -> unknown(empty));
  }

  static LastDispense unknown(Optional<Boolean> slotEmpty) {
    return remembered(LastDispense.State.UNKNOWN, Counts.NONE, slotEmpty);
  }

  private static LastDispense remembered(
      LastDispense.State state, Counts counts, Optional<Boolean> slotEmpty) {
    return new LastDispense(state, counts, slotEmpty, false, Optional.empty());
  }

  private void cashed(SspEvent.Value value) {
    asked.keySet().stream()
        .filter(
            note -> note.minor() == value.minor() && value.isIn(note.currency().getCurrencyCode()))
        .findFirst()
        .ifPresent(note -> cashed.merge(note, 1, Integer::sum));
  }

  /// After power-up: how much of which order was paid. One of another amount is another order.
  private void incomplete(SspEvent event) {
    long actual = 0;
    long requested = 0;
    for (int i = 0; i + 1 < event.amounts().size(); i += 2) {
      actual += event.amounts().get(i).minor();
      requested += event.amounts().get(i + 1).minor();
    }
    if (requested != Reckoning.value(asked) || paid.isPresent()) return;
    ended(actual, hardware("interrupted by a loss of power"));
  }

  private void ended(long minor, Optional<Fault> fault) {
    out = minor;
    paid = OptionalLong.of(minor);
    over(fault);
  }

  private void over(Optional<Fault> fault) {
    over = true;
    held = false;
    if (why.isEmpty()) why = fault;
    turn.tryComplete();
  }

  private static String cause(int code) {
    return switch (code) {
      case 0x00 -> "a note was not recognised again";
      case 0x01 -> "a note jammed";
      default -> "cause %02X".formatted(code);
    };
  }

  private static Optional<Fault> hardware(String what) {
    return Optional.of(new Fault(Fault.Code.HARDWARE, "cash-dispenser: payout ended, " + what));
  }
}
