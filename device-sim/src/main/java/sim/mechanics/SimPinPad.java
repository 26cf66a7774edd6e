package sim.mechanics;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sim.mechanics.MechanicalFault.Kind;

/// An encrypting PIN pad with function keys beside the screen. The digits of a PIN are in it and
/// nowhere else, until a PIN block is made, another entry begins or the power goes; then they are
/// overwritten.
public final class SimPinPad extends SimDevice {
  static final Duration CRYPTO = Duration.ofMillis(60);

  /// A PIN has at most twelve digits (ISO 9564-1), the pad takes no longer number either.
  public static final int DIGITS_MAX = 12;

  /// How many working keys it holds.
  public static final int KEYS_MAX = KeyVault.KEYS_MAX;

  /// The name of the key under which others are imported.
  public static final String KEK = "KEK01";

  /// The name of that key in a pad that knows TDES alone.
  public static final String TMK = "TMK01";

  /// The PIN block formats of ISO 9564-1 that the pad makes.
  public enum Format {
    ISO0,
    ISO3,
    ISO4
  }

  public enum Entry {
    NONE,
    PIN,
    DATA
  }

  private static final List<Faults.Kind> KINDS =
      List.of(
          new Faults.Kind("stuck-key", "A key sticks"),
          new Faults.Kind("key-lost", "Keys are lost"),
          new Faults.Kind("dead", "Hardware error"));

  private final KeyVault vault;
  private final SecureRandom random;
  private final byte[] pin = new byte[DIGITS_MAX];
  private int pinLength;

  private KeyRequest request;
  private Promise<KeyEntry> ended;
  private final List<Key> typed = new ArrayList<>();
  private int digits;

  /// A pad with the key-encryption key from its key file, if that holds one.
  public SimPinPad(Pace pace, StateFile keys, Optional<byte[]> kek, SecureRandom random) {
    this(pace, new KeyVault(KEK, "A", kek, keys), random, List.of());
  }

  private SimPinPad(Pace pace, KeyVault vault, SecureRandom random, List<Faults.Kind> more) {
    super("pin-pad", pace, Stream.concat(KINDS.stream(), more.stream()).toList());
    this.vault = vault;
    this.random = random;
  }

  /// A pad that knows TDES alone, with the master key from its key file, if that holds one.
  ///
  /// @param more faults that its protocol brings
  public static SimPinPad ofTdes(
      Pace pace,
      StateFile keys,
      Optional<byte[]> tmk,
      SecureRandom random,
      List<Faults.Kind> more) {
    return new SimPinPad(pace, new KeyVault(TMK, "T", tmk, keys), random, more);
  }

  // State.

  public Entry entry() {
    if (request == null) {
      return Entry.NONE;
    }
    return request.hidden() ? Entry.PIN : Entry.DATA;
  }

  public Set<Key> activeKeys() {
    return request == null ? Set.of() : request.active();
  }

  /// How many digits are in, of the entry that runs or the PIN that is kept.
  public int digits() {
    return request == null ? pinLength : digits;
  }

  public boolean hasPin() {
    return request == null && pinLength > 0;
  }

  /// All keys the pad holds, the key-encryption key first.
  public List<PadKey> keys() {
    return vault.list();
  }

  // What a wire asks for.

  /// Makes keys live until one ends the entry; each press is told as [DeviceEvent.KeyPressed].
  /// Enter with fewer digits than `digitsMin` does nothing. Forgets a PIN kept so far.
  public Future<KeyEntry> enter(KeyRequest asked) {
    return act(
        "entry",
        () -> {
          if (faults.strikes("stuck-key")) {
            return fail(Kind.STUCK_KEY, "a key is stuck");
          }
          forget();
          request = asked;
          ended = Promise.promise();
          changed();
          return ended.future();
        });
  }

  /// Ends a running [#enter] with `CANCELED`; false when there is none.
  public boolean cancelEntry() {
    return breakOff(Kind.CANCELED, "entry canceled");
  }

  /// Enciphers the PIN under a key of usage `P0` and forgets it. `customerData` for formats 0 and
  /// 3 is the PAN without its check digit, for format 4 the whole PAN.
  public Future<byte[]> pinBlock(Format format, String customerData, String keyName) {
    return crypto(
        () -> {
          if (pinLength == 0) {
            throw fault(Kind.NO_PIN, "no PIN was entered");
          }
          if (pinLength < 4) {
            throw fault(Kind.NO_PIN, "the PIN is too short for a PIN block");
          }
          boolean aes = format == Format.ISO4;
          int least = aes ? 1 : 12;
          if (!customerData.matches("\\d{" + least + ",19}")) {
            throw fault(
                Kind.CUSTOMER_DATA,
                "customer data of %d characters, wanted %d to 19 digits"
                    .formatted(customerData.length(), least));
          }
          byte[] key = vault.use(keyName, "P0", aes ? "A" : "T");
          byte[] digitsIn = Arrays.copyOf(pin, pinLength);
          try {
            return switch (format) {
              case ISO0 -> PinBlock.iso0(digitsIn, customerData, key);
              case ISO3 -> PinBlock.iso3(digitsIn, customerData, key, random);
              case ISO4 -> PinBlock.iso4(digitsIn, customerData, key, random);
            };
          } finally {
            Arrays.fill(digitsIn, (byte) 0);
            forget();
          }
        });
  }

  /// Takes in a key wrapped under `decryptKey` (ECB); completes with what it is now, the key
  /// check value included.
  public Future<PadKey> importKey(
      String keyName,
      String usage,
      String algorithm,
      String modeOfUse,
      String decryptKey,
      byte[] wrapped) {
    PadKey asked = new PadKey(keyName, usage, algorithm, modeOfUse, 0, null);
    return crypto(() -> vault.load(asked, decryptKey, wrapped));
  }

  /// Removes a working key; false when there is none of the name.
  public Future<Boolean> deleteKey(String keyName) {
    return crypto(() -> vault.delete(keyName));
  }

  /// Removes all working keys; the key-encryption key stays.
  public Future<Void> initialize() {
    return crypto(
        () -> {
          vault.wipe();
          forget();
          return null;
        });
  }

  /// Forgets the PIN. Running entries are not touched: see [#cancelEntry].
  public Future<Void> reset() {
    return crypto(
        () -> {
          forget();
          return null;
        });
  }

  // What hands do.

  /// Presses a key. One that is not live does nothing, as on the real thing.
  public void press(Key key) {
    if (!powered() || dead() || request == null || !request.active().contains(key)) {
      return;
    }
    if (faults.strikes("stuck-key")) {
      breakOff(Kind.STUCK_KEY, "a key is stuck");
      return;
    }
    if (key.isDigit()) {
      digit(key);
    } else {
      function(key);
    }
  }

  // How.

  private void digit(Key key) {
    int most = request.digitsMax() == 0 ? DIGITS_MAX : Math.min(request.digitsMax(), DIGITS_MAX);
    if (digits == most) {
      return;
    }
    if (request.hidden()) {
      pin[digits] = key.digit();
    } else {
      typed.add(key);
    }
    digits++;
    pressed(key);
    boolean full = request.autoEnd() && digits == request.digitsMax();
    if (full || request.terminating().contains(key)) {
      end(full ? Optional.empty() : Optional.of(key));
    }
  }

  private void function(Key key) {
    if (key == Key.ENTER && digits < request.digitsMin()) {
      return;
    }
    switch (key) {
      case CLEAR -> {
        Arrays.fill(pin, (byte) 0);
        typed.clear();
        digits = 0;
      }
      case BACKSPACE -> {
        digits = Math.max(0, digits - 1);
        pin[digits] = 0;
        if (!typed.isEmpty()) {
          typed.removeLast();
        }
      }
      default -> {}
    }
    pressed(key);
    if (request != null && request.terminating().contains(key)) {
      end(Optional.of(key));
    }
  }

  private void pressed(Key key) {
    boolean secret = request.hidden() && key.isDigit();
    tell(new DeviceEvent.KeyPressed(secret ? Optional.empty() : Optional.of(key), digits));
  }

  private void end(Optional<Key> by) {
    KeyEntry entry = new KeyEntry(by, digits, List.copyOf(typed));
    boolean keep = request.hidden() && by.filter(key -> key == Key.CANCEL).isEmpty();
    int length = digits;
    Promise<KeyEntry> waiting = ended;
    request = null;
    ended = null;
    if (keep) {
      pinLength = length;
      typed.clear();
      digits = 0;
    } else {
      forget();
    }
    waiting.complete(entry);
  }

  private boolean breakOff(Kind kind, String why) {
    if (request == null) {
      return false;
    }
    Promise<KeyEntry> waiting = ended;
    request = null;
    ended = null;
    forget();
    waiting.fail(fault(kind, why));
    return true;
  }

  private void forget() {
    Arrays.fill(pin, (byte) 0);
    pinLength = 0;
    typed.clear();
    digits = 0;
  }

  private <T> Future<T> crypto(Supplier<T> work) {
    return act("crypto", () -> move(CRYPTO).map(_ -> withKeys(work)));
  }

  private <T> T withKeys(Supplier<T> work) {
    if (faults.strikes("key-lost")) {
      vault.lose();
    }
    return work.get();
  }

  @Override
  void memoryLost() {
    if (!breakOff(Kind.POWER_LOST, "the power went")) {
      forget();
    }
  }

  @Override
  void faultChanged(String kind) {
    if (kind.equals("key-lost")) {
      if (faults.holds("key-lost")) {
        vault.lose();
      } else {
        vault.reload();
      }
    }
    if (faults.holds("dead")) {
      breakOff(Kind.DEAD, "hardware error");
    }
  }
}
