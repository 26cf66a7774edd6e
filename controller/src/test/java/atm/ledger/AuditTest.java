package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;

import atm.ledger.Transfer.Kind;
import atm.ledger.Transfer.Notes;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fault of our own might book: each row with its event, its seal and both of its sides. The
/// audit says what is wrong with it all the same.
class AuditTest {
  private static final Currency EUR = TWENTY.currency();
  private static final Account C1 = Account.cassette("C1", TWENTY);
  private static final Account BANK = Account.bank(EUR);

  @TempDir Path dir;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = founded(dir);
    assertThat(violations()).isEmpty();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void moneyInAPlaceOfNotes() {
    Account vault = Account.vault(EUR);
    book(Transfer.direct("x", C1, vault, TWENTY, Optional.empty()), C1, vault);

    assertThat(violations()).contains("transfer x moves other notes than its account holds");
  }

  @Test
  void notesThatNobodyLoaded() {
    book(Transfer.notes("x", C1, BANK, new Notes(TWENTY, 3), Optional.empty()), C1, BANK);

    assertThat(violations())
        .containsExactly("20.00 EUR: 100 notes loaded and put in, 103 in the machine, 0 dispensed");
  }

  @Test
  void aTransferBetweenCurrencies() {
    Account dollars = Account.vault(Currency.getInstance("USD"));
    book(Transfer.direct("x", dollars, BANK, TWENTY, Optional.empty()), dollars, BANK);

    assertThat(violations())
        .contains(
            "debits and credits in EUR differ",
            "debits and credits in USD differ",
            "transfer x is in another currency than its accounts");
  }

  @Test
  void moreBookedThanWasHeld() {
    Account alice = Account.customer(ALICE, EUR);
    Transfer hold = Transfer.hold("h", alice, BANK, TWENTY, new Stan(1));
    book(hold, alice, BANK);
    book(hold.resolved("p", Kind.POST, FIFTY), alice, BANK);

    assertThat(violations()).containsExactly("p does not fit the hold it resolves");
  }

  @Test
  void aHoldThatWasFreedUnderAWithdrawal() {
    Stan stan = approved(ledger, "r1");
    write(books -> books.withdrawals().free(stan));

    assertThat(violations()).containsExactly("the hold of withdrawal 1 does not fit its state");
  }

  @Test
  void notesHandedOutThatNobodyPaidFor() {
    Stan stan = presented(ledger, "r1");
    complete(ledger, stan);
    Account payout = Account.payout(EUR);
    book(Transfer.direct("x", payout, BANK, TWENTY, Optional.of(stan)), payout, BANK);

    assertThat(violations())
        .containsExactly(
            "withdrawal 1: the notes handed out are not worth what was booked for them");
  }

  @Test
  void aSettledWithdrawalWithNotesOnTheirWay() {
    Stan stan = presented(ledger, "r1");
    complete(ledger, stan);
    Account transit = Account.transit(TWENTY);
    Notes one = new Notes(TWENTY, 1);
    book(Transfer.notes("x", transit, C1, one, Optional.of(stan)), transit, C1);

    assertThat(violations())
        .containsExactly("withdrawal 1 is settled, but its notes are still in transit");
  }

  @Test
  void aSettledDepositWithNotesInTheEscrow() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositVoid(stan, "nothing was put in"));
    Account escrow = Account.escrow(TWENTY);
    Account intake = Account.intake(EUR);
    Notes one = new Notes(TWENTY, 1);
    book(Transfer.notes("x", escrow, intake, one, Optional.of(stan)), escrow, intake);

    assertThat(violations())
        .containsExactly(
            "deposit 1 is settled, but its notes are still in the escrow",
            "deposit 1: what was put in is neither credited, nor returned, nor in suspense");
  }

  @Test
  void aCountedRetractWithMoneyInSuspense() {
    Stan stan = presented(ledger, "r1");
    await(ledger.journal().retractIntent(stan));
    await(ledger.journal().retracted(stan, Optional.empty()));
    await(ledger.operator().settleSuspense(stan, Money.parse("90 EUR"), "Olga"));
    Account suspense = Account.suspense(EUR);
    book(Transfer.direct("x", suspense, BANK, TWENTY, Optional.of(stan)), suspense, BANK);

    assertThat(violations())
        .containsExactly("withdrawals 1 is settled, but its money is still in suspense");
  }

  @Test
  void aCountedEnvelopeWithMoneyInIt() {
    Stan stan =
        await(ledger.commit(books -> books.envelopes().accept("e1", "alice", ALICE, FIFTY)));
    await(ledger.operator().countEnvelope(stan, FIFTY, "Olga"));
    Account envelopes = Account.envelopes(EUR);
    book(Transfer.direct("x", envelopes, BANK, TWENTY, Optional.of(stan)), envelopes, BANK);

    assertThat(violations())
        .containsExactly("envelope 1 is settled, but what it held is not booked");
  }

  private List<String> violations() {
    return await(ledger.invariants());
  }

  private void book(Transfer transfer, Account debit, Account credit) {
    write(books -> books.transfers().direct(transfer, debit, credit));
  }

  private void write(Consumer<Books> what) {
    await(
        ledger.run(
            books -> {
              what.accept(books);
              books.note("test", Map.of());
            }));
  }
}
