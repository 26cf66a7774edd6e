package sim.ssp;

import static sim.ssp.SspWire.NOT_KNOWN;
import static sim.ssp.SspWire.NOT_PROCESSED;
import static sim.ssp.SspWire.OK;
import static sim.ssp.SspWire.OUT_OF_RANGE;
import static sim.ssp.SspWire.WRONG_COUNT;
import static sim.ssp.SspWire.reply;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sim.mechanics.Bin;
import sim.mechanics.CashUnit;
import sim.mechanics.Denomination;
import sim.mechanics.DeviceEvent;
import sim.mechanics.SimCashDispenser;
import sim.wire.Line;

/// A SMART Payout that pays from the mechanics' cassettes, each of them one denomination of its
/// drum; the mechanics' reject bin is its cashbox. It takes in no notes.
public final class SspSmartPayout implements SspWire.Unit {
  private static final int TEST_ONLY = 0x19;
  private static final int DO_IT = 0x58;

  // Reasons after NOT_PROCESSED.
  private static final int NOT_ENOUGH = 1;
  private static final int NOT_EXACTLY = 2;
  private static final int BUSY = 3;
  private static final int DISABLED = 4;

  private final SimCashDispenser dispenser;
  private final SspEvents events = new SspEvents();
  private final SspWire wire;
  private Optional<SspPayout> payout = Optional.empty();
  private boolean enabled;
  private boolean payoutEnabled;
  private int orders;

  /// Plays `dispenser` over `line`, at the address and with the fixed key a unit is sold with.
  public SspSmartPayout(SimCashDispenser dispenser, Line line) {
    this.dispenser = dispenser;
    this.wire = new SspWire(dispenser, line, this);
    dispenser.listen(this::happened);
    started();
  }

  /// How many orders to pay, not counting tests, it ever was given.
  public int orders() {
    return orders;
  }

  @Override
  public Buffer answer(int code, Buffer command) {
    return switch (code) {
      case 0x01 -> reset();
      case 0x02, 0x59 -> reply(OK);
      case 0x05 -> setup();
      case 0x07, 0x56 -> poll();
      case 0x09 -> enable(false);
      case 0x0A -> enable(true);
      case 0x0C -> reply(OK, 0x00, 0x4A, 0x78, 0xB4);
      case 0x17 -> reply(OK, 0x00);
      case 0x20, 0x21 -> reply(OK).appendString("DEVSIM");
      case 0x22 -> levels();
      case 0x38 -> halt();
      case 0x3B -> command.length() == 9 ? route(command) : reply(WRONG_COUNT);
      case 0x46 -> pay(command);
      case 0x58 -> counters();
      case 0x5B -> payoutEnabled(false);
      case 0x5C -> payoutEnabled(true);
      default -> reply(NOT_KNOWN);
    };
  }

  // -- power

  private void happened(DeviceEvent event) {
    switch (event) {
      case DeviceEvent.PowerLost _ -> {
        wire.memoryLost();
        events.clear();
        payout = payout.filter(p -> !p.isOver());
        payout.ifPresent(SspPayout::interrupted);
      }
      case DeviceEvent.PowerBack _ -> started();
      case DeviceEvent.NotesTaken _ -> payout.ifPresent(SspPayout::goOn);
      default -> {}
    }
  }

  /// What the first poll after power-up tells: the restart, and a payout that was interrupted.
  private void started() {
    enabled = false;
    payoutEnabled = false;
    events.clear();
    events.add(0xF1);
    SspPayout.clear(dispenser, events);
    payout.ifPresent(p -> events.incomplete(p.paid(), p.requested(), p.currency()));
    payout = Optional.empty();
  }

  private Buffer reset() {
    payout.filter(p -> !p.isOver()).ifPresent(SspPayout::interrupted);
    wire.restart();
    events.clear();
    events.add(0xF1);
    enabled = false;
    payoutEnabled = false;
    payout = Optional.empty();
    if (dispenser.tray().isEmpty()) dispenser.purge();
    return reply(OK);
  }

  // -- what it tells

  private Buffer poll() {
    Buffer told = reply(OK);
    events.into(told);
    payout
        .filter(p -> !p.isOver())
        .ifPresentOrElse(p -> p.into(told), () -> SspPayout.held(dispenser, told));
    if (dispenser.transportJammed()) told.appendUnsignedByte((short) 0xE9);
    if (dispenser.dead()) told.appendUnsignedByte((short) 0xC6);
    if (!enabled) told.appendUnsignedByte((short) 0xE8);
    return told;
  }

  private Buffer setup() {
    List<CashUnit> notes = cassettes();
    String currency = notes.getFirst().note().currency();
    Buffer setup = reply(OK, 0x06).appendString("0411").appendString(currency);
    setup.appendBytes(new byte[] {0, 0, 1, (byte) notes.size()});
    notes.forEach(unit -> setup.appendUnsignedByte((short) (unit.note().value() & 0xFF)));
    notes.forEach(_ -> setup.appendByte((byte) 2));
    int multiplier = (int) (notes.getFirst().note().minor() / notes.getFirst().note().value());
    setup.appendMedium(multiplier).appendByte((byte) 7);
    notes.forEach(unit -> setup.appendString(unit.note().currency()));
    notes.forEach(unit -> setup.appendIntLE(unit.note().value()));
    return setup;
  }

  private Buffer levels() {
    List<CashUnit> notes =
        cassettes().stream().filter(unit -> unit.status() != CashUnit.Status.MISSING).toList();
    Buffer levels = reply(OK, notes.size());
    for (CashUnit unit : notes) {
      levels.appendUnsignedShortLE(unit.count());
      append(levels, unit.note());
    }
    return levels;
  }

  /// Stacked, stored, dispensed, to the cashbox, rejected.
  private Buffer counters() {
    int dispensed = count(dispenser.taken()) + dispenser.tray().size();
    int cashed =
        count(dispenser.unit(Bin.REJECT).contents())
            + count(dispenser.unit(Bin.RETRACT).contents());
    Buffer counters = reply(OK, 5);
    for (int counter : new int[] {0, 0, dispensed, cashed, 0}) counters.appendIntLE(counter);
    return counters;
  }

  // -- what it does

  private Buffer enable(boolean now) {
    enabled = now;
    return reply(OK);
  }

  private Buffer payoutEnabled(boolean now) {
    if (isPaying()) return reply(NOT_PROCESSED, BUSY);
    payoutEnabled = now;
    return reply(OK);
  }

  private Buffer route(Buffer command) {
    return denomination(command, 2).isPresent() ? reply(OK) : reply(OUT_OF_RANGE);
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
    if (!payoutEnabled) return reply(NOT_PROCESSED, DISABLED);
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
    SspPayout begun =
        new SspPayout(dispenser, events, notes, wire::cut, () -> payoutEnabled = false);
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

  private static void append(Buffer into, Denomination note) {
    into.appendUnsignedIntLE(note.minor()).appendString(note.currency());
  }

  private static int count(Map<Denomination, Integer> notes) {
    return notes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
