package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host;
import atm.host.Host.CardRefusal;
import atm.screen.LoginScreen.NewPin.Ask;
import atm.screen.Notice;
import atm.screen.Receipt;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import atm.value.PinBlock;
import java.util.Optional;

/// A change of the PIN: the old one, then the new one twice. The bank compares; the machine only
/// ever has the three encrypted blocks.
final class PinChange {
  private final Machine machine;
  private final Customer customer;
  private final Holder holder;
  private final PinEntry entry;

  PinChange(Machine machine, Customer customer, Holder holder) {
    this.machine = machine;
    this.customer = customer;
    this.holder = holder;
    this.entry = new PinEntry(machine, customer);
  }

  /// Whether the visit may go on after it.
  boolean run() {
    Optional<PinBlock> old = entry.typed(holder.identity(), Ask.OLD);
    Ask ask = Ask.NEW;
    while (old.isPresent()) {
      Optional<PinBlock> first = entry.typed(holder.identity(), ask);
      if (first.isEmpty()) return true;
      Optional<PinBlock> again = entry.typed(holder.identity(), Ask.AGAIN);
      if (again.isEmpty()) {
        ask = Ask.NEW;
        continue;
      }
      switch (change(old.get(), first.get(), again.get())) {
        case Host.PinChange.Changed _ -> {
          told(Notice.PIN_CHANGED);
          ReceiptDesk desk = new ReceiptDesk(machine, customer);
          desk.offer(() -> new Receipt.PinChange(desk.issue(holder.card())));
          return true;
        }
        case Host.PinChange.Mismatch _ -> ask = Ask.NEW_AFTER_MISMATCH;
        case Host.PinChange.Weak _ -> ask = Ask.NEW_AFTER_WEAK;
        case Host.PinChange.Same _ -> ask = Ask.NEW_AFTER_SAME;
        case Host.PinChange.WrongPin(int left) -> {
          old = Optional.of(entry.typed(holder.identity().pinBlockPan(), Optional.of(left)));
          ask = Ask.NEW;
        }
        case Host.PinChange.TriesUsedUp _ -> {
          return shutOut("the tries for the PIN are used up", Notice.CARD_KEPT_TRIES);
        }
        case Host.PinChange.Refused(CardRefusal why) when why == CardRefusal.STOLEN -> {
          return shutOut("the bank asked for it", Notice.CARD_KEPT_STOLEN);
        }
        case Host.PinChange.Refused _ -> {
          return told(Notice.PIN_NOT_CHANGED);
        }
      }
    }
    return true;
  }

  private Host.PinChange change(PinBlock old, PinBlock first, PinBlock again) {
    customer.show(new Processing(Processing.Work.BANK));
    try {
      return answer(machine.host().changePin(holder.identity(), old, first, again));
    } catch (BankUnavailable silent) {
      customer.tell(new Screen.Message(Notice.PIN_UNCLEAR));
      throw silent;
    }
  }

  private boolean told(Notice notice) {
    customer.tell(new Screen.Message(notice));
    return true;
  }

  private boolean shutOut(String why, Notice kept) {
    if (holder.card().isHere()) holder.card().keepForTheBank(why, kept);
    else customer.tell(new Screen.Message(Notice.LOGIN_LOCKED));
    return false;
  }
}
