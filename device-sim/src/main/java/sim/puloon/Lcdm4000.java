package sim.puloon;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sim.mechanics.CashUnit;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimCashDispenser.PaidOut;
import sim.wire.Line;
import sim.wire.LineTimers;

/// An LCDM-4000 on the mechanics of a dispenser with up to four cassettes. Runs on their context.
public final class Lcdm4000 implements PuloonLink.Model {
  /// All entries of the error table, each to be ordered; where mechanics stand for one, it comes of
  /// them too.
  public static final List<Faults.Kind> FAULTS =
      Stream.concat(
              Stream.of(
                      "01 Pick-up error",
                      "02 Jam between CHK and DVT",
                      "03 Jam between DVT and EJT",
                      "04 Jam between EJT and EXIT",
                      "05 Note left in EXIT",
                      "06 Suspected note ejected",
                      "07 Counts differ at EJT",
                      "08 Rejected note passed EJT",
                      "09 Note too long on EJT",
                      "0A Note too long on EXIT",
                      "0B Notes on the path before",
                      "0C Too many notes",
                      "0D Too many rejects",
                      "0E Purge fails",
                      "20 Sensor trouble",
                      "21 Sensor trouble, the other",
                      "22 Solenoid trouble",
                      "23 Motor trouble",
                      "24 Cassette missing",
                      "25 Near end",
                      "26 Reject tray missing",
                      "30 Unknown command",
                      "31 Bad parameter",
                      "32 Verify not possible",
                      "33 Program write failed",
                      "34 Program verify failed",
                      "35 EEPROM write failed",
                      "36 EEPROM checksum",
                      "40 Wrong cassette, 1st",
                      "41 Wrong cassette, 2nd",
                      "42 Wrong cassette, 3rd",
                      "43 Wrong cassette, 4th")
                  .map(
                      entry ->
                          new Faults.Kind(
                              SimCashDispenser.REPORTED + entry.substring(0, 2),
                              entry.substring(3))),
              Line.FAULTS.stream())
          .toList();

  private static final byte RESET = 0x44;
  private static final byte STATUS = 0x50;
  private static final byte PURGE = 0x51;
  private static final byte DISPENSE = 0x52;
  private static final byte TEST = 0x53;
  private static final byte LAST_STATUS = 0x55;

  private static final int OFFSET = 0x20;
  private static final int PLACES = 4;
  private static final int MOST_AT_ONCE = 40;

  private static final int GOOD = 0x00;
  private static final int PICK_UP = 0x01;
  private static final int JAM = 0x02;
  private static final int ABNORMAL_PURGE = 0x0E;
  private static final int MOTOR = 0x23;
  private static final int MISSING = 0x24;
  private static final int UNKNOWN_COMMAND = 0x30;
  private static final int BAD_PARAMETER = 0x31;

  private static final PaidOut NOTHING = new PaidOut(Map.of(), Map.of(), Optional.empty());

  private final SimCashDispenser dispenser;
  private final Line line;
  private final PuloonLink link;
  private int error;
  private byte lastCommand;
  private int lastError;
  private PaidOut last = NOTHING;

  public Lcdm4000(SimCashDispenser dispenser, Line line, LineTimers timers) {
    this.dispenser = dispenser;
    dispenser.hasBareSlot();
    this.line = line;
    this.link = new PuloonLink((byte) 0x30, true, line, timers, this);
    forget();
    dispenser.listen(
        event -> {
          if (event instanceof DeviceEvent.PowerLost) {
            link.forget();
            forget();
          }
        });
  }

  private void forget() {
    error = GOOD;
    remember((byte) OFFSET, GOOD, NOTHING);
  }

  private void remember(byte command, int code, PaidOut paid) {
    lastCommand = command;
    lastError = code;
    last = paid;
  }

  @Override
  public boolean listens() {
    return dispenser.powered();
  }

  @Override
  public int commandLength(byte command) {
    return command == DISPENSE || command == TEST ? 21 : 6;
  }

  @Override
  public Future<Buffer> execute(byte command, Buffer data) {
    return switch (command) {
      // Whether there is a reply, drivers do not agree; this one gives none.
      case RESET -> {
        error = GOOD;
        yield Future.failedFuture("no reply to a reset");
      }
      case STATUS -> Future.succeededFuture(status());
      case PURGE -> purge();
      case DISPENSE -> dispense(data);
      case TEST -> test(data);
      case LAST_STATUS ->
          Future.succeededFuture(
              Buffer.buffer().appendByte(lastCommand).appendBuffer(counted(lastError, last)));
      default -> Future.succeededFuture(Buffer.buffer().appendByte(offset(UNKNOWN_COMMAND)));
    };
  }

  private Buffer status() {
    boolean blocked = !dispenser.transport().isEmpty();
    Buffer data =
        Buffer.buffer().appendByte(offset(errorNow())).appendByte(offset(blocked ? 0x01 : 0));
    for (int place = 0; place < PLACES; place++) {
      boolean nearEnd =
          unit(place)
              .filter(u -> u.status() == CashUnit.Status.LOW || u.status() == CashUnit.Status.EMPTY)
              .isPresent();
      data.appendByte(offset(nearEnd ? 0x08 : 0))
          .appendByte(type(place))
          .appendByte(offset(0))
          .appendByte(offset(0));
    }
    return data;
  }

  private int errorNow() {
    if (dispenser.dead()) return MOTOR;
    return dispenser.faults().heldCode(SimCashDispenser.REPORTED).orElse(error);
  }

  private Future<Buffer> purge() {
    return dispenser
        .purge()
        .map(_ -> held(ABNORMAL_PURGE) ? ABNORMAL_PURGE : GOOD)
        .recover(
            failure ->
                failure instanceof MechanicalFault known && known.kind() == Kind.JAM
                    ? Future.succeededFuture(ABNORMAL_PURGE)
                    : ended(failure))
        .map(
            code -> {
              error = code;
              remember(PURGE, code, NOTHING);
              return counted(code, NOTHING);
            });
  }

  private Future<Buffer> dispense(Buffer data) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int sum = 0;
    for (int place = 0; place < PLACES; place++) {
      int notes = data.getByte(place) - OFFSET;
      boolean there = unit(place).isPresent();
      if (notes < 0 || notes > 0 && !there) {
        return moved(DISPENSE, notes < 0 ? BAD_PARAMETER : MISSING, NOTHING);
      }
      sum += notes;
      if (notes > 0) counts.put(unit(place).orElseThrow().unit(), notes);
    }
    if (sum == 0 || sum > MOST_AT_ONCE) return moved(DISPENSE, BAD_PARAMETER, NOTHING);
    return dispenser
        .payOut(counts)
        .compose(paid -> moved(DISPENSE, paid.why().map(Lcdm4000::code).orElse(GOOD), paid))
        .recover(
            failure -> {
              // What was done is remembered even where nobody is told.
              if (failure instanceof MechanicalFault known && known.kind() == Kind.REPLY_LOST) {
                remember(DISPENSE, GOOD, new PaidOut(counts, Map.of(), Optional.empty()));
              }
              return ended(failure);
            });
  }

  /// One note of the first place that is asked for goes to the reject tray.
  private Future<Buffer> test(Buffer data) {
    for (int place = 0; place < PLACES; place++) {
      if (data.getByte(place) <= OFFSET || unit(place).isEmpty()) continue;
      String unit = unit(place).orElseThrow().unit();
      return dispenser
          .tryOut(unit)
          .compose(_ -> moved(TEST, GOOD, new PaidOut(Map.of(), Map.of(unit, 1), Optional.empty())))
          .recover(
              failure ->
                  failure instanceof MechanicalFault known && known.kind() == Kind.UNIT_EMPTY
                      ? moved(TEST, PICK_UP, NOTHING)
                      : ended(failure));
    }
    return moved(TEST, BAD_PARAMETER, NOTHING);
  }

  private Future<Buffer> moved(byte command, int code, PaidOut paid) {
    if (code != BAD_PARAMETER && code != MISSING) error = code;
    remember(command, code, paid);
    Buffer data = counted(code, paid);
    for (int i = 0; i < 9; i++) data.appendByte(offset(0));
    return Future.succeededFuture(data);
  }

  /// A note that stuck is on its way to the reject tray.
  private Buffer counted(int code, PaidOut paid) {
    Buffer data = Buffer.buffer().appendByte(offset(code)).appendByte((byte) 0x30);
    for (int place = 0; place < PLACES; place++) {
      String unit = unit(place).map(CashUnit::unit).orElse("");
      long stuck =
          paid.why().isEmpty()
              ? 0
              : dispenser.transport().stream().filter(note -> note.home().equals(unit)).count();
      data.appendByte(offset(paid.exited().getOrDefault(unit, 0)))
          .appendByte(offset(paid.rejected().getOrDefault(unit, 0) + (int) stuck))
          .appendByte(type(place));
    }
    return data;
  }

  private static int code(MechanicalFault why) {
    return switch (why.kind()) {
      case REPORTED -> Integer.parseInt(why.getMessage().replaceAll(".*-", ""), 16);
      case UNIT_EMPTY -> PICK_UP;
      case UNIT_MISSING -> MISSING;
      case TOO_MANY_ITEMS, NO_ITEMS -> BAD_PARAMETER;
      case BIN_FULL -> 0x0D;
      case DEAD -> MOTOR;
      default -> JAM;
    };
  }

  /// Where there is nothing to answer: the power went, or the reply is to be lost with its wire.
  private <T> Future<T> ended(Throwable failure) {
    if (failure instanceof MechanicalFault known && known.kind() == Kind.REPLY_LOST) line.cut();
    return Future.failedFuture(failure);
  }

  private Optional<CashUnit> unit(int place) {
    List<CashUnit> units = dispenser.units();
    return place < units.size() && units.get(place).role() == CashUnit.Role.CASSETTE
        ? Optional.of(units.get(place))
        : Optional.empty();
  }

  private byte type(int place) {
    boolean fitted = unit(place).filter(u -> u.status() != CashUnit.Status.MISSING).isPresent();
    return (byte) (fitted ? 0x31 + place : 0x30);
  }

  private boolean held(int code) {
    return dispenser.faults().holds(SimCashDispenser.REPORTED + "%02X".formatted(code));
  }

  private static byte offset(int number) {
    return (byte) (OFFSET + number);
  }
}
