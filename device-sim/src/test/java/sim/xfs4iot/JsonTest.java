package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read as a message, and what is not.
class JsonTest {
  @Test
  void amountsAreReadToTheLastDigit() {
    assertThat(Json.read("{\"EUR\":0.1}").getValue("EUR")).isEqualTo(new BigDecimal("0.1"));
    assertThat(Json.read("{\"EUR\":12345678901234.05}").getValue("EUR"))
        .isEqualTo(new BigDecimal("12345678901234.05"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "[]",
        "{\"a\":1} {}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":NaN}",
        "{\"a\":1e999999999}",
        "{\"a\":1e99999999999999}",
        "{\"a\":1e-100}",
        "{'a':1}",
        "{\"a\":1"
      })
  void theRestIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text));
  }

  @Test
  void deepNestingAndLongNumbersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("{\"a\":".repeat(65) + "1" + "}".repeat(65)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("{\"a\":" + "1".repeat(41) + "}"));
  }

  @Test
  void theComplaintQuotesNothingOfTheMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("{\"track2\":4000001234567899=x}"))
        .withMessageNotContaining("4000");
  }
}
