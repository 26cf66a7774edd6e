package atm.driver.zt598;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.PinPad.Key;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Somebody who waits for a key that ends an entry, and can stop waiting. For the context of the
/// pad.
abstract sealed class PadEntry {
  private final Promise<Key> end = Promise.promise();
  private final Promise<Void> over = Promise.promise();
  private Runnable stopTimer = () -> {};

  /// The unit says that a key was pressed.
  abstract void pressed(int code);

  /// The key that ends it.
  final Future<Key> end() {
    return end.future();
  }

  /// When the pad is free again.
  final Future<Void> over() {
    return over.future();
  }

  /// @param within `Duration.ZERO`: without end
  final void runOut(Deadlines deadlines, Duration within) {
    if (within.isZero()) return;
    stopTimer =
        deadlines.after(
            within, () -> stop(Fault.Code.TIMEOUT, "no end within " + within.toMillis() + " ms"));
  }

  final void stop(Fault.Code code, String why) {
    stop(new Fault(code, "pin-pad: " + why));
  }

  final void stop(Fault why) {
    end.tryFail(new DeviceException(why));
  }

  final void endedBy(Key key) {
    end.tryComplete(key);
  }

  final void isOver() {
    stopTimer.run();
    over.tryComplete();
  }

  /// A PIN: of each digit the unit tells that it came, and no more.
  static final class Pin extends PadEntry {
    private final PadKeys keys;
    private final Set<Key> fdks;
    private final int maxDigits;
    private final IntConsumer digits;
    private int count;

    Pin(PadKeys keys, Set<Key> fdks, int maxDigits, IntConsumer digits) {
      this.keys = keys;
      this.fdks = Set.copyOf(fdks);
      this.maxDigits = maxDigits;
      this.digits = digits;
    }

    int count() {
      return count;
    }

    @Override
    void pressed(int code) {
      if (end().isComplete()) return;
      if (PadKeys.isDigit(code)) {
        stop(Fault.Code.SECURITY, "a digit came in clear while a PIN was typed");
      } else if (code == PadKeys.ENDED_BY_UNIT) {
        stop(Fault.Code.TIMEOUT, "the unit ended the entry");
      } else if (code == PadKeys.MASKED_DIGIT) {
        if (count < maxDigits) digits.accept(++count);
      } else {
        keys.of(code).ifPresent(this::pressed);
      }
    }

    private void pressed(Key key) {
      if (key == Key.CLEAR) {
        count = 0;
        digits.accept(count);
      } else if (key == Key.ENTER || key == Key.CANCEL || fdks.contains(key)) {
        // How many digits are the least, the unit was told, and it is the one that knows them.
        endedBy(key);
      }
    }
  }

  /// Keys that are no secret.
  static final class Open extends PadEntry {
    private final PadKeys keys;
    private final Set<Key> wanted;
    private final Set<Key> ends;
    private final Consumer<Key> pressed;

    Open(PadKeys keys, Set<Key> wanted, Set<Key> ends, Consumer<Key> pressed) {
      this.keys = keys;
      this.wanted = Set.copyOf(wanted);
      this.ends = Set.copyOf(ends);
      this.pressed = pressed;
    }

    @Override
    void pressed(int code) {
      if (end().isComplete()) return;
      keys.of(code).filter(wanted::contains).ifPresent(this::pressed);
    }

    private void pressed(Key key) {
      if (ends.contains(key)) endedBy(key);
      else pressed.accept(key);
    }
  }
}
