package atm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Keys ceremony() {
    return Keys.ceremony(dir, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private Path controller() {
    return dir.resolve(Keys.CONTROLLER_FILE);
  }

  private Path device() {
    return dir.resolve(Keys.DEVICE_FILE);
  }

  @Test
  void bothSidesGetTheKeysTheyShareAndNoOthers() throws IOException {
    Keys keys = ceremony();
    String device = Files.readString(device());

    assertThat(device.lines().map(l -> l.substring(0, l.indexOf('='))))
        .containsExactlyInAnyOrder(
            "XFSAuthenticateHost", "XFSAuthenticateDevice", "KEK01", "TMK01");
    assertThat(device)
        .contains("KEK01=" + hex(keys.host().keyEncryption()))
        .contains("XFSAuthenticateHost=" + hex(keys.host().authenticateHost()))
        .contains("XFSAuthenticateDevice=" + hex(keys.host().authenticateDevice()));
    assertThat(keys.host().pin()).isNotEqualTo(new byte[16]);
  }

  @Test
  void whatWasMadeIsLoadedAgain() {
    Keys made = ceremony();
    Keys loaded = Keys.load(dir);

    assertThat(loaded.ledger().database()).isEqualTo(made.ledger().database());
    assertThat(loaded.ledger().journal()).isEqualTo(made.ledger().journal());
    assertThat(loaded.host().pinPepper()).isEqualTo(made.host().pinPepper());
    assertThat(loaded.host().pin()).isEqualTo(made.host().pin());
  }

  @Test
  void nobodyElseMayReadThemAndNothingIsLeftBehind() throws IOException {
    ceremony();

    for (Path file : new Path[] {controller(), device()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (Stream<Path> files = Files.walk(dir).filter(Files::isRegularFile)) {
      assertThat(files).containsExactlyInAnyOrder(controller(), device());
    }
  }

  @Test
  void checkValuesArePrintedAndKeysAreNot() throws IOException {
    Keys keys = ceremony();
    String printed = out.toString(StandardCharsets.UTF_8);

    assertThat(printed.lines()).hasSize(10).allMatch(l -> l.matches("\\w+ +[0-9A-F]{6}"));
    assertThat(keys.toString() + keys.ledger() + keys.host())
        .doesNotContain(hex(keys.host().pin()).substring(0, 8));
  }

  @Test
  void theCheckValueOfAnAesKeyIsThatOfZeros() {
    // FIPS 197 has none for zeros; AES-128 of zeros under a zero key: 66E94BD4EF8A2C3B… (NIST GCM
    // test case 1, H)
    assertThat(hex(Keys.checkValue("PinKey01", new byte[16]))).isEqualTo("66E94B");
  }

  @Test
  void keysAreNeverOverwritten() throws IOException {
    ceremony();
    String before = Files.readString(controller());

    assertThatThrownBy(this::ceremony).hasMessageContaining("never overwritten");
    Files.delete(controller());
    assertThatThrownBy(this::ceremony).hasMessageContaining("device.keys");
    assertThat(before).isNotEmpty();
  }

  @Test
  void olderFilesGetTheKeysTheyLackAndKeepTheirOthers() throws IOException {
    Keys made = ceremony();
    for (Path file : new Path[] {controller(), device()}) {
      Files.writeString(file, Files.readString(file).replaceAll("(TMK01|PinKey02)=.*\n", ""));
    }
    assertThat(Keys.load(dir).host().tdes()).isEmpty();
    out.reset();

    Keys all = Keys.add(dir, new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(all.host().keyEncryption()).isEqualTo(made.host().keyEncryption());
    assertThat(all.ledger().journal()).isEqualTo(made.ledger().journal());
    byte[] master = all.host().tdes().orElseThrow().master();
    assertThat(Files.readString(device())).contains("TMK01=" + hex(master)).contains("KEK01=");
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(l -> l.split(" ")[0]))
        .containsExactlyInAnyOrder("TMK01", "PinKey02");
    for (byte b : master) assertThat(Integer.bitCount(b & 0xFF) % 2).as("odd parity").isOne();

    Keys again = Keys.add(dir, new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(again.host().tdes().orElseThrow().master()).isEqualTo(master);
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    ceremony();
    Files.setPosixFilePermissions(controller(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> Keys.load(dir))
        .isInstanceOf(Keys.KeyFileException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aMissingOrGarbledKeyIsNamedWithoutItsValue() throws IOException {
    ceremony();
    String text = Files.readString(controller());
    Files.writeString(controller(), text.replaceAll("KEK01=.*", "KEK01=ABCDXYZ"));
    assertThatThrownBy(() -> Keys.load(dir))
        .hasMessageContaining("KEK01 is not 32 bytes in hex")
        .message()
        .doesNotContain("ABCD");

    Files.writeString(controller(), text.replaceAll("Journal=.*\n", ""));
    assertThatThrownBy(() -> Keys.load(dir)).hasMessageContaining("Journal is missing");
  }

  @Test
  void noFileSaysHowToMakeOne() {
    assertThat(Keys.exist(dir)).isFalse();
    assertThatThrownBy(() -> Keys.load(dir)).hasMessageContaining("./atm keys");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
