package atm.screen;

import atm.value.Money;
import java.util.Locale;

/// What a customer can choose on a screen.
public sealed interface Choice {
  /// The name by which the page and the catalogues know it.
  String id();

  enum Act implements Choice {
    WITHDRAW,
    BALANCE,
    OTHER_AMOUNT,
    /// Go on as shown; the pad's Enter means the same.
    CONFIRM,
    YES,
    NO,
    PRINT,
    /// One step back.
    BACK,
    /// End the visit; the pad's Cancel means the same.
    CANCEL;

    @Override
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the pad's Enter means this, where the screen offers it.
    public boolean isMain() {
      return this == CONFIRM || this == YES;
    }
  }

  record Amount(Money money) implements Choice {
    @Override
    public String id() {
      return "amount-" + money.decimal().replaceFirst("\\.0+$", "");
    }
  }

  /// To read on in another language.
  record Language(String tag) implements Choice {
    @Override
    public String id() {
      return "language-" + tag;
    }
  }
}
