package atm.host;

import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.DispenseToken;
import atm.value.Money;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.Stan;
import atm.value.Track2;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The bank. May be called from any thread; answers on the caller's context. A future fails only
/// when the bank cannot answer at all; every no is an answer.
public interface Host {
  /// The best PIN block format of those that a pad can make; empty where the bank takes none of
  /// them.
  Optional<PinBlock.Format> pinBlockFormat(Set<PinBlock.Format> pad);

  /// The key for PIN blocks of that format, wrapped for the pad.
  WrappedKey pinKey(PinBlock.Format format);

  /// Checks card and PIN. A wrong PIN is counted durably before it is compared.
  Future<Login> login(Track2 card, PinBlock pin);

  /// Checks account number and PIN of somebody without a card. The tries are those of the card; a
  /// stolen or blocked card is `BLOCKED` here. The block is bound to `account.forPinBlock()`.
  Future<Login> login(AccountNumber account, PinBlock pin);

  /// Whether the bank wants this card kept: it is stolen, or its tries are used up.
  Future<Boolean> wantsKept(Track2 card);

  /// What there is in an account of `customer`, and what of it may be withdrawn this way.
  Future<Balance> balance(Customer customer, AccountNumber account);

  /// The newest bookings of an account of `customer`, newest first, after what is pending.
  Future<List<StatementEntry>> statement(Customer customer, AccountNumber account, int most);

  /// Whose account that is, as far as somebody who is about to pay into it may know.
  Future<PayeeAnswer> payee(AccountNumber account);

  /// Moves money from an account of `customer` to anybody's, at once or not at all. `requestId` is
  /// the caller's: the same request again gets the same answer.
  Future<TransferAnswer> transfer(
      String requestId, Customer customer, AccountNumber from, AccountNumber to, Money amount);

  /// Gives `who` a new PIN. The three blocks are bound to `who.pinBlockPan()`. A new PIN that was
  /// typed differently or is easy to guess costs no try; a wrong old one does.
  Future<PinChange> changePin(Identity who, PinBlock old, PinBlock first, PinBlock again);

  /// Opens a deposit of cash in the journal, before the slot opens. `requestId` is the caller's:
  /// the same request again gets the same answer. The steps that follow are the journal's.
  Future<DepositAnswer> openDeposit(String requestId, Customer customer, AccountNumber account);

  /// The notes are in the bins, as the device counted them there: credits the account. Where that
  /// is not what was counted into the escrow nobody is credited, and a person has to count.
  Future<DepositCompletion> completeDeposit(Stan stan, Map<Money, Integer> stored);

  /// Books what an envelope is said to hold as uncleared, which nobody can spend until a person has
  /// counted it. `requestId` as with `authorise`.
  Future<DepositAnswer> envelopeDeposit(
      String requestId, Customer customer, AccountNumber account, Money declared);

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

  /// How somebody says who they are; a PIN proves it.
  sealed interface Identity {
    /// The number that a PIN block for this identity is bound to.
    Pan pinBlockPan();

    record ByCard(Track2 card) implements Identity {
      @Override
      public Pan pinBlockPan() {
        return card.pan();
      }
    }

    record ByAccount(AccountNumber account) implements Identity {
      @Override
      public Pan pinBlockPan() {
        return account.forPinBlock();
      }
    }
  }

  /// Which limits hold.
  enum Access {
    CARD,
    /// Account number and PIN: who knows both may have neither card nor right.
    ACCOUNT_NUMBER
  }

  /// Somebody whose PIN was right.
  ///
  /// @param accounts at least one, the one for daily use first
  record Customer(
      String id, String holder, String language, Access access, List<Account> accounts) {
    public Customer {
      accounts = List.copyOf(accounts);
    }

    public boolean owns(AccountNumber number) {
      return accounts.stream().anyMatch(account -> account.number().equals(number));
    }
  }

  record Account(AccountNumber number, AccountKind kind) {}

  /// @param booked what the account holds
  /// @param available what of it no hold takes
  /// @param uncleared what came in envelopes that nobody has counted yet; no part of the others
  /// @param withdrawable what may be withdrawn now, by balance and limits
  /// @param limitedBy why no more than that
  record Balance(
      AccountNumber account,
      Money booked,
      Money available,
      Money uncleared,
      Money withdrawable,
      Decline limitedBy) {}

  /// One line of a statement.
  ///
  /// @param in whether the account got the amount, rather than gave it
  /// @param balance what the account held after it; empty while it is pending
  /// @param counterpart the other account of a transfer, masked
  /// @param reference the transaction's number; empty for what no transaction booked
  record StatementEntry(
      Instant when,
      StatementKind kind,
      boolean in,
      Money amount,
      Optional<Money> balance,
      Optional<String> counterpart,
      Optional<Stan> reference) {
    /// Held, or not yet counted: it is in no balance.
    public boolean isPending() {
      return balance.isEmpty();
    }
  }

  enum StatementKind {
    /// What the account was opened with.
    OPENING,
    WITHDRAWAL,
    DEPOSIT,
    ENVELOPE,
    TRANSFER_IN,
    TRANSFER_OUT,
    /// What a person's count has changed.
    CORRECTION
  }

  sealed interface PayeeAnswer {
    /// @param initials of the holder, as in `A. M.`
    record Known(AccountNumber account, String initials) implements PayeeAnswer {}

    record Unknown() implements PayeeAnswer {}

    record Closed() implements PayeeAnswer {}
  }

  sealed interface TransferAnswer {
    record Done(Stan stan) implements TransferAnswer {}

    /// `most` is what would be granted.
    record Declined(TransferDecline why, Money most) implements TransferAnswer {}
  }

  enum TransferDecline {
    SAME_ACCOUNT,
    /// No account has the payee's number.
    UNKNOWN_ACCOUNT,
    /// The payee's.
    PAYEE_CLOSED,
    /// The customer's own.
    ACCOUNT_CLOSED,
    OVER_BALANCE,
    OVER_TRANSFER_LIMIT,
    OVER_DAILY_LIMIT
  }

  sealed interface PinChange {
    record Changed() implements PinChange {}

    /// The old PIN was wrong.
    record WrongPin(int triesLeft) implements PinChange {}

    /// The last try was used up, now or before: a card is to be retained.
    record TriesUsedUp() implements PinChange {}

    record Refused(CardRefusal why) implements PinChange {}

    /// The new PIN was typed differently the second time.
    record Mismatch() implements PinChange {}

    /// All digits the same, a run such as 3456 or 4321, or a year from 1900 to 2099.
    record Weak() implements PinChange {}

    /// The new PIN is the old one, which was right.
    record Same() implements PinChange {}
  }

  sealed interface DepositAnswer {
    record Opened(Stan stan) implements DepositAnswer {}

    /// `most` is what would be accepted.
    record Declined(DepositDecline why, Money most) implements DepositAnswer {}
  }

  enum DepositDecline {
    ACCOUNT_CLOSED,
    /// More than an envelope may be said to hold.
    OVER_ENVELOPE_LIMIT
  }

  sealed interface DepositCompletion {
    record Credited(Money amount) implements DepositCompletion {}

    /// The device stored other notes than it had counted.
    record Suspect(String why) implements DepositCompletion {}
  }

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
