package sim.puloon;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/// An LCDM-1000 (one cassette) or LCDM-2000 (two) on the mechanics of a dispenser. Runs on their
/// context.
public final class Lcdm implements PuloonLink.Model {
  /// All entries of the error table, each to be ordered; where mechanics stand for one, it comes of
  /// them too. The last five have a code and no dependable meaning.
  public static final List<Faults.Kind> FAULTS =
      Stream.concat(
              Stream.of(
                      "31 Normal stop",
                      "32 Pick-up error",
                      "33 Jam at CHK1/CHK2",
                      "34 Overflow bill",
                      "35 Jam at EXIT or EJT",
                      "36 Jam at DIV in a dispense",
                      "37 Undefined command",
                      "38 Upper cassette empty",
                      "3A Counts differ at CHK3/CHK4",
                      "3B Bad number of notes",
                      "3C Counts differ at EJT",
                      "3D Counts differ at EXIT",
                      "3F Reject tray missing",
                      "40 Lower cassette empty",
                      "41 Motor stopped",
                      "42 Jam at DIV",
                      "43 Timeout at EJT",
                      "44 Over reject",
                      "45 Upper cassette not recognised",
                      "46 Lower cassette not recognised",
                      "47 Dispensing timeout",
                      "48 Jam at EJT",
                      "49 Solenoid fails",
                      "4A Solenoid sensor fails",
                      "4C Jam at CHK3/CHK4",
                      "4E Purge fails",
                      "3E Sensor",
                      "4B Unnamed",
                      "4D Unnamed",
                      "4F Unnamed",
                      "50 Unnamed")
                  .map(
                      entry ->
                          new Faults.Kind(
                              SimCashDispenser.REPORTED + entry.substring(0, 2),
                              entry.substring(3))),
              Line.FAULTS.stream())
          .toList();

  private static final byte PURGE = 0x44;
  private static final byte UPPER = 0x45;
  private static final byte STATUS = 0x46;
  private static final byte ROM = 0x47;
  private static final byte LOWER = 0x55;
  private static final byte BOTH = 0x56;
  private static final byte TEST_UPPER = 0x76;
  private static final byte TEST_LOWER = 0x77;

  private static final int GOOD = 0x30;
  private static final int MOST_AT_ONCE = 60;

  private final SimCashDispenser dispenser;
  private final Line line;
  private final PuloonLink link;
  private int error = GOOD;

  public Lcdm(SimCashDispenser dispenser, Line line, LineTimers timers) {
    this.dispenser = dispenser;
    dispenser.hasBareSlot();
    this.line = line;
    this.link = new PuloonLink((byte) 0x50, false, line, timers, this);
    dispenser.listen(
        event -> {
          if (event instanceof DeviceEvent.PowerLost) {
            link.forget();
            error = GOOD;
          }
        });
  }

  @Override
  public boolean listens() {
    return dispenser.powered();
  }

  @Override
  public int commandLength(byte command) {
    return switch (command) {
      case UPPER -> 8;
      case LOWER -> isTwo() ? 8 : 6;
      case BOTH -> isTwo() ? 10 : 6;
      default -> 6;
    };
  }

  @Override
  public Future<Buffer> execute(byte command, Buffer data) {
    return switch (command) {
      case PURGE -> purge();
      case STATUS -> Future.succeededFuture(status());
      case ROM -> Future.succeededFuture(Buffer.buffer(isTwo() ? "T30TB56D" : "O30T8013"));
      case UPPER -> dispense(command, List.of(0), data);
      case LOWER -> isTwo() ? dispense(command, List.of(1), data) : undefined();
      case BOTH -> isTwo() ? dispense(command, List.of(0, 1), data) : undefined();
      case TEST_UPPER -> test(0);
      case TEST_LOWER -> isTwo() ? test(1) : undefined();
      default -> undefined();
    };
  }

  private Future<Buffer> undefined() {
    return Future.succeededFuture(Buffer.buffer().appendByte((byte) 0x37));
  }

  private Future<Buffer> purge() {
    return dispenser
        .purge()
        .map(_ -> held(0x4E) ? 0x4E : GOOD)
        .recover(
            failure ->
                failure instanceof MechanicalFault known && known.kind() == Kind.JAM
                    ? Future.succeededFuture(0x4E)
                    : ended(failure))
        .map(
            now -> {
              error = now;
              return Buffer.buffer().appendByte((byte) error);
            });
  }

  private Buffer status() {
    boolean blocked = !dispenser.transport().isEmpty();
    int sensor0 = 0x80 | (blocked ? 0x04 : 0) | (nearEnd(0) ? 0x40 : 0);
    int sensor1 = isTwo() ? 0 : 0x80;
    if (missing(0)) sensor1 |= 0x02;
    if (isTwo() && missing(1)) sensor1 |= 0x04;
    if (isTwo() && nearEnd(1)) sensor1 |= 0x20;
    if (held(0x3F)) sensor1 |= isTwo() ? 0x40 : 0x01;
    return Buffer.buffer()
        .appendByte((byte) 0x30)
        .appendByte((byte) errorNow())
        .appendByte((byte) sensor0)
        .appendByte((byte) sensor1);
  }

  private int errorNow() {
    if (missing(0)) return 0x45;
    if (isTwo() && missing(1)) return 0x46;
    if (dispenser.dead()) return 0x41;
    return dispenser.faults().heldCode(SimCashDispenser.REPORTED).orElse(error);
  }

  private Future<Buffer> dispense(byte command, List<Integer> places, Buffer digits) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int sum = 0;
    for (int i = 0; i < places.size(); i++) {
      int notes = number(digits, 2 * i);
      sum += notes;
      if (notes > 0) counts.put(unit(places.get(i)).unit(), notes);
      if (notes < 0 || notes > MOST_AT_ONCE) sum = -1000;
    }
    if (sum <= 0) return Future.succeededFuture(counted(command, places, nothing(), 0x3B));
    return dispenser
        .payOut(counts)
        .map(
            paid -> {
              int code = paid.why().map(why -> code(why, places)).orElse(GOOD);
              if (code != 0x3B) error = code;
              return counted(command, places, paid, code);
            })
        .recover(this::ended);
  }

  private static PaidOut nothing() {
    return new PaidOut(Map.of(), Map.of(), java.util.Optional.empty());
  }

  private Future<Buffer> test(int place) {
    return dispenser
        .tryOut(unit(place).unit())
        .map(_ -> tested(1, GOOD))
        .recover(
            failure ->
                failure instanceof MechanicalFault known && known.kind() == Kind.UNIT_EMPTY
                    ? Future.succeededFuture(tested(0, place == 0 ? 0x38 : 0x40))
                    : ended(failure));
  }

  private static Buffer tested(int moved, int code) {
    return digits(Buffer.buffer(), moved)
        .appendString("00")
        .appendByte((byte) code)
        .appendByte((byte) 0x30)
        .appendBuffer(digits(Buffer.buffer(), moved));
  }

  /// CHK sees every note that was picked; one that stuck was seen by it too.
  private Buffer counted(byte command, List<Integer> places, PaidOut paid, int code) {
    List<int[]> counts = new ArrayList<>();
    for (int place : places) {
      String unit = unit(place).unit();
      int exit = paid.exited().getOrDefault(unit, 0);
      int reject = paid.rejected().getOrDefault(unit, 0);
      long stuck = dispenser.transport().stream().filter(note -> note.home().equals(unit)).count();
      counts.add(new int[] {exit + reject + (int) stuck, exit, reject});
    }
    Buffer data = Buffer.buffer();
    counts.forEach(count -> digits(digits(data, count[0]), count[1]));
    data.appendByte((byte) code);
    places.forEach(place -> data.appendByte((byte) (nearEnd(place) ? 0x31 : 0x30)));
    counts.forEach(count -> digits(data, count[2]));
    return data;
  }

  private int code(MechanicalFault why, List<Integer> places) {
    return switch (why.kind()) {
      case REPORTED -> Integer.parseInt(why.getMessage().replaceAll(".*-", ""), 16);
      case UNIT_EMPTY -> emptyPlace(places) == 0 ? 0x38 : 0x40;
      case UNIT_MISSING -> missing(0) ? 0x45 : 0x46;
      case TOO_MANY_ITEMS, NO_ITEMS -> 0x3B;
      case BIN_FULL -> 0x44;
      case DEAD -> 0x41;
      default -> 0x36;
    };
  }

  private int emptyPlace(List<Integer> places) {
    return places.stream().filter(place -> unit(place).count() == 0).findFirst().orElse(0);
  }

  /// Where there is nothing to answer: the power went, or the reply is to be lost with its wire.
  private <T> Future<T> ended(Throwable failure) {
    if (failure instanceof MechanicalFault known && known.kind() == Kind.REPLY_LOST) line.cut();
    return Future.failedFuture(failure);
  }

  private CashUnit unit(int place) {
    return dispenser.units().get(place);
  }

  private boolean isTwo() {
    return dispenser.units().stream().filter(u -> u.role() == CashUnit.Role.CASSETTE).count() > 1;
  }

  private boolean missing(int place) {
    return unit(place).status() == CashUnit.Status.MISSING;
  }

  private boolean nearEnd(int place) {
    CashUnit.Status status = unit(place).status();
    return status == CashUnit.Status.LOW || status == CashUnit.Status.EMPTY;
  }

  private boolean held(int code) {
    return dispenser.faults().holds(SimCashDispenser.REPORTED + "%02X".formatted(code));
  }

  private static Buffer digits(Buffer to, int number) {
    return to.appendString("%02d".formatted(number), StandardCharsets.US_ASCII.name());
  }

  private static int number(Buffer digits, int at) {
    int tens = digits.getByte(at) - '0';
    int ones = digits.getByte(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }
}
