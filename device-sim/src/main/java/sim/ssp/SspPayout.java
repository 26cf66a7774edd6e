package sim.ssp;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import sim.mechanics.CashUnit;
import sim.mechanics.Denomination;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.Note;
import sim.mechanics.SimCashDispenser;

/// One payout of a SMART Payout: note after note to the bezel, each waiting there until it is
/// taken.
final class SspPayout {
  // Causes of an error in a payout.
  private static final int NOT_RECOGNISED = 0;
  private static final int JAMMED = 1;

  private final SimCashDispenser dispenser;
  private final SspEvents events;
  private final Runnable cutWire;
  private final Runnable disable;
  private final List<CashUnit> units;
  private final String currency;
  private final long requested;
  private long paid;
  private int done;
  private boolean halted;
  private boolean over;

  /// @param cutWire for a reply that gets lost
  /// @param disable what the unit does to itself after an error
  SspPayout(
      SimCashDispenser dispenser,
      SspEvents events,
      List<CashUnit> notes,
      Runnable cutWire,
      Runnable disable) {
    this.dispenser = dispenser;
    this.events = events;
    this.cutWire = cutWire;
    this.disable = disable;
    this.currency = notes.getFirst().note().currency();
    this.requested = notes.stream().mapToLong(unit -> unit.note().minor()).sum();
    this.units = List.copyOf(notes);
  }

  boolean isOver() {
    return over;
  }

  long requested() {
    return requested;
  }

  /// With the customer, or in the bezel.
  long paid() {
    return paid;
  }

  String currency() {
    return currency;
  }

  void halt() {
    halted = true;
    if (!over && dispenser.tray().isEmpty() && dispenser.busy().isEmpty()) end(0xD6);
  }

  /// What each poll tells while it runs: the value so far, and the note in the bezel.
  void into(Buffer reply) {
    if (over) return;
    reply.appendBuffer(SspEvents.valued(0xDA, paid, currency));
    held(dispenser, reply);
  }

  static void held(SimCashDispenser dispenser, Buffer reply) {
    dispenser.tray().forEach(note -> reply.appendBuffer(SspEvents.one(0xCE, note.note())));
  }

  /// The bezel is free, so the next note can come.
  void goOn() {
    if (over || dispenser.busy().isPresent() || !dispenser.tray().isEmpty()) return;
    if (halted) {
      end(0xD6);
    } else if (done == units.size()) {
      end(0xD2);
    } else {
      dispenser
          .payOut(Map.of(units.get(done).unit(), 1), done)
          .onComplete(this::moved, this::failed);
    }
  }

  /// The power went: what comes next is told when it is back.
  void interrupted() {
    over = true;
  }

  private void moved(SimCashDispenser.PaidOut result) {
    if (over) return;
    result.exited().forEach((unit, _) -> presented());
    result.rejected().forEach(this::toCashbox);
    if (result.why().isPresent()) failed(result.why().get());
    else if (!result.rejected().isEmpty()) notRecognised();
    // Taken within the same instant, before anybody could poll.
    else goOn();
  }

  private void presented() {
    paid += units.get(done).note().minor();
    done++;
  }

  private void toCashbox(String unit, int count) {
    Denomination note = dispenser.unit(unit).orElseThrow().note();
    for (int i = 0; i < count; i++) events.note(0xC9, note);
  }

  /// A note failed its reverse validation and went to the cashbox: the payout ends.
  private void notRecognised() {
    stopped(NOT_RECOGNISED);
  }

  private void stopped(int cause) {
    over = true;
    disable.run();
    events.error(paid, currency, cause);
  }

  private void failed(Throwable failure) {
    if (over) return;
    switch (failure instanceof MechanicalFault known ? known.kind() : Kind.DEAD) {
      case REPLY_LOST -> {
        // Done, but nobody hears of it.
        cutWire.run();
        presented();
        goOn();
      }
      case POWER_LOST -> over = true;
      case UNIT_EMPTY, UNIT_MISSING -> end(0xD9);
      case REPORTED -> stopped(JAMMED);
      case DEAD -> {
        over = true;
        disable.run();
        events.add(0xC6);
      }
      default -> {
        disable.run();
        end(0xD5);
      }
    }
  }

  private void end(int event) {
    over = true;
    events.value(event, paid, currency);
  }

  /// What the power cut left between store and bezel goes to the cashbox.
  static void clear(SimCashDispenser dispenser, SspEvents events) {
    List<Note> inside = dispenser.transport();
    if (inside.isEmpty()) return;
    dispenser.purge().onSuccess(_ -> inside.forEach(n -> events.note(0xCA, n.note())));
  }
}
