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
import java.util.function.LongSupplier;

/// All that a session works with. A machine without dispenser offers no cash, one without acceptor
/// takes envelopes, one without printer offers no receipts.
///
/// @param acceptedNotes what the acceptor takes
/// @param diskRoom how many bytes may still be written where the books are
public record Machine(
    CardReader reader,
    PinPad pad,
    Optional<CashDispenser> dispenser,
    Optional<CashAcceptor> acceptor,
    Optional<ReceiptPrinter> printer,
    Host host,
    Ledger ledger,
    LongSupplier diskRoom,
    Display display,
    Texts texts,
    ReceiptText receipts,
    List<Money> acceptedNotes,
    Currency currency,
    CustomerTimeouts timeouts,
    Timers timers,
    Clock clock) {
  /// What a visit writes is some kilobytes, and the file is compacted into room of its own; this
  /// leaves an operator days to act.
  private static final long DISK_ROOM = 64 << 20;

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

  /// Why no notes are moved though the books can still be written: what has begun must fit in what
  /// is left. In a sentence for the operator.
  Optional<String> diskFills() {
    long room = diskRoom.getAsLong();
    return room >= DISK_ROOM
        ? Optional.empty()
        : Optional.of(
            "the disk of the books has %d MB left, wanted %d"
                .formatted(room >> 20, DISK_ROOM >> 20));
  }
}
