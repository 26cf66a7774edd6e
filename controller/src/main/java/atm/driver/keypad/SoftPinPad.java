package atm.driver.keypad;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.driver.KeepsKeys;
import atm.driver.Supervised;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// A PIN pad made of plain keys: what they say is clear, and this driver encrypts it, at once and
/// in this process. So it is for test machines only, and says so wherever it is asked how it is.
/// A PIN is held as bytes from Enter to `pinBlock`, to the next entry, or to the loss of the wire,
/// and is then zeros; with the wire go the keys too.
abstract class SoftPinPad<W> extends Supervised<W> implements PinPad, KeepsKeys {
  static final String FOR_TESTS = "encrypts in the controller, not in its keys: for tests only";

  private final Deadlines deadlines;
  private final SecureRandom random = new SecureRandom();
  private final KeyBox box = new KeyBox();
  private final Set<KeyEntry> entries = new LinkedHashSet<>();
  private final StuckKeys stuck;
  private final Capabilities capabilities;
  private KeyEntry running;
  private byte[] pin = {};

  /// @param keys that it has
  SoftPinPad(Vertx vertx, Deadlines deadlines, Backoff backoff, Set<Key> keys) {
    super(vertx, DeviceKind.PIN_PAD, backoff);
    this.deadlines = deadlines;
    this.stuck = new StuckKeys(deadlines, this::stuckChanged);
    this.capabilities = new Capabilities(false, keys);
  }

  /// Lets go of the wire.
  abstract Future<Void> letGo(W wire, Fault why);

  @Override
  public final void keep(byte[] keyEncryptionKey) {
    box.keep(keyEncryptionKey);
  }

  @Override
  public final Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public final Set<PinBlock.Format> pinBlockFormats() {
    return Set.of(PinBlock.Format.ISO_4);
  }

  @Override
  public final Future<PinEntered> enterPin(
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    KeyEntry entry = KeyEntry.ofPin(minDigits, maxDigits, fdks, digits);
    return enter(
        "PIN entry",
        entry,
        within,
        live,
        end -> {
          if (end != Key.ENTER) return new PinEntered.EndedBy(end);
          pin = entry.takePin();
          return new PinEntered.Complete(pin.length);
        });
  }

  @Override
  public final Future<Key> readKeys(
      Set<Key> keys, Set<Key> ends, Duration within, Runnable live, Consumer<Key> pressed) {
    KeyEntry entry = KeyEntry.ofKeys(keys, ends, pressed);
    return enter("key entry", entry, within, live, Function.identity());
  }

  private <T> Future<T> enter(
      String what, KeyEntry entry, Duration within, Runnable live, Function<Key, T> result) {
    // Two turns of the context in this order, so that a cancel from now on finds it.
    anyway(() -> Future.succeededFuture(entries.add(entry)));
    return command(what, _ -> begin(entry, within, live).map(result))
        .onComplete(_ -> anyway(() -> Future.succeededFuture(entries.remove(entry))));
  }

  private Future<Key> begin(KeyEntry entry, Duration within, Runnable live) {
    forgetPin();
    if (stuck.trouble().isPresent()) entry.fail(fault(Fault.Code.HARDWARE, stuck.trouble().get()));
    if (entry.end().isComplete()) return entry.end();
    running = entry;
    Runnable stop =
        deadlines.after(
            within,
            () ->
                entry.fail(
                    fault(Fault.Code.TIMEOUT, "no end within " + within.toMillis() + " ms")));
    live.run();
    return entry
        .end()
        .onComplete(
            _ -> {
              stop.run();
              running = null;
            });
  }

  @Override
  public final Future<Void> cancel() {
    return anyway(
        () -> {
          failEntries(fault(Fault.Code.CANCELED, "entry cancelled"));
          return Future.succeededFuture();
        });
  }

  @Override
  public final Future<PinBlock> pinBlock(Pan pan, PinBlock.Format format) {
    return command(
        "PIN block",
        _ -> {
          if (format != PinBlock.Format.ISO_4) {
            return failed(Fault.Code.UNSUPPORTED, "makes PIN blocks of format 4 alone");
          }
          if (pin.length == 0) return failed(Fault.Code.SEQUENCE, "no PIN was typed");
          if (box.isEmpty()) return failed(Fault.Code.SECURITY, "no PIN key is loaded");
          byte[] salt = new byte[PinField.RANDOM_BYTES];
          random.nextBytes(salt);
          byte[] block = box.pinBlock(pin, pan.digits(), salt);
          forgetPin();
          return Future.succeededFuture(new PinBlock(format, box.name(), block));
        });
  }

  @Override
  public final Future<Void> importKey(WrappedKey key) {
    return command(
        "import key",
        _ ->
            box.load(key)
                .map(why -> this.<Void>failed(Fault.Code.SECURITY, why))
                .orElseGet(Future::succeededFuture));
  }

  @Override
  public final Future<Boolean> hasKey(String name) {
    return command("has key", _ -> Future.succeededFuture(box.name().equals(name)));
  }

  @Override
  public final Future<Void> reset() {
    return command(
        "reset",
        _ ->
            stuck
                .trouble()
                .map(why -> this.<Void>failed(Fault.Code.HARDWARE, why))
                .orElseGet(Future::succeededFuture));
  }

  @Override
  protected final Future<Void> disconnect(W wire, Fault why) {
    failEntries(why);
    forgetPin();
    box.forget();
    stuck.forget();
    return letGo(wire, why);
  }

  /// A key was pressed that means `key` here.
  final void pressed(Key key) {
    if (running != null) running.press(key);
  }

  final StuckKeys stuck() {
    return stuck;
  }

  /// How it is, as far as its keys tell.
  final DeviceStatus health() {
    return stuck
        .trouble()
        .map(DeviceStatus::fault)
        .orElseGet(() -> new DeviceStatus(DeviceStatus.State.ONLINE, "ready", List.of(FOR_TESTS)));
  }

  /// Whether a press would do something now; for hands that wait for it.
  final Future<Boolean> isLive(Key key) {
    return anyway(() -> Future.succeededFuture(running != null && running.takes(key)));
  }

  private void stuckChanged() {
    stuck.trouble().ifPresent(why -> failEntries(fault(Fault.Code.HARDWARE, why)));
    publish(health());
  }

  private void failEntries(Fault why) {
    List.copyOf(entries).forEach(entry -> entry.fail(why));
  }

  private void forgetPin() {
    Arrays.fill(pin, (byte) 0);
    pin = new byte[0];
  }

  private <T> Future<T> failed(Fault.Code code, String why) {
    return Future.failedFuture(new DeviceException(fault(code, why)));
  }

  final Fault fault(Fault.Code code, String why) {
    return new Fault(code, kind() + ": " + why);
  }
}
