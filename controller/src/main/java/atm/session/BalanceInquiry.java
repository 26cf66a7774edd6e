package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host;
import atm.screen.AccountScreen.AccountChoice.Purpose;
import atm.screen.AccountScreen.Balance;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Receipt;
import atm.screen.Screen.Processing;
import atm.value.AccountNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows what is in an account and what may be withdrawn, and from there its statement.
final class BalanceInquiry {
  private final Machine machine;
  private final Customer customer;
  private final Holder holder;

  BalanceInquiry(Machine machine, Customer customer, Holder holder) {
    this.machine = machine;
    this.customer = customer;
    this.holder = holder;
  }

  /// What the customer wants next: `WITHDRAW`, or `BACK` to the menu.
  Choice run(boolean cash) {
    Optional<AccountNumber> account = Accounts.choose(customer, holder, Purpose.BALANCE);
    if (account.isEmpty()) return Act.BACK;
    customer.show(new Processing(Processing.Work.BANK));
    Host.Balance balance = answer(machine.host().balance(holder.who(), account.get()));
    boolean printed = false;
    for (; ; ) {
      switch (ask(balance, cash, machine.offersReceipts() && !printed)) {
        case Act.PRINT -> {
          print(balance);
          printed = true;
        }
        case Act.STATEMENT -> new Statement(machine, customer, holder).show(account.get());
        case Choice next -> {
          return next;
        }
      }
    }
  }

  private Choice ask(Host.Balance balance, boolean cash, boolean receipts) {
    List<Act> offers = new ArrayList<>(List.of(Act.STATEMENT, Act.BACK));
    if (receipts) offers.add(Act.PRINT);
    if (cash) offers.add(Act.WITHDRAW);
    return customer.ask(
        new Balance(
            balance.booked(),
            balance.available(),
            balance.withdrawable(),
            balance.uncleared(),
            offers,
            machine.lacksReceipts()));
  }

  private void print(Host.Balance balance) {
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.give(
        new Receipt.Balance(
            desk.issue(holder.card()), balance.account(), balance.booked(), balance.available()));
  }
}
