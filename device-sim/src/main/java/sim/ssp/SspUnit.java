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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import sim.mechanics.Denomination;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.wire.Line;
import sim.wire.LineTimers;

/// One unit of SSP over one line, at the address and with the fixed key it is sold with: a SMART
/// Payout that pays from a dispenser's mechanics, takes notes into an acceptor's, or both; or a
/// note validator without a payout.
public final class SspUnit implements SspWire.Unit {
  /// The faults that come with the protocol, for either kind of mechanics.
  public static final List<Faults.Kind> FAULTS =
      Stream.concat(SspFaults.OF_PAYING.stream(), Line.FAULTS.stream()).toList();

  public static final List<Faults.Kind> TAKING_FAULTS =
      Stream.concat(SspFaults.OF_TAKING.stream(), Line.FAULTS.stream()).toList();

  /// Unit types.
  private static final int VALIDATOR = 0x00;

  private static final int SMART_PAYOUT = 0x06;

  private final SspEvents events = new SspEvents();
  private final SspWire wire;
  private final LineTimers timers;
  private final boolean hasPayout;
  private Optional<SspPaying> paying = Optional.empty();
  private Optional<SspTaking> taking = Optional.empty();
  private final Set<Integer> heard = new TreeSet<>();
  private boolean enabled;

  private SspUnit(Line line, LineTimers timers, boolean hasPayout) {
    this.timers = timers;
    this.hasPayout = hasPayout;
    this.wire = new SspWire(this::isPowered, line, this);
    events.add(0xF1);
  }

  public static SspUnit smartPayout(Line line, LineTimers timers) {
    return new SspUnit(line, timers, true);
  }

  public static SspUnit validator(Line line, LineTimers timers) {
    return new SspUnit(line, timers, false);
  }

  public SspUnit pays(SimCashDispenser dispenser) {
    SspPaying half = new SspPaying(dispenser, events, wire::cut);
    paying = Optional.of(half);
    dispenser.hasBareSlot();
    dispenser.listen(this::happened);
    half.started();
    return this;
  }

  public SspUnit takes(SimCashAcceptor acceptor) {
    SspTaking half = new SspTaking(acceptor, events, timers, wire::cut, this::channelOf);
    taking = Optional.of(half);
    acceptor.listen(this::happened);
    half.started();
    return this;
  }

  /// How many orders to pay, not counting tests, it ever was given.
  public int orders() {
    return paying.map(SspPaying::orders).orElse(0);
  }

  /// The codes of all commands it ever was given.
  public Set<Integer> heard() {
    return Set.copyOf(heard);
  }

  @Override
  public Buffer answer(int code, Buffer command) {
    return switch (code) {
      case 0x01 -> reset();
      case 0x02 -> taking.map(half -> half.inhibits(command)).orElse(reply(OK));
      case 0x05 -> setup();
      case 0x07, 0x56 -> poll();
      case 0x08 -> taking.map(SspTaking::reject).orElse(reply(NOT_PROCESSED));
      case 0x09 -> enable(false);
      case 0x0A -> enable(true);
      case 0x0C -> reply(OK, 0x00, 0x4A, 0x78, 0xB4);
      case 0x17 -> taking.map(SspTaking::lastReject).orElse(reply(OK, 0x00));
      case 0x18 -> taking.map(SspTaking::hold).orElse(reply(NOT_PROCESSED));
      case 0x20, 0x21 -> reply(OK).appendString("DEVSIM");
      case 0x58 -> counters();
      case 0x59 -> reply(OK);
      default -> hasPayout ? payout(code, command) : reply(NOT_KNOWN);
    };
  }

  @Override
  public Optional<Buffer> refusal(Buffer command) {
    heard.add((int) command.getUnsignedByte(0));
    return struck(SspFaults.answers(command))
        .map(code -> code > 0xFF ? reply(code >> 8, code & 0xFF) : reply(code));
  }

  private Optional<Integer> struck(String prefix) {
    return mechanics().flatMap(device -> device.faults().struckCode(prefix).stream()).findFirst();
  }

  private Buffer payout(int code, Buffer command) {
    return switch (code) {
      case 0x22 -> levels();
      case 0x3B -> command.length() == 9 ? route(command) : reply(WRONG_COUNT);
      case 0x5B, 0x5C -> paying.map(half -> half.answer(code, command)).orElse(reply(OK));
      default -> paying.map(half -> half.answer(code, command)).orElse(reply(NOT_KNOWN));
    };
  }

  // -- power

  private boolean isPowered() {
    return mechanics().allMatch(SimDevice::powered);
  }

  private Stream<SimDevice> mechanics() {
    return Stream.concat(
        paying.map(SspPaying::mechanics).stream(), taking.map(SspTaking::mechanics).stream());
  }

  private void happened(DeviceEvent event) {
    switch (event) {
      case DeviceEvent.PowerLost _ -> {
        wire.memoryLost();
        events.clear();
        paying.ifPresent(SspPaying::powerLost);
        taking.ifPresent(SspTaking::powerLost);
      }
      case DeviceEvent.PowerBack _ -> {
        enabled = false;
        events.clear();
        events.add(0xF1);
        paying.ifPresent(SspPaying::started);
        taking.ifPresent(SspTaking::started);
      }
      case DeviceEvent.NotesTaken _ -> {
        paying.ifPresent(SspPaying::notesTaken);
        taking.ifPresent(SspTaking::goOn);
      }
      default -> {}
    }
  }

  private Buffer reset() {
    wire.restart();
    enabled = false;
    events.clear();
    events.add(0xF1);
    paying.ifPresent(SspPaying::reset);
    taking.ifPresent(SspTaking::reset);
    return reply(OK);
  }

  // -- what it tells

  private Buffer poll() {
    Buffer told = reply(OK);
    taking.ifPresentOrElse(half -> half.poll(told), () -> events.into(told));
    paying.ifPresent(half -> half.into(told));
    struck(SspFaults.EVENT)
        .map(code -> SspEvents.unmoved(code, dataset().getFirst()))
        .ifPresent(told::appendBuffer);
    if (!enabled) told.appendUnsignedByte((short) 0xE8);
    return told;
  }

  private Buffer setup() {
    List<Denomination> notes = dataset();
    String currency = notes.getFirst().currency();
    Buffer setup =
        reply(OK, hasPayout ? SMART_PAYOUT : VALIDATOR).appendString("0411").appendString(currency);
    setup.appendBytes(new byte[] {0, 0, 1, (byte) notes.size()});
    notes.forEach(note -> setup.appendUnsignedByte((short) (note.value() & 0xFF)));
    notes.forEach(_ -> setup.appendByte((byte) 2));
    int multiplier = (int) (notes.getFirst().minor() / notes.getFirst().value());
    setup.appendMedium(multiplier).appendByte((byte) 7);
    notes.forEach(note -> setup.appendString(note.currency()));
    notes.forEach(note -> setup.appendIntLE(note.value()));
    return setup;
  }

  /// The notes it knows, by their channels from 1 on.
  private List<Denomination> dataset() {
    List<Denomination> notes = new ArrayList<>(paying.map(SspPaying::notes).orElse(List.of()));
    taking.map(half -> half.mechanics().known()).orElse(List.of()).stream()
        .filter(note -> !notes.contains(note))
        .forEach(notes::add);
    return notes;
  }

  private int channelOf(Denomination note) {
    return dataset().indexOf(note) + 1;
  }

  private Buffer levels() {
    Map<Denomination, Integer> notes =
        new TreeMap<>(taking.map(SspTaking::levels).orElse(Map.of()));
    paying.ifPresent(
        half -> half.levels().forEach((note, n) -> notes.merge(note, n, Integer::sum)));
    Buffer levels = reply(OK, notes.size());
    notes.forEach(
        (note, count) ->
            levels
                .appendUnsignedShortLE(count)
                .appendUnsignedIntLE(note.minor())
                .appendString(note.currency()));
    return levels;
  }

  /// Stacked, stored, dispensed, to the cashbox, rejected.
  private Buffer counters() {
    int stacked = taking.map(SspTaking::stacked).orElse(0);
    int rejected = taking.map(SspTaking::rejected).orElse(0);
    int dispensed = paying.map(SspPaying::dispensed).orElse(0);
    int cashed = paying.map(SspPaying::cashed).orElse(0);
    Buffer counters = reply(OK, 5);
    for (int counter : new int[] {stacked, 0, dispensed, cashed, rejected}) {
      counters.appendIntLE(counter);
    }
    return counters;
  }

  // -- what it does

  private Buffer enable(boolean now) {
    enabled = now;
    taking.ifPresent(half -> half.enable(now));
    return reply(OK);
  }

  private Buffer route(Buffer command) {
    long minor = command.getUnsignedIntLE(2);
    String currency = command.getString(6, 9);
    Optional<Denomination> note =
        dataset().stream()
            .filter(each -> each.minor() == minor && each.currency().equals(currency))
            .findFirst();
    if (note.isEmpty()) return reply(OUT_OF_RANGE);
    // Where it also pays, its drum is the dispenser's mechanics, and takes no more notes: as a unit
    // does whose store is full, it puts them into the box.
    boolean store = command.getByte(1) == 0 && paying.isEmpty();
    taking.ifPresent(half -> half.route(note.get(), store));
    return reply(OK);
  }
}
