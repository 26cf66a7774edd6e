package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each step of a deposit of cash books, and what it never does: credit notes that nobody has
/// in a bin.
class DepositBookingsTest {
  private static final Map<Money, Integer> NINETY = Map.of(TWENTY, 2, FIFTY, 1);

  @TempDir Path dir;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = founded(dir);
  }

  @AfterEach
  void booksHold() {
    assertThat(await(ledger.invariants())).isEmpty();
    ledger.close();
  }

  @Test
  void storedNotesAreCreditedInTheSameCommit() {
    Stan stan = storing("d1");
    assertThat(balance(ledger).booked()).isEqualTo(Money.parse("1000 EUR"));

    assertThat(complete(stan, NINETY)).isTrue();

    assertBalance("1090 EUR");
    assertThat(count(ledger, BookUnit.DEPOSIT, TWENTY)).isEqualTo(2);
    assertThat(count(ledger, BookUnit.DEPOSIT, FIFTY)).isEqualTo(1);
    assertEven();
    assertThat(ledger.journal().openDeposits()).isEmpty();
  }

  @Test
  void aCompletionToldTwiceCreditsOnce() {
    Stan stan = storing("d1");
    complete(stan, NINETY);
    assertThat(complete(stan, NINETY)).isTrue();

    assertBalance("1090 EUR");
  }

  @Test
  void otherNotesStoredThanCountedAreForAPerson() {
    Stan stan = storing("d1");

    assertThat(complete(stan, Map.of(TWENTY, 3))).isFalse();

    assertBalance("1000 EUR");
    assertThat(ledger.journal().suspectDeposits()).containsExactly(stan);
    assertThat(sum("escrow:%")).isEqualTo(9000);
    assertThat(sum("intake:%")).isEqualTo(-9000);
  }

  @Test
  void eachBunchIsCountedAsAllThatLiesThere() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 2), Map.of()));
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 2, FIFTY, 3), Map.of()));
    assertThat(sum("escrow:%")).isEqualTo(19_000);
    // The device looks again and finds fewer.
    await(ledger.journal().depositCounted(stan, NINETY, Map.of()));

    assertThat(sum("escrow:%")).isEqualTo(9000);
    assertThat(ledger.journal().openDeposits())
        .containsExactly(new OpenDeposit(stan, DepositState.COUNTED, ALICE, NINETY, Map.of()));
  }

  @Test
  void suspectedCounterfeitsAreKeptCountedAndNeverCredited() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 1), Map.of(FIFTY, 1)));
    assertThat(ledger.journal().openDeposits().getFirst().counterfeit())
        .isEqualTo(Map.of(FIFTY, 1));
    assertThat(lastDetails(ledger))
        .isEqualTo(Map.of("escrow", "1 x 20.00 EUR", "counterfeit", "1 x 50.00 EUR"));
    await(ledger.journal().storeIntent(stan));
    complete(stan, Map.of(TWENTY, 1));

    assertBalance("1020 EUR");
    assertThat(count(ledger, BookUnit.COUNTERFEIT, FIFTY)).isEqualTo(1);
    assertThat(sum("counterfeit-claims:%")).isEqualTo(-5000);
  }

  @Test
  void whatTheCustomerTookBackLeavesNoTrace() {
    Stan stan = counted("d1");
    await(ledger.journal().returnIntent(stan));
    await(ledger.journal().depositReturned(stan));

    assertBalance("1000 EUR");
    assertEven();
    assertThat(ledger.journal().openDeposits()).isEmpty();
  }

  @Test
  void notesThatCannotBeStoredCanStillBeGivenBack() {
    Stan stan = storing("d1");
    await(ledger.journal().returnIntent(stan));
    await(ledger.journal().depositReturned(stan));

    assertBalance("1000 EUR");
    assertEven();
  }

  @Test
  void notesLeftAtTheSlotWaitInSuspense() {
    Stan stan = counted("d1");
    await(ledger.journal().returnIntent(stan));
    await(ledger.journal().depositRetractIntent(stan));
    await(ledger.journal().depositRetracted(stan, Optional.empty()));

    assertBalance("1000 EUR");
    assertThat(lastDetails(ledger)).isEqualTo(Map.of("counted", "no", "suspense", "90.00 EUR"));
    assertThat(sum("suspense:%")).isEqualTo(-9000);
    assertThat(count(ledger, BookUnit.DEPOSIT_RETRACT, TWENTY)).isEqualTo(2);
    assertEven();
  }

  @Test
  void ofACountedRetractTheMissingNoteWasTakenAndTheStrangeOneIsFound() {
    Stan stan = counted("d1");
    await(ledger.journal().depositRetractIntent(stan));
    await(
        ledger
            .journal()
            .depositRetracted(stan, Optional.of(Map.of(TWENTY, 1, Money.parse("10 EUR"), 1))));

    assertThat(lastDetails(ledger)).isEqualTo(Map.of("counted", "yes", "suspense", "20.00 EUR"));
    assertThat(sum("suspense:%")).isEqualTo(-2000);
    assertThat(sum("over-short:%")).isEqualTo(-1000);
    assertThat(sum("deposit-retract:%")).isEqualTo(3000);
    assertEven();
  }

  @Test
  void aDepositOfNothingIsVoid() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositVoid(stan, "the customer changed their mind"));
    assertThat(ledger.journal().openDeposits()).isEmpty();

    Stan withNotes = counted("d2");
    assertThatThrownBy(() -> await(ledger.journal().depositVoid(withNotes, "?")))
        .hasMessageContaining("2 x 20.00 EUR, 1 x 50.00 EUR");
  }

  @Test
  void aSuspectDepositCreditsNobody() {
    Stan stan = storing("d1");
    await(ledger.journal().depositSuspect(stan, "no reply to CashInEnd"));

    assertBalance("1000 EUR");
    assertThat(sum("escrow:%")).isEqualTo(9000);
    assertThat(ledger.journal().openDeposits()).isEmpty();
    assertThat(ledger.journal().suspectDeposits()).containsExactly(stan);
  }

  @Test
  void nothingIsCreditedWithoutTheCustomersWord() {
    Stan stan = counted("d1");

    assertThatThrownBy(() -> complete(stan, NINETY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("COUNTED")
        .hasMessageContaining("STORED");
    assertBalance("1000 EUR");
  }

  @Test
  void anEmptyEscrowIsNotStored() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(), Map.of(FIFTY, 1)));

    assertThat(lastDetails(ledger)).containsEntry("escrow", "nothing");
    assertThatThrownBy(() -> await(ledger.journal().storeIntent(stan)))
        .hasMessageContaining("nothing in the escrow");
    await(ledger.journal().depositVoid(stan, "all of it is suspect"));
  }

  @Test
  void aForeignNoteIsRefusedByTheBooks() {
    Stan stan = deposit(ledger, "d1");

    assertThatThrownBy(
            () ->
                await(
                    ledger
                        .journal()
                        .depositCounted(stan, Map.of(Money.parse("20 USD"), 1), Map.of())))
        .hasMessageContaining("in EUR")
        .hasMessageContaining("20.00 USD");
    Map<Money, Integer> foreign = Map.of(Money.parse("50 USD"), 1);
    assertThatThrownBy(() -> await(ledger.journal().depositCounted(stan, Map.of(), foreign)))
        .hasMessageContaining("50.00 USD");
    assertThat(ledger.journal().openDeposits().getFirst().counterfeit()).isEmpty();
  }

  /// Whoever asks again after an answer was lost is answered as before; nobody else is.
  @Test
  void aRequestFindsItsDepositAgainAndNoOther() {
    Stan stan = storing("d1");
    complete(stan, NINETY);

    assertThat(requested("d1", "alice", ALICE).map(Deposits.Deposit::stan)).contains(stan);
    Money credited = await(ledger.commit(books -> books.deposits().credited(stan)));
    assertThat(credited).isEqualTo(Money.parse("90 EUR"));
    assertThat(requested("d2", "alice", ALICE)).isEmpty();
    assertThatThrownBy(() -> requested("d1", "bernd", ALICE))
        .hasMessage("request d1 was made before, for another deposit");
    assertThatThrownBy(() -> requested("d1", "alice", BERND))
        .hasMessage("request d1 was made before, for another deposit");
  }

  private Optional<Deposits.Deposit> requested(String id, String customer, AccountNumber account) {
    return await(ledger.commit(books -> books.deposits().requested(id, customer, account)));
  }

  @Test
  void withdrawalsAndDepositsShareTheirNumbers() {
    Stan withdrawal = approved(ledger, "w1");
    Stan deposit = deposit(ledger, "d1");
    assertThat(deposit.number()).isEqualTo(withdrawal.number() + 1);
    assertThat(approved(ledger, "w2").number()).isEqualTo(deposit.number() + 1);
  }

  @Test
  void anOpenDepositIsThereAgainAfterAStop() {
    Stan stan = storing("d1");
    var open = ledger.journal().openDeposits();
    ledger.close();
    ledger = Machine.open(dir);

    assertThat(ledger.journal().openDeposits()).isEqualTo(open).hasSize(1);
    assertThat(complete(stan, NINETY)).isTrue();
  }

  private Stan counted(String requestId) {
    Stan stan = deposit(ledger, requestId);
    await(ledger.journal().depositCounted(stan, NINETY, Map.of()));
    return stan;
  }

  private Stan storing(String requestId) {
    Stan stan = counted(requestId);
    await(ledger.journal().storeIntent(stan));
    return stan;
  }

  private boolean complete(Stan stan, Map<Money, Integer> stored) {
    return await(ledger.commit(books -> books.deposits().complete(stan, stored)));
  }

  private void assertBalance(String booked) {
    assertThat(balance(ledger).booked()).isEqualTo(Money.parse(booked));
  }

  private void assertEven() {
    assertThat(sum("escrow:%")).isZero();
    assertThat(sum("intake:%")).isZero();
  }

  private long sum(String accounts) {
    return await(ledger.commit(books -> books.net(accounts)));
  }
}
