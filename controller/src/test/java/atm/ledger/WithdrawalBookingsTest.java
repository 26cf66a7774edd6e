package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.value.AccountNumber;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the money and the notes are after each way a withdrawal can end.
class WithdrawalBookingsTest {
  @TempDir Path dir;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = founded(dir);
  }

  /// Whatever happened, the books hold, now and when they are read again from the disk.
  @AfterEach
  void booksHold() {
    assertThat(await(ledger.invariants())).isEmpty();
    ledger.close();
    try (Ledger again = Machine.open(dir)) {
      assertThat(again.cashUnits()).isEqualTo(ledger.cashUnits());
      assertThat(again.journal().open()).isEqualTo(ledger.journal().open());
      assertThat(again.journal().head()).isEqualTo(ledger.journal().head());
    }
  }

  @Test
  void anApprovedWithdrawalIsHeldButNotBooked() {
    approved(ledger, "r1");

    assertBalance("1000 EUR", "910 EUR");
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(100);
  }

  @Test
  void takenNotesAreChargedAndGoneFromTheirCassettes() {
    Stan stan = presented(ledger, "r1");
    complete(ledger, stan);

    assertBalance("910 EUR", "910 EUR");
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(98);
    assertThat(count(ledger, "C2", FIFTY)).isEqualTo(99);
    assertThat(sum("transit:%")).isZero();
    assertThat(sum("payout:%")).isZero();
    assertThat(ledger.journal().open()).isEmpty();
  }

  @Test
  void completingTwiceChargesOnce() {
    Stan stan = presented(ledger, "r1");
    complete(ledger, stan);
    complete(ledger, stan);

    assertBalance("910 EUR", "910 EUR");
  }

  @Test
  void whatTheDeviceCountedIsChargedRatherThanWhatWasAsked() {
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().stacked(stan, new Counts(Map.of("C1", 2)), Counts.NONE));
    await(ledger.journal().presentIntent(stan));
    await(ledger.journal().presented(stan));
    complete(ledger, stan);

    assertBalance("960 EUR", "960 EUR");
  }

  @Test
  void aNoteTooManyIsTheBanksLossAndNotTheCustomers() {
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().stacked(stan, new Counts(Map.of("C1", 3, "C2", 1)), Counts.NONE));
    await(ledger.journal().presentIntent(stan));
    await(ledger.journal().presented(stan));
    complete(ledger, stan);

    assertBalance("910 EUR", "910 EUR");
    assertThat(sum("over-short:%")).isEqualTo(2000);
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(97);
  }

  @Test
  void rejectedNotesLeaveTheirCassetteForTheBin() {
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().stacked(stan, new Counts(NINETY), new Counts(Map.of("C1", 2))));

    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(96);
    assertThat(count(ledger, BookUnit.REJECT, TWENTY)).isEqualTo(2);
    assertThat(sum("transit:%")).isEqualTo(9000);
  }

  /// The device tells its sums, each time; of the two rejected at first only the third is new.
  @Test
  void rejectedNotesThatAreToldAgainAreBookedOnce() {
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().stacked(stan, new Counts(NINETY), new Counts(Map.of("C1", 2))));
    Counts rejected = new Counts(Map.of("C1", 3));
    await(ledger.journal().reversing(stan, new Counts(NINETY), rejected, "shutter jams"));

    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(95);
    assertThat(count(ledger, BookUnit.REJECT, TWENTY)).isEqualTo(3);
    assertThat(sum("transit:%")).isEqualTo(9000);
  }

  @Test
  void notesOfACassetteThatTheBooksDoNotKnowAreRefused() {
    Stan stan = dispensing(ledger, "r1");
    Counts strange = new Counts(Map.of("C9", 1));

    assertThatThrownBy(() -> await(ledger.journal().stacked(stan, strange, Counts.NONE)))
        .hasMessage("the books know no cassette \"C9\"");
    assertThat(ledger.journal().open().getFirst().state())
        .isEqualTo(WithdrawalState.DISPENSE_INTENT);
  }

  @Test
  void aJamAtTheSecondNoteIsRejectedAndTheHoldGivenBack() {
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().reversing(stan, new Counts(Map.of("C1", 1)), Counts.NONE, "jam"));
    await(ledger.run(books -> books.withdrawals().reverse(stan, "jam")));

    assertBalance("1000 EUR", "1000 EUR");
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(99);
    assertThat(count(ledger, BookUnit.REJECT, TWENTY)).isEqualTo(1);
    assertThat(sum("transit:%")).isZero();
  }

  @Test
  void reversingStackedNotesBooksThemOnce() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().reversing(stan, new Counts(NINETY), Counts.NONE, "shutter jams"));
    await(
        ledger.journal().reversing(stan, new Counts(NINETY), Counts.NONE, "again, after a crash"));
    await(ledger.run(books -> books.withdrawals().reverse(stan, "shutter jams")));

    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(98);
    assertThat(count(ledger, BookUnit.REJECT, TWENTY)).isEqualTo(2);
    assertThat(count(ledger, BookUnit.REJECT, FIFTY)).isEqualTo(1);
    assertBalance("1000 EUR", "1000 EUR");
  }

  @Test
  void notesStuckInsideStayInTransitThoughTheCustomerHasTheMoneyBack() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().reversing(stan, new Counts(NINETY), Counts.NONE, "jam"));
    await(ledger.run(books -> books.withdrawals().reverseLeavingNotesInside(stan, "jam")));

    assertBalance("1000 EUR", "1000 EUR");
    assertThat(sum("transit:%")).isEqualTo(9000);
  }

  @Test
  void leftNotesChargeTheCustomerAndWaitInSuspense() {
    Stan stan = presented(ledger, "r1");
    await(ledger.journal().retractIntent(stan));
    await(ledger.journal().retracted(stan, Optional.empty()));

    assertBalance("910 EUR", "910 EUR");
    assertThat(sum("suspense:%")).isEqualTo(-9000);
    assertThat(count(ledger, BookUnit.RETRACT, TWENTY)).isEqualTo(2);
    assertThat(count(ledger, BookUnit.RETRACT, FIFTY)).isEqualTo(1);
    assertThat(sum("transit:%")).isZero();
    assertThat(sum("payout:%")).isZero();
  }

  @Test
  void ofACountedRetractTheMissingNoteWasTaken() {
    Stan stan = presented(ledger, "r1");
    await(ledger.journal().retractIntent(stan));
    await(ledger.journal().retracted(stan, Optional.of(Map.of(TWENTY, 2))));

    assertBalance("910 EUR", "910 EUR");
    assertThat(sum("suspense:%")).isEqualTo(-4000);
    assertThat(count(ledger, BookUnit.RETRACT, TWENTY)).isEqualTo(2);
    assertThat(count(ledger, BookUnit.RETRACT, FIFTY)).isZero();
    assertThat(sum("transit:%")).isZero();
    assertThat(sum("payout:%")).isZero();
  }

  @Test
  void aNoteTooManyInTheRetractBinIsBookedAsFound() {
    Stan stan = presented(ledger, "r1");
    await(ledger.journal().retractIntent(stan));
    await(ledger.journal().retracted(stan, Optional.of(Map.of(TWENTY, 3, FIFTY, 1))));

    assertThat(count(ledger, BookUnit.RETRACT, TWENTY)).isEqualTo(3);
    assertThat(sum("over-short:%")).isEqualTo(-2000);
    assertThat(sum("suspense:%")).isEqualTo(-9000);
  }

  @Test
  void aSuspectWithdrawalKeepsItsHold() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().presentIntent(stan));
    await(ledger.journal().suspect(stan, "no reply to Present"));

    assertBalance("1000 EUR", "910 EUR");
    assertThat(sum("transit:%")).isEqualTo(9000);
    assertThat(ledger.journal().suspects()).containsExactly(stan);
    assertThat(ledger.journal().open()).isEmpty();
  }

  @Test
  void anOpenWithdrawalTellsRecoveryAllItNeeds() {
    Stan stan = stacked(ledger, "r1");

    assertThat(ledger.journal().open())
        .containsExactly(
            new OpenWithdrawal(
                stan,
                WithdrawalState.STACKED,
                ALICE,
                Money.parse("90 EUR"),
                Optional.of(new Mix(NINETY)),
                Optional.of(TOKEN),
                new Counts(NINETY)));
  }

  @Test
  void aStepOutOfOrderNamesBothStatesAndWritesNothing() {
    Stan stan = stacked(ledger, "r1");
    Head before = ledger.journal().head();

    assertThatThrownBy(() -> await(ledger.journal().presented(stan)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STACKED")
        .hasMessageContaining("PRESENTED");
    assertThatThrownBy(() -> complete(ledger, stan)).hasMessageContaining("STACKED");
    assertThat(ledger.journal().head()).isEqualTo(before);
  }

  @Test
  void aPresentedWithdrawalCannotBeReversed() {
    Stan stan = presented(ledger, "r1");

    assertThatThrownBy(() -> await(ledger.run(b -> b.withdrawals().reverse(stan, "?"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PRESENTED")
        .hasMessageContaining("REVERSED");
  }

  @Test
  void aMixOfAnotherWorthIsRefused() {
    Stan stan = approved(ledger, "r1");

    assertThatThrownBy(
            () -> await(ledger.journal().dispenseIntent(stan, new Mix(Map.of("C1", 5)), TOKEN)))
        .hasMessageContaining("100.00 EUR")
        .hasMessageContaining("90.00 EUR");
  }

  /// Whoever asks again after an answer was lost is answered as before; nobody else is.
  @Test
  void aRequestFindsItsWithdrawalAgainAndNoOther() {
    Stan stan = approved(ledger, "r1");
    Money ninety = Money.parse("90 EUR");

    assertThat(requested("r1", "alice", ALICE, ninety).map(Withdrawals.Withdrawal::stan))
        .contains(stan);
    assertThat(requested("r2", "alice", ALICE, ninety)).isEmpty();
    assertIsAnother("bernd", ALICE, ninety);
    assertIsAnother("alice", BERND, ninety);
    assertIsAnother("alice", ALICE, TWENTY);
  }

  private void assertIsAnother(String customer, AccountNumber account, Money amount) {
    assertThatThrownBy(() -> requested("r1", customer, account, amount))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("request r1 was made before, for another withdrawal");
  }

  private Optional<Withdrawals.Withdrawal> requested(
      String id, String customer, AccountNumber account, Money amount) {
    return await(
        ledger.commit(books -> books.withdrawals().requested(id, customer, account, amount)));
  }

  @Test
  void aDeclinedWithdrawalKeepsWhyAndHoldsNothing() {
    Money much = Money.parse("2000 EUR");
    Stan stan =
        await(
            ledger.commit(
                books -> {
                  Stan opened = books.withdrawals().request("r1", "alice", ALICE, much);
                  books.withdrawals().decline(opened, "BALANCE", Money.parse("1000 EUR"));
                  return opened;
                }));

    Withdrawals.Withdrawal kept = await(ledger.commit(books -> books.withdrawals().get(stan)));
    assertThat(kept)
        .isEqualTo(
            new Withdrawals.Withdrawal(
                stan,
                WithdrawalState.DECLINED,
                "alice",
                ALICE,
                much,
                Optional.of("BALANCE"),
                Money.parse("1000 EUR")));
    assertThat(lastDetails(ledger)).isEqualTo(Map.of("why", "BALANCE", "most", "1000.00 EUR"));
    assertThat(ledger.journal().open()).isEmpty();
    assertBalance("1000 EUR", "1000 EUR");
  }

  /// What is held counts as much as what was paid; what was given back does not, nor what was
  /// withdrawn before.
  @Test
  void whatWasWithdrawnIsWhatIsHeldOrWasPaid() {
    complete(ledger, presented(ledger, "paid"));
    approve(ledger, "held", TWENTY);
    Stan freed = approve(ledger, "freed", FIFTY);
    await(ledger.run(books -> books.withdrawals().reverse(freed, "never begun")));

    assertThat(withdrawnSince(Instant.EPOCH)).isEqualTo(Money.parse("110 EUR"));
    assertThat(withdrawnSince(Instant.now().plusSeconds(60)).isZero()).isTrue();
  }

  private Money withdrawnSince(Instant since) {
    Money zero = Money.zero(TWENTY.currency());
    return await(ledger.commit(books -> books.withdrawals().withdrawnSince(ALICE, since, zero)));
  }

  @Test
  void aWithdrawalThatNeverWasIsSaidSo() {
    assertThatThrownBy(() -> complete(ledger, new Stan(77)))
        .hasMessage("there is no withdrawal 000077");
  }

  @Test
  void whatBelongsToNoTransactionIsRememberedToo() {
    long before = ledger.journal().head().number();
    await(ledger.journal().note("card-retained", Map.of("why", "left in the slot")));

    List<JournalEvent> since =
        await(ledger.commit(books -> books.eventsAfter(before, Integer.MAX_VALUE)));
    assertThat(since)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo("card-retained");
              assertThat(event.stan()).isEmpty();
              assertThat(event.details()).isEqualTo(Map.of("why", "left in the slot"));
            });
  }

  @Test
  void theJournalTellsWhetherARetractWasCounted() {
    Stan counted = presented(ledger, "r1");
    await(ledger.journal().retractIntent(counted));
    await(ledger.journal().retracted(counted, Optional.of(Map.of(TWENTY, 2))));
    assertThat(lastDetails(ledger)).isEqualTo(Map.of("counted", "yes", "suspense", "40.00 EUR"));

    Stan uncounted = presented(ledger, "r2");
    await(ledger.journal().retractIntent(uncounted));
    await(ledger.journal().retracted(uncounted, Optional.empty()));
    assertThat(lastDetails(ledger)).isEqualTo(Map.of("counted", "no", "suspense", "90.00 EUR"));
  }

  private void assertBalance(String booked, String available) {
    assertThat(balance(ledger))
        .isEqualTo(new Books.Balance(Money.parse(booked), Money.parse(available), false));
  }

  private long sum(String accounts) {
    return await(ledger.commit(books -> books.net(accounts)));
  }
}
