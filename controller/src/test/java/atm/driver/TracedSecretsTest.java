package atm.driver;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CardReader;
import atm.device.CardReader.CardRead;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.PinPad;
import atm.device.TestKeys;
import atm.driver.swipe.HidSwipeDriver;
import atm.link.PlayedKeyboard;
import atm.link.PlayedSwipe;
import atm.link.WireRecording;
import atm.value.Pan;
import atm.value.PinBlock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.Key;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimPinPad;

/// A recording of the wires, as drivers make them in earnest, holds no secret: each driver brought
/// the mask of its protocol.
class TracedSecretsTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final URI ANYWHERE = URI.create("tcp://localhost:0");

  @TempDir Path folder;

  @Test
  void theKeyOfASealedLineCannotBeHadFromIt() throws IOException {
    List<String> cassettes = List.of("C1 10 EUR 100");

    String recorded = recorded(DeviceKind.CASH_DISPENSER, "ssp", cassettes, _ -> {});

    assertThat(recorded).contains(" 09 4A **", " 09 4B **", " 09 4C **", " 09 F0 **");
    assertThat(recorded).doesNotContainPattern("7F .. (09|11|21) .. [0-9A-F]{2}");
  }

  @Test
  void aStripeIsNotInIt() throws IOException {
    String recorded =
        recorded(
            DeviceKind.CARD_READER,
            "crt-310",
            List.of(),
            machine -> {
              Future<CardRead> read = ((CardReader) machine.device()).read(LONG, () -> {});
              SimCardReader slot = (SimCardReader) machine.mechanics();
              machine.handWhenPossible(() -> slot.insert(PlayedMachine.ALICE.card()));
              assertThat(await(read)).isInstanceOf(CardRead.Card.class);
            });

    assertThat(recorded).contains("45 30 30 32 **").doesNotContain(ascii("00012345"));
  }

  @Test
  void keysAndPinBlocksAreNotInIt() throws IOException {
    Files.writeString(
        folder.resolve("device.keys"), "TMK01=" + HexFormat.of().formatHex(TestKeys.TMK));
    Pan pan = new Pan(PlayedMachine.ALICE.pan());
    byte[][] block = new byte[1][];

    String recorded =
        recorded(
            DeviceKind.PIN_PAD,
            "zt598",
            List.of(),
            machine -> {
              PinPad pad = (PinPad) machine.device();
              await(pad.importKey(TestKeys.TDES_PIN_KEY));
              PinPad.Binding binding = new PinPad.Binding(pan, PinBlock.Format.ISO_3);
              Set<PinPad.Key> none = EnumSet.noneOf(PinPad.Key.class);
              Future<?> typed = pad.enterPin(binding, 4, 4, none, LONG, () -> {}, _ -> {});
              for (Key key : List.of(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER)) {
                press(machine, key);
              }
              await(typed);
              block[0] = await(pad.pinBlock(pan, PinBlock.Format.ISO_3)).encrypted();
            });

    String key = HexFormat.of().withUpperCase().formatHex(TestKeys.TDES_PIN_KEY.value());
    assertThat(recorded)
        .contains("**")
        .doesNotContain(ascii(key.substring(0, 8)), ascii("00012345"))
        .doesNotContain(ascii(HexFormat.of().withUpperCase().formatHex(block[0]).substring(0, 8)));
  }

  @Test
  void whichKeysAKeyboardTypedIsNotInIt() throws Exception {
    Path file = folder.resolve("wires.trace");
    Vertx vertx = Vertx.vertx();
    try (PlayedKeyboard keyboard = new PlayedKeyboard(folder);
        WireRecording _ = WireRecording.to(file)) {
      DeviceEntry entry =
          new DeviceEntry("card-reader", "hid-swipe", keyboard.at(), List.of(), Map.of(), 1);
      Device device = new HidSwipeDriver(keyboard).create(DeviceKind.CARD_READER, entry, vertx);
      device.open();
      awaitState(device, DeviceStatus.State.ONLINE);
      Future<CardRead> read = ((CardReader) device).read(LONG, () -> {});
      PlayedSwipe.type(keyboard, ";4000001234567899=29121015432112345678?");
      PlayedSwipe.enter(keyboard);
      assertThat(await(read)).isInstanceOf(CardRead.Card.class);
      await(device.close());
    }
    await(vertx.close());

    // When it was, and that it was a key; not which.
    String records = "(( [0-9A-F]{2}){18}( \\*\\*){6})+";
    List<String> heard =
        Files.readAllLines(file).stream().filter(line -> line.contains(" < ")).toList();
    assertThat(heard).isNotEmpty();
    for (String line : heard) assertThat(line.substring(line.indexOf('<') + 1)).matches(records);
  }

  private interface Act {
    void at(PlayedMachine machine);
  }

  private String recorded(DeviceKind kind, String driver, List<String> cassettes, Act act)
      throws IOException {
    Path file = folder.resolve("wires.trace");
    try (WireRecording _ = WireRecording.to(file);
        PlayedMachine machine = new PlayedMachine(folder, kind, driver, ANYWHERE, cassettes)) {
      act.at(machine);
    }
    return Files.readString(file);
  }

  private static void press(PlayedMachine machine, Key key) {
    SimPinPad keys = (SimPinPad) machine.mechanics();
    machine.handWhenPossible(
        () -> {
          if (!keys.activeKeys().contains(key)) throw new ImpossibleAct("not yet");
          keys.press(key);
        });
  }

  private static String ascii(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
