package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.cash.Mixer;
import atm.device.CardReader.CardRead;
import atm.device.DeviceException;
import atm.host.Host;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.value.Track2;
import java.util.Map;
import java.util.Optional;

/// One customer's visit, from the card going in to the card, or word of it, coming out.
final class Visit {
  private final Machine machine;
  private final CashService cash;
  private final Customer customer;

  Visit(Machine machine, CashService cash, Customer customer) {
    this.machine = machine;
    this.cash = cash;
    this.customer = customer;
  }

  void serve(CardRead read) {
    switch (read) {
      case CardRead.Unreadable _ -> {
        Card card = new Card(machine, customer, "unreadable");
        card.giveBack(because(Notice.CARD_UNREADABLE));
        card.tellIfKept(Notice.CARD_KEPT_LEFT);
      }
      case CardRead.Card(Track2 track2) -> serve(track2);
    }
  }

  private void serve(Track2 track2) {
    Card card = new Card(machine, customer, track2.pan().lastFour());
    card.giveBack(wishes(track2, card));
    card.tellIfKept(Notice.CARD_KEPT_LEFT);
    if (card.whereabouts() == Card.Whereabouts.TAKEN) customer.tell(new Screen.Goodbye());
  }

  /// Does what the customer wants; ends with why the card goes back, where it is still inside and
  /// there is a reason to give.
  private Optional<Screen.Message> wishes(Track2 track2, Card card) {
    try {
      Optional<Host.Customer> holder = new PinEntry(machine, customer, card).login(track2);
      holder.ifPresent(known -> serve(known, card, track2.pan().lastFour()));
      return Optional.empty();
    } catch (CustomerLeft left) {
      return because(
          switch (left.how()) {
            case CANCELED -> Notice.CANCELED;
            case TIMED_OUT -> Notice.TIMED_OUT;
          });
    } catch (BankUnavailable silent) {
      return because(Notice.BANK_FAILED);
    } catch (DeviceException failed) {
      // Reader, dispenser and printer are accounted for where they act; what is left is the pad.
      note("pin-pad-failed", failed.fault().detail());
      return because(Notice.PIN_PAD_FAILED);
    }
  }

  private void serve(Host.Customer holder, Card card, String lastFour) {
    customer.speakUnlessChosen(holder.language());
    Choice wish = menu(holder);
    for (; ; ) {
      if (wish == Act.WITHDRAW) {
        Optional<Mixer> mixer = mixer();
        if (mixer.isPresent()) {
          new Withdrawal(machine, machine.dispenser().orElseThrow(), customer, card, lastFour)
              .run(holder, mixer.get());
          return;
        }
        wish = menu(holder);
      } else {
        wish =
            new BalanceInquiry(machine, customer, lastFour)
                .show(holder, holder.accounts().getFirst().number(), cash.isOn());
      }
    }
  }

  private Choice menu(Host.Customer holder) {
    return customer.ask(
        new Screen.Menu(
            holder.holder(), Map.of(Act.WITHDRAW, cash.isOn(), Act.BALANCE, true), false));
  }

  /// The notes to choose from; empty when the dispenser failed since the card went in.
  private Optional<Mixer> mixer() {
    cash.assess();
    try {
      if (cash.isOn()) return Optional.of(cash.mixer());
    } catch (DeviceException silent) {
      cash.assess();
    }
    customer.tell(new Screen.Message(Notice.CASH_OFF));
    return Optional.empty();
  }

  private static Optional<Screen.Message> because(Notice notice) {
    return Optional.of(new Screen.Message(notice));
  }

  private void note(String kind, String why) {
    answer(machine.ledger().journal().note(kind, Map.of("why", why)));
  }
}
