package atm.session;

import atm.device.DeviceKind;
import atm.device.Fault;
import atm.device.Fault.Code;
import atm.ledger.Journal;
import atm.screen.Notice;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A device's fault in three languages: what the customer is told, what the operator does about
/// it, and its code in the journal. The customer's part is for a service that cannot be had;
/// where notes or a card have moved, the outcome says what to tell.
public record Trouble(Notice notice, String operator, String code) {
  public static Trouble of(DeviceKind kind, Fault fault) {
    return new Trouble(
        notice(kind),
        fault.detail() + ". " + advice(kind, fault.code()),
        kind.key() + "/" + fault.code().name().toLowerCase(Locale.ROOT));
  }

  /// Notes it in the journal as `event`, with more `details` if there are any.
  Future<Void> note(Journal journal, String event, Map<String, String> details) {
    Map<String, String> all = new HashMap<>(details);
    all.put("code", code);
    all.put("why", operator);
    return journal.note(event, all);
  }

  private static Notice notice(DeviceKind kind) {
    return switch (kind) {
      case CARD_READER -> Notice.CARD_STUCK;
      case PIN_PAD -> Notice.PIN_PAD_FAILED;
      case CASH_DISPENSER -> Notice.CASH_OFF;
      case CASH_ACCEPTOR -> Notice.DEPOSIT_OFF;
      case RECEIPT_PRINTER -> Notice.RECEIPT_FAILED;
    };
  }

  private static String advice(DeviceKind kind, Code code) {
    return switch (code) {
      case TIMEOUT -> "It took too long; if that comes again, look for something in its way.";
      case CANCELED -> "It was stopped on request; nothing needs to be done.";
      case OFFLINE -> "Check its power and its cable; it is tried again by itself.";
      case HARDWARE -> look(kind);
      case PROTOCOL -> "Check that the driver in devices.yaml is the one for this device.";
      case SEQUENCE -> "Reset it; if that comes again, report it with the journal.";
      case UNSUPPORTED -> "This device cannot do that; compare it with its driver's list.";
      case SECURITY -> "Its keys are not ours; make new ones with ./atm keys.";
    };
  }

  private static String look(DeviceKind kind) {
    return switch (kind) {
      case CARD_READER -> "Look for a card in the slot and in the transport.";
      case PIN_PAD -> "Look for keys that stay down and for signs of tampering.";
      case CASH_DISPENSER -> "Look for notes in the transport and at the shutter; count them.";
      case CASH_ACCEPTOR -> "Look for notes in the slot, the transport and the escrow; count them.";
      case RECEIPT_PRINTER -> "Look for paper that has run out or is jammed.";
    };
  }
}
