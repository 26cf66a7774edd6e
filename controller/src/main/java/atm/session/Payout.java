package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.PresentOutcome;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.ledger.Journal;
import atm.screen.Screen.Processing;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.util.Optional;

/// Pays out an approved withdrawal. Every act is durable as an intent before it begins and as an
/// outcome before the next one does; how it ends is for `Settlement`.
///
/// The card goes back between the notes being counted and being presented: a dispense that fails
/// fails while the customer can still be helped with the card in the machine, and nobody walks off
/// with the cash and leaves the card. No card taken, no cash presented.
final class Payout {
  private final Machine machine;
  private final CashDispenser dispenser;
  private final Customer customer;
  private final Card card;
  private final Settlement settlement;
  private Counts handedOut = Counts.NONE;

  Payout(Machine machine, CashDispenser dispenser, Customer customer, Card card) {
    this.machine = machine;
    this.dispenser = dispenser;
    this.customer = customer;
    this.card = card;
    this.settlement = new Settlement(machine, dispenser, customer);
  }

  /// Ends with how far it came; `OPEN` where device or books left off answering.
  Settled pay(Stan stan, Money amount, Mix mix) {
    try {
      return dispense(stan, amount, mix);
    } catch (BankUnavailable | DeviceException silent) {
      return Settled.OPEN;
    }
  }

  /// What came out of a payout that stopped short.
  Counts handedOut() {
    return handedOut;
  }

  private Settled dispense(Stan stan, Money amount, Mix mix) {
    // Without a stacker, dispensed notes are at the slot at once, so the card has to go first.
    if (!dispenser.capabilities().stacker() && !card.takenBeforeCash()) {
      return settlement.reverse(stan, "the card was not taken");
    }
    customer.show(new Processing(Processing.Work.NOTES));
    Optional<DispenseToken> order = order(stan);
    if (order.isEmpty()) return settlement.reverse(stan, "there was no signed order to pay");

    answer(journal().dispenseIntent(stan, mix, order.get()));
    return switch (Settlement.outcome(
        dispenser.dispense(mix, order.get()), DispenseOutcome.Unknown::new)) {
      case DispenseOutcome.Stacked(Counts stacked, Counts rejected) -> {
        answer(journal().stacked(stan, stacked, rejected));
        yield handOver(stan, amount, mix, stacked, rejected);
      }
      case DispenseOutcome.Incomplete(Counts inside, Counts rejected, Fault why) ->
          settlement.rejectAndReverse(stan, inside, rejected, why.detail());
      // Nothing that came out comes back in.
      case DispenseOutcome.Short(Counts presented, Counts rejected, Fault why) -> {
        handedOut = presented;
        yield presented.notes() == 0
            ? settlement.rejectAndReverse(stan, presented, rejected, why.detail())
            : settlement.payInPart(stan, presented, rejected, why.detail());
      }
      case DispenseOutcome.Refused(Fault why) -> settlement.reverse(stan, why.detail());
      case DispenseOutcome.Unknown _ -> settlement.afterUnknown(stan);
    };
  }

  private Settled handOver(Stan stan, Money amount, Mix mix, Counts stacked, Counts rejected) {
    if (!stacked.byCassette().equals(mix.byCassette())) {
      String why = "stacked " + stacked.byCassette() + ", wanted " + mix.byCassette();
      return settlement.rejectAndReverse(stan, stacked, rejected, why);
    }
    if (dispenser.capabilities().stacker() && !card.takenBeforeCash()) {
      return settlement.rejectAndReverse(stan, stacked, rejected, "the card was not taken");
    }
    answer(journal().presentIntent(stan));
    return switch (Settlement.outcome(dispenser.present(), PresentOutcome.Unknown::new)) {
      case PresentOutcome.Presented _ -> {
        answer(journal().presented(stan));
        yield settlement.awaitTaking(stan, amount);
      }
      case PresentOutcome.NotPresented(Fault why) ->
          settlement.rejectAndReverse(stan, stacked, rejected, why.detail());
      case PresentOutcome.Unknown _ -> settlement.afterUnknown(stan);
    };
  }

  /// The bank's signed order, about the device's nonce. Empty when the device gives none, and when
  /// the bank signs no such thing: without an order no note can have moved.
  private Optional<DispenseToken> order(Stan stan) {
    try {
      Optional<String> nonce = dispenser.commandNonce().await();
      return Optional.of(answer(machine.host().dispenseToken(stan, nonce)));
    } catch (DeviceException | BankUnavailable none) {
      return Optional.empty();
    }
  }

  private Journal journal() {
    return machine.ledger().journal();
  }
}
