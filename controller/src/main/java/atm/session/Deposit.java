package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.device.CashAcceptor;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.TakeOutcome;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.host.Host.DepositAnswer;
import atm.ledger.Journal;
import atm.screen.AccountScreen.AccountChoice.Purpose;
import atm.screen.Choice.Act;
import atm.screen.DepositScreen.CountCash;
import atm.screen.DepositScreen.Deposited;
import atm.screen.DepositScreen.InsertCash;
import atm.screen.DepositScreen.TakeBack;
import atm.screen.Notice;
import atm.screen.Receipt;
import atm.screen.Screen;
import atm.screen.Screen.MoreTime.Otherwise;
import atm.screen.Screen.Notes;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One deposit of notes: into the escrow, counted there, confirmed, stored, and only then credited.
/// Whoever cancels, leaves, or loses the keypad gets the notes back.
final class Deposit {
  private final Machine machine;
  private final CashAcceptor acceptor;
  private final Customer customer;
  private final Holder holder;
  private final DepositSettlement settlement;
  private final SortedMap<Money, Integer> escrow = new TreeMap<>();
  private final SortedMap<Money, Integer> kept = new TreeMap<>();
  private boolean begun;
  private boolean anyRefused;

  /// Why the visit ends with this deposit.
  private Optional<RuntimeException> leaving = Optional.empty();

  Deposit(Machine machine, CashAcceptor acceptor, Customer customer, Holder holder) {
    this.machine = machine;
    this.acceptor = acceptor;
    this.customer = customer;
    this.holder = holder;
    this.settlement = new DepositSettlement(machine, acceptor, customer, true);
  }

  /// Whether it came to an end; not so when the customer went back to the menu before.
  boolean run() {
    Optional<AccountNumber> account = Accounts.choose(customer, holder, Purpose.DEPOSIT);
    if (account.isEmpty()) return false;
    switch (answer(
        machine.host().openDeposit(customer.newRequest(), holder.who(), account.get()))) {
      case DepositAnswer.Opened(Stan stan) -> take(stan, account.get());
      case DepositAnswer.Declined _ -> tell(Notice.ACCOUNT_CLOSED, Optional.empty());
    }
    return true;
  }

  private void take(Stan stan, AccountNumber account) {
    Otherwise before = customer.otherwise(Otherwise.NOTES_COME_BACK);
    DepositEnd end = collected(stan);
    customer.otherwise(before);
    tell(end, stan);
    if (end instanceof DepositEnd.Credited(Money amount)) receipt(stan, account, amount);
    leaving.ifPresent(
        left -> {
          throw left;
        });
  }

  private DepositEnd collected(Stan stan) {
    try {
      return collect(stan);
    } catch (DeviceException acceptorSilent) {
      return new DepositEnd.Open();
    } catch (BankUnavailable silent) {
      leaving = Optional.of(silent);
      return new DepositEnd.Open();
    }
  }

  private DepositEnd collect(Stan stan) {
    try {
      acceptor.begin().await();
      begun = true;
    } catch (DeviceException failed) {
      return neverBegun(stan, failed.fault());
    }
    for (; ; ) {
      int refused;
      switch (insert()) {
        case InsertOutcome.Inserted inserted -> {
          count(stan, inserted);
          refused = inserted.refused();
        }
        case InsertOutcome.Nothing nothing -> refused = nothing.refused();
        case InsertOutcome.Failed _, InsertOutcome.Unknown _ -> {
          return settlement.afterUnknown(stan);
        }
      }
      anyRefused |= refused > 0;
      if (refused > 0 && waitsForTaking()) {
        switch (settlement.taken(TakeBack.Why.REFUSED)) {
          case TakeOutcome.Taken _ -> {}
          case TakeOutcome.Left _ -> {
            return settlement.retract(stan, true);
          }
          case TakeOutcome.Unknown _ -> {
            return settlement.afterUnknown(stan);
          }
        }
      }
      if (escrow.isEmpty()) {
        // Whoever put in what is not taken here may have something else.
        if (refused > 0 && leaving.isEmpty()) continue;
        return settlement.endEmpty(stan, "nothing was inserted");
      }
      switch (decision(refused)) {
        case CONFIRM -> {
          return settlement.store(stan);
        }
        case MORE_NOTES -> {}
        default -> {
          return settlement.back(stan);
        }
      }
    }
  }

  /// One bunch. Whoever cancels meanwhile ends it, and the deposit after it.
  private InsertOutcome insert() {
    Promise<Void> slotOpen = Promise.promise();
    Future<InsertOutcome> inserting =
        acceptor
            .insert(Duration.ZERO, slotOpen::tryComplete)
            .otherwise(failure -> new InsertOutcome.Unknown(DeviceException.faultOf(failure)));
    inserting.onComplete(_ -> slotOpen.tryComplete());
    // Shown when the slot is open, so that whoever reads it can do as it says.
    slotOpen.future().await();
    try {
      customer.askUntil(
          inserting,
          new InsertCash(Notes.kinds(machine.acceptedNotes()), room(), !escrow.isEmpty()));
    } catch (CustomerLeft | DeviceException left) {
      leaving = Optional.of(left);
      acceptor.cancel().otherwiseEmpty().await();
    }
    return inserting.await();
  }

  private void count(Stan stan, InsertOutcome.Inserted inserted) {
    inserted.accepted().forEach((note, count) -> escrow.merge(note, count, Integer::sum));
    inserted.suspect().forEach((note, count) -> kept.merge(note, count, Integer::sum));
    answer(journal().depositCounted(stan, escrow, kept));
  }

  private Act decision(int refused) {
    if (leaving.isPresent()) return Act.GIVE_BACK;
    try {
      Screen counted = new CountCash(escrow, refused, notes(kept), room() > 0);
      return (Act) customer.ask(counted);
    } catch (CustomerLeft | DeviceException left) {
      leaving = Optional.of(left);
      return Act.GIVE_BACK;
    }
  }

  /// Nothing can have been inserted. An answer that was lost may hide that it has begun all the
  /// same.
  private DepositEnd neverBegun(Stan stan, Fault why) {
    if (why.code() != Fault.Code.SEQUENCE) return settlement.afterUnknown(stan);
    // The notes of somebody else are inside: they must not be counted for this customer.
    answer(journal().depositVoid(stan, why.detail()));
    return new DepositEnd.Void();
  }

  private void tell(DepositEnd end, Stan stan) {
    // Kept notes are the news then, and whoever left is told so as the visit ends.
    boolean nothingToSay =
        end instanceof DepositEnd.Void && (!kept.isEmpty() || leaving.isPresent());
    if (!begun) tell(Notice.DEPOSIT_OFF, Optional.empty());
    else if (!nothingToSay) tellEnd(end, stan);
    boolean toldOfKept = end instanceof DepositEnd.Credited;
    if (!kept.isEmpty() && !toldOfKept) tell(Notice.DEPOSIT_KEPT, Optional.of(stan));
  }

  private void tellEnd(DepositEnd end, Stan stan) {
    switch (end) {
      case DepositEnd.Credited(Money amount) ->
          customer.tell(new Deposited(amount, stan, notes(kept)));
      case DepositEnd.Returned _ -> tell(Notice.DEPOSIT_RETURNED, Optional.empty());
      case DepositEnd.Retracted(boolean left) ->
          tell(left ? Notice.DEPOSIT_NOT_TAKEN : Notice.DEPOSIT_UNCLEAR, Optional.of(stan));
      case DepositEnd.Void _ ->
          tell(anyRefused ? Notice.DEPOSIT_REFUSED : Notice.DEPOSIT_NOTHING, Optional.empty());
      case DepositEnd.Suspect _, DepositEnd.Open _ ->
          tell(Notice.DEPOSIT_UNCLEAR, Optional.of(stan));
    }
  }

  private void tell(Notice notice, Optional<Stan> reference) {
    customer.tell(new Screen.Message(notice, reference));
  }

  private void receipt(Stan stan, AccountNumber account, Money amount) {
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.offer(
        () -> new Receipt.Deposit(desk.issue(holder.card()), stan, account, amount, escrow, kept));
  }

  /// Whether refused notes lie where they would be in the way of others, and are seen there.
  private boolean waitsForTaking() {
    CashAcceptor.Capabilities can = acceptor.capabilities();
    return can.returnsToSlot() && can.takenSensor();
  }

  private int room() {
    return Math.max(0, acceptor.capabilities().maxNotes() - notes(escrow));
  }

  private static int notes(Map<Money, Integer> notes) {
    return notes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Journal journal() {
    return machine.ledger().journal();
  }
}
