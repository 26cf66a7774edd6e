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

/// What the session tells the books, step by step. Each future completes once the step is on disk,
/// on the caller's context. A step out of order fails with `IllegalStateException` and writes
/// nothing.
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

  /// The chain's head as of the last durable commit.
  public Head head() {
    return ledger.published().head();
  }
}
