package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.cash.Mixer;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.screen.Screen.MoreTime.Otherwise;
import atm.value.Track2;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One customer's visit: with a card, from it going in to it, or word of it, coming out; without
/// one, from the account number to the farewell.
final class Visit {
  private final Machine machine;
  private final CashService cash;
  private final DepositService deposits;
  private final Customer customer;

  /// Whether something was done, so that whoever stops now has not broken off.
  private boolean served;

  Visit(Machine machine, CashService cash, DepositService deposits, Customer customer) {
    this.machine = machine;
    this.cash = cash;
    this.deposits = deposits;
    this.customer = customer;
  }

  /// Answers with the card, as it ended.
  Card withCard(Track2 track2) {
    Card card = Card.read(machine, customer, track2.pan().lastFour());
    customer.otherwise(card.isInside() ? Otherwise.CARD_COMES_BACK : Otherwise.VISIT_ENDS);
    card.giveBack(wishes(() -> new CardLogin(machine, customer, card).login(track2)));
    card.tellIfKept(Notice.CARD_KEPT_LEFT);
    if (!card.isKept()) customer.tell(new Screen.Goodbye());
    return card;
  }

  /// @param lastTry whether it has been tried often enough
  Card withUnreadableCard(boolean lastTry) {
    Card card = Card.read(machine, customer, "unreadable");
    Notice notice = lastTry ? Notice.CARD_UNREADABLE_STILL : Notice.CARD_UNREADABLE;
    card.giveBack(because(notice));
    card.tellIfKept(Notice.CARD_KEPT_LEFT);
    return card;
  }

  void withoutCard() {
    customer.otherwise(Otherwise.VISIT_ENDS);
    wishes(() -> new AccountLogin(machine, customer).login()).ifPresent(customer::tell);
    customer.tell(new Screen.Goodbye());
  }

  /// Does what the customer wants; ends with why it ends, where there is a reason to give.
  private Optional<Screen.Message> wishes(Supplier<Optional<Holder>> login) {
    try {
      login.get().ifPresent(this::serve);
      return Optional.empty();
    } catch (CustomerLeft left) {
      if (served) return Optional.empty();
      return because(
          switch (left.how()) {
            case CANCELED -> Notice.CANCELED;
            case TIMED_OUT -> Notice.TIMED_OUT;
          });
    } catch (BankUnavailable silent) {
      return because(Notice.BANK_FAILED);
    } catch (DeviceException failed) {
      // The others are accounted for where they act; what is left is the pad.
      Trouble trouble = Trouble.of(DeviceKind.PIN_PAD, failed.fault());
      answer(trouble.note(machine.ledger().journal(), "pin-pad-failed", Map.of()));
      return because(trouble.notice());
    }
  }

  /// One wish after the other. Cash ends the visit: the card goes out before the notes.
  private void serve(Holder holder) {
    customer.speakUnlessChosen(holder.who().language());
    Preferences preferences = new Preferences(machine, customer);
    Choice wish = menu(holder);
    for (; ; ) {
      Choice next = Act.BACK;
      switch (wish) {
        case Act.WITHDRAW -> {
          if (withdraws(holder)) return;
        }
        case Act.DEPOSIT -> served |= deposits(holder);
        case Act.TRANSFER -> served |= new Transfer(machine, customer, holder).run();
        case Act.BALANCE -> {
          next = new BalanceInquiry(machine, customer, holder).run(cash.isOn());
          served = true;
        }
        case Act.CHANGE_PIN -> {
          if (!new PinChange(machine, customer, holder).run()) return;
          served = true;
        }
        case Act.LANGUAGE -> preferences.chooseLanguage();
        case Act.AIDS -> preferences.chooseAids();
        default -> {}
      }
      wish = next == Act.WITHDRAW ? next : menu(holder);
    }
  }

  private Choice menu(Holder holder) {
    Map<Act, Boolean> offers = new EnumMap<>(Act.class);
    offers.put(Act.WITHDRAW, cash.isOn());
    offers.put(Act.DEPOSIT, deposits.isOn());
    for (Act always :
        new Act[] {Act.TRANSFER, Act.BALANCE, Act.CHANGE_PIN, Act.LANGUAGE, Act.AIDS}) {
      offers.put(always, true);
    }
    return customer.ask(new Screen.Menu(holder.who().holder(), offers, served));
  }

  /// Whether it came to a withdrawal, and with it to the visit's end.
  private boolean withdraws(Holder holder) {
    Optional<Mixer> mixer = mixer();
    return mixer.isPresent()
        && new Withdrawal(machine, machine.dispenser().orElseThrow(), customer, holder)
            .run(mixer.get());
  }

  /// The notes to choose from; empty when the dispenser failed since the visit began.
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

  private boolean deposits(Holder holder) {
    if (machine.acceptor().isEmpty()) {
      return new EnvelopeDeposit(machine, customer, holder).run();
    }
    deposits.assess();
    if (!deposits.isOn()) {
      customer.tell(new Screen.Message(Notice.DEPOSIT_OFF));
      return false;
    }
    boolean done = new Deposit(machine, machine.acceptor().get(), customer, holder).run();
    deposits.assess();
    return done;
  }

  private static Optional<Screen.Message> because(Notice notice) {
    return Optional.of(new Screen.Message(notice));
  }
}
