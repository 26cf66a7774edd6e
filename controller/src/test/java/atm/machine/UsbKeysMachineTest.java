package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import atm.driver.PlayedDrivers;
import atm.driver.keypad.UsbKeypadDriver;
import atm.driver.swipe.HidSwipeDriver;
import atm.link.PlayedKeyboard;
import atm.link.PlayedSwipe;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine whose card reader and PIN pad are keys at USB: a card is swiped, a PIN typed at a
/// keypad, and cash comes, with the real drivers, keys and bank.
class UsbKeysMachineTest {
  private static final int[] DIGITS = {82, 79, 80, 81, 75, 76, 77, 71, 72, 73};
  private static final int ENTER = 96;
  private static final int F1 = 59;
  private static final String FDKS = "ABCDFGHI";

  @TempDir Path folder;
  private PlayedKeyboard reader;
  private PlayedKeyboard keypad;
  private TestMachine machine;
  private Stranger alice;

  @BeforeEach
  void meets() throws Exception {
    reader = new PlayedKeyboard(Files.createDirectory(folder.resolve("reader")));
    keypad = new PlayedKeyboard(Files.createDirectory(folder.resolve("keypad")));
    String shipped = Files.readString(Path.of("../devices.yaml"));
    String yaml =
        """
        card-reader: { driver: hid-swipe, at: "%s" }
        pin-pad:
          driver: usb-keypad
          at: "%s"
          settings: { A: 59, B: 60, C: 61, D: 62, F: 63, G: 64, H: 65, I: 66 }

        """
            .formatted(reader.at(), keypad.at());
    yaml +=
        shipped.substring(shipped.indexOf("cash-dispenser:"), shipped.indexOf("cash-acceptor:"));
    yaml += shipped.substring(shipped.indexOf("\natm:"));
    Path file = Files.writeString(folder.resolve("usb.yaml"), yaml);
    machine = TestMachine.simulated(folder, file, Map.of());
    machine.startController(
        PlayedDrivers.with(new UsbKeypadDriver(keypad), new HidSwipeDriver(reader)));
    alice = machine.stranger();
  }

  @AfterEach
  void booksAndBoxesAgree() throws Exception {
    try {
      machine.booksAndBoxesAgree();
    } finally {
      alice.close();
      machine.close();
      reader.close();
      keypad.close();
    }
  }

  @Test
  void aSwipeAPinAndSixtyEuros() {
    assertThat(alice.sees("idle").getString("title")).isEqualTo("Please swipe your card");
    PlayedSwipe.type(reader, "%B4000001234567899^MARTIN/ALICE^29121015432112345678?");
    PlayedSwipe.type(reader, ";4000001234567899=29121015432112345678?");
    PlayedSwipe.enter(reader);
    alice.sees("pin");
    types("1234");
    chooses(alice.sees("menu"), "withdraw");
    chooses(alice.sees("fast-cash"), "other-amount");
    alice.sees("amount");
    types("60");
    alice.sees("confirm");
    keypad.types(ENTER);
    alice.sees("take-cash");
    alice.takes("cash-dispenser");
    alice.sees("idle");
  }

  private void types(String digits) {
    for (char digit : digits.toCharArray()) keypad.types(DIGITS[digit - '0']);
    keypad.types(ENTER);
  }

  private void chooses(JsonObject screen, String option) {
    String fdk =
        screen.getJsonArray("options").stream()
            .map(JsonObject.class::cast)
            .filter(o -> o.getString("id").equals(option))
            .map(o -> o.getString("fdk"))
            .findFirst()
            .orElseThrow();
    keypad.types(F1 + FDKS.indexOf(fdk));
  }
}
