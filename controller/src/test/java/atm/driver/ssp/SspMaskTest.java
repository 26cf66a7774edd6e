package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a log may show of a line whose key can be had from what goes over it.
class SspMaskTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final String NUMBER = "01 02 03 04 05 06 07 08";

  private final SspMask mask = new SspMask();

  @ParameterizedTest
  @CsvSource({
    "4A, set generator",
    "4B, set modulus",
    "4C, the host's side of the exchange",
    "F0, the unit's side of the exchange"
  })
  void theNumbersOfAKeyExchangeAreHiddenAndWhichTheyWereIsNot(String code, String why) {
    assertThat(shown(packet(code + " " + NUMBER)))
        .as(why)
        .isEqualTo("7F 80 09 " + code + " ** ** ** ** ** ** ** ** ** **");
  }

  @Test
  void whatIsSealedIsHidden() {
    byte[] sealed = new EsspCipher(new byte[16], new SecureRandom()).seal(SspData.POLL);

    assertThat(shown(packet(HEX.formatHex(sealed)))).matches("7F 80 11 7E( \\*\\*){18,36}");
  }

  @Test
  void aDoubledByteInsideIsHiddenTwiceAndTheNextPacketIsReadAgain() {
    assertThat(shown("7F 80 09 4A 7F 7F 02 03 04 7F 7F 7F 7F 07 08 AA BB 7F 00 01 F0 20 0A"))
        .isEqualTo("7F 80 09 4A ** ** ** ** ** ** ** ** ** ** ** ** ** 7F 00 01 F0 20 0A");
  }

  @Test
  void aPacketThatIsCutDoesNotUncoverTheNextOne() {
    assertThat(shown("7F 80 09 F0 01 02 7F 80 09 F0 " + NUMBER + " AA BB"))
        .isEqualTo("7F 80 09 F0 ** ** ** 80 09 F0 ** ** ** ** ** ** ** ** ** **");
  }

  @Test
  void whatIsNoSecretStays() {
    for (String plain :
        new String[] {
          "7F 80 01 11 65 82", "7F 80 01 F0 23 80", "7F 00 02 F5 03 AA BB", "00 FF 7F 7F 12"
        }) {
      assertThat(shown(plain)).isEqualTo(plain);
    }
  }

  private static String packet(String data) {
    return HEX.formatHex(new SspPacket(true, 0, HEX.parseHex(data)).encoded());
  }

  private String shown(String hex) {
    StringBuilder shown = new StringBuilder();
    for (byte b : HEX.parseHex(hex)) shown.append(mask.hides(b) ? " **" : " %02X".formatted(b));
    return shown.substring(1);
  }
}
