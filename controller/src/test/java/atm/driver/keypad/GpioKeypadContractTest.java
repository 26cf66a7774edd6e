package atm.driver.keypad;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.PinPad;
import atm.device.PinPad.Key;
import atm.device.PinPadContract;
import atm.device.TestKeys;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.LineAddress;
import atm.link.LineConnector;
import atm.link.PlayedMatrix;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A matrix of five rows and columns at pi4j's mock pins, so that there is a key for each of a PIN
/// pad; a finger stays until it was seen.
class GpioKeypadContractTest extends PinPadContract {
  private static final String KEYS = "123AF456BG789CH*0#DI<X...";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "layout", "123AF 456BG 789CH *0#DI <X...",
          "backspace", "<",
          "cancel", "X",
          "D", "D",
          "scan", "5");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private PlayedMatrix matrix;
  private GpioKeypad pad;

  @BeforeEach
  void start() throws Exception {
    // Any file of the system will do for the chip: who opens it is played.
    URI at = URI.create("gpio:/dev/null?rows=5,6,13,19,26&columns=12,16,20,21,7");
    DeviceEntry entry = new DeviceEntry("pin-pad", "gpio-keypad", at, List.of(), SETTINGS, 1);
    assertThat(new GpioKeypadDriver().mistakes(DeviceKind.PIN_PAD, entry)).isEmpty();
    matrix = new PlayedMatrix(LineAddress.of(at));
    LineConnector connector = new LineConnector(LineAddress.of(at), vertx, matrix.board());
    Backoff backoff = new Backoff(() -> 0, Duration.ofMillis(5), Duration.ofMillis(5));
    pad = GpioKeypadDriver.create(entry, connector, vertx, Deadlines.of(vertx), backoff);
    pad.keep(TestKeys.KEK);
    pad.open();
    awaitState(pad, DeviceStatus.State.ONLINE);
  }

  @AfterEach
  void stop() {
    await(pad.close());
    assertThat(matrix.isLetGo()).isTrue();
    assertThat(matrix.shorts()).isFalse();
    await(vertx.close());
  }

  @Override
  protected PinPad pad() {
    return pad;
  }

  @Override
  protected void press(Key... keys) {
    for (Key key : keys) {
      while (!await(pad.isLive(key))) await(vertx.timer(2));
      int index = KEYS.indexOf(printed(key));
      matrix.press(index / 5, index % 5);
      untilSeen();
      matrix.release(index / 5, index % 5);
      untilSeen();
    }
  }

  private void untilSeen() {
    int enough = matrix.scans() + 6;
    while (matrix.scans() < enough) await(vertx.timer(2));
  }

  private static char printed(Key key) {
    return switch (key) {
      case ENTER -> '#';
      case CLEAR -> '*';
      case BACKSPACE -> '<';
      case CANCEL -> 'X';
      default -> key.isDigit() ? (char) ('0' + key.digit()) : key.name().charAt(0);
    };
  }

  @Override
  protected void loseKeys() {
    cutWire();
    awaitState(pad, DeviceStatus.State.OFFLINE);
    mendWire();
    awaitState(pad, DeviceStatus.State.ONLINE);
  }

  @Override
  protected void cutWire() {
    matrix.unplug();
  }

  @Override
  protected void mendWire() {
    matrix.plug();
  }
}
