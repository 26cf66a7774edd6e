package atm.host.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.host.Host.DispenserAnswer;
import atm.value.DispenseToken;
import atm.value.Money;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens, against the worked examples of the protocol sheet, section 6: host key 00..1F, device
/// key 20..3F.
class DispenseTokensTest {
  private static final byte[] HOST = run(0x00);
  private static final byte[] DEVICE = run(0x20);
  private static final Money FIFTY = Money.parse("50 EUR");

  private final DispenseTokens tokens = new DispenseTokens(HOST, DEVICE);
  private final List<String> sheet = sheet();
  private final DispenseToken order = new DispenseToken(sheet.get(0));

  static Stream<Vectors> hmac() {
    return Vectors.of("mac.hmac-sha256");
  }

  @ParameterizedTest
  @MethodSource("hmac")
  void hmacSha256AsPublished(Vectors v) {
    assertThat(Crypto.hmacSha256(v.bytes("key"), v.bytes("message"))).isEqualTo(v.bytes("mac"));
  }

  @Test
  void theOrderIsTheSheets() {
    assertThat(tokens.order(Optional.of("254611E63B2531576314E86527338D61"), FIFTY))
        .isEqualTo(order);
  }

  @Test
  void aDeviceWithoutNonceGetsOneOfOurOwnEachTime() {
    DispenseToken first = tokens.order(Optional.empty(), FIFTY);

    assertThat(first.text()).matches("NONCE=[0-9A-F]{32},.*,DISPENSE1=50\\.00EUR,.*").hasSize(164);
    assertThat(tokens.order(Optional.empty(), FIFTY)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"abc", "''", "'12,DISPENSE1=999.00EUR'"})
  void aNonceThatCouldForgeATokenIsRefused(String nonce) {
    assertThatThrownBy(() -> tokens.order(Optional.of(nonce), FIFTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonce");
  }

  @Test
  void theSheetsAnswerAfterTaking() {
    assertThat(tokens.check(sheet.get(1), "86246A2F8D7E4C1B9A3F05D1C2B4E6F7", order))
        .isEqualTo(new DispenserAnswer.Genuine(FIFTY, true, false));
  }

  @Test
  void theSheetsAnswerAfterAnUncountedRetract() {
    assertThat(tokens.check(sheet.get(2), "1415", order))
        .isEqualTo(new DispenserAnswer.Genuine(FIFTY, true, true));
  }

  @Test
  void anAnswerToAnotherQuestionIsNotOurs() {
    assertNotGenuine(sheet.get(1), "1415", "another question");
  }

  @Test
  void anyOtherCharacterBreaksIt() {
    String token = sheet.get(2);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == '1' ? '2' : '1';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.check(changed, "1415", order))
          .as("character %d", i)
          .isInstanceOf(DispenserAnswer.NotGenuine.class);
    }
  }

  @Test
  void anAnswerSignedWithTheHostsKeyIsNotTheDevices() {
    assertNotGenuine(
        DispenseTokens.signed(HOST, "NONCE=1415", "DISPENSEID=" + order.id()), "1415", "HMAC");
  }

  @Test
  void aWrongLengthIsRefusedThoughItIsSigned() {
    String unsigned = "NONCE=1415,TOKENFORMAT=1,TOKENLENGTH=0001,DISPENSED1=50.00EUR,HMACSHA256=";
    String hmac =
        java.util.HexFormat.of()
            .withUpperCase()
            .formatHex(Crypto.hmacSha256(DEVICE, unsigned.getBytes(US_ASCII)));
    assertNotGenuine(unsigned + hmac, "1415", "length");
  }

  @Test
  void anotherDispenseIsNotOurs() {
    String other = "D".repeat(64);
    assertThat(
            tokens.check(
                answer("DISPENSEID=" + other + ",DISPENSED1=50.00EUR,PRESENTED1=NO,RETRACTED1=NO"),
                "1415",
                order))
        .isEqualTo(new DispenserAnswer.AboutAnother());
  }

  @Test
  void aDeviceThatNeverDispensedSaysSo() {
    assertThat(tokens.check(answer("PRESENTED1=NO"), "1415", order))
        .isEqualTo(new DispenserAnswer.AboutAnother());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DISPENSED1=50.00EUR,PRESENTED1=NO,RETRACTED1=NO | which dispense",
        "DISPENSEID=%s,PRESENTED1=NO,RETRACTED1=NO | how much",
        "DISPENSEID=%s,DISPENSED1=lots,PRESENTED1=NO,RETRACTED1=NO | how much",
        "DISPENSEID=%s,DISPENSED1=50.00XQQ,PRESENTED1=NO,RETRACTED1=NO | ISO 4217",
        "DISPENSEID=%s,DISPENSED1=50.00EUR,PRESENTED1=MAYBE,RETRACTED1=NO | presented",
        "DISPENSEID=%s,DISPENSED1=50.00EUR,DISPENSED2=1.00USD,PRESENTED1=NO,RETRACTED1=NO | two",
        "DISPENSEID=%s,DISPENSED1=1.00EUR,DISPENSED1=2.00EUR,PRESENTED1=NO | twice",
      })
  void aSignedAnswerThatSaysTooLittleIsNotBelieved(String values, String why) {
    assertNotGenuine(answer(values.formatted(order.id())), "1415", why);
  }

  @ParameterizedTest
  @MethodSource("grammar")
  void theGrammarAsPublished(Vectors v) {
    // None is signed with our key: a well-formed one gets as far as its HMAC.
    boolean wellFormed =
        Boolean.parseBoolean(v.text("wellFormed").toLowerCase(java.util.Locale.ROOT));
    assertNotGenuine(v.text("token"), "1", wellFormed ? "HMAC" : "no token of format 1");
  }

  static Stream<Vectors> grammar() {
    return Vectors.of("xfs4iot.dispense-token.grammar");
  }

  private static String answer(String values) {
    return DispenseTokens.signed(DEVICE, "NONCE=1415", values);
  }

  private void assertNotGenuine(String token, String nonce, String why) {
    assertThat(tokens.check(token, nonce, order))
        .isInstanceOfSatisfying(
            DispenserAnswer.NotGenuine.class, n -> assertThat(n.why()).contains(why));
  }

  private static byte[] run(int from) {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) key[i] = (byte) (from + i);
    return key;
  }

  private static List<String> sheet() {
    try (InputStream in = DispenseTokensTest.class.getResourceAsStream("/protocol/xfs4iot.md")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("NONCE="))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
