package atm.session;

import static atm.session.BankUnavailable.answer;
import static atm.session.Settlement.outcome;

import atm.device.CashAcceptor;
import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.CashInStatus.State;
import atm.device.CashAcceptor.CashUnit;
import atm.device.CashAcceptor.RetractOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashAcceptor.TakeOutcome;
import atm.host.Host.DepositCompletion;
import atm.ledger.Journal;
import atm.ledger.OpenDeposit;
import atm.screen.DepositScreen.TakeBack;
import atm.screen.Screen.Processing;
import atm.screen.Screen.Processing.Work;
import atm.value.Money;
import atm.value.Stan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Brings a deposit of cash to its end, by what the device says and by nothing else: in a visit
/// that runs and, by the same rules, after a crash. Each step is durable before the next, and
/// nobody is credited without the device's word that it has stored the notes.
///
/// Throws `DeviceException` when the acceptor does not answer a question, and `BankUnavailable`
/// when the books do not: the deposit then stays as it is, to be settled later.
final class DepositSettlement {
  private final Machine machine;
  private final CashAcceptor acceptor;
  private final Customer customer;
  private final boolean somebodyWaits;

  /// Of how many acts nobody heard how they ended.
  private int unknownEnds;

  /// @param somebodyWaits whether the customer stands there and can take notes back
  DepositSettlement(
      Machine machine, CashAcceptor acceptor, Customer customer, boolean somebodyWaits) {
    this.machine = machine;
    this.acceptor = acceptor;
    this.customer = customer;
    this.somebodyWaits = somebodyWaits;
  }

  /// The customer wants the notes kept.
  DepositEnd store(Stan stan) {
    answer(journal().storeIntent(stan));
    return storeNow(stan);
  }

  private DepositEnd storeNow(Stan stan) {
    customer.show(new Processing(Work.STORE));
    return switch (outcome(acceptor.store(), StoreOutcome.Unknown::new)) {
      case StoreOutcome.Stored(Map<Money, Integer> notes) -> complete(stan, notes);
      case StoreOutcome.StillInEscrow _ -> back(stan);
      case StoreOutcome.Unknown _ -> afterUnknown(stan);
    };
  }

  private DepositEnd complete(Stan stan, Map<Money, Integer> stored) {
    return switch (answer(machine.host().completeDeposit(stan, stored))) {
      case DepositCompletion.Credited(Money amount) -> new DepositEnd.Credited(amount);
      case DepositCompletion.Suspect _ -> new DepositEnd.Suspect();
    };
  }

  /// Out of the escrow again: to the customer, or to the retract bin where nobody is there.
  DepositEnd back(Stan stan) {
    if (!somebodyWaits) return retract(stan, false);
    answer(journal().returnIntent(stan));
    return giveBackNow(stan);
  }

  private DepositEnd giveBackNow(Stan stan) {
    customer.show(new Processing(Work.RETURN));
    return switch (outcome(acceptor.giveBack(), ReturnOutcome.Unknown::new)) {
      case ReturnOutcome.Returned _ -> awaitTaking(stan);
      case ReturnOutcome.NothingThere _ ->
          suspect(stan, "the acceptor found no notes to give back");
      case ReturnOutcome.StillInEscrow _ -> retract(stan, false);
      case ReturnOutcome.Unknown _ -> afterUnknown(stan);
    };
  }

  /// Where the device does not see whether notes are taken, nobody waits: they are in the
  /// customer's hand, and nothing could draw them in again.
  private DepositEnd awaitTaking(Stan stan) {
    if (!seesTaking()) return returned(stan);
    return switch (taken(TakeBack.Why.RETURNED)) {
      case TakeOutcome.Taken _ -> returned(stan);
      case TakeOutcome.Left _ -> retract(stan, true);
      case TakeOutcome.Unknown _ -> afterUnknown(stan);
    };
  }

  /// Whether the customer takes the notes that lie at the slot.
  TakeOutcome taken(TakeBack.Why why) {
    Duration within = customer.timeouts().takeCash();
    customer.show(new TakeBack(why, Math.toIntExact(within.toSeconds())), within);
    return outcome(acceptor.taken(within), TakeOutcome.Unknown::new);
  }

  private DepositEnd returned(Stan stan) {
    answer(journal().depositReturned(stan));
    return new DepositEnd.Returned();
  }

  /// What lies at the slot or in the escrow goes to the retract bin.
  ///
  /// @param left whether the customer left it at the slot
  DepositEnd retract(Stan stan, boolean left) {
    answer(journal().depositRetractIntent(stan));
    return retractNow(stan, left);
  }

  private DepositEnd retractNow(Stan stan, boolean left) {
    customer.show(new Processing(Work.RETRACT));
    return switch (outcome(acceptor.retract(), RetractOutcome.Unknown::new)) {
      case RetractOutcome.Retracted(Optional<Map<Money, Integer>> counted) ->
          retracted(stan, counted, left);
      case RetractOutcome.Taken _ -> returned(stan);
      case RetractOutcome.NothingThere _ ->
          find(stan).escrow().isEmpty()
              ? voided(stan, "nothing was left to take back in")
              : suspect(stan, "the acceptor found no notes to retract");
      case RetractOutcome.Unknown _ -> afterUnknown(stan);
    };
  }

  private DepositEnd retracted(Stan stan, Optional<Map<Money, Integer>> counted, boolean left) {
    if (someMayBeStored()) {
      return suspect(stan, "some may be stored: the deposit bins hold other notes than the books");
    }
    answer(journal().depositRetracted(stan, counted));
    return new DepositEnd.Retracted(left);
  }

  /// An acceptor that was told to store before has perhaps stored some, and names all of them all
  /// the same. Where what is retracted goes to the deposit bins too, these do not tell.
  private boolean someMayBeStored() {
    List<CashUnit> bins = acceptor.cashUnits().await();
    return acceptor.capabilities().countsBins()
        && bins.stream().anyMatch(bin -> bin.kind() == CashUnit.Kind.RETRACT)
        && DepositService.differ(bins, machine.ledger());
  }

  /// Ends a transaction in which no note was accepted, at the device and in the books.
  DepositEnd endEmpty(Stan stan, String why) {
    return switch (outcome(acceptor.giveBack(), ReturnOutcome.Unknown::new)) {
      case ReturnOutcome.NothingThere _ -> voided(stan, why);
      case ReturnOutcome.Returned _, ReturnOutcome.StillInEscrow _ ->
          suspect(stan, "the acceptor holds notes that it did not count");
      case ReturnOutcome.Unknown _ -> afterUnknown(stan);
    };
  }

  private DepositEnd voided(Stan stan, String why) {
    answer(journal().depositVoid(stan, why));
    return new DepositEnd.Void();
  }

  private DepositEnd suspect(Stan stan, String why) {
    answer(journal().depositSuspect(stan, why));
    return new DepositEnd.Suspect();
  }

  /// After an act with an unknown end: waits a while for the device to come back, then does as
  /// `Recovery` would. Once in a visit, after which `Recovery` comes. There, only a device that
  /// stays away leaves the deposit open: one that answers would not wake anybody again.
  DepositEnd afterUnknown(Stan stan) {
    customer.show(new Processing(Work.CHECK));
    boolean isForLater = somebodyWaits && unknownEnds > 0;
    if (isForLater || !Readiness.isBack(machine, acceptor).await()) return new DepositEnd.Open();
    unknownEnds++;
    return settle(find(stan));
  }

  /// Tells the device to go on, unless two acts have ended of which nobody heard how.
  private DepositEnd again(Stan stan, Supplier<DepositEnd> act) {
    return unknownEnds < 2
        ? act.get()
        : suspect(stan, "the acceptor was told twice, and does not say how that ended");
  }

  /// Settles an open deposit by its last durable state and what the device remembers (the table is
  /// on the page of `Journal`).
  DepositEnd settle(OpenDeposit open) {
    CashInStatus seen = acceptor.lastCashIn().await();
    return switch (open.state()) {
      case OPENED, COUNTED -> takenIn(open, seen);
      case STORE_INTENT -> storing(open, seen);
      case RETURN_INTENT -> returning(open, seen);
      case RETRACT_INTENT -> retracting(open, seen);
      case STORED, RETURNED, RETRACTED, VOID, SUSPECT, SETTLED ->
          throw new IllegalStateException("deposit " + open.stan() + " is " + open.state());
    };
  }

  /// The device may have taken in more than the books know.
  private DepositEnd takenIn(OpenDeposit open, CashInStatus seen) {
    Stan stan = open.stan();
    if (seen.state() == State.ACTIVE) {
      boolean counted = !seen.notes().isEmpty() || !seen.suspect().isEmpty();
      if (counted) answer(journal().depositCounted(stan, seen.notes(), seen.suspect()));
      if (!seen.notes().isEmpty()) return again(stan, () -> back(stan));
      // A note that was never counted sticks inside, or refused ones lie at the slot.
      boolean somethingLeft = seen.notesInside() || !seen.slotEmpty().orElse(true);
      return again(
          stan,
          () -> somethingLeft ? retract(stan, false) : endEmpty(stan, "ended with nothing inside"));
    }
    if (!open.escrow().isEmpty()) {
      // It sent them back by itself, as after a loss of power.
      if (seen.state() == State.RETURNED && isThisOne(open, seen)) {
        answer(journal().returnIntent(open.stan()));
        return returning(open, seen);
      }
      if (isInBin(seen) && isThisOne(open, seen)) {
        // It may have kept more, of a bunch that was never answered.
        answer(journal().depositCounted(stan, seen.notes(), seen.suspect()));
      }
      return endedByItself(open, seen);
    }
    // Before `begin` was answered the device's memory is of the one before. That may be so too
    // where it took notes to its bin by itself; but they may be this customer's.
    boolean nothingThere =
        !seen.notesInside()
            && seen.slotEmpty().orElse(!seesTaking())
            && !(isInBin(seen) && !seen.notes().isEmpty());
    return nothingThere && seen.state() != State.UNKNOWN
        ? voided(stan, "ended before a note was taken in")
        : unexplained(open, seen);
  }

  private DepositEnd storing(OpenDeposit open, CashInStatus seen) {
    return switch (seen.state()) {
      case STORED -> complete(open.stan(), seen.notes());
      case ACTIVE ->
          isThisOne(open, seen)
              ? again(open.stan(), () -> storeNow(open.stan()))
              : unexplained(open, seen);
      // It sent them back instead.
      case RETURNED -> {
        if (!isThisOne(open, seen)) yield unexplained(open, seen);
        answer(journal().returnIntent(open.stan()));
        yield returning(open, seen);
      }
      default -> endedByItself(open, seen);
    };
  }

  private DepositEnd returning(OpenDeposit open, CashInStatus seen) {
    if (!isThisOne(open, seen)) return unexplained(open, seen);
    Stan stan = open.stan();
    return switch (seen.state()) {
      case RETURNED -> atSlot(open, seen).orElseGet(() -> again(stan, () -> awaitTaking(stan)));
      // It was not done: the device would say so.
      case ACTIVE -> again(stan, () -> somebodyWaits ? giveBackNow(stan) : retract(stan, false));
      default -> endedByItself(open, seen);
    };
  }

  private DepositEnd retracting(OpenDeposit open, CashInStatus seen) {
    Stan stan = open.stan();
    return switch (seen.state()) {
      case RETURNED -> atSlot(open, seen).orElseGet(() -> retractOnce(stan, true));
      case ACTIVE -> retractOnce(stan, false);
      case RETRACTED, RESET -> retracted(stan, Optional.empty(), false);
      default -> unexplained(open, seen);
    };
  }

  /// Notes that did not move when it was told to take them are not waited for.
  private DepositEnd retractOnce(Stan stan, boolean left) {
    return unknownEnds == 0
        ? retractNow(stan, left)
        : suspect(stan, "the acceptor does not retract the notes");
  }

  /// What is certain without waiting; empty when the notes still lie there.
  private Optional<DepositEnd> atSlot(OpenDeposit open, CashInStatus seen) {
    if (!seesTaking()) return Optional.of(returned(open.stan()));
    if (seen.slotEmpty().isEmpty()) return Optional.of(unexplained(open, seen));
    return seen.slotEmpty().get() ? Optional.of(returned(open.stan())) : Optional.empty();
  }

  /// The device took the notes to its retract bin without being asked, as after a loss of power.
  private DepositEnd endedByItself(OpenDeposit open, CashInStatus seen) {
    if (!isInBin(seen) || !isThisOne(open, seen)) return unexplained(open, seen);
    answer(journal().depositRetractIntent(open.stan()));
    return retracted(open.stan(), Optional.empty(), false);
  }

  private boolean seesTaking() {
    return acceptor.capabilities().takenSensor();
  }

  private static boolean isInBin(CashInStatus seen) {
    return seen.state() == State.RETRACTED || seen.state() == State.RESET;
  }

  private static boolean isThisOne(OpenDeposit open, CashInStatus seen) {
    return seen.notes().equals(open.escrow());
  }

  private DepositEnd unexplained(OpenDeposit open, CashInStatus seen) {
    return suspect(
        open.stan(),
        "the acceptor says " + seen.state() + " " + seen.notes() + ", the books " + open.state());
  }

  private OpenDeposit find(Stan stan) {
    return journal().openDeposits().stream()
        .filter(open -> open.stan().equals(stan))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("deposit " + stan + " is not open"));
  }

  private Journal journal() {
    return machine.ledger().journal();
  }
}
