package sim.scenario;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts with a sign, as scenarios write them: `-60 EUR`. Stateless; any thread.
final class Amounts {
  record Amount(long minor, String currency) {}

  private static final Pattern FORM =
      Pattern.compile("([+-]?)(\\d{1,12})(?:\\.(\\d\\d))? ([A-Z]{3})");

  private Amounts() {}

  static Amount parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("\"" + text + "\", wanted such as -60 EUR");
    }
    long minor = Long.parseLong(m.group(2)) * 100;
    if (m.group(3) != null) minor += Long.parseLong(m.group(3));
    return new Amount(m.group(1).equals("-") ? -minor : minor, m.group(4));
  }

  static String said(long minor, String currency) {
    long whole = Math.abs(minor);
    String digits =
        whole % 100 == 0
            ? Long.toString(whole / 100)
            : String.format(Locale.ROOT, "%d.%02d", whole / 100, whole % 100);
    return (minor < 0 ? "-" : minor > 0 ? "+" : "") + digits + " " + currency;
  }
}
