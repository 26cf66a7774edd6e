package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.cash.CashUnits;
import atm.device.CashDispenser;
import atm.device.CashDispenser.RejectOutcome;
import atm.device.CashDispenser.RetractOutcome;
import atm.device.CashDispenser.TakeOutcome;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.host.Host;
import atm.host.Host.NotesLeft;
import atm.ledger.Journal;
import atm.ledger.OpenWithdrawal;
import atm.ledger.WithdrawalState;
import atm.screen.Screen.Processing;
import atm.screen.WithdrawalScreen.CashOut;
import atm.screen.WithdrawalScreen.TakeCash;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Brings a withdrawal to its end, by what the device says and by nothing else: in a visit that
/// runs and, by the same rules, after a crash. Each step is durable before the next.
///
/// Throws `DeviceException` when the dispenser does not answer a question, and `BankUnavailable`
/// when the books do not: the withdrawal then stays as it is, to be settled later.
final class Settlement {
  private final Machine machine;
  private final CashDispenser dispenser;
  private final Customer customer;

  Settlement(Machine machine, CashDispenser dispenser, Customer customer) {
    this.machine = machine;
    this.dispenser = dispenser;
    this.customer = customer;
  }

  /// Not even an intent to move a note is in the books.
  static Settled neverBegun(Machine machine, Stan stan) {
    answer(machine.host().reverse(stan, NotesLeft.NONE, "ended before any note moved"));
    return Settled.REVERSED;
  }

  /// No note has moved.
  Settled reverse(Stan stan, String why) {
    answer(host().reverse(stan, NotesLeft.NONE, why));
    return Settled.REVERSED;
  }

  /// Notes have moved, none within the customer's reach.
  ///
  /// @param inside on the stacker or in the transport
  /// @param rejected already in the reject bin
  Settled rejectAndReverse(Stan stan, Counts inside, Counts rejected, String why) {
    answer(journal().reversing(stan, inside, rejected, why));
    if (inside.notes() == 0) return reverse(stan, why);
    return reject(stan, why);
  }

  private Settled reject(Stan stan, String why) {
    return switch (outcome(dispenser.reject(), RejectOutcome.Unknown::new)) {
      case RejectOutcome.Rejected _ -> {
        answer(host().reverse(stan, NotesLeft.REJECTED, why));
        yield Settled.REVERSED;
      }
      case RejectOutcome.NothingThere _ ->
          reverseIfNotPresented(stan, why + "; no notes were found to reject");
      case RejectOutcome.StillInside(Fault stays) ->
          reverseIfNotPresented(stan, why + "; " + stays.detail());
      case RejectOutcome.Unknown(Fault unknown) ->
          reverseIfNotPresented(stan, why + "; " + unknown.detail());
    };
  }

  /// The notes are not known to be in the bin. The hold is given back only if the device vouches
  /// that the customer never had them within reach.
  private Settled reverseIfNotPresented(Stan stan, String why) {
    if (Memory.of(find(stan), dispenser, machine)
        instanceof Memory.NotPresented(_, _, boolean notesInside)) {
      answer(host().reverse(stan, notesInside ? NotesLeft.STILL_INSIDE : NotesLeft.REJECTED, why));
      return Settled.REVERSED;
    }
    return suspect(stan, why);
  }

  /// The notes are at the slot: waits for the customer, then takes them back in. Where the device
  /// sees nothing of that, they are the customer's, who is told so for a while.
  Settled awaitTaking(Stan stan, Money amount) {
    if (seesNothingTaken()) {
      Settled paid = complete(stan);
      customer.tell(new CashOut(amount));
      return paid;
    }
    Duration within = customer.timeouts().takeCash();
    customer.show(new TakeCash(amount, Math.toIntExact(within.toSeconds())), within);
    return switch (outcome(dispenser.taken(within), TakeOutcome.Unknown::new)) {
      case TakeOutcome.Taken _ -> complete(stan);
      case TakeOutcome.Left _ -> retract(stan);
      case TakeOutcome.Unknown(Fault why) -> afterUnknownTaking(stan, why);
    };
  }

  private Settled afterUnknownTaking(Stan stan, Fault why) {
    customer.show(new Processing(Processing.Work.CHECK));
    if (!isBack()) return Settled.OPEN;
    return presented(find(stan), Memory.of(find(stan), dispenser, machine), _ -> retract(stan))
        .orElseGet(() -> suspect(stan, why.detail()));
  }

  /// A device without a stacker stopped short: what it counted out is with the customer, and
  /// nothing more comes.
  Settled payInPart(Stan stan, Counts presented, Counts rejected, String why) {
    answer(journal().stacked(stan, presented, rejected));
    answer(journal().presentIntent(stan));
    answer(journal().presented(stan));
    answer(journal().note("cash-short", Map.of("withdrawal", stan.toString(), "why", why)));
    complete(stan);
    return Settled.PAID_IN_PART;
  }

  private Settled complete(Stan stan) {
    answer(host().complete(stan));
    return Settled.PAID;
  }

  private Settled retract(Stan stan) {
    customer.show(new Processing(Processing.Work.RETRACT));
    answer(journal().retractIntent(stan));
    return retractNow(stan);
  }

  private Settled retractNow(Stan stan) {
    return switch (outcome(dispenser.retract(), RetractOutcome.Unknown::new)) {
      case RetractOutcome.Retracted(Optional<Map<Money, Integer>> counted) -> {
        answer(journal().retracted(stan, counted));
        yield Settled.RETRACTED;
      }
      case RetractOutcome.Taken _ -> complete(stan);
      case RetractOutcome.Unknown(Fault why) -> afterUnknownRetract(stan, why);
    };
  }

  /// It may have been done without our hearing of it. Notes still at the slot did not come back in
  /// when told to, and are not told twice.
  private Settled afterUnknownRetract(Stan stan, Fault why) {
    if (!isBack()) return Settled.OPEN;
    OpenWithdrawal open = find(stan);
    return presented(open, remembered(open), _ -> suspect(stan, why.detail()))
        .orElseGet(() -> suspect(stan, why.detail()));
  }

  Settled suspect(Stan stan, String why) {
    answer(journal().suspect(stan, why));
    return Settled.SUSPECT;
  }

  /// After an act with an unknown end: waits a while for the device to come back, then does as
  /// `Recovery` would. A device that stays away leaves the withdrawal open.
  Settled afterUnknown(Stan stan) {
    customer.show(new Processing(Processing.Work.CHECK));
    if (!isBack()) return Settled.OPEN;
    return settle(find(stan));
  }

  /// Settles an open withdrawal by its last durable state and what the device remembers.
  Settled settle(OpenWithdrawal open) {
    Stan stan = open.stan();
    return switch (open.state()) {
      case REQUESTED, APPROVED -> neverBegun(machine, stan);
      case DISPENSE_INTENT -> dispensed(open, remembered(open));
      case STACKED, PRESENT_INTENT ->
          dispenser.capabilities().stacker()
              ? stacked(open, remembered(open))
              : presentedByDispensing(open);
      case REVERSING -> reversing(open, remembered(open));
      case PRESENTED ->
          seesNothingTaken()
              ? complete(stan)
              : presented(open, remembered(open), _ -> awaitTaking(stan, open.amount()))
                  .orElseGet(() -> unexplained(open));
      case RETRACT_INTENT ->
          presented(open, remembered(open), _ -> retractNow(stan))
              .orElseGet(() -> unexplained(open));
      case TAKEN -> complete(stan);
      case DECLINED, DONE, RETRACTED, REVERSED, SUSPECT, SETTLED ->
          throw new IllegalStateException("withdrawal " + stan + " is " + open.state());
    };
  }

  /// Whether and how far the dispense was made is not in the books. What has left the cassettes
  /// since is: it must be what the device says it dispensed, and what it rejected on the way. Of a
  /// device that does not count its cassettes, its word stands alone.
  private Settled dispensed(OpenWithdrawal open, Memory memory) {
    Stan stan = open.stan();
    CashUnits units = units();
    SortedMap<String, Integer> moved = units.moved();
    boolean untouched = moved.isEmpty() && units.seesAllCassettes();
    // A device that signs nothing cannot say whose dispense it remembers; its counters can.
    if (untouched && !dispenser.capabilities().signsAnswers() && seesNoNotes(memory)) {
      return reverse(stan, "the dispenser's counters are as before");
    }
    return switch (memory) {
      case Memory.NotMade _ when untouched -> reverse(stan, "the dispenser never made it");
      case Memory.NotPresented(Counts counts, Counts told, _) ->
          rejectedOnTheWay(open, units, counts, told)
              .map(rejected -> rejectAndReverse(stan, counts, rejected, "not presented"))
              .orElseGet(() -> unexplained(open));
      case Memory.Presented(Counts counts, Counts told, _, _, _) ->
          rejectedOnTheWay(open, units, counts, told)
              .map(
                  rejected -> {
                    answer(journal().stacked(stan, counts, rejected));
                    return seesNothingTaken()
                        ? presentedByDispensing(find(stan))
                        : afterPresent(find(stan), memory);
                  })
              .orElseGet(() -> unexplained(open));
      case Memory.NotMade _, Memory.Unclear _ -> unexplained(open);
    };
  }

  /// Neither inside nor at the slot; `false` also where the device does not know.
  private static boolean seesNoNotes(Memory memory) {
    return switch (memory) {
      case Memory.NotMade _ -> true;
      case Memory.NotPresented(_, _, boolean notesInside) -> !notesInside;
      case Memory.Presented(_, _, Optional<Boolean> slotEmpty, boolean notesInside, _) ->
          !notesInside && slotEmpty.orElse(false);
      case Memory.Unclear _ -> false;
    };
  }

  private Settled stacked(OpenWithdrawal open, Memory memory) {
    if (!moved().isEmpty()) return unexplained(open);
    return switch (memory) {
      case Memory.NotPresented _ ->
          rejectAndReverse(open.stan(), open.stacked(), Counts.NONE, "not presented");
      case Memory.Presented _ -> afterPresent(open, memory);
      case Memory.NotMade _, Memory.Unclear _ -> unexplained(open);
    };
  }

  /// Without a stacker, what the device counted out is with the customer.
  private Settled presentedByDispensing(OpenWithdrawal open) {
    Stan stan = open.stan();
    if (open.state() != WithdrawalState.PRESENT_INTENT) {
      answer(journal().presentIntent(stan));
    }
    answer(journal().presented(stan));
    return seesNothingTaken() ? complete(stan) : awaitTaking(stan, open.amount());
  }

  /// Notes fall into the customer's hand: that they are presented is all that is ever known.
  private boolean seesNothingTaken() {
    return !dispenser.capabilities().stacker() && !dispenser.capabilities().takenSensor();
  }

  /// The device presented, but the books do not know yet.
  private Settled afterPresent(OpenWithdrawal open, Memory memory) {
    Stan stan = open.stan();
    if (open.state() != WithdrawalState.PRESENT_INTENT) {
      answer(journal().presentIntent(stan));
    }
    answer(journal().presented(stan));
    return presented(open, memory, _ -> awaitTaking(stan, open.amount()))
        .orElseGet(() -> unexplained(open));
  }

  private Settled reversing(OpenWithdrawal open, Memory memory) {
    boolean notPresented = memory instanceof Memory.NotPresented && moved().isEmpty();
    if (!notPresented) return unexplained(open);
    return reject(open.stan(), "not presented");
  }

  /// Presented notes: taken, retracted, or at the slot still (then `atSlot` says what next); empty
  /// when the device cannot say.
  private Optional<Settled> presented(
      OpenWithdrawal open, Memory memory, Function<Memory, Settled> atSlot) {
    if (!(memory instanceof Memory.Presented seen) || seen.notesInside()) return Optional.empty();
    if (seen.retracted()) return Optional.of(retractedByItself(open));
    if (seen.slotEmpty().isEmpty()) return Optional.empty();
    if (!seen.slotEmpty().get()) return Optional.of(atSlot.apply(memory));
    // An empty slot after a retract was begun: only a signed answer tells taken from taken back.
    boolean begun = open.state() == WithdrawalState.RETRACT_INTENT;
    if (begun && !dispenser.capabilities().signsAnswers()) return Optional.empty();
    return Optional.of(complete(open.stan()));
  }

  /// The device took the notes back in, and nobody saw how many.
  private Settled retractedByItself(OpenWithdrawal open) {
    if (find(open.stan()).state() != WithdrawalState.RETRACT_INTENT) {
      answer(journal().retractIntent(open.stan()));
    }
    answer(journal().retracted(open.stan(), Optional.empty()));
    return Settled.RETRACTED;
  }

  private Settled unexplained(OpenWithdrawal open) {
    return suspect(open.stan(), "what the dispenser says does not explain " + open.state());
  }

  /// What has moved less `dispensed`; empty when less has moved than the device says it dispensed.
  /// Where nobody counts what moved, what the device has `told`; empty when that is more than was
  /// asked for.
  private static Optional<Counts> rejectedOnTheWay(
      OpenWithdrawal open, CashUnits units, Counts dispensed, Counts told) {
    if (!units.counted()) return Optional.of(told).filter(_ -> isWithin(open, dispensed));
    SortedMap<String, Integer> rest = new TreeMap<>(units.moved());
    dispensed.byCassette().forEach((cassette, count) -> rest.merge(cassette, -count, Integer::sum));
    if (rest.values().stream().anyMatch(count -> count < 0)) return Optional.empty();
    return Optional.of(new Counts(rest));
  }

  private static boolean isWithin(OpenWithdrawal open, Counts dispensed) {
    Map<String, Integer> asked = open.mix().map(Mix::byCassette).orElseThrow();
    return dispensed.byCassette().entrySet().stream()
        .allMatch(out -> out.getValue() <= asked.getOrDefault(out.getKey(), 0));
  }

  private SortedMap<String, Integer> moved() {
    return units().moved();
  }

  private CashUnits units() {
    return CashService.units(dispenser, machine);
  }

  private Memory remembered(OpenWithdrawal open) {
    return Memory.of(open, dispenser, machine);
  }

  private boolean isBack() {
    return Readiness.isBack(machine, dispenser).await();
  }

  private OpenWithdrawal find(Stan stan) {
    return journal().open().stream()
        .filter(open -> open.stan().equals(stan))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("withdrawal " + stan + " is not open"));
  }

  /// Notes have to be accounted for: a failure is an outcome too.
  static <T> T outcome(Future<T> act, Function<Fault, T> unknown) {
    return act.otherwise(failure -> unknown.apply(DeviceException.faultOf(failure))).await();
  }

  private Host host() {
    return machine.host();
  }

  private Journal journal() {
    return machine.ledger().journal();
  }
}
