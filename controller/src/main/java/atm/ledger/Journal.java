package atm.ledger;

import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the session tells the books, step by step. Each future completes once the step is on
/// disk, on the caller's context. A step out of order fails with `IllegalStateException` and
/// writes nothing.
///
/// ## A deposit of cash
///
/// `Host.openDeposit` opens it; then, each on disk before the device is told:
///
/// | from | to | told by |
/// |---|---|---|
/// | `OPENED`, `COUNTED` | `COUNTED` | `depositCounted`, after each bunch |
/// | | `VOID` | `depositVoid`: nothing is in the escrow |
/// | `COUNTED` | `STORE_INTENT` | `storeIntent`, then the device stores |
/// | `STORE_INTENT` | `STORED` | `Host.completeDeposit`, credited in that commit |
/// | | `SUSPECT` | the same, when other notes were stored than counted |
/// | `COUNTED`, `STORE_INTENT` | `RETURN_INTENT` | `returnIntent`, then the device gives back |
/// | `RETURN_INTENT` | `RETURNED` | `depositReturned`, once the slot is empty |
/// | all of these | `RETRACT_INTENT` | `depositRetractIntent`, then the device retracts |
/// | `RETRACT_INTENT` | `RETRACTED` | `depositRetracted`: in suspense until counted |
/// | | `RETURNED` | `depositReturned`: the customer took them after all |
/// | all of these | `SUSPECT` | `depositSuspect`: nobody knows, nothing is credited |
///
/// ## Recovery of a deposit
///
/// `openDeposits` tells each with its state and its escrow as counted last, the device's
/// `lastCashIn` the rest. A device numbers no transactions, so before the first `begin` was
/// answered its memory is of the one before: only a transaction that is `ACTIVE`, or whose notes
/// are those of the escrow, is this one.
///
/// | last durable state | the device says | then |
/// |---|---|---|
/// | `OPENED` | nothing inside | `depositVoid` |
/// | `OPENED`, `COUNTED` | `ACTIVE`, in the escrow | `depositCounted` with its count, retract |
/// | `STORE_INTENT` | `STORED` | `completeDeposit` with its count |
/// | `STORE_INTENT` | `ACTIVE`, in the escrow | store, then `completeDeposit` |
/// | `COUNTED`, `STORE_INTENT` | `RETURNED` | `returnIntent`, then as below |
/// | `RETURN_INTENT` | `RETURNED`, slot empty | `depositReturned` |
/// | `RETURN_INTENT` | `RETURNED`, at the slot | take timer, then retract |
/// | `RETURN_INTENT` | `ACTIVE`, in the escrow | retract: nobody is there to take them |
/// | `RETRACT_INTENT` | `RETRACTED`, `RESET` | `depositRetracted` |
/// | `RETRACT_INTENT` | the same, but other notes in its bins | `depositSuspect` |
/// | any | after it was told again, what it said before | `depositSuspect` |
/// | any | `UNKNOWN`, or other counts | `depositSuspect` |
///
/// To retract is `depositRetractIntent`, the device's act, then `depositRetracted`.
public final class Journal {
  private final Ledger ledger;

  Journal(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Before the dispenser is asked: motors may run from here on. The mix has to be worth the
  /// approved amount.
  public Future<Void> dispenseIntent(Stan stan, Mix mix, DispenseToken token) {
    return ledger.run(books -> books.withdrawals().dispenseIntent(stan, mix, token));
  }

  /// The notes have left their cassettes, as the device counted them: `stacked` wait to be
  /// presented, `rejected` are in the reject bin.
  public Future<Void> stacked(Stan stan, Counts stacked, Counts rejected) {
    return ledger.run(books -> books.withdrawals().stacked(stan, stacked, rejected));
  }

  public Future<Void> presentIntent(Stan stan) {
    return ledger.run(books -> books.withdrawals().presentIntent(stan));
  }

  public Future<Void> presented(Stan stan) {
    return ledger.run(books -> books.withdrawals().presented(stan));
  }

  public Future<Void> retractIntent(Stan stan) {
    return ledger.run(books -> books.withdrawals().retractIntent(stan));
  }

  /// The notes left at the slot are in the retract bin. The customer stays charged; what came back
  /// is in suspense until a person has counted it. Presented notes that a counting device did not
  /// find again were taken; one that does not count is taken to have all.
  public Future<Void> retracted(Stan stan, Optional<Map<Money, Integer>> counted) {
    return ledger.run(books -> books.withdrawals().retracted(stan, counted));
  }

  /// Before notes that never reached the customer are moved to the reject bin. `inside` and
  /// `rejected` are all that left the cassettes for this withdrawal; what `stacked` has booked
  /// already is not booked again.
  public Future<Void> reversing(Stan stan, Counts inside, Counts rejected, String why) {
    return ledger.run(books -> books.withdrawals().reversing(stan, inside, rejected, why));
  }

  /// Nobody knows what became of the notes: the hold stays until a person has counted.
  public Future<Void> suspect(Stan stan, String why) {
    return ledger.run(books -> books.withdrawals().suspect(stan, why));
  }

  /// The device has counted: `escrow` is all that lies there now for this deposit, `counterfeit`
  /// all that it has kept as suspect meanwhile. Again after each bunch.
  public Future<Void> depositCounted(
      Stan stan, Map<Money, Integer> escrow, Map<Money, Integer> counterfeit) {
    return ledger.run(books -> books.deposits().counted(stan, escrow, counterfeit));
  }

  /// The customer has confirmed; before the device is told to store. Refused for an empty escrow.
  public Future<Void> storeIntent(Stan stan) {
    return ledger.run(books -> books.deposits().storeIntent(stan));
  }

  /// Before the device is told to give the notes back.
  public Future<Void> returnIntent(Stan stan) {
    return ledger.run(books -> books.deposits().returnIntent(stan));
  }

  /// The customer has taken all of the notes back.
  public Future<Void> depositReturned(Stan stan) {
    return ledger.run(books -> books.deposits().returned(stan));
  }

  /// Before the device is told to take left notes, or the escrow of somebody who is gone, into the
  /// retract bin.
  public Future<Void> depositRetractIntent(Stan stan) {
    return ledger.run(books -> books.deposits().retractIntent(stan));
  }

  /// They are in the retract bin. Nobody is credited until a person has counted. What a counting
  /// device did not find again was taken back; one that does not count is taken to have all.
  public Future<Void> depositRetracted(Stan stan, Optional<Map<Money, Integer>> counted) {
    return ledger.run(books -> books.deposits().retracted(stan, counted));
  }

  /// The deposit ended with nothing in the escrow. Refused when the books have notes there.
  public Future<Void> depositVoid(Stan stan, String why) {
    return ledger.run(books -> books.deposits().voided(stan, why));
  }

  /// Nobody knows where the notes are: nothing is credited until a person has counted.
  public Future<Void> depositSuspect(Stan stan, String why) {
    return ledger.run(books -> books.deposits().suspect(stan, why));
  }

  /// Something worth remembering that belongs to no transaction: a card retained, a fault, a
  /// recovery. No secrets, no card numbers.
  public Future<Void> note(String kind, Map<String, String> details) {
    return ledger.run(books -> books.note(kind, details));
  }

  /// The withdrawals that are not settled, oldest first, as of the last durable commit.
  public List<OpenWithdrawal> open() {
    return ledger.published().open();
  }

  /// The withdrawals that wait for a person's count, oldest first, as of the last durable commit.
  public List<Stan> suspects() {
    return ledger.published().suspects();
  }

  /// The deposits of cash that are not settled, oldest first, as of the last durable commit.
  public List<OpenDeposit> openDeposits() {
    return ledger.published().openDeposits();
  }

  /// The deposits that wait for a person's count, oldest first, as of the last durable commit.
  public List<Stan> suspectDeposits() {
    return ledger.published().suspectDeposits();
  }

  /// The chain's head as of the last durable commit.
  public Head head() {
    return ledger.published().head();
  }
}
