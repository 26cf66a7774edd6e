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
  private boolean begun;

  AmountEntry(Currency currency) {
    this.currency = currency;
    long factor = 1;
    for (int i = 0; i < currency.getDefaultFractionDigits(); i++) factor *= 10;
    minorPerMajor = factor;
  }

  synchronized void press(Key key) {
    switch (key) {
      case CLEAR -> enter(0, false);
      case BACKSPACE -> enter(major / 10, major >= 10);
      default -> {
        if (key.isDigit() && major * 10 + key.digit() <= MOST)
          enter(major * 10 + key.digit(), true);
      }
    }
  }

  private void enter(long amount, boolean any) {
    major = amount;
    begun = any;
  }

  /// What is to be shown: a zero that was typed, too.
  synchronized Optional<Money> typed() {
    return begun
        ? Optional.of(new Money(Math.multiplyExact(major, minorPerMajor), currency))
        : Optional.empty();
  }

  /// What one can go on with.
  Optional<Money> amount() {
    return typed().filter(money -> !money.isZero());
  }
}
