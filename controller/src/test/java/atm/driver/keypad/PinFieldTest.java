package atm.driver.keypad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Published PIN blocks of format 4.
class PinFieldTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private static Stream<Map<String, String>> vectors(String kind) throws IOException {
    try (InputStream in = PinFieldTest.class.getResourceAsStream("/protocol/pin-block.vectors")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(kind + " "))
          .map(
              line ->
                  Stream.of(line.split(" from=")[0].split(" "))
                      .skip(1)
                      .map(word -> word.split("="))
                      .collect(Collectors.toMap(w -> w[0], w -> w[1])));
    }
  }

  static Stream<Map<String, String>> pinFields() throws IOException {
    return vectors("iso4.pin-field");
  }

  static Stream<Map<String, String>> panFields() throws IOException {
    return vectors("iso4.pan-field");
  }

  static Stream<Map<String, String>> blocks() throws IOException {
    return vectors("iso4.aes-encrypted");
  }

  @ParameterizedTest
  @MethodSource("pinFields")
  void pinField(Map<String, String> given) {
    assertThat(
            HEX.formatHex(
                PinField.pinField(digits(given.get("pin")), HEX.parseHex(given.get("random")))))
        .isEqualTo(given.get("pinField"));
  }

  @ParameterizedTest
  @MethodSource("panFields")
  void panField(Map<String, String> given) {
    assertThat(HEX.formatHex(PinField.panField(given.get("pan")))).isEqualTo(given.get("panField"));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void block(Map<String, String> given) {
    byte[] block =
        PinField.encrypted(
            HEX.parseHex(given.get("key")),
            digits(given.get("pin")),
            given.get("pan"),
            HEX.parseHex(given.get("random")));

    assertThat(HEX.formatHex(block)).isEqualTo(given.get("encryptedPinBlock"));
  }

  private static byte[] digits(String pin) {
    byte[] digits = pin.getBytes(StandardCharsets.US_ASCII);
    byte[] numbers = Arrays.copyOf(digits, digits.length);
    for (int i = 0; i < numbers.length; i++) numbers[i] -= '0';
    return numbers;
  }
}
