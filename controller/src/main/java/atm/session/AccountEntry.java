package atm.session;

import atm.device.PinPad.Key;
import atm.value.AccountNumber;
import java.util.Optional;

/// An account number being typed. Written on the pad's context, read on the session's.
final class AccountEntry {
  private String digits = "";

  synchronized void press(Key key) {
    switch (key) {
      case CLEAR -> digits = "";
      case BACKSPACE -> digits = digits.substring(0, Math.max(0, digits.length() - 1));
      default -> {
        if (key.isDigit() && digits.length() < AccountNumber.DIGITS) digits += key.digit();
      }
    }
  }

  synchronized String typed() {
    return digits;
  }

  synchronized boolean isEmpty() {
    return digits.isEmpty();
  }

  synchronized boolean isWhole() {
    return digits.length() == AccountNumber.DIGITS;
  }

  /// The number; empty when its check digit says that it was mistyped.
  synchronized Optional<AccountNumber> number() {
    return AccountNumber.isValid(digits)
        ? Optional.of(new AccountNumber(digits))
        : Optional.empty();
  }
}
