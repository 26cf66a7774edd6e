package atm.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
  @ParameterizedTest
  @CsvSource({
    "60 EUR,6000",
    "12.34 EUR,1234",
    "0.05 EUR,5",
    "0.5 EUR,50",
    "1000 JPY,1000",
    "1.234 KWD,1234"
  })
  void anAmountIsReadToTheMinorUnit(String text, long minor) {
    assertThat(Money.parse(text).minor()).isEqualTo(minor);
    assertThat(Money.parse(Money.parse(text).toString())).isEqualTo(Money.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "60",
        "EUR 60",
        "-60 EUR",
        "60.005 EUR",
        "1.5 JPY",
        "1e3 EUR",
        "60 ZZZ",
        "60  EUR",
        "9999999999999999 EUR",
        "٦٠ EUR"
      })
  void whatIsNoAmountIsRefusedInWords(String text) {
    assertThatThrownBy(() -> Money.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"");
  }

  @Test
  void moneyNeverWrapsNeverTurnsNegativeNeverMixesCurrencies() {
    Money most = Money.of(Long.MAX_VALUE, "EUR");
    Money one = Money.of(1, "EUR");

    assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> one.minus(most)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.plus(Money.of(1, "USD"))).hasMessageContaining("not in EUR");
  }

  @Test
  void aCardNumberAndItsTrackNeverPrintWhole() {
    Track2 track = Track2.parse("4000001234567899=29122010000012300000");

    assertThat(track.toString()).isEqualTo("track 2 of 400000******7899");
    assertThat(track.expires()).isEqualTo(YearMonth.of(2029, 12));
    assertThat(track.serviceCode()).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "4000001234567899",
        "4000001234567899=2913201",
        "40000012345678x9=2912201",
        "4=2912201"
      })
  void aTrackThatIsNoneIsRefusedWithoutRepeatingIt(String track) {
    assertThatThrownBy(() -> Track2.parse(track))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("4000001234567899");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000009", "100000000", "10000000080", "1000OO0008", "1000000017"})
  void aMistypedAccountNumberIsNoticed(String digits) {
    assertThatThrownBy(() -> new AccountNumber(digits))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAccountNumberPrintsItsLastFourDigits() {
    assertThat(new AccountNumber("1000000008")).hasToString("******0008");
  }

  @Test
  void equalNotesAreEqualMixes() {
    assertThat(new Mix(Map.of("C1", 2, "C2", 0))).isEqualTo(new Mix(Map.of("C1", 2)));
    assertThatThrownBy(() -> new Counts(Map.of("C1", -1))).hasMessage("-1 notes from cassette C1");
  }

  @Test
  void aTokenIsNamedByItsHmac() {
    String hmac = "D981B110CE12FBA27CC5FC39ABFFC736F20641A674FBB2CBC263FDB3A9181366";
    DispenseToken token =
        new DispenseToken(
            "NONCE=254611E63B2531576314E86527338D61,TOKENFORMAT=1,TOKENLENGTH=0164,DISPENSE1=50.00EUR,HMACSHA256="
                + hmac);

    assertThat(token.id()).isEqualTo(hmac);
    assertThatThrownBy(() -> new DispenseToken("NONCE=1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
