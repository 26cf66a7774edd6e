package atm.session;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.ReceiptPrinter;
import atm.screen.Choice.Act;
import atm.screen.Notice;
import atm.screen.Receipt;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Prints a receipt and sees it taken. A printer that fails is told and noted; it never stops
/// anything else.
final class ReceiptDesk {
  private final Machine machine;
  private final Customer customer;

  ReceiptDesk(Machine machine, Customer customer) {
    this.machine = machine;
    this.customer = customer;
  }

  /// Asks whether one of what was done is wanted; where there can be none, says so instead.
  void offer(Supplier<Receipt> receipt) {
    if (machine.lacksReceipts()) customer.tell(new Screen.Message(Notice.RECEIPT_OFF));
    else if (isWanted()) give(receipt.get());
  }

  /// Asks before anything is done: where there can be none, whoever needs one can still cancel.
  boolean isWanted() {
    if (machine.lacksReceipts()) customer.ask(new Screen.Message(Notice.RECEIPT_OFF));
    if (!machine.offersReceipts()) return false;
    Optional<String> language = machine.receipts().otherLanguage(customer.language());
    return customer.ask(new Screen.ReceiptChoice(language)) == Act.YES;
  }

  void give(Receipt receipt) {
    ReceiptPrinter printer = machine.printer().orElseThrow();
    customer.show(new Processing(Processing.Work.RECEIPT));
    int columns = printer.capabilities().columns();
    try {
      printer.print(machine.receipts().lines(receipt, customer.language(), columns)).await();
      awaitTaking(printer);
    } catch (DeviceException failed) {
      Trouble trouble = Trouble.of(DeviceKind.RECEIPT_PRINTER, failed.fault());
      trouble.note(machine.ledger().journal(), "receipt-failed", Map.of()).otherwiseEmpty().await();
      customer.tell(new Screen.Message(trouble.notice()));
    }
  }

  private void awaitTaking(ReceiptPrinter printer) {
    if (!printer.capabilities().takenSensor()) {
      customer.tell(new Screen.TakeReceipt());
      return;
    }
    customer.show(new Screen.TakeReceipt(), customer.timeouts().takeReceipt());
    boolean taken = printer.taken(customer.timeouts().takeReceipt()).await();
    // The next customer need not read it.
    if (!taken && printer.capabilities().retract()) printer.retract().await();
  }

  /// What every receipt says: when, for which card, and the journal's head as of now.
  Receipt.Issue issue(Card card) {
    return new Receipt.Issue(
        LocalDateTime.now(machine.clock()),
        card.lastFour(),
        machine.ledger().journal().head().shortForm());
  }
}
