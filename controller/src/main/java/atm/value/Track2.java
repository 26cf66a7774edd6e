package atm.value;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the session keeps of a card's track 2 (ISO/IEC 7813): number, expiry, service code. The
/// discretionary data (which may hold verification values) is not kept. Prints masked.
public record Track2(Pan pan, YearMonth expires, String serviceCode) {
  private static final Pattern FORMAT =
      Pattern.compile("(\\d{12,19})[=D](\\d{2})(\\d{2})(\\d{3})\\d*F?");

  /// Reads the characters without sentinels and LRC.
  public static Track2 parse(String characters) {
    Matcher m = FORMAT.matcher(characters);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "track 2 of " + characters.length() + " characters is not PAN=YYMM and service code");
    }
    try {
      // ISO/IEC 7813 gives two digits of the year; cards live a few years, so this century.
      YearMonth expires =
          YearMonth.of(2000 + Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
      return new Track2(new Pan(m.group(1)), expires, m.group(4));
    } catch (DateTimeException wrongMonth) {
      throw new IllegalArgumentException("track 2 expires in month " + m.group(3));
    }
  }

  @Override
  public String toString() {
    return "track 2 of " + pan;
  }
}
