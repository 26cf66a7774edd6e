package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host.DepositAnswer;
import atm.host.Host.DepositDecline;
import atm.screen.AccountScreen.AccountChoice.Purpose;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.DepositScreen.ConfirmEnvelope;
import atm.screen.DepositScreen.EnvelopeAmount;
import atm.screen.DepositScreen.EnvelopeDeclined;
import atm.screen.DepositScreen.EnvelopeDeposited;
import atm.screen.DepositScreen.InsertEnvelope;
import atm.screen.Notice;
import atm.screen.Receipt;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.util.Map;
import java.util.Optional;

/// One deposit in an envelope, where the machine has no acceptor. What is said to be in it is
/// booked as uncleared; only what a person has counted becomes money.
final class EnvelopeDeposit {
  private final Machine machine;
  private final Customer customer;
  private final Holder holder;

  EnvelopeDeposit(Machine machine, Customer customer, Holder holder) {
    this.machine = machine;
    this.customer = customer;
    this.holder = holder;
  }

  /// Whether it came to an end; not so when the customer went back to the menu before.
  boolean run() {
    Optional<AccountNumber> account = Accounts.choose(customer, holder, Purpose.DEPOSIT);
    if (account.isEmpty()) return false;
    Optional<Money> declared = declared();
    while (declared.isPresent()) {
      if (customer.ask(new ConfirmEnvelope(declared.get())) != Act.CONFIRM) {
        declared = declared();
        continue;
      }
      customer.show(new Processing(Processing.Work.BANK));
      switch (answer(
          machine
              .host()
              .envelopeDeposit(
                  customer.newRequest(), holder.who(), account.get(), declared.get()))) {
        case DepositAnswer.Opened(Stan stan) -> {
          take(stan, account.get(), declared.get());
          return true;
        }
        case DepositAnswer.Declined(DepositDecline why, _)
            when why == DepositDecline.ACCOUNT_CLOSED -> {
          customer.tell(new Screen.Message(Notice.ACCOUNT_CLOSED));
          return true;
        }
        case DepositAnswer.Declined(_, Money most) -> declared = instead(most);
      }
    }
    return false;
  }

  /// Empty when the customer goes back.
  private Optional<Money> declared() {
    for (; ; ) {
      AmountEntry entry = new AmountEntry(machine.currency());
      Choice choice = customer.type(() -> new EnvelopeAmount(entry.typed()), entry::press);
      if (choice == Act.BACK) return Optional.empty();
      if (entry.amount().isPresent()) return entry.amount();
    }
  }

  private Optional<Money> instead(Money most) {
    return customer.ask(new EnvelopeDeclined(most)) instanceof Choice.Amount(Money money)
        ? Optional.of(money)
        : declared();
  }

  /// The reference stands on the screen while the envelope is still in the customer's hand.
  private void take(Stan stan, AccountNumber account, Money declared) {
    try {
      customer.ask(new InsertEnvelope(stan));
    } catch (CustomerLeft left) {
      // It may be in the slot all the same: a person finds out, and until then nothing is
      // spendable.
      answer(
          machine.ledger().journal().note("envelope-canceled", Map.of("deposit", stan.toString())));
      customer.tell(new Screen.Message(Notice.ENVELOPE_CANCELED));
      throw left;
    }
    customer.tell(new EnvelopeDeposited(declared, stan));
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.offer(() -> new Receipt.Envelope(desk.issue(holder.card()), stan, account, declared));
  }
}
