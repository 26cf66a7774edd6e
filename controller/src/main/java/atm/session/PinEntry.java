package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host;
import atm.host.Host.CardRefusal;
import atm.host.Host.Login;
import atm.screen.Choice;
import atm.screen.LoginScreen.Pin;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import atm.value.PinBlock;
import atm.value.Track2;
import java.util.List;
import java.util.Optional;

/// Card and PIN: who is this. The PIN goes from pad to bank encrypted; nothing here can read it.
final class PinEntry {
  private final Machine machine;
  private final Customer customer;
  private final Card card;

  PinEntry(Machine machine, Customer customer, Card card) {
    this.machine = machine;
    this.customer = customer;
    this.card = card;
  }

  /// Who it is; empty when the card was refused, has gone back or is retained.
  Optional<Host.Customer> login(Track2 track2) {
    Optional<Integer> triesLeft = Optional.empty();
    for (; ; ) {
      PinBlock pin = typed(track2, triesLeft);
      customer.show(new Processing(Processing.Work.BANK));
      switch (answer(machine.host().login(track2, pin))) {
        case Login.Welcome(Host.Customer known) -> {
          return Optional.of(known);
        }
        case Login.WrongPin(int left) -> triesLeft = Optional.of(left);
        case Login.TriesUsedUp _ -> {
          return kept(Notice.CARD_KEPT_TRIES, "the tries for the PIN are used up");
        }
        case Login.Refused(CardRefusal why) -> {
          return refused(why);
        }
      }
    }
  }

  private PinBlock typed(Track2 track2, Optional<Integer> triesLeft) {
    while (customer.enterPin(typed -> new Pin(typed, triesLeft, otherLanguages(), false))
        instanceof Choice.Language(String tag)) {
      customer.speak(tag);
    }
    return machine.pad().pinBlock(track2.pan(), machine.host().pinBlockFormat()).await();
  }

  private List<String> otherLanguages() {
    return machine.texts().tags().stream().filter(tag -> !tag.equals(customer.language())).toList();
  }

  private Optional<Host.Customer> refused(CardRefusal why) {
    return switch (why) {
      case STOLEN -> kept(Notice.CARD_KEPT_STOLEN, "the bank asked for it");
      case EXPIRED -> returned(Notice.CARD_EXPIRED);
      case BLOCKED -> returned(Notice.CARD_BLOCKED);
      case NOT_OURS -> returned(Notice.CARD_NOT_OURS);
    };
  }

  private Optional<Host.Customer> kept(Notice notice, String why) {
    card.retain(why);
    card.tellIfKept(notice);
    return Optional.empty();
  }

  private Optional<Host.Customer> returned(Notice notice) {
    card.giveBack(Optional.of(new Screen.Message(notice)));
    card.tellIfKept(Notice.CARD_KEPT_LEFT);
    return Optional.empty();
  }
}
