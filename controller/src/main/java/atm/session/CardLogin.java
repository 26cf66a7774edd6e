package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host;
import atm.host.Host.CardRefusal;
import atm.host.Host.Login;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import atm.value.PinBlock;
import atm.value.Track2;
import java.util.Optional;

/// Card and PIN: who is this.
final class CardLogin {
  private final Machine machine;
  private final Customer customer;
  private final Card card;

  CardLogin(Machine machine, Customer customer, Card card) {
    this.machine = machine;
    this.customer = customer;
    this.card = card;
  }

  /// Who it is; empty when the card was refused, has gone back or is retained.
  Optional<Holder> login(Track2 track2) {
    PinEntry entry = new PinEntry(machine, customer);
    Optional<Integer> triesLeft = Optional.empty();
    for (; ; ) {
      PinBlock pin = entry.typed(track2.pan(), triesLeft);
      customer.show(new Processing(Processing.Work.BANK));
      switch (answer(machine.host().login(track2, pin))) {
        case Login.Welcome(Host.Customer known) -> {
          return Optional.of(new Holder(known, new Host.Identity.ByCard(track2), card));
        }
        case Login.WrongPin(int left) -> triesLeft = Optional.of(left);
        case Login.TriesUsedUp _ -> {
          card.keepForTheBank("the tries for the PIN are used up", Notice.CARD_KEPT_TRIES);
          return Optional.empty();
        }
        case Login.Refused(CardRefusal why) -> {
          refuse(why);
          return Optional.empty();
        }
      }
    }
  }

  private void refuse(CardRefusal why) {
    switch (why) {
      case STOLEN -> card.keepForTheBank("the bank asked for it", Notice.CARD_KEPT_STOLEN);
      case EXPIRED -> giveBack(Notice.CARD_EXPIRED);
      case BLOCKED -> giveBack(Notice.CARD_BLOCKED);
      case NOT_OURS -> giveBack(Notice.CARD_NOT_OURS);
    }
  }

  private void giveBack(Notice notice) {
    card.giveBack(Optional.of(new Screen.Message(notice)));
    card.tellIfKept(Notice.CARD_KEPT_LEFT);
  }
}
