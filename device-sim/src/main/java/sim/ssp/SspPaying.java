package sim.ssp;

import static sim.ssp.SspWire.NOT_KNOWN;
import static sim.ssp.SspWire.NOT_PROCESSED;
import static sim.ssp.SspWire.OK;
import static sim.ssp.SspWire.OUT_OF_RANGE;
import static sim.ssp.SspWire.WRONG_COUNT;
import static sim.ssp.SspWire.reply;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sim.mechanics.Bin;
import sim.mechanics.CashUnit;
import sim.mechanics.Denomination;
import sim.mechanics.SimCashDispenser;

/// The paying half of a SMART Payout: pays from the mechanics' cassettes, each of them one
/// denomination of its drum; the mechanics' reject bin is its cashbox.
final class SspPaying {
  private static final int TEST_ONLY = 0x19;
  private static final int DO_IT = 0x58;

  // Reasons after NOT_PROCESSED.
  private static final int NOT_ENOUGH = 1;
  private static final int NOT_EXACTLY = 2;
  private static final int BUSY = 3;
  private static final int DISABLED = 4;

  private final SimCashDispenser dispenser;
  private final SspEvents events;
  private final Runnable cutWire;
  private Optional<SspPayout> payout = Optional.empty();
  private boolean enabled;
  private int orders;

  /// @param cutWire for a reply that gets lost
  SspPaying(SimCashDispenser dispenser, SspEvents events, Runnable cutWire) {
    this.dispenser = dispenser;
    this.events = events;
    this.cutWire = cutWire;
  }

  SimCashDispenser mechanics() {
    return dispenser;
  }

  int orders() {
    return orders;
  }

  Buffer answer(int code, Buffer command) {
    return switch (code) {
      case 0x38 -> halt();
      case 0x46 -> pay(command);
      case 0x5B -> enable(false);
      case 0x5C -> enable(true);
      default -> reply(NOT_KNOWN);
    };
  }

  // -- power

  void powerLost() {
    payout = payout.filter(p -> !p.isOver());
    payout.ifPresent(SspPayout::interrupted);
  }

  /// What the first poll after power-up tells: a payout that was interrupted.
  void started() {
    enabled = false;
    SspPayout.clear(dispenser, events);
    payout.ifPresent(p -> events.incomplete(p.paid(), p.requested(), p.currency()));
    payout = Optional.empty();
  }

  void reset() {
    payout.filter(p -> !p.isOver()).ifPresent(SspPayout::interrupted);
    payout = Optional.empty();
    enabled = false;
    if (dispenser.tray().isEmpty()) dispenser.purge();
  }

  void notesTaken() {
    payout.ifPresent(SspPayout::goOn);
  }

  // -- what it tells

  void into(Buffer told) {
    payout
        .filter(p -> !p.isOver())
        .ifPresentOrElse(p -> p.into(told), () -> SspPayout.held(dispenser, told));
    if (dispenser.transportJammed()) told.appendUnsignedByte((short) 0xE9);
    if (dispenser.dead()) told.appendUnsignedByte((short) 0xC6);
  }

  /// What is in its drum, by denomination.
  Map<Denomination, Integer> levels() {
    Map<Denomination, Integer> levels = new LinkedHashMap<>();
    cassettes().stream()
        .filter(unit -> unit.status() != CashUnit.Status.MISSING)
        .forEach(unit -> levels.put(unit.note(), unit.count()));
    return levels;
  }

  List<Denomination> notes() {
    return cassettes().stream().map(CashUnit::note).toList();
  }

  /// Over its whole life.
  int dispensed() {
    return count(dispenser.taken()) + dispenser.tray().size();
  }

  int cashed() {
    return count(dispenser.unit(Bin.REJECT).contents())
        + count(dispenser.unit(Bin.RETRACT).contents());
  }

  // -- what it does

  private Buffer enable(boolean now) {
    if (isPaying()) return reply(NOT_PROCESSED, BUSY);
    enabled = now;
    return reply(OK);
  }

  private Buffer halt() {
    if (!isPaying()) return reply(NOT_PROCESSED);
    payout.get().halt();
    return reply(OK);
  }

  private Buffer pay(Buffer command) {
    int n = command.length() < 2 ? 0 : command.getUnsignedByte(1);
    if (command.length() != 3 + 9 * n || n == 0) return reply(WRONG_COUNT);
    int option = command.getUnsignedByte(command.length() - 1);
    if (option != TEST_ONLY && option != DO_IT) return reply(OUT_OF_RANGE);
    if (option == DO_IT) orders++;
    if (!enabled) return reply(NOT_PROCESSED, DISABLED);
    if (isPaying() || !dispenser.tray().isEmpty()) return reply(NOT_PROCESSED, BUSY);
    List<CashUnit> notes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int count = command.getUnsignedShortLE(2 + 9 * i);
      Optional<CashUnit> unit = denomination(command, 4 + 9 * i);
      if (unit.isEmpty()) return reply(NOT_PROCESSED, NOT_EXACTLY);
      if (unit.get().count() < count || unit.get().status() == CashUnit.Status.MISSING) {
        return reply(NOT_PROCESSED, NOT_ENOUGH);
      }
      for (int k = 0; k < count; k++) notes.add(unit.get());
    }
    if (notes.isEmpty() || notes.size() > SimCashDispenser.NOTES_MAX) return reply(OUT_OF_RANGE);
    if (option == DO_IT) begin(notes);
    return reply(OK);
  }

  private void begin(List<CashUnit> notes) {
    SspPayout begun = new SspPayout(dispenser, events, notes, cutWire, () -> enabled = false);
    payout = Optional.of(begun);
    begun.goOn();
  }

  private boolean isPaying() {
    return payout.filter(p -> !p.isOver()).isPresent();
  }

  private Optional<CashUnit> denomination(Buffer command, int at) {
    long minor = command.getUnsignedIntLE(at);
    String currency = command.getString(at + 4, at + 7);
    return cassettes().stream()
        .filter(unit -> unit.note().minor() == minor && unit.note().currency().equals(currency))
        .findFirst();
  }

  private List<CashUnit> cassettes() {
    return dispenser.units().stream()
        .filter(unit -> unit.role() == CashUnit.Role.CASSETTE)
        .toList();
  }

  private static int count(Map<Denomination, Integer> notes) {
    return notes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
