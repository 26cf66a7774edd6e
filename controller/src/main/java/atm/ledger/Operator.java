package atm.ledger;

import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a person did at the machine and counted there, told to the books. Each act is an event with
/// that person's name, balanced, and on disk when its future completes, on the caller's context. An
/// act that does not fit fails with `IllegalStateException` or `IllegalArgumentException` and
/// writes nothing. Amounts and notes are what the person counted, never what was expected.
public final class Operator {
  // More than any cassette or envelope holds: a slip of the finger.
  private static final int NOTES_MAX = 100_000;

  /// A bin that is emptied as a whole.
  public enum Bin {
    REJECT(Account.REJECT_PREFIX, Account::reject),
    RETRACT(Account.RETRACT_PREFIX, Account::retract),
    DEPOSIT(Account.DEPOSIT_PREFIX, Account::deposit),
    DEPOSIT_RETRACT(Account.DEPOSIT_RETRACT_PREFIX, Account::depositRetract),
    COUNTERFEIT(Account.COUNTERFEIT_PREFIX, Account::counterfeit);

    private final String prefix;
    private final Function<Money, Account> account;

    Bin(String prefix, Function<Money, Account> account) {
      this.prefix = prefix;
      this.account = account;
    }

    String prefix() {
      return prefix;
    }

    Account account(Money note) {
      return account.apply(note);
    }
  }

  private final Ledger ledger;

  Operator(Ledger ledger) {
    this.ledger = ledger;
  }

  /// All that waits for a person's count, oldest first.
  public Future<List<Waiting>> waiting() {
    return ledger.commit(books -> books.settlements().waiting());
  }

  /// An envelope was opened: clears what was declared, and books the difference.
  public Future<Void> countEnvelope(Stan stan, Money counted, String by) {
    return act(by, books -> books.envelopes().clear(stan, counted, by));
  }

  /// Ends a suspect withdrawal.
  ///
  /// @param paid what the customer got
  /// @param found what lay on the notes' way, and is taken out
  public Future<Void> settleWithdrawal(
      Stan stan, Map<Money, Integer> paid, Map<Money, Integer> found, String by) {
    checked(paid);
    checked(found);
    return act(by, books -> books.settlements().settleWithdrawal(stan, paid, found, by));
  }

  /// Ends a suspect deposit: credits what was found of it, and takes that out.
  public Future<Void> settleDeposit(Stan stan, Map<Money, Integer> found, String by) {
    checked(found);
    return act(by, books -> books.settlements().settleDeposit(stan, found, by));
  }

  /// Ends the suspense of a retracted withdrawal or deposit: `found` of it is the customer's. The
  /// notes stay in their bin, to be counted with all others when that is emptied.
  public Future<Void> settleSuspense(Stan stan, Money found, String by) {
    return act(by, books -> books.settlements().settleSuspense(stan, found, by));
  }

  /// Ends a reversed withdrawal whose notes stuck inside, and were taken out.
  public Future<Void> clearStuckNotes(Stan stan, Map<Money, Integer> found, String by) {
    checked(found);
    return act(by, books -> books.settlements().clearStuckNotes(stan, found, by));
  }

  /// Notes were added to a cassette.
  public Future<Void> loadCassette(String cassette, Money note, int count, String by) {
    checked(Map.of(note, count));
    return act(by, books -> books.cash().load(cassette, note, count, Optional.of(by)));
  }

  /// A cassette was taken out with `removed` notes and put in with `loaded`.
  public Future<Void> exchangeCassette(
      String cassette, Money note, int removed, int loaded, String by) {
    checked(Map.of(note, removed));
    checked(Map.of(note, loaded));
    return act(by, books -> books.cash().exchange(cassette, note, removed, loaded, by));
  }

  /// A bin was emptied.
  public Future<Void> emptyBin(Bin bin, Map<Money, Integer> counted, String by) {
    checked(counted);
    return act(by, books -> books.cash().empty(bin, counted, by));
  }

  private Future<Void> act(String by, Consumer<Books> work) {
    if (!by.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} .'_-]{0,39}")) {
      throw new IllegalArgumentException("an operator's name has 1 to 40 letters and digits");
    }
    return ledger.run(work);
  }

  private static void checked(Map<Money, Integer> notes) {
    notes.forEach(
        (note, count) -> {
          if (note.isZero() || count < 0 || count > NOTES_MAX) {
            throw new IllegalArgumentException(
                count + " notes of " + note + ", wanted 0 to " + NOTES_MAX);
          }
        });
  }
}
