package atm.driver.lcdm4000;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;

/// The ERROR byte of a reply less 20 hex: its place in the sheet's table.
record Lcdm4000Error(int code) {
  private static final int GOOD = 0x00;
  private static final int PICK_UP = 0x01;
  private static final int NEAR_END = 0x25;

  private static final Map<Integer, String> TABLE =
      Map.ofEntries(
          Map.entry(GOOD, "good"),
          Map.entry(PICK_UP, "no note could be picked up"),
          Map.entry(0x02, "jam between CHK and DVT"),
          Map.entry(0x03, "jam between DVT and EJT"),
          Map.entry(0x04, "jam between EJT and EXIT"),
          Map.entry(0x05, "a note was left in EXIT"),
          Map.entry(0x06, "a suspected note was ejected"),
          Map.entry(0x07, "count mismatch at EJT"),
          Map.entry(0x08, "a note to be rejected passed EJT"),
          Map.entry(0x09, "note too long on EJT"),
          Map.entry(0x0A, "note too long on EXIT"),
          Map.entry(0x0B, "notes on the path before the start"),
          Map.entry(0x0C, "too many notes"),
          Map.entry(0x0D, "too many rejects"),
          Map.entry(0x0E, "the purge ended abnormally"),
          Map.entry(0x20, "sensor trouble"),
          Map.entry(0x21, "sensor trouble"),
          Map.entry(0x22, "solenoid trouble"),
          Map.entry(0x23, "motor or slit sensor trouble"),
          Map.entry(0x24, "the cassette asked for is missing"),
          Map.entry(NEAR_END, "near end"),
          Map.entry(0x26, "no reject tray"),
          Map.entry(0x30, "unknown command"),
          Map.entry(0x31, "bad parameter"),
          Map.entry(0x32, "verify not possible"),
          Map.entry(0x33, "program write failed"),
          Map.entry(0x34, "program verify failed"),
          Map.entry(0x35, "EEPROM write failed"),
          Map.entry(0x36, "EEPROM checksum"),
          Map.entry(0x40, "a note came from the wrong cassette, 1st"),
          Map.entry(0x41, "a note came from the wrong cassette, 2nd"),
          Map.entry(0x42, "a note came from the wrong cassette, 3rd"),
          Map.entry(0x43, "a note came from the wrong cassette, 4th"));

  /// Nothing picked up, a jam between CHK and DVT, notes there before the start, too many notes or
  /// rejects, a missing cassette or tray, an order it does not take.
  private static final Set<Integer> SURE =
      Set.of(PICK_UP, 0x02, 0x0B, 0x0C, 0x0D, 0x24, 0x26, 0x30, 0x31);

  static Lcdm4000Error at(Buffer frame, int offset) {
    return new Lcdm4000Error((frame.getByte(offset) & 0xFF) - Lcdm4000Frames.OFFSET);
  }

  boolean isGood() {
    return code == GOOD || code == NEAR_END;
  }

  /// One cassette gives no notes; the others may.
  boolean isPickUp() {
    return code == PICK_UP;
  }

  /// Whether the counts of a dispense that stopped short so are beyond doubt: what went wrong did
  /// so before the exit, with notes from the cassettes that were asked. One that was good did not
  /// stop short.
  boolean leavesCountsSure() {
    return SURE.contains(code);
  }

  String meaning() {
    return "error %02X, %s".formatted(code, TABLE.getOrDefault(code, "unknown"));
  }
}
