package atm.device;

import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The PIN pad with its function keys beside the screen. A PIN stays inside it; what comes out is a
/// count of digits and an encrypted block.
public non-sealed interface PinPad extends Device {
  enum Key {
    D0,
    D1,
    D2,
    D3,
    D4,
    D5,
    D6,
    D7,
    D8,
    D9,
    ENTER,
    CLEAR,
    BACKSPACE,
    CANCEL,
    A,
    B,
    C,
    D,
    F,
    G,
    H,
    I;

    public boolean isDigit() {
      return ordinal() <= D9.ordinal();
    }

    /// The digit of a digit key.
    public int digit() {
      if (!isDigit()) throw new IllegalStateException(this + " is no digit");
      return ordinal();
    }

    /// A function key beside the screen: `A`-`D` on the right, `F`-`I` on the left.
    public boolean isFdk() {
      return ordinal() >= A.ordinal();
    }
  }

  default Capabilities capabilities() {
    return Capabilities.ENCRYPTING;
  }

  /// Lets the customer type a PIN of `minDigits` to `maxDigits`, and ends at Enter, at Cancel, or
  /// at one of `fdks`. `digits` hears after each key how many digits are in. Fails with `TIMEOUT`
  /// when `within` has passed with no end to it, with `CANCELED` after `cancel`.
  ///
  /// @param live called once the keys are live
  Future<PinEntered> enterPin(
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits);

  /// The same. A pad that binds a PIN to its account while it is typed has this alone, and fails
  /// the other with `UNSUPPORTED`.
  ///
  /// @param binding what `pinBlock` will be asked for
  default Future<PinEntered> enterPin(
      Binding binding,
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    return enterPin(minDigits, maxDigits, fdks, within, live, digits);
  }

  /// Makes `keys` live and tells `pressed` of each press that does not end it; ends at the first
  /// press of one of `ends` (a part of `keys`), which it answers with. Fails as `enterPin` does.
  /// Never used for a PIN.
  ///
  /// @param live called once the keys are live
  Future<Key> readKeys(
      Set<Key> keys, Set<Key> ends, Duration within, Runnable live, Consumer<Key> pressed);

  /// Ends an entry that runs; completes when the pad is free again. Nothing running is fine.
  Future<Void> cancel();

  /// The PIN typed last, encrypted under the loaded PIN key for `pan`; the pad forgets the PIN.
  Future<PinBlock> pinBlock(Pan pan, PinBlock.Format format);

  /// The PIN block formats it can make; the bank chooses one.
  default Set<PinBlock.Format> pinBlockFormats() {
    return EnumSet.allOf(PinBlock.Format.class);
  }

  /// Loads a working key; fails with `SECURITY` when its check value does not come out.
  Future<Void> importKey(WrappedKey key);

  /// Whether the pad still has the key of that name.
  Future<Boolean> hasKey(String name);

  /// @param encrypts whether a PIN is encrypted behind the keys themselves; where it is not, the
  /// pad is for test machines only
  /// @param keys those it has
  record Capabilities(boolean encrypts, Set<Key> keys) {
    public static final Capabilities ENCRYPTING = new Capabilities(true, EnumSet.allOf(Key.class));

    public Capabilities {
      keys = Set.copyOf(keys);
    }
  }

  /// Whose PIN is to be typed, and how it will leave the pad.
  record Binding(Pan pan, PinBlock.Format format) {}

  /// How an entry of a PIN ended: by Enter with a PIN in the pad, or by Cancel or an FDK.
  sealed interface PinEntered {
    record Complete(int digits) implements PinEntered {}

    record EndedBy(Key key) implements PinEntered {}
  }
}
