package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host.PayeeAnswer;
import atm.host.Host.TransferAnswer;
import atm.host.Host.TransferDecline;
import atm.screen.AccountScreen.AccountChoice.Purpose;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Notice;
import atm.screen.Receipt;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import atm.screen.TransferScreen.ConfirmTransfer;
import atm.screen.TransferScreen.Payee;
import atm.screen.TransferScreen.Payee.Wrong;
import atm.screen.TransferScreen.PayeeConfirm;
import atm.screen.TransferScreen.TransferAmount;
import atm.screen.TransferScreen.TransferDeclined;
import atm.screen.TransferScreen.TransferDeclined.Why;
import atm.screen.TransferScreen.Transferred;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.util.Optional;

/// One transfer, from the choice of the account to the receipt.
final class Transfer {
  private final Machine machine;
  private final Customer customer;
  private final Holder holder;
  private Optional<Wrong> wrong = Optional.empty();

  Transfer(Machine machine, Customer customer, Holder holder) {
    this.machine = machine;
    this.customer = customer;
    this.holder = holder;
  }

  /// Whether it came to an end; not so when the customer went back to the menu before.
  boolean run() {
    Optional<AccountNumber> from = Accounts.choose(customer, holder, Purpose.TRANSFER);
    if (from.isEmpty()) return false;
    for (; ; ) {
      Optional<PayeeAnswer.Known> payee = payee(from.get());
      if (payee.isEmpty()) return false;
      if (isMeant(payee.get()) && pay(from.get(), payee.get())) return true;
    }
  }

  /// Who is to get it; empty when the customer goes back.
  private Optional<PayeeAnswer.Known> payee(AccountNumber from) {
    for (; ; ) {
      AccountEntry entry = new AccountEntry();
      if (typed(entry) == Act.BACK) return Optional.empty();
      Optional<AccountNumber> number = entry.number();
      if (number.isEmpty()) {
        wrong = Optional.of(Wrong.CHECK_DIGIT);
      } else if (number.get().equals(from)) {
        wrong = Optional.of(Wrong.SAME);
      } else {
        customer.show(new Processing(Processing.Work.BANK));
        switch (answer(machine.host().payee(number.get()))) {
          case PayeeAnswer.Unknown _ -> wrong = Optional.of(Wrong.UNKNOWN);
          case PayeeAnswer.Closed _ -> wrong = Optional.of(Wrong.CLOSED);
          case PayeeAnswer.Known known -> {
            wrong = Optional.empty();
            return Optional.of(known);
          }
        }
      }
    }
  }

  /// What was wrong with the number before stands there until the next one is begun.
  private Choice typed(AccountEntry entry) {
    Optional<Wrong> before = wrong;
    return customer.type(
        () -> new Payee(entry.typed(), entry.isWhole(), before.filter(_ -> entry.isEmpty())),
        entry::press);
  }

  private boolean isMeant(PayeeAnswer.Known payee) {
    return customer.ask(new PayeeConfirm(payee.initials(), payee.account())) == Act.YES;
  }

  /// Whether it came to an end with this payee; not so when the customer goes back to choose
  /// another.
  private boolean pay(AccountNumber from, PayeeAnswer.Known payee) {
    Money most = answer(machine.host().balance(holder.who(), from)).available();
    Optional<Money> amount = amount(most);
    while (amount.isPresent()) {
      if (!confirms(amount.get(), from, payee)) {
        amount = amount(most);
        continue;
      }
      switch (moved(amount.get(), from, payee)) {
        case TransferAnswer.Done(Stan stan) -> {
          done(stan, amount.get(), from, payee);
          return true;
        }
        case TransferAnswer.Declined(TransferDecline why, Money granted) -> {
          switch (why) {
            case OVER_BALANCE -> amount = instead(Why.BALANCE, granted);
            case OVER_TRANSFER_LIMIT -> amount = instead(Why.TRANSFER_LIMIT, granted);
            case OVER_DAILY_LIMIT -> amount = instead(Why.DAILY_LIMIT, granted);
            case SAME_ACCOUNT -> {
              return isWrong(Wrong.SAME);
            }
            case UNKNOWN_ACCOUNT -> {
              return isWrong(Wrong.UNKNOWN);
            }
            case PAYEE_CLOSED -> {
              return isWrong(Wrong.CLOSED);
            }
            case ACCOUNT_CLOSED -> {
              customer.tell(new Screen.Message(Notice.ACCOUNT_CLOSED));
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private boolean isWrong(Wrong why) {
    wrong = Optional.of(why);
    return false;
  }

  /// An amount of at most `most`; empty when the customer goes back.
  private Optional<Money> amount(Money most) {
    for (; ; ) {
      AmountEntry entry = new AmountEntry(most.currency());
      Choice choice = customer.type(() -> new TransferAmount(entry.typed(), most), entry::press);
      if (choice == Act.BACK) return Optional.empty();
      Optional<Money> amount = entry.amount();
      if (amount.isPresent() && amount.get().isMoreThan(most)) amount = offered(Why.BALANCE, most);
      if (amount.isPresent()) return amount;
    }
  }

  private Optional<Money> instead(Why why, Money most) {
    Optional<Money> amount = offered(why, most);
    return amount.isPresent() ? amount : amount(most);
  }

  /// What the bank would grant; empty when the customer wants to type another amount.
  private Optional<Money> offered(Why why, Money most) {
    Optional<Money> offer = Optional.of(most).filter(money -> !money.isZero());
    return customer.ask(new TransferDeclined(why, offer)) instanceof Choice.Amount(Money money)
        ? Optional.of(money)
        : Optional.empty();
  }

  private boolean confirms(Money amount, AccountNumber from, PayeeAnswer.Known payee) {
    Screen question = new ConfirmTransfer(amount, from, payee.initials(), payee.account());
    return customer.ask(question) == Act.CONFIRM;
  }

  private TransferAnswer moved(Money amount, AccountNumber from, PayeeAnswer.Known payee) {
    customer.show(new Processing(Processing.Work.BANK));
    try {
      return answer(
          machine
              .host()
              .transfer(customer.newRequest(), holder.who(), from, payee.account(), amount));
    } catch (BankUnavailable silent) {
      customer.tell(new Screen.Message(Notice.TRANSFER_UNCLEAR));
      throw silent;
    }
  }

  private void done(Stan stan, Money amount, AccountNumber from, PayeeAnswer.Known payee) {
    customer.tell(new Transferred(amount, payee.initials(), stan));
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.offer(
        () ->
            new Receipt.Transfer(
                desk.issue(holder.card()), stan, from, payee.account(), payee.initials(), amount));
  }
}
