package atm.session;

import atm.device.CardReader;
import atm.device.CashAcceptor;
import atm.device.CashDispenser;
import atm.device.PinPad;
import atm.device.ReceiptPrinter;
import atm.host.Host;
import atm.ledger.Ledger;
import atm.screen.Display;
import atm.screen.ReceiptText;
import atm.screen.Texts;
import atm.value.Money;
import atm.value.PinBlock;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// All that a session works with. A machine without dispenser offers no cash, one without acceptor
/// takes envelopes, one without printer offers no receipts.
///
/// @param acceptedNotes what the acceptor takes
public record Machine(
    CardReader reader,
    PinPad pad,
    Optional<CashDispenser> dispenser,
    Optional<CashAcceptor> acceptor,
    Optional<ReceiptPrinter> printer,
    Host host,
    Ledger ledger,
    Display display,
    Texts texts,
    ReceiptText receipts,
    List<Money> acceptedNotes,
    Currency currency,
    CustomerTimeouts timeouts,
    Timers timers,
    Clock clock) {
  /// How PINs travel from pad to bank. That both know a format is seen to when the machine is put
  /// together.
  PinBlock.Format pinBlockFormat() {
    return host.pinBlockFormat(pad.pinBlockFormats()).orElseThrow();
  }

  boolean offersReceipts() {
    return printer.map(device -> device.status().canServe()).orElse(false);
  }

  /// Whether the printer it has cannot print now, which customers are told.
  boolean lacksReceipts() {
    return printer.isPresent() && !offersReceipts();
  }
}
