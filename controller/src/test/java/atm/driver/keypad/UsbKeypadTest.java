package atm.driver.keypad;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.awaitStatus;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.device.PinPad.Key;
import atm.device.PinPadContract;
import atm.device.TestKeys;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.InputEvents;
import atm.link.KeyConnector;
import atm.link.PlayedKeyboard;
import atm.link.WireTrace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A keypad played through a named pipe, record by record; the keys beside the screen are F1 to F8.
class UsbKeypadTest extends PinPadContract {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "A", "59", "B", "60", "C", "61", "D", "62", "F", "63", "G", "64", "H", "65", "I", "66");

  private static final int KP1 = 79;
  private static final int KP5 = 76;
  private static final int NUMLOCK = 69;
  private static final Map<Key, Integer> CODES = new EnumMap<>(Key.class);

  static {
    int[] digits = {82, KP1, 80, 81, 75, KP5, 77, 71, 72, 73};
    for (int digit = 0; digit <= 9; digit++) CODES.put(Key.values()[digit], digits[digit]);
    CODES.put(Key.ENTER, 96);
    CODES.put(Key.CLEAR, 74);
    CODES.put(Key.BACKSPACE, 14);
    CODES.put(Key.CANCEL, 98);
    for (Key fdk : EnumSet.range(Key.A, Key.I))
      CODES.put(fdk, 59 + fdk.ordinal() - Key.A.ordinal());
  }

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private PlayedKeyboard keyboard;
  private UsbKeypad pad;

  @BeforeEach
  void start() {
    keyboard = new PlayedKeyboard(folder);
    open();
    awaitState(pad, DeviceStatus.State.ONLINE);
  }

  private void open() {
    DeviceEntry entry =
        new DeviceEntry("pin-pad", "usb-keypad", keyboard.at(), List.of(), SETTINGS, 1);
    assertThat(new UsbKeypadDriver().mistakes(atm.device.DeviceKind.PIN_PAD, entry)).isEmpty();
    WireTrace trace = new WireTrace("pin-pad", InputEvents.Mask::new);
    KeyConnector connector = new KeyConnector(entry.at(), vertx, trace, keyboard);
    Backoff backoff = new Backoff(() -> 0, Duration.ofMillis(5), Duration.ofMillis(5));
    pad = UsbKeypadDriver.create(entry, connector, vertx, Deadlines.of(vertx), backoff);
    pad.keep(TestKeys.KEK);
    pad.open();
  }

  @AfterEach
  void stop() {
    await(pad.close());
    keyboard.close();
    await(vertx.close());
  }

  @Override
  protected PinPad pad() {
    return pad;
  }

  @Override
  protected void press(Key... keys) {
    for (Key key : keys) {
      whenLive(key);
      keyboard.types(CODES.get(key));
    }
  }

  private void whenLive(Key key) {
    while (!await(pad.isLive(key))) await(vertx.timer(2));
  }

  /// A keypad that was away may be another one.
  @Override
  protected void loseKeys() {
    cutWire();
    awaitState(pad, DeviceStatus.State.OFFLINE);
    mendWire();
    awaitState(pad, DeviceStatus.State.ONLINE);
  }

  @Override
  protected void cutWire() {
    keyboard.unplug();
  }

  @Override
  protected void mendWire() {
    keyboard.plug();
  }

  @Test
  void itIsOursAloneUntilItIsClosed() {
    assertThat(keyboard.grabs()).containsExactly(true);
    assertThat(pad.identity()).isEqualTo("Maker Keypad");

    await(pad.close());

    assertThat(keyboard.grabs()).containsExactly(true, false);
  }

  @Test
  void itSaysThatItIsForTestsOnly() {
    assertThat(pad.capabilities().encrypts()).isFalse();
    assertThat(pad.capabilities().keys()).containsAll(EnumSet.range(Key.D0, Key.I));
    assertThat(pad.status().warnings()).containsExactly(SoftPinPad.FOR_TESTS);
  }

  @Test
  void repeatsReleasesBouncesAndNumLockArePressesOfNothing() {
    List<Key> pressed = Collections.synchronizedList(new ArrayList<>());
    Future<Key> end =
        pad.readKeys(
            EnumSet.range(Key.D0, Key.CANCEL), EnumSet.of(Key.ENTER), LONG, () -> {}, pressed::add);
    whenLive(Key.D5);
    keyboard.types(NUMLOCK);
    keyboard.press(KP5);
    keyboard.repeat(KP5);
    keyboard.repeat(KP5);
    keyboard.release(KP5);
    keyboard.types(NUMLOCK);
    // 10 ms after the first, as a worn contact does it
    keyboard.press(KP1);
    keyboard.later(-40_000);
    keyboard.press(KP1);
    keyboard.release(KP1);
    keyboard.types(CODES.get(Key.ENTER));

    assertThat(await(end)).isEqualTo(Key.ENTER);
    assertThat(pressed).containsExactly(Key.D5, Key.D1);
  }

  @Test
  void whatIsTypedWhileNobodyAsksIsLost() {
    keyboard.types(KP1, KP1);
    Future<Key> end = pad.readKeys(EnumSet.of(Key.D5), EnumSet.of(Key.D5), LONG, () -> {}, _ -> {});
    press(Key.D5);

    assertThat(await(end)).isEqualTo(Key.D5);
  }

  @Test
  void aKeyThatIsDownFromTheStartIsAFaultUntilItIsReleased() {
    await(pad.close());
    keyboard.unplug();
    keyboard.plug();
    keyboard.holds(KP5);
    open();

    DeviceStatus stuck = awaitState(pad, DeviceStatus.State.FAULT);
    assertThat(stuck.detail()).isEqualTo("key 76 stays down");
    assertThat(
            faultOf(pad.readKeys(EnumSet.of(Key.A), EnumSet.of(Key.A), LONG, () -> {}, _ -> {}))
                .code())
        .isEqualTo(Fault.Code.HARDWARE);

    keyboard.release(KP5);
    awaitState(pad, DeviceStatus.State.ONLINE);
    await(pad.reset());
  }

  @Test
  void lostKeysEndTheEntryForSomeMayBeMissing() {
    Future<Key> end = pad.readKeys(EnumSet.of(Key.A), EnumSet.of(Key.A), LONG, () -> {}, _ -> {});
    whenLive(Key.A);
    keyboard.lose();

    assertThat(faultOf(end)).extracting(Fault::code).isEqualTo(Fault.Code.PROTOCOL);
  }

  @Test
  void bytesThatAreNoEventsAreToldWithWhatWasWanted() {
    keyboard.event(77, 1, 1);

    DeviceStatus offline = awaitStatus(pad, s -> s.detail().contains("an event of type 77"));
    assertThat(offline.detail()).contains("wanted 0 to 31", keyboard.at().getPath());
  }

  @Test
  void pluggedInAHundredTimesItLeavesNothingBehind() {
    for (int i = 0; i < 3; i++) replug();
    long descriptors = descriptors();
    long threads = Thread.getAllStackTraces().size();
    for (int i = 0; i < 97; i++) replug();

    assertThat(descriptors()).isLessThan(descriptors + 20);
    assertThat((long) Thread.getAllStackTraces().size()).isLessThan(threads + 20);
  }

  private void replug() {
    Future<?> gone = stateOf(DeviceStatus.State.OFFLINE);
    keyboard.unplug();
    await(gone);
    Future<?> back = stateOf(DeviceStatus.State.ONLINE);
    keyboard.plug();
    await(back);
  }

  private Future<?> stateOf(DeviceStatus.State wanted) {
    io.vertx.core.Promise<Void> seen = io.vertx.core.Promise.promise();
    pad.onStatus(
        status -> {
          if (status.state() == wanted) seen.tryComplete();
        });
    return seen.future();
  }

  private static long descriptors() {
    String[] open = new java.io.File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
