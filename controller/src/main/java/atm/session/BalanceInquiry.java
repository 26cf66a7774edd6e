package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host;
import atm.screen.AccountScreen.Balance;
import atm.screen.Choice;
import atm.screen.Receipt;
import atm.screen.Screen.Processing;
import atm.value.AccountNumber;
import atm.value.Money;
import java.util.ArrayList;
import java.util.List;

/// Shows what is in the account, and prints it.
final class BalanceInquiry {
  private final Machine machine;
  private final Customer customer;
  private final String cardLastFour;

  BalanceInquiry(Machine machine, Customer customer, String cardLastFour) {
    this.machine = machine;
    this.customer = customer;
    this.cardLastFour = cardLastFour;
  }

  /// What the customer wants next; `PRINT` has been done by then.
  Choice show(Host.Customer holder, AccountNumber account, boolean cash) {
    customer.show(new Processing(Processing.Work.BANK));
    Host.Balance balance = answer(machine.host().balance(holder, account));
    Choice next = ask(balance, cash, machine.offersReceipts());
    if (next != Choice.Act.PRINT) return next;
    print(balance);
    return ask(balance, cash, false);
  }

  private Choice ask(Host.Balance balance, boolean cash, boolean receipts) {
    List<Choice.Act> offers = new ArrayList<>();
    if (receipts) offers.add(Choice.Act.PRINT);
    if (cash) offers.add(Choice.Act.WITHDRAW);
    return customer.ask(
        new Balance(
            balance.booked(),
            balance.available(),
            balance.withdrawable(),
            Money.zero(balance.booked().currency()),
            offers));
  }

  private void print(Host.Balance balance) {
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.give(
        new Receipt.Balance(
            desk.issue(cardLastFour), balance.account(), balance.booked(), balance.available()));
  }
}
