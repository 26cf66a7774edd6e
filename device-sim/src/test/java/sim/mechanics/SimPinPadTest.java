package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;
import static sim.mechanics.MechanicalFault.Kind.CANCELED;
import static sim.mechanics.MechanicalFault.Kind.KEY_NOT_FOUND;
import static sim.mechanics.MechanicalFault.Kind.KEY_NO_VALUE;
import static sim.mechanics.MechanicalFault.Kind.KEY_USE;
import static sim.mechanics.MechanicalFault.Kind.NO_PIN;
import static sim.mechanics.MechanicalFault.Kind.POWER_LOST;
import static sim.mechanics.MechanicalFault.Kind.STUCK_KEY;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.SimPinPad.Format;

class SimPinPadTest {
  // FIPS-197 C.1 and C.3 give key, plaintext and ciphertext, so the wrapped key is a published one.
  private static final byte[] KEK =
      hex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
  private static final byte[] WRAPPED = hex("8EA2B7CA516745BFEAFC49904B496089");
  private static final byte[] KEY = hex("00112233445566778899AABBCCDDEEFF");

  private static final KeyRequest PIN =
      new KeyRequest(
          EnumSet.range(Key.D0, Key.BACKSPACE), Set.of(Key.ENTER, Key.CANCEL), 4, 6, false, true);

  @TempDir Path folder;
  @AutoClose Bench bench;
  private SimPinPad pad;
  private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    pad = reopen(Optional.of(KEK));
    pad.listen(events::add);
  }

  @Test
  void aPinIsEnteredUsedOnceAndForgotten() {
    importPinKey();
    KeyEntry entry = types("12345", Key.BACKSPACE, Key.ENTER);

    assertThat(entry).isEqualTo(new KeyEntry(Optional.of(Key.ENTER), 4, List.of()));
    byte[] block = bench.await(() -> pad.pinBlock(Format.ISO4, "1234567890123456789", "PIN"));
    // Opened by the standard: AES⁻¹, XOR PAN field, AES⁻¹ gives control 4, length, PIN, fill A.
    byte[] opened = PinBlock.aesDecipher(KEY, block);
    byte[] pan = hex("71234567890123456789000000000000");
    for (int i = 0; i < 16; i++) {
      opened[i] ^= pan[i];
    }
    assertThat(HexFormat.of().formatHex(PinBlock.aesDecipher(KEY, opened)))
        .startsWith("441234aaaaaaaaaa");
    bench.fails(NO_PIN, () -> pad.pinBlock(Format.ISO4, "1234567890123456789", "PIN"));
  }

  @Test
  void listenersLearnThatADigitCameButNotWhich() {
    types("1234", Key.ENTER);
    assertThat(events)
        .filteredOn(event -> event instanceof DeviceEvent.KeyPressed)
        .containsExactly(
            new DeviceEvent.KeyPressed(Optional.empty(), 1),
            new DeviceEvent.KeyPressed(Optional.empty(), 2),
            new DeviceEvent.KeyPressed(Optional.empty(), 3),
            new DeviceEvent.KeyPressed(Optional.empty(), 4),
            new DeviceEvent.KeyPressed(Optional.of(Key.ENTER), 4));
  }

  @Test
  void enterTooEarlyAndDigitsTooManyDoNothing() {
    Future<KeyEntry> entry = bench.begin(() -> pad.enter(PIN));
    press("123");
    bench.run(() -> pad.press(Key.ENTER));
    assertThat(entry.isComplete()).isFalse();
    press("45678");
    assertThat(pad.digits()).isEqualTo(6);
    bench.run(() -> pad.press(Key.A)); // not live
    bench.run(() -> pad.press(Key.ENTER));
    assertThat(bench.done(entry).digits()).isEqualTo(6);
  }

  @Test
  void theCustomersCancelForgetsThePin() {
    assertThat(types("1234", Key.CANCEL).endedBy()).contains(Key.CANCEL);
    assertThat(pad.hasPin()).isFalse();
    assertThat(pad.digits()).isZero();
  }

  @Test
  void dataIsGivenBackAndTheLastDigitMayEndIt() {
    KeyRequest data = new KeyRequest(EnumSet.range(Key.D0, Key.D9), Set.of(), 0, 3, true, false);
    Future<KeyEntry> entry = bench.begin(() -> pad.enter(data));
    press("150");
    assertThat(bench.done(entry))
        .isEqualTo(new KeyEntry(Optional.empty(), 3, List.of(Key.D1, Key.D5, Key.D0)));
    importPinKey();
    bench.fails(NO_PIN, () -> pad.pinBlock(Format.ISO4, "4000001234567899", "PIN"));
  }

  @Test
  void anEntryEndsByCancelByPowerAndByAStuckKey() {
    Future<KeyEntry> canceled = bench.begin(() -> pad.enter(PIN));
    assertThat(bench.now(pad::cancelEntry)).isTrue();
    bench.fails(CANCELED, canceled);

    Future<KeyEntry> cut = bench.begin(() -> pad.enter(PIN));
    press("12");
    bench.run(pad::powerCut);
    bench.fails(POWER_LOST, cut);
    assertThat(pad.digits()).isZero();
    bench.run(() -> {});

    Future<KeyEntry> stuck = bench.begin(() -> pad.enter(PIN));
    bench.run(() -> pad.fault("stuck-key", When.ONCE));
    press("1");
    bench.fails(STUCK_KEY, stuck);
  }

  @Test
  void keysSurviveARestartButNotAnotherKekNorTheirLoss() throws Exception {
    importPinKey();
    assertThat(reopen(Optional.of(KEK)).keys()).hasSize(2);
    byte[] other = KEK.clone();
    other[0] ^= 1;
    assertThat(reopen(Optional.of(other)).keys()).extracting(PadKey::name).containsExactly("KEK01");
    assertThat(reopen(Optional.empty()).keys()).isEmpty();
    assertThat(Files.readString(folder.resolve("pad.json")).toUpperCase(java.util.Locale.ROOT))
        .doesNotContain(HexFormat.of().withUpperCase().formatHex(KEY));

    bench.run(() -> pad.fault("key-lost", When.NOW));
    assertThat(pad.keys()).isEmpty();
    bench.fails(KEY_NO_VALUE, this::imported);
    bench.run(() -> pad.clearFault("key-lost"));
    assertThat(pad.keys()).extracting(PadKey::name).containsExactly("KEK01");
  }

  @Test
  void aKeyServesTheUseItWasImportedForOnly() {
    importPinKey();
    types("1234", Key.ENTER);
    bench.fails(KEY_USE, () -> pad.pinBlock(Format.ISO0, "400000123456789", "PIN"));
    types("1234", Key.ENTER);
    bench.fails(KEY_USE, () -> pad.pinBlock(Format.ISO4, "4000001234567899", "KEK01"));
    types("1234", Key.ENTER);
    bench.fails(KEY_NOT_FOUND, () -> pad.pinBlock(Format.ISO4, "4000001234567899", "NONE"));
  }

  private void importPinKey() {
    PadKey key = bench.await(this::imported);
    // AES-128 of a zero block under this key, as any library computes it.
    assertThat(HexFormat.of().withUpperCase().formatHex(key.kcv())).isEqualTo("FDE4FB");
    assertThat(key.bits()).isEqualTo(128);
  }

  private Future<PadKey> imported() {
    return pad.importKey("PIN", "P0", "A", "E", SimPinPad.KEK, WRAPPED);
  }

  private KeyEntry types(String digits, Key... then) {
    Future<KeyEntry> entry = bench.begin(() -> pad.enter(PIN));
    press(digits);
    for (Key key : then) {
      bench.run(() -> pad.press(key));
    }
    return bench.done(entry);
  }

  private void press(String digits) {
    for (String digit : digits.split("")) {
      bench.run(() -> pad.press(Key.of(digit)));
    }
  }

  private SimPinPad reopen(Optional<byte[]> kek) {
    return bench.now(
        () -> new SimPinPad(bench.pace(0), bench.file("pad.json"), kek, new SecureRandom()));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
