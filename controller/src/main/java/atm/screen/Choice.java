package atm.screen;

import atm.screen.Aids.Aid;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Money;
import java.util.Locale;

/// What a customer can choose on a screen.
public sealed interface Choice {
  /// The name by which the page and the catalogues know it.
  String id();

  enum Act implements Choice {
    WITHDRAW,
    DEPOSIT,
    TRANSFER,
    BALANCE,
    STATEMENT,
    CHANGE_PIN,
    /// To see the languages.
    LANGUAGE,
    /// To see what helps to read, to hear and to be in time.
    AIDS,
    /// To begin a visit with an account number instead of a card.
    WITHOUT_CARD,
    OTHER_AMOUNT,
    /// To insert more notes into those already counted.
    MORE_NOTES,
    /// To have inserted notes returned.
    GIVE_BACK,
    /// Entries of the statement before and after those shown.
    OLDER,
    NEWER,
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

  /// To turn an aid on or off.
  record Turn(Aid aid, boolean on) implements Choice {
    @Override
    public String id() {
      return aid.name().toLowerCase(Locale.ROOT) + (on ? "-on" : "-off");
    }
  }

  /// One of the customer's own accounts.
  record Account(AccountNumber number, AccountKind kind) implements Choice {
    @Override
    public String id() {
      return "account-" + number.digits().substring(6);
    }
  }
}
