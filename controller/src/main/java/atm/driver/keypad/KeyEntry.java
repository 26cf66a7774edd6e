package atm.driver.keypad;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.PinPad.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// One entry at a keypad: which keys are live, which of them end it, and the digits so far where
/// it is a PIN. For one context.
final class KeyEntry {
  private static final int PIN_MAX = 12; // ISO 9564-1

  private final Set<Key> live;
  private final Set<Key> ends;
  private final Consumer<Key> pressed;
  private final int digitsMin;
  private final byte[] digits;
  private final Promise<Key> end = Promise.promise();
  private int count;

  private KeyEntry(
      Set<Key> live, Set<Key> ends, int digitsMin, int digitsMax, Consumer<Key> pressed) {
    this.live = EnumSet.noneOf(Key.class);
    this.live.addAll(live);
    this.ends = Set.copyOf(ends);
    this.digitsMin = digitsMin;
    this.digits = new byte[Math.min(digitsMax, PIN_MAX)];
    this.pressed = pressed;
  }

  static KeyEntry ofKeys(Set<Key> live, Set<Key> ends, Consumer<Key> pressed) {
    return new KeyEntry(live, ends, 0, 0, pressed);
  }

  static KeyEntry ofPin(int digitsMin, int digitsMax, Set<Key> fdks, IntConsumer counted) {
    Set<Key> live = EnumSet.range(Key.D0, Key.CANCEL);
    live.addAll(fdks);
    Set<Key> ends = EnumSet.of(Key.ENTER, Key.CANCEL);
    ends.addAll(fdks);
    KeyEntry[] entry = new KeyEntry[1];
    entry[0] = new KeyEntry(live, ends, digitsMin, digitsMax, key -> entry[0].type(key, counted));
    return entry[0];
  }

  /// Completes with the key that ended it.
  Future<Key> end() {
    return end.future();
  }

  boolean takes(Key key) {
    return live.contains(key) && !end.future().isComplete();
  }

  void press(Key key) {
    if (!takes(key)) return;
    if (!ends.contains(key)) {
      pressed.accept(key);
    } else if (key != Key.ENTER || count >= digitsMin) {
      if (key != Key.ENTER) forget();
      end.tryComplete(key);
    }
  }

  void fail(Fault why) {
    forget();
    end.tryFail(new DeviceException(why));
  }

  /// The digits of the PIN, each a number of 0 to 9; the caller fills them with zeros.
  byte[] takePin() {
    byte[] pin = Arrays.copyOf(digits, count);
    forget();
    return pin;
  }

  int count() {
    return count;
  }

  private void type(Key key, IntConsumer counted) {
    int before = count;
    switch (key) {
      case CLEAR -> forget();
      case BACKSPACE -> {
        if (count > 0) digits[--count] = 0;
      }
      default -> {
        if (key.isDigit() && count < digits.length) digits[count++] = (byte) key.digit();
      }
    }
    if (count != before) counted.accept(count);
  }

  private void forget() {
    Arrays.fill(digits, (byte) 0);
    count = 0;
  }
}
