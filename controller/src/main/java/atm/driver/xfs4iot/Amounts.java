package atm.driver.xfs4iot;

import atm.value.Money;
import java.math.BigDecimal;
import java.util.Optional;

/// Amounts on the wire: JSON numbers in major units (§2).
final class Amounts {
  private Amounts() {}

  /// Empty for what is no amount of that currency.
  static Optional<Money> money(Object value, String currency) {
    try {
      BigDecimal major =
          value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
      return Optional.of(Money.parse(major.toPlainString() + " " + currency));
    } catch (IllegalArgumentException notMoney) {
      return Optional.empty();
    }
  }

  /// `50` rather than `50.00`, as the examples write it.
  static BigDecimal major(Money money) {
    BigDecimal shortest = new BigDecimal(money.decimal()).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
