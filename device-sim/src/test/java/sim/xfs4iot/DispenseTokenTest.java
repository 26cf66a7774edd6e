package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens as the sheet works them out, and bent ones.
class DispenseTokenTest {
  static Stream<List<String>> signed() {
    return Stream.concat(Vectors.of("dispense"), Vectors.of("response"));
  }

  static Stream<List<String>> malformed() {
    return Vectors.of("malformed");
  }

  @ParameterizedTest
  @MethodSource("signed")
  void theWorkedExamplesAreGenuineAndCanBeMadeAgain(List<String> vector) {
    byte[] key = HexFormat.of().parseHex(vector.get(0));
    DispenseToken token = DispenseToken.parse(vector.get(1));
    assertThat(token.isSignedWith(key)).isTrue();

    int fields = vector.get(1).indexOf(',', vector.get(1).indexOf("TOKENLENGTH=")) + 1;
    String signed = vector.get(1).substring(fields, vector.get(1).indexOf("HMACSHA256="));
    assertThat(DispenseToken.sign(token.nonce(), signed, key).text()).isEqualTo(vector.get(1));

    key[31] ^= 1;
    assertThat(token.isSignedWith(key)).isFalse();
  }

  @Test
  void aTokenOfAnUnknownKeyIsReadAllTheSame() {
    Vectors.of("wellformed").forEach(vector -> DispenseToken.parse(vector.get(0)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedTokensAreRefused(List<String> vector) {
    assertThatIllegalArgumentException().isThrownBy(() -> DispenseToken.parse(vector.get(0)));
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    List<String> vector = Vectors.of("dispense").findFirst().orElseThrow();
    byte[] key = HexFormat.of().parseHex(vector.get(0));
    for (int i = 0; i < vector.get(1).length(); i++) {
      char other = vector.get(1).charAt(i) == '1' ? '2' : '1';
      String bent = vector.get(1).substring(0, i) + other + vector.get(1).substring(i + 1);
      assertThat(isGenuine(bent, key)).as(bent).isFalse();
    }
    for (int i = 0; i < vector.get(1).length(); i++) {
      assertThat(isGenuine(vector.get(1).substring(0, i), key)).isFalse();
      assertThat(isGenuine(vector.get(1).substring(i + 1), key)).isFalse();
    }
    assertThat(isGenuine(vector.get(1) + "\n", key)).isFalse();
  }

  @Test
  void aKeyThatStandsTwiceIsNoToken() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DispenseToken.sign("1", "DISPENSE1=1.00EUR,DISPENSE1=2.00EUR,", new byte[32]));
  }

  private static boolean isGenuine(String text, byte[] key) {
    try {
      return DispenseToken.parse(text).isSignedWith(key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
