package atm.session;

import atm.device.PinPad.Key;
import atm.value.Money;
import java.util.Currency;
import java.util.Optional;

/// An amount being typed, in whole major units. Written on the pad's context, read on the
/// session's.
final class AmountEntry {
  // More than any limit; a longer row of digits is a cat on the keys.
  private static final long MOST = 999_999;

  private final long minorPerMajor;
  private final Currency currency;
  private long major;

  AmountEntry(Currency currency) {
    this.currency = currency;
    long factor = 1;
    for (int i = 0; i < currency.getDefaultFractionDigits(); i++) factor *= 10;
    minorPerMajor = factor;
  }

  synchronized void press(Key key) {
    switch (key) {
      case CLEAR -> major = 0;
      case BACKSPACE -> major /= 10;
      default -> {
        if (key.isDigit() && major * 10 + key.digit() <= MOST) major = major * 10 + key.digit();
      }
    }
  }

  synchronized Optional<Money> typed() {
    return major == 0
        ? Optional.empty()
        : Optional.of(new Money(Math.multiplyExact(major, minorPerMajor), currency));
  }
}
