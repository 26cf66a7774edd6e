package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host.StatementEntry;
import atm.screen.AccountScreen;
import atm.screen.AccountScreen.Signed;
import atm.screen.AccountScreen.StatementLine;
import atm.screen.Choice.Act;
import atm.screen.Receipt;
import atm.screen.Screen.Processing;
import atm.value.AccountNumber;
import java.time.LocalDate;
import java.util.List;

/// The last entries of an account, a page at a time; paper takes more of them than the screen.
final class Statement {
  private static final int ON_SCREEN = 10;
  private static final int ON_PAPER = 30;
  private static final int ON_PAGE = AccountScreen.Statement.LINES_MAX;

  private final Machine machine;
  private final Customer customer;
  private final Holder holder;

  Statement(Machine machine, Customer customer, Holder holder) {
    this.machine = machine;
    this.customer = customer;
    this.holder = holder;
  }

  /// Until the customer goes back.
  void show(AccountNumber account) {
    customer.show(new Processing(Processing.Work.BANK));
    List<StatementLine> all =
        answer(machine.host().statement(holder.who(), account, ON_PAPER)).stream()
            .map(this::line)
            .toList();
    List<StatementLine> shown = all.subList(0, Math.min(all.size(), ON_SCREEN));
    int pages = Math.max(1, Math.ceilDiv(shown.size(), ON_PAGE));
    int page = 1;
    boolean printed = false;
    for (; ; ) {
      boolean receipts = machine.offersReceipts() && !printed;
      switch (customer.ask(
          new AccountScreen.Statement(
              onPage(shown, page), page, pages, receipts, machine.lacksReceipts()))) {
        case Act.OLDER -> page++;
        case Act.NEWER -> page--;
        case Act.PRINT -> {
          print(account, all);
          printed = true;
        }
        default -> {
          return;
        }
      }
    }
  }

  private static List<StatementLine> onPage(List<StatementLine> shown, int page) {
    int from = (page - 1) * ON_PAGE;
    return shown.subList(from, Math.min(shown.size(), from + ON_PAGE));
  }

  private StatementLine line(StatementEntry entry) {
    return new StatementLine(
        LocalDate.ofInstant(entry.when(), machine.clock().getZone()),
        StatementLine.Kind.valueOf(entry.kind().name()),
        new Signed(entry.amount(), entry.in()),
        entry.balance(),
        entry.counterpart());
  }

  private void print(AccountNumber account, List<StatementLine> all) {
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.give(new Receipt.Statement(desk.issue(holder.card()), account, all));
  }
}
