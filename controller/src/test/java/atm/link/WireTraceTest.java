package atm.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTraceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"payload\":{\"pinBlock\":\"SECRET\"}}",
        "{\"payload\":{\"customerData\" : \"SECRET\",\"key\":\"PinKey01\"}}",
        "{\"payload\":{\"track2\":{\"status\":\"ok\",\"data\":\"SECRET\"}}}",
        "{\"payload\":{\"value\":\"SECRET\",\"verificationData\":\"SECRET\"}}",
        "{\"payload\":{\"token\":\"NONCE=1,SECRET\"}}",
        "{\"payload\":{\"digit\":\"SECRET\"}}",
        "{\"payload\":{\"data\":\"a\\\"SECRET\"}}",
        "{\"payload\":{\"data\":\"SECRET"
      })
  void secretsAreMasked(String message) {
    assertThat(WireTrace.masked(message)).doesNotContain("SECRET").contains("***");
  }

  @Test
  void whatIsNoSecretStays() {
    String message = "{\"header\":{\"name\":\"PinPad.GetPinBlock\"},\"payload\":{\"value\":20}}";

    assertThat(WireTrace.masked(message)).isEqualTo(message);
  }

  @Test
  void aSecretCutInTheMiddleOfALongMessageIsMaskedToo() {
    String message =
        "{\"a\":\"" + "x".repeat(3980) + "\",\"data\":\"SECRET" + "x".repeat(2_000_000);

    assertThat(WireTrace.masked(message)).doesNotContain("SECRET").hasSizeLessThan(4100);
  }
}
