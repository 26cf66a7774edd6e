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
  private static final String HMAC =
      "D981B110CE12FBA27CC5FC39ABFFC736F20641A674FBB2CBC263FDB3A9181366";

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
  void sumsAndComparisonsAreExact() {
    Money two = Money.parse("2.50 EUR");
    Money one = Money.parse("1.25 EUR");

    assertThat(one.plus(one)).isEqualTo(two).isEqualTo(one.times(2));
    assertThat(two.minus(one)).isEqualTo(one);
    assertThat(two.minus(two)).isEqualTo(Money.zero(two.currency()));
    assertThat(two.minus(two).isZero()).isTrue();
    assertThat(one.isZero()).isFalse();
    assertThat(two.isMoreThan(one)).isTrue();
    assertThat(one.isMoreThan(two)).isFalse();
    assertThat(one.isMoreThan(one)).isFalse();
    assertThat(two).isGreaterThan(one).isEqualByComparingTo(one.times(2));
    assertThat(Money.of(0, "EUR").isZero()).isTrue();
  }

  /// XXX has no minor unit; a machine that says it must not end in a failed print.
  @Test
  void moneyOfNoCurrencyPrintsToo() {
    assertThat(Money.of(500, "XXX")).hasToString("500 XXX");
    assertThat(Money.of(5, "EUR")).hasToString("0.05 EUR");
    assertThat(Money.of(123456, "KWD")).hasToString("123.456 KWD");
    assertThat(Money.of(7, "JPY")).hasToString("7 JPY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "79927398713",
        "4539578763621486",
        "1000000008",
        "0",
        "18",
        "91",
        "4000001234567899"
      })
  void checkDigitsThatAreRight(String digits) {
    assertThat(Luhn.isValid(digits)).isTrue();
    for (int wrong = 1; wrong < 10; wrong++) {
      int last = (digits.charAt(digits.length() - 1) - '0' + wrong) % 10;
      assertThat(Luhn.isValid(digits.substring(0, digits.length() - 1) + last)).isFalse();
    }
  }

  @Test
  void anAccountNumberIsCheckedAndFilledForThePinBlock() {
    assertThat(AccountNumber.isValid("1000000008")).isTrue();
    assertThat(AccountNumber.isValid("1000000009")).isFalse();
    assertThat(AccountNumber.isValid("18")).isFalse();
    assertThat(new AccountNumber("1000000008").forPinBlock().digits()).isEqualTo("0001000000008");
  }

  @Test
  void aPinBlockIsItsBytesAndPrintsNoneOfThem() {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
    PinBlock block = new PinBlock(PinBlock.Format.ISO_0, "k", bytes);
    bytes[0] = 9;
    block.encrypted()[1] = 9;

    assertThat(block.encrypted()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    PinBlock same = new PinBlock(PinBlock.Format.ISO_0, "k", block.encrypted());
    assertThat(block).isEqualTo(same).hasSameHashCodeAs(same).hasToString("PIN block ISO_0");
    assertThat(block.hashCode()).isEqualTo(java.util.Arrays.hashCode(block.encrypted()));
    assertThat(block)
        .isNotEqualTo(new PinBlock(PinBlock.Format.ISO_3, "k", block.encrypted()))
        .isNotEqualTo(new PinBlock(PinBlock.Format.ISO_0, "l", block.encrypted()))
        .isNotEqualTo(new PinBlock(PinBlock.Format.ISO_0, "k", new byte[8]))
        .isNotEqualTo("PIN block ISO_0");
    assertThatThrownBy(() -> new PinBlock(PinBlock.Format.ISO_4, "k", new byte[8]))
        .hasMessage("a PIN block of 8 bytes, wanted 16 for ISO_4");
  }

  @Test
  void aWrappedKeyKeepsItsBytesToItself() {
    byte[] value = {1, 2};
    byte[] check = {3, 4};
    WrappedKey key = new WrappedKey("pin", "P0", "A", "E", "kek", value, check);
    value[0] = 9;
    key.value()[1] = 9;
    check[0] = 9;
    key.checkValue()[1] = 9;

    assertThat(key.value()).containsExactly(1, 2);
    assertThat(key.checkValue()).containsExactly(3, 4);
    assertThat(key).hasToString("key pin");
  }

  @Test
  void transactionsAreCountedFromOneAndPrintSixDigits() {
    assertThatThrownBy(() -> new Stan(0)).hasMessage("transaction number 0");
    assertThat(new Stan(1)).hasToString("000001").isLessThan(new Stan(2));
    assertThat(new Stan(2)).isGreaterThan(new Stan(1)).isEqualByComparingTo(new Stan(2));
  }

  @Test
  void notesAreAddedUp() {
    assertThat(new Mix(Map.of("C1", 2, "C2", 3)).notes()).isEqualTo(5);
    assertThat(new Counts(Map.of("C1", 1)).notes()).isEqualTo(1);
    assertThat(Counts.NONE.notes()).isZero();
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
  @ValueSource(strings = {"1000000009", "1000000017"})
  void aMistypedAccountNumberIsNoticed(String digits) {
    assertThat(AccountNumber.isValid(digits)).isFalse();
    assertThatThrownBy(() -> new AccountNumber(digits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the check digit of account number " + digits + " is wrong");
  }

  /// The pad has neither letters nor other digits; a number from anywhere else cannot even be made.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10000000O8",
        "DE00000008",
        "100000000",
        "10000000080",
        "",
        " 1000000008",
        "١٠٠٠٠٠٠٠٠٨"
      })
  void anAccountNumberOfAnythingButTenDigitsIsRefused(String typed) {
    assertThat(AccountNumber.isValid(typed)).isFalse();
    assertThatThrownBy(() -> new AccountNumber(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an account number has 10 digits, not \"" + typed + "\"");
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
    DispenseToken token =
        new DispenseToken(
            "NONCE=254611E63B2531576314E86527338D61,TOKENFORMAT=1,TOKENLENGTH=0164,DISPENSE1=50.00EUR,HMACSHA256="
                + HMAC);

    assertThat(token.id()).isEqualTo(HMAC);
    assertThat(token).hasToString("dispense token D981B110");
    String longest = "A".repeat(1024 - 76) + ",HMACSHA256=" + "A".repeat(64);
    assertThat(new DispenseToken(longest).text()).hasSize(1024);
    assertThatThrownBy(() -> new DispenseToken("A" + longest))
        .hasMessage("a token of 1025 characters");
    assertThatThrownBy(() -> new DispenseToken("NONCE=1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The protocol sheet's order, section 6: its key is 00 to 1F.
  @Test
  void aTokenIsSignedWithItsOwnKeyAndNoOther() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) key[i] = (byte) i;
    byte[] nearly = key.clone();
    nearly[31] ^= 1;
    String order =
        "NONCE=254611E63B2531576314E86527338D61,TOKENFORMAT=1,TOKENLENGTH=0164,DISPENSE1=50.00EUR,HMACSHA256="
            + HMAC;

    assertThat(new DispenseToken(order).isSignedWith(key)).isTrue();
    assertThat(new DispenseToken(order).isSignedWith(nearly)).isFalse();
    assertThat(new DispenseToken(order.replace("50.00", "90.00")).isSignedWith(key)).isFalse();
  }
}
