package atm.driver.zt598;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.device.PinPadContract;
import atm.device.TestKeys;
import atm.driver.PlayedMachine;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.SimPinPad;
import sim.mechanics.When;

/// A ZT588 behind a socket.
class Zt588OverTcpTest extends PinPadContract {
  static final Pan PAN = new Pan("4000001234567899");

  @TempDir Path folder;
  private PlayedMachine machine;

  URI at() {
    return URI.create("tcp://localhost:0");
  }

  Map<String, String> settings() {
    return Map.of("model", "zt588");
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("device.keys"), "TMK01=" + HexFormat.of().formatHex(TestKeys.TMK));
    machine = new PlayedMachine(folder, DeviceKind.PIN_PAD, "zt598", at(), List.of(), settings());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private SimPinPad mechanics() {
    return (SimPinPad) machine.mechanics();
  }

  @Override
  protected PinPad pad() {
    return (PinPad) machine.device();
  }

  @Override
  protected PinBlock.Format format() {
    return PinBlock.Format.ISO_0;
  }

  @Override
  protected WrappedKey pinKey() {
    return TestKeys.TDES_PIN_KEY;
  }

  @Override
  protected void press(PinPad.Key... keys) {
    for (PinPad.Key key : keys) {
      sim.mechanics.Key theirs = sim.mechanics.Key.valueOf(key.name());
      machine.handWhenPossible(
          () -> {
            if (!mechanics().activeKeys().contains(theirs)) throw new ImpossibleAct("not yet");
            mechanics().press(theirs);
          });
    }
  }

  @Override
  protected void loseKeys() {
    machine.hand(() -> mechanics().fault("key-lost", When.NOW));
  }

  @Override
  protected void cutWire() {
    machine.hand(() -> mechanics().unplug());
  }

  @Override
  protected void mendWire() {
    machine.hand(() -> mechanics().plug());
  }

  private Future<PinPad.PinEntered> enterPin() {
    PinPad.Binding binding = new PinPad.Binding(PAN, format());
    Set<PinPad.Key> none = EnumSet.noneOf(PinPad.Key.class);
    return pad().enterPin(binding, 4, 6, none, LONG, () -> {}, _ -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"line-noise", "line-repeat", "line-drop"})
  void aLineThatIsDisturbedOnceLosesNoPin(String fault) {
    await(pad().importKey(pinKey()));
    machine.hand(() -> mechanics().fault(fault, When.ONCE));
    Future<PinPad.PinEntered> entered = enterPin();
    press(PinPad.Key.D1, PinPad.Key.D2, PinPad.Key.D3, PinPad.Key.D4, PinPad.Key.ENTER);

    assertThat(await(entered)).isEqualTo(new PinPad.PinEntered.Complete(4));
    assertThat(TestKeys.pinOf(await(pad().pinBlock(PAN, format())), PAN)).isEqualTo("1234");
  }

  @Test
  void aUnitThatWasTamperedWithIsAFaultUntilAPersonHasSeenToIt() {
    machine.hand(() -> mechanics().fault("code-DD", When.NOW));

    Fault fault = faultOf(enterPin());
    assertThat(fault.code()).isEqualTo(Fault.Code.SECURITY);
    assertThat(fault.detail()).contains("return code DD, it was tampered with");
    awaitState(pad(), DeviceStatus.State.FAULT);

    machine.hand(() -> mechanics().clearFault("code-DD"));
    await(pad().reset());
    awaitState(pad(), DeviceStatus.State.ONLINE);
  }

  @Test
  void aUnitThatWantsToBeAuthenticatedToSaysSo() {
    machine.hand(() -> mechanics().fault("code-EC", When.ONCE));

    Fault fault = faultOf(pad().importKey(pinKey()));
    assertThat(fault.code()).isEqualTo(Fault.Code.SECURITY);
    assertThat(fault.detail()).contains("authenticated");
  }

  @Test
  void anotherFormatOrKeyThanItKnowsIsRefusedBeforeAnythingIsTyped() {
    assertThat(pad().pinBlockFormats())
        .containsExactlyInAnyOrder(PinBlock.Format.ISO_0, PinBlock.Format.ISO_3);
    assertThat(faultOf(pad().pinBlock(PAN, PinBlock.Format.ISO_4)).code())
        .isEqualTo(Fault.Code.UNSUPPORTED);
    assertThat(faultOf(pad().importKey(TestKeys.PIN_KEY)).code()).isEqualTo(Fault.Code.UNSUPPORTED);
    PinPad.Binding tooShort = new PinPad.Binding(new Pan("400000123456"), format());
    Set<PinPad.Key> none = EnumSet.noneOf(PinPad.Key.class);
    assertThat(faultOf(pad().enterPin(tooShort, 4, 6, none, LONG, () -> {}, _ -> {})).code())
        .isEqualTo(Fault.Code.UNSUPPORTED);
  }

  @Test
  void aPinTypedForOneAccountGivesNoBlockForAnother() {
    await(pad().importKey(pinKey()));
    Future<PinPad.PinEntered> entered = enterPin();
    press(PinPad.Key.D1, PinPad.Key.D2, PinPad.Key.D3, PinPad.Key.D4, PinPad.Key.ENTER);
    await(entered);

    assertThat(faultOf(pad().pinBlock(new Pan("4000002345678906"), format())).code())
        .isEqualTo(Fault.Code.SEQUENCE);
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(pad().status().warnings()).isEmpty();
    if (settings().containsValue("zt588")) {
      assertThat(pad().identity())
          .isEqualTo("ZT588, hardware 1.0, software 1.0, serial number 0001");
    }
  }
}
