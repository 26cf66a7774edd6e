package atm.value;

import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount in minor units, so that no sum ever rounds. Never negative.
public record Money(long minor, Currency currency) implements Comparable<Money> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(?:\\.(\\d{1,3}))? ([A-Z]{3})");

  public Money {
    if (minor < 0) throw new IllegalArgumentException("negative amount " + minor + " " + currency);
  }

  public static Money of(long minor, String currency) {
    return new Money(minor, Currency.getInstance(currency));
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /// Reads "60 EUR" or "12.34 EUR"; says what is wrong with anything else.
  public static Money parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not an amount; wanted like \"60 EUR\" or \"12.34 EUR\"");
    }
    Currency currency = currencyOf(m.group(3));
    int digits = currency.getDefaultFractionDigits();
    String fraction = m.group(2) == null ? "" : m.group(2);
    if (fraction.length() > digits) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has more decimals than " + currency + " knows");
    }
    return new Money(
        Long.parseLong(m.group(1) + fraction + "0".repeat(digits - fraction.length())), currency);
  }

  private static Currency currencyOf(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("\"" + code + "\" is not an ISO 4217 currency");
    }
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(minor, sameCurrency(other).minor), currency);
  }

  /// Throws when the difference would be negative.
  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, sameCurrency(other).minor), currency);
  }

  public Money times(int count) {
    return new Money(Math.multiplyExact(minor, count), currency);
  }

  public boolean isZero() {
    return minor == 0;
  }

  public boolean isMoreThan(Money other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, sameCurrency(other).minor);
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(other + " is not in " + currency);
    }
    return other;
  }

  /// For logs, journals and wires: "60.00 EUR". What a customer reads is formatted by `Texts`.
  @Override
  public String toString() {
    return decimal() + " " + currency.getCurrencyCode();
  }

  /// The amount in major units with the currency's decimals: "60.00".
  public String decimal() {
    int digits = currency.getDefaultFractionDigits();
    // XXX and the metals have no minor unit: -1.
    if (digits <= 0) return Long.toString(minor);
    String all = "0".repeat(Math.max(0, digits + 1 - Long.toString(minor).length())) + minor;
    int point = all.length() - digits;
    return all.substring(0, point) + "." + all.substring(point);
  }
}
