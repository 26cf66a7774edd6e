package sim.mechanics;

import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a banknote is worth, printed as in devices.yaml: `20 EUR`.
public record Denomination(int value, String currency) implements Comparable<Denomination> {
  private static final Pattern WORDS = Pattern.compile("(\\d{1,7}) ([A-Z]{3})");

  public Denomination {
    if (value <= 0) {
      throw new IllegalArgumentException("a note of " + value + " " + currency);
    }
    Currency.getInstance(currency);
  }

  public static Denomination parse(String words) {
    Matcher parts = WORDS.matcher(words);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a note '" + words + "', wanted such as '20 EUR'");
    }
    try {
      return new Denomination(Integer.parseInt(parts.group(1)), parts.group(2));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a note '" + words + "' of no known currency", e);
    }
  }

  /// The value in the currency's minor units.
  public long minor() {
    int decimals = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    long minor = value;
    for (int i = 0; i < decimals; i++) {
      minor *= 10;
    }
    return minor;
  }

  @Override
  public int compareTo(Denomination other) {
    int order = currency.compareTo(other.currency);
    return order != 0 ? order : Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value + " " + currency;
  }
}
