package atm.driver.lcdm;

import java.util.Map;
import java.util.Set;

/// The ERR byte of a reply: its place in the sheet's error table.
record LcdmError(int code) {
  /// What is to be done about it.
  enum Kind {
    NONE,
    UPPER_EMPTY,
    LOWER_EMPTY,
    /// The command itself was wrong.
    ORDER,
    /// A cassette or the reject tray is missing.
    MISSING,
    /// Somebody has to look.
    HARDWARE
  }

  private record Entry(Kind kind, String meaning) {}

  private static final Map<Integer, Entry> TABLE =
      Map.ofEntries(
          Map.entry(0x30, new Entry(Kind.NONE, "good")),
          Map.entry(0x31, new Entry(Kind.NONE, "normal stop")),
          hardware(0x32, "no note could be picked up"),
          hardware(0x33, "jam at CHK1/CHK2"),
          hardware(0x34, "more notes passed than were asked for"),
          hardware(0x35, "jam at EXIT or EJT"),
          hardware(0x36, "jam at DIV"),
          Map.entry(0x37, new Entry(Kind.ORDER, "undefined command")),
          Map.entry(0x38, new Entry(Kind.UPPER_EMPTY, "upper cassette empty")),
          hardware(0x3A, "count mismatch between CHK3/CHK4 and DIV"),
          Map.entry(0x3B, new Entry(Kind.ORDER, "bad number of notes in the command")),
          hardware(0x3C, "count mismatch between DIV and EJT"),
          hardware(0x3D, "count mismatch between EJT and EXIT"),
          Map.entry(0x3F, new Entry(Kind.MISSING, "reject tray not recognised")),
          Map.entry(0x40, new Entry(Kind.LOWER_EMPTY, "lower cassette empty")),
          hardware(0x41, "motor stopped"),
          hardware(0x42, "jam at DIV"),
          hardware(0x43, "timeout between DIV and EJT"),
          hardware(0x44, "too many notes rejected"),
          Map.entry(0x45, new Entry(Kind.MISSING, "upper cassette not recognised")),
          Map.entry(0x46, new Entry(Kind.MISSING, "lower cassette not recognised")),
          hardware(0x47, "dispensing took too long"),
          hardware(0x48, "jam at EJT"),
          hardware(0x49, "diverter solenoid or its sensor"),
          hardware(0x4A, "sensor of the diverter solenoid"),
          hardware(0x4C, "jam at CHK3/CHK4"),
          hardware(0x4E, "purge failed, jam at DIV"));

  /// Cassettes and trays empty or missing, orders it does not take, nothing picked up, too
  /// many rejects, jams at CHK and DIV.
  private static final Set<Integer> SURE =
      Set.of(0x32, 0x33, 0x36, 0x37, 0x38, 0x3B, 0x3F, 0x40, 0x42, 0x44, 0x45, 0x46, 0x4C);

  private static Map.Entry<Integer, Entry> hardware(int code, String meaning) {
    return Map.entry(code, new Entry(Kind.HARDWARE, meaning));
  }

  /// Of a frame with its ERR at `offset`.
  static LcdmError at(io.vertx.core.buffer.Buffer frame, int offset) {
    return new LcdmError(frame.getByte(offset) & 0xFF);
  }

  Kind kind() {
    return entry().kind;
  }

  /// Whether the counts of a dispense that stopped short so are beyond doubt: what went wrong did
  /// so before the exit, and no two sensors disagree. One that was good did not stop short.
  boolean leavesCountsSure() {
    return SURE.contains(code);
  }

  String meaning() {
    return "error %02X, %s".formatted(code, entry().meaning);
  }

  /// Codes without a dependable meaning are met as well; they are a person's.
  private Entry entry() {
    return TABLE.getOrDefault(code, new Entry(Kind.HARDWARE, "unknown"));
  }
}
