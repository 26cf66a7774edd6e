package sim.ssp;

import static sim.ssp.SspWire.NOT_PROCESSED;
import static sim.ssp.SspWire.OK;
import static sim.ssp.SspWire.WRONG_COUNT;
import static sim.ssp.SspWire.reply;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Banknote;
import sim.mechanics.CashIn;
import sim.mechanics.Denomination;
import sim.mechanics.MechanicalFault;
import sim.mechanics.Paper;
import sim.mechanics.Refusal;
import sim.mechanics.SimCashAcceptor;
import sim.wire.LineTimers;

/// The taking half: a validator whose escrow is the note in its transport. The poll after the one
/// that told of a note lets it in; a hold keeps it for another ten seconds.
final class SspTaking {
  private static final int ESCROW_MS = 10_000;

  // Reject codes.
  private static final int NOT_RECOGNISED = 0x02;
  private static final int INHIBITED = 0x06;
  private static final int BY_HOST = 0x08;
  private static final int ESCROW_TIMEOUT = 0x13;
  private static final int CANNOT_STACK = 0x1D;

  private final SimCashAcceptor acceptor;
  private final SspEvents events;
  private final LineTimers timers;
  private final Runnable cutWire;
  private final Function<Denomination, Integer> channelOf;
  private final Set<Denomination> toStore = new TreeSet<>();
  private Runnable stopEscrow = () -> {};
  private boolean enabled;
  private int channels;
  private int lastReject;
  private boolean taking;
  private boolean moving;
  private boolean readWaits;

  /// The next poll lets the note in; not so after a movement that failed, before it is held again.
  private boolean escrowTold;

  private boolean boxOut;

  /// @param channelOf the channel of a note in the unit's dataset
  SspTaking(
      SimCashAcceptor acceptor,
      SspEvents events,
      LineTimers timers,
      Runnable cutWire,
      Function<Denomination, Integer> channelOf) {
    this.acceptor = acceptor;
    this.events = events;
    this.timers = timers;
    this.cutWire = cutWire;
    this.channelOf = channelOf;
  }

  SimCashAcceptor mechanics() {
    return acceptor;
  }

  // -- what the host says

  void enable(boolean now) {
    enabled = now;
    goOn();
  }

  Buffer inhibits(Buffer command) {
    if (command.length() < 2) return reply(WRONG_COUNT);
    channels = command.getUnsignedByte(1);
    if (command.length() > 2) channels |= command.getUnsignedByte(2) << 8;
    goOn();
    return reply(OK);
  }

  void route(Denomination note, boolean store) {
    if (store) toStore.add(note);
    else toStore.remove(note);
  }

  Buffer lastReject() {
    return reply(OK, lastReject);
  }

  Buffer hold() {
    if (acceptor.escrow().isEmpty() || moving) return reply(NOT_PROCESSED);
    escrowTold = true;
    waitInEscrow();
    return reply(OK);
  }

  Buffer reject() {
    if (acceptor.escrow().isEmpty() || moving) return reply(NOT_PROCESSED);
    giveBack(BY_HOST);
    return reply(OK);
  }

  /// What a poll does, and what it tells.
  void poll(Buffer told) {
    if (escrowTold && !moving && !acceptor.escrow().isEmpty()) stack();
    cashbox();
    if (acceptor.faults().strikes("fraud")) events.channel(0xE6, 0);
    events.into(told);
    escrowTold |= readWaits;
    readWaits = false;
    if (moving) told.appendUnsignedByte((short) (stacking() ? 0xCC : 0xED));
    else if (isReading()) told.appendUnsignedByte((short) 0xEF).appendByte((byte) 0);
    if (acceptor.transportJammed()) told.appendUnsignedByte((short) 0xE9);
    if (box().status() == AcceptorUnit.Status.FULL) told.appendUnsignedByte((short) 0xE7);
    if (acceptor.dead()) told.appendUnsignedByte((short) 0xC6);
  }

  private void cashbox() {
    boolean out = box().status() == AcceptorUnit.Status.MISSING;
    if (out != boxOut) events.add(out ? 0xE3 : 0xE4);
    boxOut = out;
  }

  private boolean stacking() {
    return acceptor.last().state() == CashIn.State.UNKNOWN
        && acceptor.busy().filter("storing"::equals).isPresent();
  }

  private boolean isReading() {
    return taking && acceptor.busy().isPresent() && !acceptor.wantsNotes() && !opening();
  }

  /// Before a note is put in there is nothing to read.
  private boolean opening() {
    return acceptor.slotNotes().isEmpty() && acceptor.transport().isEmpty();
  }

  // -- notes in

  /// Takes a note as soon as it may and can, and stops waiting for one when it may not.
  void goOn() {
    if (!enabled || channels == 0) {
      acceptor.cancelCashIn();
      return;
    }
    boolean free =
        acceptor.powered()
            && !taking
            && !moving
            && acceptor.escrow().isEmpty()
            && acceptor.slotNotes().isEmpty()
            && !acceptor.transportJammed();
    if (!free) return;
    taking = true;
    begun()
        .compose(_ -> acceptor.cashIn(() -> {}, this::refused))
        .onComplete(_ -> taken(), this::notTaken);
  }

  private Future<Void> begun() {
    return acceptor.last().state() == CashIn.State.ACTIVE
        ? Future.succeededFuture()
        : acceptor.begin();
  }

  private void refused(Refusal why) {
    lastReject =
        switch (why) {
          case INVALID, COUNTERFEIT, FOREIGN -> NOT_RECOGNISED;
          case BINS_FULL -> CANNOT_STACK;
          // Still in the customer's hand: it draws in one note.
          case ESCROW_FULL, NOT_DRAWN_IN -> lastReject;
        };
    if (why == Refusal.ESCROW_FULL || why == Refusal.NOT_DRAWN_IN) return;
    events.add(0xED);
    events.add(0xEC);
  }

  private void taken() {
    taking = false;
    read();
    goOn();
  }

  /// A note is in the escrow, if one is.
  private void read() {
    if (acceptor.escrow().isEmpty()) return;
    int channel = channel();
    if ((channels >> channel - 1 & 1) == 0) {
      giveBack(INHIBITED);
      return;
    }
    events.channel(0xEF, 0);
    events.channel(0xEF, channel);
    readWaits = true;
    escrowTold = false;
    waitInEscrow();
  }

  private void notTaken(Throwable failure) {
    taking = false;
    switch (kind(failure)) {
      case CANCELED -> goOn();
      case REPLY_LOST -> {
        cutWire.run();
        read();
        events.clear();
      }
      case POWER_LOST -> {}
      default -> events.add(0xE9);
    }
  }

  private void waitInEscrow() {
    stopEscrow.run();
    stopEscrow = timers.after(ESCROW_MS, () -> giveBack(ESCROW_TIMEOUT));
  }

  // -- and on their way

  private void stack() {
    int channel = channel();
    Denomination note = acceptor.escrow().getFirst().paper().note();
    stopEscrow.run();
    moving = true;
    acceptor
        .store()
        .onComplete(
            _ -> {
              moved();
              events.channel(0xEE, channel);
              events.add(toStore.contains(note) ? 0xDB : 0xEB);
            },
            this::notMoved);
  }

  private void giveBack(int why) {
    if (acceptor.escrow().isEmpty() || moving) return;
    stopEscrow.run();
    moving = true;
    acceptor
        .rollback()
        .onComplete(
            _ -> rejected(why),
            failure -> {
              // A validator has no sensor that could fail: the note is out all the same.
              if (kind(failure) == MechanicalFault.Kind.SLOT_UNKNOWN) rejected(why);
              else notMoved(failure);
            });
  }

  private void rejected(int why) {
    moved();
    lastReject = why;
    events.add(0xED);
    events.add(0xEC);
  }

  private void moved() {
    moving = false;
    escrowTold = false;
    goOn();
  }

  private void notMoved(Throwable failure) {
    moving = false;
    escrowTold = false;
    switch (kind(failure)) {
      case REPLY_LOST -> {
        // Done, but nobody hears of it.
        cutWire.run();
        moved();
      }
      case POWER_LOST -> {}
      case BIN_FULL -> events.add(0xE7);
      default -> events.add(0xE9);
    }
    if (!acceptor.escrow().isEmpty() && acceptor.powered()) waitInEscrow();
  }

  // -- power

  void powerLost() {
    stopEscrow.run();
    enabled = false;
    channels = 0;
    taking = false;
    moving = false;
    readWaits = false;
    escrowTold = false;
  }

  /// As at power-up, but what is under way comes to its end.
  void reset() {
    enabled = false;
    channels = 0;
    escrowTold = false;
    stopEscrow.run();
    goOn();
    if (!moving) started();
  }

  /// What lies in its transport at power-up goes out in front, or where it was going.
  void started() {
    int channel = acceptor.escrow().isEmpty() ? channelInTransport() : channel();
    if (acceptor.transport().isEmpty() && acceptor.last().state() == CashIn.State.ACTIVE) {
      if (channel > 0) acceptor.rollback().onSuccess(_ -> events.channel(0xE1, channel));
    } else if (!acceptor.transport().isEmpty() || !acceptor.escrow().isEmpty()) {
      acceptor.reset().onSuccess(_ -> events.channel(0xE2, channel));
    }
  }

  // -- what it counts

  /// Into its box or store, over its whole life.
  int stacked() {
    int inside = acceptor.units().stream().mapToInt(AcceptorUnit::count).sum();
    return inside + count(acceptor.emptied());
  }

  int rejected() {
    int out = taking && !acceptor.wantsNotes() ? 0 : acceptor.slotNotes().size();
    return count(acceptor.refused()) + count(acceptor.returned()) + out;
  }

  /// What is in the store by denomination: of what is routed there, all that came in.
  Map<Denomination, Integer> levels() {
    Map<Denomination, Integer> levels = new TreeMap<>();
    acceptor.known().forEach(note -> levels.put(note, 0));
    box()
        .contents()
        .forEach(
            (paper, count) -> {
              if (toStore.contains(paper.note())) levels.merge(paper.note(), count, Integer::sum);
            });
    return levels;
  }

  private AcceptorUnit box() {
    return acceptor.unit(AcceptorUnit.Role.DEPOSIT);
  }

  private int channel() {
    return channelOf.apply(acceptor.escrow().getFirst().paper().note());
  }

  private int channelInTransport() {
    return acceptor.transport().stream()
        .map(Banknote::paper)
        .map(Paper::note)
        .filter(note -> note != null && acceptor.known().contains(note))
        .findFirst()
        .map(channelOf)
        .orElse(0);
  }

  private static MechanicalFault.Kind kind(Throwable failure) {
    return failure instanceof MechanicalFault known ? known.kind() : MechanicalFault.Kind.DEAD;
  }

  private static int count(Map<Paper, Integer> notes) {
    return notes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
