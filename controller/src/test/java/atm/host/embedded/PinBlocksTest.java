package atm.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.value.PinBlock;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// PIN blocks as others have published them.
class PinBlocksTest {
  private static final HexFormat HEX = HexFormat.of();

  static Stream<Vectors> clear() {
    return Stream.concat(Vectors.of("pinblock.iso0.clear"), Vectors.of("pinblock.iso3.clear"));
  }

  static Stream<Vectors> clearRejects() {
    return Stream.concat(Vectors.of("pinblock.iso0.reject"), Vectors.of("pinblock.iso3.reject"));
  }

  static Stream<Vectors> tdes() {
    return Vectors.of("pinblock.iso0.tdes-encrypted");
  }

  static Stream<Vectors> pinFields() {
    return Vectors.of("pinblock.iso4.pin-field");
  }

  static Stream<Vectors> panFields() {
    return Vectors.of("pinblock.iso4.pan-field");
  }

  static Stream<Vectors> aes() {
    return Vectors.of("pinblock.iso4.aes-encrypted");
  }

  static Stream<Vectors> aesRejects() {
    return Vectors.of("pinblock.iso4.reject");
  }

  @ParameterizedTest
  @MethodSource("clear")
  void formats0And3(Vectors v) {
    assertThat(text(PinBlocks.decodeClear(v.bytes("pinBlock"), format(v), v.text("pan"))))
        .isEqualTo(v.text("pin"));
  }

  @ParameterizedTest
  @MethodSource("clearRejects")
  void formats0And3Refused(Vectors v) {
    assertThatThrownBy(() -> PinBlocks.decodeClear(v.bytes("pinBlock"), format(v), v.text("pan")))
        .as(v.text("mustRejectBecause"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("PIN block");
  }

  @ParameterizedTest
  @MethodSource("tdes")
  void format0UnderTripleDes(Vectors v) {
    PinBlock block = new PinBlock(PinBlock.Format.ISO_0, "k", v.bytes("encryptedPinBlock"));
    assertThat(text(PinBlocks.decode(block, v.bytes("key"), v.text("pan"))))
        .isEqualTo(v.text("pin"));
  }

  @ParameterizedTest
  @MethodSource("pinFields")
  void format4PinField(Vectors v) {
    assertThat(text(PinBlocks.decodePinField4(v.bytes("pinField")))).isEqualTo(v.text("pin"));
  }

  @ParameterizedTest
  @MethodSource("panFields")
  void format4PanField(Vectors v) {
    assertThat(PinBlocks.panField4(v.text("pan"))).isEqualTo(v.bytes("panField"));
  }

  @ParameterizedTest
  @MethodSource("aes")
  void format4(Vectors v) {
    PinBlock block = new PinBlock(PinBlock.Format.ISO_4, "k", v.bytes("encryptedPinBlock"));
    assertThat(text(PinBlocks.decode(block, v.bytes("key"), v.text("pan"))))
        .isEqualTo(v.text("pin"));
  }

  @ParameterizedTest
  @MethodSource("aesRejects")
  void format4Refused(Vectors v) {
    PinBlock block = new PinBlock(PinBlock.Format.ISO_4, "k", v.bytes("encryptedPinBlock"));
    assertThatThrownBy(() -> PinBlocks.decode(block, v.bytes("key"), v.text("pan")))
        .as(v.text("mustRejectBecause"))
        .hasMessageStartingWith("PIN block cannot be read");
  }

  /// Neither of a block that was read nor of one that was refused does a digit stay in memory.
  @Test
  void whatHeldThePinIsFilledWithZeros() {
    Vectors good = Vectors.of("pinblock.iso0.clear").findFirst().orElseThrow();
    byte[] block = good.bytes("pinBlock");
    PinBlocks.decodeClear(block, 0, good.text("pan"));
    assertThat(block).containsOnly(0);

    byte[] otherPan = good.bytes("pinBlock");
    assertThatThrownBy(() -> PinBlocks.decodeClear(otherPan, 0, "4022345678909"))
        .hasMessageStartingWith("PIN block cannot be read");
    assertThat(otherPan).containsOnly(0);

    byte[] field = HEX.parseHex("4512345AAAAAAAAA517F9481BA5275FA");
    assertThat(text(PinBlocks.decodePinField4(field))).isEqualTo("12345");
    assertThat(field).containsOnly(0);
  }

  /// Four digits and twelve are PINs, three and thirteen are none; nor is a letter a digit.
  @ParameterizedTest
  @CsvSource({
    "441234F, its fill is wrong",
    "4412349, its fill is wrong",
    "431234, its length is not 4 to 12",
    "4D1234567890123, its length is not 4 to 12",
    "44123A, a digit is none",
    "34123456, control is not 4",
  })
  void aPinFieldThatIsNoneSaysWhatIsWrongAndNoDigit(String begin, String why) {
    String field = begin + "A".repeat(16 - begin.length()) + "517F9481BA5275FA";
    assertThatThrownBy(() -> PinBlocks.decodePinField4(HEX.parseHex(field)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PIN block cannot be read: " + why);
  }

  private static int format(Vectors v) {
    return v.kind().contains("iso0") ? 0 : 3;
  }

  private static String text(byte[] digits) {
    return new String(digits, StandardCharsets.US_ASCII);
  }
}
