package atm.driver.swipe;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CardReader.CardRead;
import atm.value.Track2;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is made of the characters of a swipe, those of the sheet first.
class SwipeTest {
  private static final String TRACK_2 = ";4111111111111111=25121015432112345678?";

  static Stream<String> vectors() throws IOException {
    try (InputStream in = SwipeTest.class.getResourceAsStream("/protocol/usb-keys.vectors")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.matches("(swipe|lrc) .*"));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void asTheSheetSays(String line) {
    String[] parts = line.split(" ", 2)[1].split(" = ");
    assertThat(said(swiped(parts[0], line.startsWith("lrc")))).contains(parts[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "%B4111111111111111^TEST/CARD^25121015432112345678?;4111111111111111=26011015432112345678?,"
        + " disagree",
    ";4111111111111111=25131015432112345678?, month 13",
    ";4111111111111111=25121015432112345678?x, no start sentinel",
    ";411111111111111125121015432112345678?, not PAN=YYMM",
    ";4111111111111111=251210154321123456789012?, 'track 2 of 41 characters, wanted 37'",
    "%B4111111111111111^TEST^251?, 'not B, PAN, name'",
    "%B4111111111111111^TEST^25121010?;E?+, no end sentinel"
  })
  void badCardsAreRefusedWithAReason(String typed, String why) {
    assertThat(swiped(typed, false)).isInstanceOf(CardRead.Unreadable.class);
    assertThat(said(swiped(typed, false))).contains(why).doesNotContain("41111111");
  }

  @Test
  void aThirdTrackIsOfNoInterest() {
    assertThat(said(swiped(TRACK_2 + ";123456789=1?", false))).startsWith("4111111111111111");
    assertThat(said(swiped(TRACK_2 + "+123456789=1?", false))).startsWith("4111111111111111");
  }

  @Test
  void anLrcIsCheckedWhereTheReaderTypesIt() {
    String right = TRACK_2 + lrcOf(TRACK_2);
    assertThat(said(swiped(right, true))).startsWith("4111111111111111");

    assertThat(said(swiped(right.replace("2512", "2511"), true))).contains("wrong LRC");
    assertThat(said(swiped(TRACK_2, true))).contains("no LRC");
  }

  @Test
  void moreThanAnyCardHoldsIsRefused() {
    assertThat(said(swiped("%" + "9".repeat(10_000), false))).contains("more than 228");
  }

  @Test
  void nothingIsLeftOfACardThatWasRead() {
    Swipe swipe = new Swipe(false);
    type(swipe, TRACK_2);
    swipe.read();

    assertThat(said(swipe.read())).contains("nothing was typed");
  }

  static CardRead swiped(String typed, boolean lrc) {
    Swipe swipe = new Swipe(lrc);
    type(swipe, typed);
    return swipe.read();
  }

  private static void type(Swipe swipe, String typed) {
    for (byte character : typed.getBytes(StandardCharsets.US_ASCII)) swipe.add(character);
  }

  private static String said(CardRead read) {
    return switch (read) {
      case CardRead.Card(Track2 track) ->
          track.pan().digits() + " " + track.expires() + " " + track.serviceCode();
      case CardRead.Unreadable(String why) -> why;
    };
  }

  /// ISO/IEC 7811-2, worked out by hand of the sheet's example: `;12=34?` gives `=`.
  private static char lrcOf(String track) {
    int sum = 0;
    for (char c : track.toCharArray()) sum ^= c - '0' & 0xF;
    return (char) ('0' + sum);
  }
}
