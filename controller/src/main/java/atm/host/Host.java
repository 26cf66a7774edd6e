package atm.host;

import atm.value.AccountNumber;
import atm.value.DispenseToken;
import atm.value.Money;
import atm.value.PinBlock;
import atm.value.Stan;
import atm.value.Track2;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// The bank. May be called from any thread; answers on the caller's context. A future fails only
/// when the bank cannot answer at all; every no is an answer.
public interface Host {
  /// The PIN key, wrapped for the pad.
  WrappedKey pinKey();

  PinBlock.Format pinBlockFormat();

  /// Checks card and PIN. A wrong PIN is counted durably before it is compared.
  Future<Login> login(Track2 card, PinBlock pin);

  /// Whether the bank wants this card kept: it is stolen, or its tries are used up.
  Future<Boolean> wantsKept(Track2 card);

  Future<Balance> balance(AccountNumber account);

  /// Places a hold, within balance and limits, and opens the withdrawal in the journal. `requestId`
  /// is the caller's: the same request again gets the same answer.
  Future<Authorisation> authorise(
      String requestId, Customer customer, AccountNumber account, Money amount);

  /// The signed order for an approved withdrawal; refused for any other. `nonce` is the device's.
  Future<DispenseToken> dispenseToken(Stan stan, Optional<String> nonce);

  /// Whether a dispenser's signed answer is authentic, fresh (`nonce` is ours) and about this
  /// order.
  DispenserAnswer check(String answerToken, String nonce, DispenseToken order);

  /// The customer has the notes: turns the hold into a booking.
  Future<Void> complete(Stan stan);

  /// Gives the hold back. Only where it is proven that the customer got nothing.
  Future<Void> reverse(Stan stan, NotesLeft notes, String why);

  /// Where the notes of a reversed withdrawal are.
  enum NotesLeft {
    /// None has left its cassette, or all are in the reject bin already.
    NONE,
    /// Moved from the stacker to the reject bin.
    REJECTED,
    /// Stuck inside, until a person clears them.
    STILL_INSIDE
  }

  sealed interface Login {
    record Welcome(Customer customer) implements Login {}

    record WrongPin(int triesLeft) implements Login {}

    /// The last try was used up, now or before: the card is to be retained.
    record TriesUsedUp() implements Login {}

    record Refused(CardRefusal why) implements Login {}
  }

  enum CardRefusal {
    EXPIRED,
    BLOCKED,
    /// To be retained.
    STOLEN,
    NOT_OURS
  }

  /// Somebody whose PIN was right.
  record Customer(String id, String holder, String language, List<AccountNumber> accounts) {
    public Customer {
      accounts = List.copyOf(accounts);
    }
  }

  /// @param booked what the account holds
  /// @param available what of it no hold takes
  /// @param withdrawable what may be withdrawn now, by balance and limits
  /// @param limitedBy why no more than that
  record Balance(
      AccountNumber account,
      Money booked,
      Money available,
      Money withdrawable,
      Decline limitedBy) {}

  sealed interface Authorisation {
    record Approved(Stan stan) implements Authorisation {}

    /// `most` is what would be granted.
    record Declined(Decline why, Money most) implements Authorisation {}
  }

  enum Decline {
    OVER_BALANCE,
    OVER_WITHDRAWAL_LIMIT,
    OVER_DAILY_LIMIT,
    ACCOUNT_CLOSED
  }

  /// What a dispenser's signed answer says.
  sealed interface DispenserAnswer {
    /// About our order; amounts as the device counted them.
    record Genuine(Money dispensed, boolean presented, boolean retracted)
        implements DispenserAnswer {}

    /// Genuine, but about another dispense: ours was never made.
    record AboutAnother() implements DispenserAnswer {}

    record NotGenuine(String why) implements DispenserAnswer {}
  }
}
