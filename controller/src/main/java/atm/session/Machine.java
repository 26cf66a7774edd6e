package atm.session;

import atm.device.CardReader;
import atm.device.CashDispenser;
import atm.device.PinPad;
import atm.device.ReceiptPrinter;
import atm.host.Host;
import atm.ledger.Ledger;
import atm.screen.Display;
import atm.screen.ReceiptText;
import atm.screen.Texts;
import java.time.Clock;
import java.util.Optional;

/// All that a session works with. A machine without dispenser offers no cash, one without printer
/// no receipts.
public record Machine(
    CardReader reader,
    PinPad pad,
    Optional<CashDispenser> dispenser,
    Optional<ReceiptPrinter> printer,
    Host host,
    Ledger ledger,
    Display display,
    Texts texts,
    ReceiptText receipts,
    CustomerTimeouts timeouts,
    Timers timers,
    Clock clock) {
  boolean offersReceipts() {
    return printer.map(device -> device.status().canServe()).orElse(false);
  }
}
