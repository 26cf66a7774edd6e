package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import atm.device.PinPad.Key;
import atm.device.PinPad.PinEntered;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
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

  /// A format that the pad makes, and the key for it.
  protected PinBlock.Format format() {
    return PinBlock.Format.ISO_4;
  }

  protected WrappedKey pinKey() {
    return TestKeys.PIN_KEY;
  }

  /// Whether it says so when it is asked, and not only when the key is used.
  protected boolean tellsOfLostKeys() {
    return true;
  }

  private Future<PinEntered> enterPin(
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    PinPad.Binding binding = new PinPad.Binding(PAN, format());
    return pad().enterPin(binding, minDigits, maxDigits, fdks, within, live, digits);
  }

  protected abstract void cutWire();

  protected abstract void mendWire();

  @Test
  void aPinIsCountedAndComesOutAsABlockAlone() {
    await(pad().importKey(pinKey()));
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, LONG, () -> {}, counts::add);
    press(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);

    assertThat(await(entered)).isEqualTo(new PinEntered.Complete(4));
    assertThat(counts).containsExactly(1, 2, 3, 4);
    PinBlock block = await(pad().pinBlock(PAN, format()));
    assertThat(block.keyName()).isEqualTo(pinKey().name());
    assertThat(TestKeys.pinOf(block, PAN)).isEqualTo("1234");
  }

  @Test
  void clearTakesDigitsBack() {
    await(pad().importKey(pinKey()));
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, LONG, () -> {}, counts::add);
    press(Key.D9, Key.D9, Key.CLEAR, Key.D2, Key.D5, Key.D8, Key.D0, Key.ENTER);

    assertThat(await(entered)).isEqualTo(new PinEntered.Complete(4));
    assertThat(counts).containsExactly(1, 2, 0, 1, 2, 3, 4);
    assertThat(TestKeys.pinOf(await(pad().pinBlock(PAN, format())), PAN)).isEqualTo("2580");
  }

  @Test
  void backspaceTakesOneDigitBack() {
    assumeTrue(pad().capabilities().keys().contains(Key.BACKSPACE));
    await(pad().importKey(pinKey()));
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, LONG, () -> {}, counts::add);
    press(Key.D2, Key.D5, Key.D7, Key.BACKSPACE, Key.D8, Key.D0, Key.ENTER);

    assertThat(await(entered)).isEqualTo(new PinEntered.Complete(4));
    assertThat(counts).containsExactly(1, 2, 3, 2, 3, 4);
    assertThat(TestKeys.pinOf(await(pad().pinBlock(PAN, format())), PAN)).isEqualTo("2580");
  }

  @Test
  void aPinIsUsedOnce() {
    await(pad().importKey(pinKey()));
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
    press(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    await(entered);
    await(pad().pinBlock(PAN, format()));

    assertThat(faultOf(pad().pinBlock(PAN, format())).code()).isEqualTo(Fault.Code.SEQUENCE);
  }

  @Test
  void cancelOrAnFdkEndsAPinEntryWithoutAPin() {
    await(pad().importKey(pinKey()));
    Future<PinEntered> cancelled = enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
    press(Key.D1, Key.CANCEL);
    assertThat(await(cancelled)).isEqualTo(new PinEntered.EndedBy(Key.CANCEL));

    Future<PinEntered> corrected = enterPin(4, 6, EnumSet.of(Key.I), LONG, () -> {}, _ -> {});
    press(Key.I);
    assertThat(await(corrected)).isEqualTo(new PinEntered.EndedBy(Key.I));
    assertThat(faultOf(pad().pinBlock(PAN, format())).code()).isEqualTo(Fault.Code.SEQUENCE);
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
    await(pad().importKey(pinKey()));
    assertThat(faultOf(enterPin(4, 6, NO_FDKS, SHORT, () -> {}, _ -> {})).code())
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
    WrappedKey good = pinKey();
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
    assertThat(await(pad().hasKey(pinKey().name()))).isFalse();
    await(pad().importKey(pinKey()));
    assertThat(await(pad().hasKey(pinKey().name()))).isTrue();
    await(pad().importKey(pinKey()));

    loseKeys();

    if (tellsOfLostKeys()) assertThat(await(pad().hasKey(pinKey().name()))).isFalse();
    assertThat(faultOf(enteredBlock()).code()).isEqualTo(Fault.Code.SECURITY);
    assertThat(await(pad().hasKey(pinKey().name()))).isFalse();
  }

  @Test
  void aCutWireEndsTheEntryAndHealsByItself() {
    await(pad().importKey(pinKey()));
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, LONG, () -> {}, _ -> {});
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
    await(pad().importKey(pinKey()));
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, Duration.ofMinutes(5), () -> {}, _ -> {});
    await(pad().close());

    assertThat(faultOf(entered).code()).isEqualTo(Fault.Code.OFFLINE);
  }

  /// A pad may say when it is to take a PIN already that it has no key for it.
  private Future<PinBlock> enteredBlock() {
    Promise<Void> live = Promise.promise();
    Future<PinEntered> entered = enterPin(4, 6, NO_FDKS, LONG, live::complete, _ -> {});
    await(Future.any(live.future(), entered.otherwiseEmpty()));
    if (!entered.isComplete()) press(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    return entered.compose(_ -> pad().pinBlock(PAN, format()));
  }
}
