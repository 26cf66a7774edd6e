package atm.device;

import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// A PIN pad in memory, with real AES keys: its PIN blocks (ISO 9564 format 4) are true ones. A
/// press waits until keys are live; one that is not live then does nothing, as on a real pad.
public final class FakePinPad extends FakeDevice implements PinPad {
  private static final int PIN_MAX = 12; // ISO 9564-1
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Entry(boolean pin, int min, int max, Set<Key> live, Set<Key> ends) {}

  private final byte[] kek;
  private final Map<String, byte[]> keys = new HashMap<>();
  private final Deque<Key> presses = new ArrayDeque<>();
  private final StringBuilder digits = new StringBuilder(PIN_MAX);
  private Optional<String> pin = Optional.empty();
  private boolean dead;
  private Entry entry;
  private Wait<Key> ending;
  private Consumer<Key> heard;

  /// @param kek the AES key-encryption key that wraps what `importKey` gets
  public FakePinPad(Vertx vertx, byte[] kek) {
    super(vertx);
    this.kek = kek.clone();
  }

  // -- hands

  /// Presses keys one after the other, each as soon as the pad listens.
  public void press(Key... pressed) {
    hand(
        () -> {
          presses.addAll(List.of(pressed));
          listen();
        });
  }

  /// Types digits, then Enter.
  public void typePin(String typed) {
    for (char digit : typed.toCharArray()) press(Key.values()[digit - '0']);
    press(Key.ENTER);
  }

  @Override
  public void walkAway() {
    hand(presses::clear);
    super.walkAway();
  }

  public void breakDown() {
    hand(() -> dead = true);
  }

  public void loseKeys() {
    hand(keys::clear);
  }

  // -- the device

  @Override
  public DeviceKind kind() {
    return DeviceKind.PIN_PAD;
  }

  @Override
  public Future<PinEntered> enterPin(
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer count) {
    Set<Key> keys = EnumSet.range(Key.D0, Key.CANCEL);
    Set<Key> ends = EnumSet.of(Key.ENTER, Key.CANCEL);
    keys.addAll(fdks);
    ends.addAll(fdks);
    return command(
        () -> {
          forget();
          entry = new Entry(true, minDigits, maxDigits, keys, ends);
          heard = _ -> count.accept(digits.length());
          live.run();
          return begin(within)
              .map(
                  end -> {
                    if (end != Key.ENTER) return new PinEntered.EndedBy(end);
                    pin = Optional.of(digits.toString());
                    return new PinEntered.Complete(digits.length());
                  });
        });
  }

  @Override
  public Future<Key> readKeys(
      Set<Key> keys, Set<Key> ends, Duration within, Runnable live, Consumer<Key> pressed) {
    return command(
        () -> {
          forget();
          entry = new Entry(false, 0, 0, keys, ends);
          heard = pressed;
          live.run();
          return begin(within);
        });
  }

  @Override
  public Future<Void> cancel() {
    return beside(
        () -> {
          if (ending != null) ending.fail(Fault.Code.CANCELED, "pin-pad: entry cancelled");
          return Future.succeededFuture();
        });
  }

  @Override
  public Set<PinBlock.Format> pinBlockFormats() {
    return EnumSet.of(PinBlock.Format.ISO_4);
  }

  @Override
  public Future<PinBlock> pinBlock(Pan pan, PinBlock.Format format) {
    return command(
        () -> {
          if (format != PinBlock.Format.ISO_4) {
            return failed(Fault.Code.UNSUPPORTED, "pin-pad: makes format 4 alone");
          }
          if (pin.isEmpty()) return failed(Fault.Code.SEQUENCE, "pin-pad: no PIN was typed");
          if (keys.isEmpty()) return failed(Fault.Code.SECURITY, "pin-pad: no PIN key");
          String key = keys.keySet().iterator().next();
          byte[] block = formatFour(keys.get(key), pin.get(), pan.digits());
          pin = Optional.empty();
          return Future.succeededFuture(new PinBlock(format, key, block));
        });
  }

  @Override
  public Future<Void> importKey(WrappedKey key) {
    return command(
        () -> {
          byte[] clear = aes(Cipher.DECRYPT_MODE, kek, key.value());
          byte[] check = Arrays.copyOf(aes(Cipher.ENCRYPT_MODE, clear, new byte[16]), 3);
          if (!Arrays.equals(check, key.checkValue())) {
            return failed(
                Fault.Code.SECURITY,
                "pin-pad: the check value of key " + key.name() + " does not come out");
          }
          keys.put(key.name(), clear);
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<Boolean> hasKey(String name) {
    return command(() -> Future.succeededFuture(keys.containsKey(name)));
  }

  @Override
  DeviceStatus health() {
    return dead ? DeviceStatus.fault("hardware error") : DeviceStatus.online();
  }

  @Override
  void forget() {
    digits.setLength(0);
    pin = Optional.empty();
  }

  private Future<Key> begin(Duration within) {
    if (dead) return failed(Fault.Code.HARDWARE, "pin-pad: hardware error");
    ending =
        new Wait<>(
            within, wait -> wait.fail(Fault.Code.TIMEOUT, "pin-pad: no end within " + within));
    listen();
    return ending.future();
  }

  private void listen() {
    while (ending != null && !ending.isOver() && !presses.isEmpty()) take(presses.remove());
  }

  private void take(Key key) {
    if (!entry.live().contains(key)) return;
    if (entry.pin()) {
      if (key == Key.ENTER && digits.length() < entry.min()) return;
      if (key.isDigit() && digits.length() == entry.max()) return;
      if (key.isDigit()) digits.append(key.digit());
      if (key == Key.CLEAR) digits.setLength(0);
      if (key == Key.BACKSPACE) digits.setLength(Math.max(0, digits.length() - 1));
    }
    if (!entry.ends().contains(key)) heard.accept(key);
    if (entry.ends().contains(key)) ending.complete(key);
  }

  /// ISO 9564-1:2017, 9.4.5: the PIN field enciphered, added to the PAN field, enciphered again.
  private static byte[] formatFour(byte[] key, String pin, String pan) {
    String length = Integer.toHexString(pin.length());
    String random = HexFormat.of().toHexDigits(RANDOM.nextLong());
    byte[] pinField = hex("4" + length + pad(pin, 14, 'A') + random);
    byte[] panField = hex(pad((char) ('0' + pan.length() - 12) + pan, 32, '0'));
    byte[] block = aes(Cipher.ENCRYPT_MODE, key, pinField);
    for (int i = 0; i < 16; i++) block[i] ^= panField[i];
    return aes(Cipher.ENCRYPT_MODE, key, block);
  }

  private static String pad(String digits, int length, char fill) {
    return digits + String.valueOf(fill).repeat(length - digits.length());
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] aes(int mode, byte[] key, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException wrong) {
      throw new DeviceException(new Fault(Fault.Code.SECURITY, "pin-pad: " + wrong.getMessage()));
    }
  }
}
