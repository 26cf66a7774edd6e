package atm.driver.zt598;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.device.TestKeys;
import atm.driver.PlayedMachine;
import atm.driver.SheetTable;
import atm.value.Pan;
import atm.value.PinBlock;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.Key;
import sim.mechanics.SimPinPad;
import sim.mechanics.When;

/// Every return code of the sheet, played as the answer to what the driver asks.
class Zt598ErrorsTest {
  private static final Pan PAN = new Pan(PlayedMachine.ALICE.pan());
  private static final PinBlock.Format FORMAT = PinBlock.Format.ISO_3;

  /// Tampered with, locked, locked by its password, removal switch open.
  private static final Set<Integer> LASTING = Set.of(0xDD, 0xED, 0xFB, 0xFF);

  private static final Set<PinPad.Key> NO_FDKS = EnumSet.noneOf(PinPad.Key.class);

  @TempDir Path folder;
  private PlayedMachine machine;
  private PinPad pad;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("device.keys"), "TMK01=" + HexFormat.of().formatHex(TestKeys.TMK));
    URI at = URI.create("tcp://localhost:0");
    machine = new PlayedMachine(folder, DeviceKind.PIN_PAD, "zt598", at, List.of(), Map.of());
    pad = (PinPad) machine.device();
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  static Stream<Integer> codes() {
    // The last four are named in the sentence below the table.
    return Stream.concat(
        SheetTable.codes("szzt-zt588-zt598-epp.md", "## Return codes", 0, 2),
        Stream.of(0xDD, 0xF9, 0xFB, 0xFF));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void itIsToldWhateverWasAskedAndOnlySomeNeedAPerson(int code) {
    await(pad.importKey(TestKeys.TDES_PIN_KEY));
    await(typed());
    order(code);

    assertThat(faultOf(pad.pinBlock(PAN, FORMAT)).detail()).contains(named(code));
    assertThat(faultOf(entry()).detail()).contains(named(code));
    assertThat(faultOf(pad.importKey(TestKeys.TDES_PIN_KEY)).detail())
        .contains(named(code))
        .doesNotContain("says nothing");

    assertThat(pad.status().state())
        .isEqualTo(LASTING.contains(code) ? DeviceStatus.State.FAULT : DeviceStatus.State.ONLINE);
    machine.hand(() -> mechanics().clearFault(kind(code)));
    await(pad.importKey(TestKeys.TDES_PIN_KEY));
    await(typed());
    assertThat(TestKeys.pinOf(await(pad.pinBlock(PAN, FORMAT)), PAN)).isEqualTo("1234");
  }

  /// What a unit says of keys that it misses must not be overlooked when the next PIN is typed.
  @ParameterizedTest
  @ValueSource(ints = {0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7})
  void aRefusalAboutKeysLeavesNoKeyToRelyOn(int code) {
    await(pad.importKey(TestKeys.TDES_PIN_KEY));
    String key = TestKeys.TDES_PIN_KEY.name();
    assertThat(await(pad.hasKey(key))).isTrue();
    await(typed());
    order(code);
    faultOf(pad.pinBlock(PAN, FORMAT));
    machine.hand(() -> mechanics().clearFault(kind(code)));

    assertThat(await(pad.hasKey(key))).isFalse();
  }

  /// D0 to DE and F1 to FF exist; of most the sheet has no meaning.
  @Test
  void aCodeWithoutAMeaningIsAFaultOfTheHardware() {
    for (int code = 0xD0; code <= 0xFF; code++) {
      PadRefusal refusal = new PadRefusal(code);
      assertThat(refusal).hasMessageContaining(named(code));
      if (refusal.getMessage().contains("says nothing")) {
        assertThat(refusal.faultCode()).isEqualTo(Fault.Code.HARDWARE);
        assertThat(refusal.isLasting()).isFalse();
      }
    }
  }

  private Future<PinPad.PinEntered> entry() {
    PinPad.Binding binding = new PinPad.Binding(PAN, FORMAT);
    return pad.enterPin(binding, 4, 4, NO_FDKS, Duration.ofSeconds(60), () -> {}, _ -> {});
  }

  private Future<PinPad.PinEntered> typed() {
    Future<PinPad.PinEntered> entry = entry();
    for (Key key : List.of(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER)) {
      machine.handWhenPossible(
          () -> {
            if (!mechanics().activeKeys().contains(key)) throw new ImpossibleAct("not yet");
            mechanics().press(key);
          });
    }
    return entry;
  }

  private void order(int code) {
    machine.hand(() -> mechanics().fault(kind(code), When.NOW));
  }

  private SimPinPad mechanics() {
    return (SimPinPad) machine.mechanics();
  }

  private static String kind(int code) {
    return "code-%02X".formatted(code);
  }

  private static String named(int code) {
    return "return code %02X".formatted(code);
  }
}
