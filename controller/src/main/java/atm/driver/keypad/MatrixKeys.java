package atm.driver.keypad;

import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/// Makes presses of scans of a matrix without diodes: protocol/gpio-keypad.md. A state counts once
/// it was seen in several scans in a row; with more than one key down in any scan nothing counts
/// until all are up, for three corners of a rectangle look like four. For one context.
final class MatrixKeys {
  private final int scansInARow;
  private final IntConsumer pressed;
  private final LongConsumer down;
  private long candidate;
  private int seen;
  private long stable;
  private boolean locked;

  /// @param first what the first scan saw: it is no press, and nothing is one until it is gone
  /// @param pressed hears the number of a key, once each press
  /// @param down hears all keys that are down, a bit each, whenever that changes
  MatrixKeys(int scansInARow, long first, IntConsumer pressed, LongConsumer down) {
    this.scansInARow = scansInARow;
    this.pressed = pressed;
    this.down = down;
    this.candidate = first;
    this.stable = first;
    this.locked = first != 0;
  }

  /// @param keys that were down, a bit each
  void scanned(long keys) {
    if (Long.bitCount(keys) > 1) locked = true;
    seen = keys == candidate ? seen + 1 : 1;
    candidate = keys;
    if (seen < scansInARow) return;
    if (keys == 0) locked = false;
    if (keys == stable) return;
    stable = keys;
    down.accept(keys);
    if (keys != 0 && !locked) pressed.accept(Long.numberOfTrailingZeros(keys));
  }
}
