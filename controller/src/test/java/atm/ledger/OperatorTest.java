package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import atm.ledger.Operator.Bin;
import atm.ledger.Waiting.Why;
import atm.value.Counts;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person's count makes of what no machine could settle.
class OperatorTest {
  private static final String BY = "Olga";

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

  // Envelopes.

  @Test
  void anEnvelopeIsNothingToSpendUntilItIsCounted() {
    Stan stan = envelope("50 EUR");
    assertBalance("1000 EUR");
    assertThat(uncleared()).isEqualTo(money("50 EUR"));
    assertWaits(stan, Why.ENVELOPE, "50 EUR");

    await(ledger.operator().countEnvelope(stan, money("50 EUR"), BY));

    assertBalance("1050 EUR");
    assertThat(uncleared()).isEqualTo(money("0 EUR"));
    assertThat(sum("envelopes:%")).isZero();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void anEnvelopeWithLessIsClearedAndCorrected() {
    await(ledger.operator().countEnvelope(envelope("50 EUR"), money("30 EUR"), BY));

    assertBalance("1030 EUR");
    assertThat(sum("envelopes:%")).isZero();
    List<StatementLine> statement = await(ledger.commit(books -> books.statement(ALICE, 2)));
    assertThat(statement)
        .extracting(l -> l.reason() + (l.in() ? " +" : " -") + l.amount())
        .containsExactly("CORRECTION -20.00 EUR", "ENVELOPE +50.00 EUR");
  }

  @Test
  void anEnvelopeWithMoreAndAnEmptyOneAreToo() {
    await(ledger.operator().countEnvelope(envelope("50 EUR"), money("70 EUR"), BY));
    assertBalance("1070 EUR");
    await(ledger.operator().countEnvelope(envelope("80 EUR"), money("0 EUR"), BY));
    assertBalance("1070 EUR");
    assertThat(sum("envelopes:%")).isZero();
  }

  @Test
  void anEnvelopeIsCountedOnce() {
    Stan stan = envelope("50 EUR");
    await(ledger.operator().countEnvelope(stan, money("50 EUR"), BY));

    assertThatThrownBy(() -> await(ledger.operator().countEnvelope(stan, money("50 EUR"), BY)))
        .hasMessageContaining("CLEARED");
    assertBalance("1050 EUR");
  }

  // Suspect withdrawals.

  @Test
  void aSuspectWithdrawalThatPaidNothingFreesTheHold() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().suspect(stan, "lost"));
    assertWaits(stan, Why.SUSPECT_WITHDRAWAL, "90 EUR");

    await(ledger.operator().settleWithdrawal(stan, Map.of(), Map.of(TWENTY, 2, FIFTY, 1), BY));

    assertBalance("1000 EUR");
    assertThat(balance(ledger).available()).isEqualTo(money("1000 EUR"));
    assertThat(sum("transit:%")).isZero();
    assertThat(sum("over-short:%")).isZero();
    assertThat(ledger.journal().suspects()).isEmpty();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void aSuspectWithdrawalIsChargedWithWhatTheCustomerGot() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().suspect(stan, "lost"));

    await(ledger.operator().settleWithdrawal(stan, Map.of(TWENTY, 2), Map.of(FIFTY, 1), BY));

    assertBalance("960 EUR");
    assertThat(balance(ledger).available()).isEqualTo(money("960 EUR"));
    assertThat(sum("payout:%")).isZero();
    assertThat(sum("transit:%")).isZero();
  }

  @Test
  void notesThatLeftUncountedAreShortInTheirCassetteUntilThatIsCounted() {
    // The dispense went unanswered: the books still have all notes in the cassettes.
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().suspect(stan, "no answer to Dispense"));
    await(ledger.operator().settleWithdrawal(stan, Map.of(TWENTY, 2, FIFTY, 1), Map.of(), BY));
    assertBalance("910 EUR");
    assertThat(sum("over-short:%")).isEqualTo(-9000);

    await(ledger.operator().exchangeCassette("C1", TWENTY, 98, 100, BY));
    await(ledger.operator().exchangeCassette("C2", FIFTY, 99, 100, BY));

    assertThat(sum("over-short:%")).isZero();
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(100);
  }

  @Test
  void notesMissingOnTheWayAreShortAndNoCustomers() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().suspect(stan, "lost"));

    await(ledger.operator().settleWithdrawal(stan, Map.of(), Map.of(TWENTY, 1), BY));

    assertBalance("1000 EUR");
    assertThat(sum("over-short:%")).isEqualTo(7000);
    assertThat(sum("transit:%")).isZero();
  }

  // Suspect deposits.

  @Test
  void aSuspectDepositIsCreditedWithWhatWasFound() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 2, FIFTY, 1), Map.of()));
    await(ledger.journal().storeIntent(stan));
    await(ledger.journal().depositSuspect(stan, "lost"));
    assertWaits(stan, Why.SUSPECT_DEPOSIT, "90 EUR");

    await(ledger.operator().settleDeposit(stan, Map.of(TWENTY, 1, FIFTY, 2), BY));

    assertBalance("1120 EUR");
    assertThat(sum("escrow:%")).isZero();
    assertThat(sum("intake:%")).isZero();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void aSuspectDepositOfWhichNothingIsThereCreditsNothing() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 2), Map.of()));
    await(ledger.journal().depositSuspect(stan, "lost"));
    await(ledger.operator().settleDeposit(stan, Map.of(), BY));

    assertBalance("1000 EUR");
    assertThat(sum("intake:%")).isZero();
  }

  // Suspense.

  @Test
  void whatWasRetractedAndFoundIsTheCustomersAgain() {
    Stan stan = retracted();
    assertWaits(stan, Why.RETRACTED, "90 EUR");
    await(ledger.operator().settleSuspense(stan, money("90 EUR"), BY));
    assertBalance("1000 EUR");
    assertThat(sum("suspense:%")).isZero();

    await(ledger.operator().emptyBin(Bin.RETRACT, Map.of(TWENTY, 2, FIFTY, 1), BY));
    assertThat(sum("over-short:%")).isZero();
    assertThat(sum("retract:%")).isZero();
  }

  @Test
  void whatWasTakenBeforeTheRetractStaysCharged() {
    Stan stan = retracted();
    await(ledger.operator().settleSuspense(stan, money("40 EUR"), BY));
    assertThat(lastDetails(ledger))
        .isEqualTo(Map.of("found", "40.00 EUR", "credited", "40.00 EUR", "by", BY));
    assertBalance("950 EUR");
    assertThat(sum("suspense:%")).isZero();
    assertThat(sum("over-short:%")).isEqualTo(-5000);

    // The bin lacks the very fifty, and with its count all is even.
    await(ledger.operator().emptyBin(Bin.RETRACT, Map.of(TWENTY, 2), BY));
    assertThat(sum("over-short:%")).isZero();
  }

  @Test
  void aRetractNeverGivesBackMoreThanWasCharged() {
    await(ledger.operator().settleSuspense(retracted(), money("110 EUR"), BY));

    assertBalance("1000 EUR");
    assertThat(sum("over-short:%")).isZero();
  }

  @Test
  void aRetractedDepositIsCreditedWithAllThatWasFound() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 2), Map.of()));
    await(ledger.journal().depositRetractIntent(stan));
    await(ledger.journal().depositRetracted(stan, Optional.empty()));
    assertWaits(stan, Why.RETRACTED, "40 EUR");

    await(ledger.operator().settleSuspense(stan, money("60 EUR"), BY));
    assertBalance("1060 EUR");
    await(ledger.operator().emptyBin(Bin.DEPOSIT_RETRACT, Map.of(TWENTY, 3), BY));
    assertThat(sum("over-short:%")).isZero();
    assertThat(sum("suspense:%")).isZero();
  }

  // Notes that stuck.

  @Test
  void stuckNotesAreClearedByWhatWasFound() {
    Stan stan = stacked(ledger, "r1");
    await(ledger.journal().reversing(stan, new Counts(NINETY), Counts.NONE, "jam"));
    await(ledger.run(books -> books.withdrawals().reverseLeavingNotesInside(stan, "jam")));
    assertWaits(stan, Why.STUCK_NOTES, "90 EUR");

    await(ledger.operator().clearStuckNotes(stan, Map.of(TWENTY, 1, FIFTY, 1), BY));

    assertThat(sum("transit:%")).isZero();
    assertThat(sum("over-short:%")).isEqualTo(2000);
    assertBalance("1000 EUR");
    assertThat(waiting()).isEmpty();
    assertThatThrownBy(() -> await(ledger.operator().clearStuckNotes(stan, Map.of(), BY)))
        .hasMessageContaining("SETTLED");
  }

  @Test
  void aReversedWithdrawalWithoutStuckNotesHasNothingToClear() {
    Stan stan = approved(ledger, "r1");
    await(ledger.run(books -> books.withdrawals().reverse(stan, "test")));

    assertThatThrownBy(() -> await(ledger.operator().clearStuckNotes(stan, Map.of(), BY)))
        .hasMessageContaining("no notes stuck inside");
  }

  // Cassettes and bins.

  @Test
  void anExchangeGoesByTheCount() {
    await(ledger.operator().exchangeCassette("C1", TWENTY, 97, 500, BY));
    assertThat(lastDetails(ledger))
        .containsEntry("booked", "100")
        .containsEntry("removed", "97")
        .containsEntry("loaded", "500")
        .containsEntry("cassette", "C1")
        .containsEntry("by", BY);
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(500);
    assertThat(sum("over-short:%")).isEqualTo(6000);

    await(ledger.operator().exchangeCassette("C1", TWENTY, 503, 0, BY));
    assertThat(count(ledger, "C1", TWENTY)).isZero();
    assertThat(sum("over-short:%")).isZero();
  }

  @Test
  void notesAreAddedAndACassetteKeepsItsDenomination() {
    await(ledger.operator().loadCassette("C1", TWENTY, 50, BY));
    assertThat(lastDetails(ledger))
        .isEqualTo(Map.of("cassette", "C1", "note", "20.00 EUR", "count", "50", "by", BY));
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(150);
    await(ledger.operator().loadCassette("C3", money("100 EUR"), 10, BY));
    assertThat(count(ledger, "C3", money("100 EUR"))).isEqualTo(10);

    await(ledger.operator().loadCassette("C1", TWENTY, 100_000, BY));
    assertThat(count(ledger, "C1", TWENTY)).isEqualTo(100_150);

    assertThatThrownBy(() -> await(ledger.operator().loadCassette("C1", FIFTY, 1, BY)))
        .hasMessageContaining("holds 20.00 EUR, not 50.00 EUR");
  }

  /// From then on it can be held beside what the device says of it.
  @Test
  void aCassetteThatIsPutInEmptyIsKnownToo() {
    await(ledger.operator().loadCassette("C3", money("100 EUR"), 0, BY));
    await(ledger.operator().exchangeCassette("C4", FIFTY, 0, 0, BY));

    assertThat(ledger.cashUnits())
        .contains(
            new BookUnit("C3", Optional.of(money("100 EUR")), 0),
            new BookUnit("C4", Optional.of(FIFTY), 0));
  }

  @Test
  void anEmptiedBinIsEmptyWhateverWasFound() {
    Stan stan = dispensing(ledger, "r1");
    await(ledger.journal().stacked(stan, new Counts(NINETY), new Counts(Map.of("C1", 2))));
    await(ledger.operator().emptyBin(Bin.REJECT, Map.of(TWENTY, 1, FIFTY, 1), BY));

    assertThat(sum("reject:%")).isZero();
    // A twenty was missing, a fifty too many.
    assertThat(sum("over-short:%")).isEqualTo(2000 - 5000);
  }

  @Test
  void counterfeitsLeaveTheBooksWithoutBecomingMoney() {
    Stan stan = deposit(ledger, "d1");
    await(ledger.journal().depositCounted(stan, Map.of(), Map.of(FIFTY, 2)));
    await(ledger.journal().depositVoid(stan, "all suspect"));
    await(ledger.operator().emptyBin(Bin.COUNTERFEIT, Map.of(FIFTY, 2), BY));

    assertThat(sum("counterfeit:%")).isZero();
    assertThat(sum("counterfeit-claims:%")).isZero();
    assertThat(sum("vault:%")).isEqualTo(-700_000);
  }

  // What is no act.

  @Test
  void nonsenseIsRefusedBeforeItIsWritten() {
    Head before = ledger.journal().head();
    Operator operator = ledger.operator();

    assertThatThrownBy(() -> operator.emptyBin(Bin.REJECT, Map.of(TWENTY, -1), BY))
        .hasMessageContaining("-1 notes");
    Map<Money, Integer> lessThanNothing = Map.of(TWENTY, -1);
    Stan any = new Stan(1);
    assertThatThrownBy(() -> operator.clearStuckNotes(any, lessThanNothing, BY))
        .hasMessageContaining("-1 notes");
    assertThatThrownBy(() -> operator.settleDeposit(any, lessThanNothing, BY))
        .hasMessageContaining("-1 notes");
    assertThatThrownBy(() -> operator.settleWithdrawal(any, lessThanNothing, Map.of(), BY))
        .hasMessageContaining("-1 notes");
    assertThatThrownBy(() -> operator.settleWithdrawal(any, Map.of(), lessThanNothing, BY))
        .hasMessageContaining("-1 notes");
    assertThatThrownBy(() -> operator.exchangeCassette("C1", TWENTY, -1, 0, BY))
        .hasMessageContaining("-1 notes");
    assertThatThrownBy(() -> operator.exchangeCassette("C1", TWENTY, 0, -1, BY))
        .hasMessageContaining("-1 notes");
    assertThatThrownBy(() -> operator.loadCassette("C1", TWENTY, 100_001, BY))
        .hasMessageContaining("100001 notes of 20.00 EUR, wanted 0 to 100000");
    assertThatThrownBy(() -> operator.loadCassette("C1", money("0 EUR"), 1, BY))
        .hasMessageContaining("notes of 0.00 EUR");
    assertThatThrownBy(() -> operator.loadCassette("C1", TWENTY, 1, " "))
        .hasMessageContaining("operator's name");
    assertThatThrownBy(
            () -> await(operator.settleSuspense(approved(ledger, "x"), money("1 EUR"), BY)))
        .hasMessageContaining("APPROVED and cannot become SETTLED");
    assertThatThrownBy(() -> await(operator.settleDeposit(new Stan(77), Map.of(), BY)))
        .hasMessageContaining("no deposit 000077");
    assertThat(ledger.journal().head().number()).isEqualTo(before.number() + 2);
  }

  private Stan envelope(String declared) {
    String request = "e" + ledger.journal().head().number();
    return await(
        ledger.commit(books -> books.envelopes().accept(request, "alice", ALICE, money(declared))));
  }

  private Stan retracted() {
    Stan stan = presented(ledger, "r1");
    await(ledger.journal().retractIntent(stan));
    await(ledger.journal().retracted(stan, Optional.empty()));
    assertBalance("910 EUR");
    return stan;
  }

  private void assertWaits(Stan stan, Why why, String amount) {
    assertThat(waiting())
        .extracting(Waiting::stan, Waiting::why, Waiting::account, Waiting::amount)
        .containsExactly(tuple(stan, why, ALICE, money(amount)));
  }

  private List<Waiting> waiting() {
    return await(ledger.operator().waiting());
  }

  private Money uncleared() {
    return await(ledger.commit(books -> books.uncleared(ALICE)));
  }

  private void assertBalance(String booked) {
    assertThat(balance(ledger).booked()).isEqualTo(money(booked));
  }

  private long sum(String accounts) {
    return await(ledger.commit(books -> books.net(accounts)));
  }

  private static Money money(String text) {
    return Money.parse(text);
  }
}
