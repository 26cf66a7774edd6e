package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.PinPad.Key;
import atm.device.PinPad.PinEntered;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What any encrypting PIN pad does. A driver is done when it passes this over its own wire, with
/// hands that press keys.
public abstract class PinPadContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  private static final Pan PAN = new Pan("4000001234567899");
  private static final Set<Key> NO_FDKS = EnumSet.noneOf(Key.class);

  /// Opened, and in service; its key-encryption key is that of `TestKeys`.
  protected abstract PinPad pad();

  /// Presses keys one after the other, each as soon as it is live.
  protected abstract void press(Key... keys);

  protected abstract void loseKeys();

  protected abstract void cutWire();

  protected abstract void mendWire();

  @Test
  void aPinIsCountedAndComesOutAsABlockAlone() {
    await(pad().importKey(TestKeys.PIN_KEY));
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    Future<PinEntered> entered = pad().enterPin(4, 6, NO_FDKS, LONG, () -> {}, counts::add);
    press(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);

    assertThat(await(entered)).isEqualTo(new PinEntered.Complete(4));
    assertThat(counts).containsExactly(1, 2, 3, 4);
    PinBlock block = await(pad().pinBlock(PAN, PinBlock.Format.ISO_4));
    assertThat(block.keyName()).isEqualTo(TestKeys.PIN_KEY.name());
    assertThat(TestKeys.pinOf(block, PAN)).isEqualTo("1234");
  }

  @Test
  void clearAndBackspaceTakeDigitsBack() {
    await(pad().importKey(TestKeys.PIN_KEY));
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    Future<PinEntered> entered = pad().enterPin(4, 6, NO_FDKS, LONG, () -> {}, counts::add);
    press(Key.D9, Key.D9, Key.CLEAR, Key.D2, Key.D5, Key.D7, Key.BACKSPACE, Key.D8, Key.D0);
    press(Key.ENTER);

    assertThat(await(entered)).isEqualTo(new PinEntered.Complete(4));
    assertThat(counts).containsExactly(1, 2, 0, 1, 2, 3, 2, 3, 4);
    assertThat(TestKeys.pinOf(await(pad().pinBlock(PAN, PinBlock.Format.ISO_4)), PAN))
        .isEqualTo("2580");
  }

  @Test
  void aPinIsUsedOnce() {
    await(pad().importKey(TestKeys.PIN_KEY));
    Future<PinEntered> entered = pad().enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
    press(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    await(entered);
    await(pad().pinBlock(PAN, PinBlock.Format.ISO_4));

    assertThat(faultOf(pad().pinBlock(PAN, PinBlock.Format.ISO_4)).code())
        .isEqualTo(Fault.Code.SEQUENCE);
  }

  @Test
  void cancelOrAnFdkEndsAPinEntryWithoutAPin() {
    await(pad().importKey(TestKeys.PIN_KEY));
    Future<PinEntered> cancelled = pad().enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
    press(Key.D1, Key.CANCEL);
    assertThat(await(cancelled)).isEqualTo(new PinEntered.EndedBy(Key.CANCEL));

    Future<PinEntered> corrected = pad().enterPin(4, 6, EnumSet.of(Key.I), LONG, () -> {}, _ -> {});
    press(Key.I);
    assertThat(await(corrected)).isEqualTo(new PinEntered.EndedBy(Key.I));
    assertThat(faultOf(pad().pinBlock(PAN, PinBlock.Format.ISO_4)).code())
        .isEqualTo(Fault.Code.SEQUENCE);
  }

  @Test
  void keysAreToldAndTheEndIsTheAnswer() {
    List<Key> pressed = Collections.synchronizedList(new ArrayList<>());
    Set<Key> live = EnumSet.range(Key.D0, Key.CANCEL);
    live.addAll(EnumSet.of(Key.A, Key.F));
    Future<Key> end =
        pad().readKeys(live, EnumSet.of(Key.A, Key.F, Key.ENTER), LONG, () -> {}, pressed::add);
    press(Key.D6, Key.D0, Key.F);

    assertThat(await(end)).isEqualTo(Key.F);
    assertThat(pressed).containsExactly(Key.D6, Key.D0);
  }

  @Test
  void eachFdkIsItsOwn() {
    for (Key fdk : EnumSet.range(Key.A, Key.I)) {
      Future<Key> end =
          pad().readKeys(EnumSet.range(Key.A, Key.I), EnumSet.of(fdk), LONG, () -> {}, _ -> {});
      press(fdk);
      assertThat(await(end)).isEqualTo(fdk);
    }
  }

  @Test
  void whenNobodyPressesTheEntryTimesOut() {
    assertThat(faultOf(pad().enterPin(4, 6, NO_FDKS, SHORT, () -> {}, _ -> {})).code())
        .isEqualTo(Fault.Code.TIMEOUT);
    assertThat(
            faultOf(pad().readKeys(EnumSet.of(Key.A), EnumSet.of(Key.A), SHORT, () -> {}, _ -> {}))
                .code())
        .isEqualTo(Fault.Code.TIMEOUT);
  }

  @Test
  void cancellingTwiceOrForNothingDoesNoHarm() {
    await(pad().cancel());
    Future<Key> end = pad().readKeys(EnumSet.of(Key.A), EnumSet.of(Key.A), LONG, () -> {}, _ -> {});
    Future<Void> first = pad().cancel();
    await(pad().cancel());
    await(first);

    assertThat(faultOf(end).code()).isEqualTo(Fault.Code.CANCELED);
    Future<Key> again =
        pad().readKeys(EnumSet.of(Key.A), EnumSet.of(Key.A), LONG, () -> {}, _ -> {});
    press(Key.A);
    assertThat(await(again)).isEqualTo(Key.A);
  }

  @Test
  void aKeyWithAWrongCheckValueIsNotTaken() {
    WrappedKey good = TestKeys.PIN_KEY;
    byte[] wrong = {1, 2, 3};

    Fault fault =
        faultOf(
            pad()
                .importKey(
                    new WrappedKey(
                        good.name(),
                        good.usage(),
                        good.algorithm(),
                        good.modeOfUse(),
                        good.wrappedBy(),
                        good.value(),
                        wrong)));

    assertThat(fault.code()).isEqualTo(Fault.Code.SECURITY);
    assertThat(fault.detail()).contains(good.name());
  }

  @Test
  void thePadTellsWhetherItStillHasItsKey() {
    assertThat(await(pad().hasKey(TestKeys.PIN_KEY.name()))).isFalse();
    await(pad().importKey(TestKeys.PIN_KEY));
    assertThat(await(pad().hasKey(TestKeys.PIN_KEY.name()))).isTrue();
    await(pad().importKey(TestKeys.PIN_KEY));

    loseKeys();

    assertThat(await(pad().hasKey(TestKeys.PIN_KEY.name()))).isFalse();
    assertThat(faultOf(enteredBlock()).code()).isEqualTo(Fault.Code.SECURITY);
  }

  @Test
  void aCutWireEndsTheEntryAndHealsByItself() {
    Future<PinEntered> entered = pad().enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
    press(Key.D1);
    cutWire();

    assertThat(faultOf(entered).code()).isEqualTo(Fault.Code.OFFLINE);
    await(pad().cancel());
    mendWire();
    awaitState(pad(), DeviceStatus.State.ONLINE);
    Future<Key> end = pad().readKeys(EnumSet.of(Key.A), EnumSet.of(Key.A), LONG, () -> {}, _ -> {});
    press(Key.A);
    assertThat(await(end)).isEqualTo(Key.A);
  }

  @Test
  void closingEndsTheEntry() {
    Future<PinEntered> entered =
        pad().enterPin(4, 6, NO_FDKS, Duration.ofMinutes(5), () -> {}, _ -> {});
    await(pad().close());

    assertThat(faultOf(entered).code()).isEqualTo(Fault.Code.OFFLINE);
  }

  private Future<PinBlock> enteredBlock() {
    Future<PinEntered> entered = pad().enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
    press(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    await(entered);
    return pad().pinBlock(PAN, PinBlock.Format.ISO_4);
  }
}
