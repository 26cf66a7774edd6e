package atm.driver.keypad;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.awaitStatus;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad.Key;
import atm.driver.Driver;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.HeldDeadlines;
import atm.link.LineAddress;
import atm.link.LineConnector;
import atm.link.PlayedMatrix;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A 4×4 keypad at pi4j's mock pins, scan by scan: nothing passes but what a test lets pass.
class GpioKeypadTest {
  private static final URI AT =
      URI.create("gpio:/dev/null?rows=5,6,13,19&columns=12,16,20,21&pull=up");
  private static final Duration SCAN = Duration.ofMillis(5);
  private static final Duration TOO_LONG = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final HeldDeadlines time = new HeldDeadlines();
  private final PlayedMatrix matrix = new PlayedMatrix(LineAddress.of(AT));
  private final List<Key> pressed = Collections.synchronizedList(new ArrayList<>());
  private GpioKeypad pad;
  private int scans;

  @AfterEach
  void stop() {
    await(pad.close());
    await(vertx.close());
  }

  private void start() {
    DeviceEntry entry = new DeviceEntry("pin-pad", "gpio-keypad", AT, List.of(), 1);
    LineConnector connector = new LineConnector(LineAddress.of(AT), vertx, matrix.board());
    pad = GpioKeypadDriver.create(entry, connector, vertx, time, Backoff.usual());
    pad.open();
    awaitState(pad, DeviceStatus.State.ONLINE, DeviceStatus.State.FAULT);
  }

  /// From now on presses are noted.
  private Future<Key> listens() {
    Promise<Void> live = Promise.promise();
    Future<Key> end =
        pad.readKeys(
            EnumSet.allOf(Key.class),
            EnumSet.noneOf(Key.class),
            HOUR,
            live::complete,
            pressed::add);
    await(live.future());
    return end;
  }

  private void scan(int times) {
    for (int i = 0; i < times; i++) {
      scans++;
      while (time.started(SCAN) < scans) await(vertx.timer(1));
      await(time.pass(SCAN));
      // The next is set when this one has been looked at.
      while (time.started(SCAN) < scans + 1) await(vertx.timer(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, D1", "3, 1, D0", "3, 2, ENTER", "3, 0, CLEAR", "3, 3, CANCEL", "0, 3, A"})
  void aKeyIsToldOnceAfterFourScans(int row, int column, Key key) {
    start();
    listens();
    matrix.press(row, column);
    scan(3);
    assertThat(pressed).isEmpty();
    scan(1);
    assertThat(pressed).containsExactly(key);
    scan(20);
    matrix.release(row, column);
    scan(5);

    assertThat(pressed).containsExactly(key);
  }

  @Test
  void aBouncingContactIsOnePressAtTheSixthScan() {
    start();
    listens();
    boolean[] contact = {true, false, true, true, true};
    for (boolean closed : contact) {
      if (closed) matrix.press(1, 1);
      else matrix.release(1, 1);
      scan(1);
    }
    assertThat(pressed).isEmpty();
    scan(1);
    assertThat(pressed).containsExactly(Key.D5);

    // It bounces when it opens, too.
    for (boolean closed : new boolean[] {false, true, false, false}) {
      if (closed) matrix.press(1, 1);
      else matrix.release(1, 1);
      scan(1);
    }
    scan(4);
    assertThat(pressed).containsExactly(Key.D5);
  }

  @Test
  void threeCornersMakeNoFourthKey() {
    start();
    listens();
    matrix.press(0, 0);
    matrix.press(0, 1);
    matrix.press(1, 0);
    scan(8);
    assertThat(pressed).isEmpty();

    // Nor does what is left of them when fingers go.
    matrix.release(0, 0);
    matrix.release(0, 1);
    scan(8);
    assertThat(pressed).isEmpty();
    matrix.release(1, 0);
    scan(4);
    matrix.press(0, 0);
    scan(4);
    assertThat(pressed).containsExactly(Key.D1);
  }

  @Test
  void aSecondKeyIsRefusedUntilBothAreUp() {
    start();
    listens();
    matrix.press(0, 0);
    scan(4);
    matrix.press(2, 2);
    scan(8);
    matrix.release(0, 0);
    scan(8);
    assertThat(pressed).containsExactly(Key.D1);
    matrix.release(2, 2);
    scan(4);
    matrix.press(2, 2);
    scan(4);
    assertThat(pressed).containsExactly(Key.D1, Key.D9);
  }

  @Test
  void twoKeysForOneScanAloneSwallowNoLaterKey() {
    start();
    listens();
    matrix.press(0, 0);
    matrix.press(1, 1);
    scan(1);
    matrix.release(0, 0);
    matrix.release(1, 1);
    scan(4);
    matrix.press(2, 2);
    scan(4);

    assertThat(pressed).containsExactly(Key.D9);
  }

  @Test
  void aKeyThatStaysDownIsAFaultAndMendsWhenItIsReleased() {
    start();
    Future<Key> entry = listens();
    matrix.press(1, 1);
    scan(4);
    await(time.pass(TOO_LONG));

    assertThat(faultOf(entry))
        .isEqualTo(new Fault(Fault.Code.HARDWARE, "pin-pad: key 5 stays down"));
    assertThat(awaitState(pad, DeviceStatus.State.FAULT).detail()).isEqualTo("key 5 stays down");
    assertThat(faultOf(pad.reset()).code()).isEqualTo(Fault.Code.HARDWARE);

    matrix.release(1, 1);
    scan(4);
    awaitState(pad, DeviceStatus.State.ONLINE);
    await(pad.reset());
  }

  @Test
  void aKeyThatIsReleasedInTimeIsNoFault() {
    start();
    listens();
    matrix.press(1, 1);
    scan(4);
    matrix.release(1, 1);
    scan(4);
    await(time.pass(TOO_LONG));

    assertThat(pad.status().canServe()).isTrue();
  }

  @Test
  void aKeyThatIsDownFromTheStartIsStuckAndNoPress() {
    matrix.press(2, 0);
    start();

    assertThat(pad.status()).isEqualTo(DeviceStatus.fault("key 7 stays down"));
    matrix.release(2, 0);
    scan(4);
    awaitState(pad, DeviceStatus.State.ONLINE);
    listens();
    scan(4);
    assertThat(pressed).isEmpty();
  }

  @Test
  void aShortedRowIsToldByItsPin() {
    matrix.shortRow(1);
    start();

    assertThat(pad.status().detail()).isEqualTo("all of row 2, pin 6 (shorted), stays down");
    matrix.mendRow(1);
    scan(4);
    awaitState(pad, DeviceStatus.State.ONLINE);
  }

  @Test
  void aLineThatIsShortedLaterIsToldAtOnce() {
    start();
    listens();
    matrix.shortRow(3);
    scan(4);

    assertThat(awaitState(pad, DeviceStatus.State.FAULT).detail())
        .isEqualTo("all of row 4, pin 19 (shorted), stays down");
    assertThat(pressed).isEmpty();
  }

  @Test
  void aColumnThatIsAllDownIsToldByItsPin() {
    for (int row = 0; row < 4; row++) matrix.press(row, 2);
    start();

    assertThat(pad.status().detail()).isEqualTo("all of column 3, pin 20 (shorted), stays down");
  }

  @Test
  void pinsThatCannotBeHadAnyMoreEndTheEntry() {
    start();
    Future<Key> entry = listens();
    matrix.unplug();
    await(time.pass(SCAN));

    Fault fault = faultOf(entry);
    assertThat(fault.code()).isEqualTo(Fault.Code.OFFLINE);
    assertThat(fault.detail()).contains("gpio:/dev/null", "access lost");
  }

  @Test
  void aChipThatIsNotThereIsToldInASentence() {
    URI nowhere = URI.create("gpio:/dev/gpiochip99?rows=5,6,13,19&columns=12,16,20");
    DeviceEntry entry = new DeviceEntry("pin-pad", "gpio-keypad", nowhere, List.of(), 1);
    Driver driver = new GpioKeypadDriver();
    GpioKeypad absent = (GpioKeypad) driver.create(DeviceKind.PIN_PAD, entry, vertx);
    absent.open();

    awaitStatus(absent, s -> s.detail().equals("gpio:/dev/gpiochip99: there is no such GPIO chip"));
    await(absent.close());
    pad = absent;
  }

  /// No build machine is a Raspberry Pi: what pi4j says then must come out as a sentence too.
  @Test
  void aChipThatPi4jCannotUseIsToldInASentence() {
    DeviceEntry entry = new DeviceEntry("pin-pad", "gpio-keypad", AT, List.of(), 1);
    LineConnector real = new LineConnector(LineAddress.of(AT), vertx);
    pad = GpioKeypadDriver.create(entry, real, vertx, Deadlines.of(vertx), Backoff.usual());
    pad.open();

    awaitStatus(pad, s -> s.detail().contains("gpio:/dev/null: pi4j cannot use it: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpio:/dev/gpiochip0|wanted like gpio:",
        "gpio:gpiochip0?rows=1&columns=2|wanted like gpio:",
        "gpio:/dev/gpiochip0?rows=5,6,13,19|0 columns, wanted 1 to 8",
        "gpio:/dev/gpiochip0?rows=5,6,13,x&columns=1,2,3,4|rows has \"x\"",
        "gpio:/dev/gpiochip0?rows=5,6,6,7&columns=1,2,3,4|name a pin twice",
        "gpio:/dev/gpiochip0?rows=5,6,7,8&columns=1,2,3,5|pin 5 is row and column",
        "gpio:/dev/gpiochip0?rows=5,6,7,8&columns=1,2,3&pull=down|wanted up or off",
        "gpio:/dev/gpiochip0?rows=5,6,7,8&columns=1,2,3&speed=9|\"speed\" sets nothing",
        "gpio:/dev/gpiochip0?rows=5,6&columns=1,2|lacks layout"
      })
  void anAddressThatLeadsNowhereIsAMistake(String at, String why) {
    start();
    assertThat(mistakes(at, Map.of()).toString()).contains(why);
  }

  @Test
  void settingsThatMakeNoPadAreMistakes() {
    start();
    String at = AT.toString();
    assertThat(mistakes(at, Map.of("layout", "123 456")))
        .hasSize(1)
        .first()
        .asString()
        .contains("wanted 4 rows of 4 keys");
    assertThat(mistakes(at, Map.of("scan", "0"))).first().asString().contains("wanted 1 to 10");
    assertThat(mistakes(at, Map.of("cancel", "Z"))).first().asString().contains("is not on");
    assertThat(mistakes(at, Map.of("cancel", "#")))
        .first()
        .asString()
        .contains("there is no key for enter");
    assertThat(mistakes(at, Map.of("colour", "A"))).first().asString().contains("is no key");
    assertThat(mistakes(at, Map.of("layout", "1123 456B 789C *0#D")))
        .first()
        .asString()
        .contains("\"1\" twice");
  }

  private static List<String> mistakes(String at, Map<String, String> settings) {
    return new GpioKeypadDriver()
        .mistakes(
            DeviceKind.PIN_PAD,
            new DeviceEntry("pin-pad", "gpio-keypad", URI.create(at), List.of(), settings, 1));
  }
}
