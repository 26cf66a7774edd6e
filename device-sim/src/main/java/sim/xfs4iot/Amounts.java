package sim.xfs4iot;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts on the wire, in major units, from and to minor units; never by way of a double.
/// Stateless; any thread.
final class Amounts {
  private static final Pattern TOKEN = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)([A-Z]{3})");

  /// An amount in minor units of a currency.
  record Amount(long minor, String currency) {}

  private Amounts() {}

  /// A JSON number in minor units; [ArithmeticException] when it is none of that currency.
  static long minor(Number major, String currency) {
    BigDecimal decimal = Schema.Numeric.of(major);
    return decimal.movePointRight(decimals(currency)).longValueExact();
  }

  /// Minor units as a JSON number in major units, without needless zeroes.
  static Number json(long minor, String currency) {
    BigDecimal major = BigDecimal.valueOf(minor, decimals(currency)).stripTrailingZeros();
    return major.scale() <= 0 ? (Number) major.longValueExact() : major;
  }

  /// Minor units as a token has them: `50.00EUR`.
  static String token(long minor, String currency) {
    return BigDecimal.valueOf(minor, decimals(currency)).toPlainString() + currency;
  }

  /// An amount of a token; [IllegalArgumentException] when it is none.
  static Amount ofToken(String text) {
    Matcher parts = TOKEN.matcher(text);
    if (!parts.matches()) throw new IllegalArgumentException("no amount with a currency");
    try {
      return new Amount(minor(new BigDecimal(parts.group(1)), parts.group(2)), parts.group(2));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("an amount finer than its currency", e);
    }
  }

  private static int decimals(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 2; // no currency of ours either: there will be no note of it
    }
  }
}
