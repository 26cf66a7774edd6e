package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashDispenser.Act;
import atm.ledger.Journal;
import atm.value.Counts;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Withdrawals from a dispenser without stacker, shutter, counters and memory: what it dispenses
/// is with the customer, and what nobody saw nobody knows.
class DirectDispenserStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, false);
    atm.dispenser.handsNotesOutAtOnce();
  }

  @AfterEach
  void booksAreSound() {
    try {
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

  @Test
  void theCardGoesFirstAndDispensedIsTaken() {
    asksForSixty().takesCard().seesScreen("goodbye").seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(atm.takenByCustomers()).isEqualTo(Map.of(money("50 EUR"), 1, money("10 EUR"), 1));
    assertThat(atm.session().cashOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  @Test
  void aCardNotTakenIsKeptAndNoNoteMoves() {
    asksForSixty().walksAwayAt("take-card").sees("The machine kept your card");
    atm.seesScreen("idle");

    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.balance(ALICE)).isEqualTo(money("1250 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void whatStopsShortIsPaidInPart() {
    atm.dispenser.jamAtNote(2);
    asksForSixty().takesCard().sees("You got less than you asked for");
    atm.seesScreen("idle");

    assertThat(atm.takenByCustomers()).isEqualTo(Map.of(money("10 EUR"), 1));
    assertThat(atm.balance(ALICE)).isEqualTo(money("1240 EUR"));
    assertThat(atm.available(ALICE)).isEqualTo(money("1240 EUR"));
    assertThat(atm.rejected()).isEqualTo(1);
    atm.booksAndBoxesAgree();
  }

  @Test
  void whatStopsBeforeTheFirstNoteIsGivenBack() {
    atm.dispenser.jamAtNote(1);
    asksForSixty().takesCard();
    atm.seesScreen("idle");

    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.available(ALICE)).isEqualTo(money("1250 EUR"));
    assertThat(atm.rejected()).isEqualTo(1);
    atm.booksAndBoxesAgree();
  }

  @Test
  void aReplyThatWasLostIsNotGuessed() {
    atm.dispenser.loseReplyTo(Act.DISPENSE);
    asksForSixty().takesCard();
    atm.seesScreen("idle");

    assertThat(StoryAtm.count(atm.takenByCustomers())).isEqualTo(2);
    isSuspect();
  }

  @Test
  void aDeathDuringTheDispenseIsNotGuessedEither() {
    diesDuringTheDispense();

    isSuspect();
  }

  @Test
  void afterADeathADeviceThatRemembersTellsWhatItGave() {
    atm.dispenser.handsNotesOutAndRemembers();
    diesDuringTheDispense();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(Recovered.last(atm)).endsWith("DISPENSE_INTENT, PAID");
    assertThat(atm.ledger.journal().suspects()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  @Test
  void andOfWhatStoppedShortHowMuch() {
    atm.dispenser.handsNotesOutAndRemembers();
    atm.dispenser.jamAtNote(2);
    diesDuringTheDispense();

    assertThat(atm.takenByCustomers()).isEqualTo(Map.of(money("10 EUR"), 1));
    assertThat(atm.balance(ALICE)).isEqualTo(money("1240 EUR"));
    assertThat(atm.ledger.journal().suspects()).isEmpty();
    assertThat(atm.rejected()).isEqualTo(1);
    atm.booksAndBoxesAgree();
  }

  @Test
  void andOfWhatNeverCameOutThatItDidNot() {
    atm.dispenser.handsNotesOutAndRemembers();
    atm.dispenser.jamAtNote(1);
    diesDuringTheDispense();

    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.available(ALICE)).isEqualTo(money("1250 EUR"));
    assertThat(atm.ledger.journal().suspects()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  /// Nobody counts its cassettes: its word alone says what it gave, and this cannot be.
  @Test
  void moreThanItWasAskedForIsNotBelieved() {
    atm.dispenser.handsNotesOutAndRemembers();
    atm.wire.reportsInstead(new Counts(Map.of("C1", 2, "C3", 1)));
    diesDuringTheDispense();

    isSuspect();
  }

  private void diesDuringTheDispense() {
    atm.wire.controllerDiesDuring(Act.DISPENSE);
    asksForSixty().takesCard();
    await(atm.wire.died());
    atm.die();
    atm.startAgain();
    atm.seesScreen("idle");
  }

  /// Once it is in the books that it dispensed, it is in them that the customer has the notes:
  /// there is no stacker between. However far the books came before the death.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aDeathOnceTheDispenseIsInTheBooksIsPaid(int steps) {
    atm.wire.controllerDiesDuring(Act.DISPENSE);
    asksForSixty().takesCard();
    await(atm.wire.died());
    atm.die();
    Journal journal = atm.ledger.journal();
    Stan stan = journal.open().getFirst().stan();
    await(journal.stacked(stan, new Counts(Map.of("C1", 1, "C3", 1)), Counts.NONE));
    if (steps > 1) await(journal.presentIntent(stan));
    if (steps > 2) await(journal.presented(stan));

    atm.startAgain();
    atm.seesScreen("idle");
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(Recovered.last(atm)).endsWith(", PAID");
    assertThat(atm.hasShown("take-cash")).isFalse();
    assertThat(atm.session().cashOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  private CustomerStory asksForSixty() {
    return atm.customer(ALICE).insertsCard().typesPin().asksFor("60");
  }

  /// The hold stays, and cash is off until a person has counted.
  private void isSuspect() {
    assertThat(atm.available(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(atm.balance(ALICE)).isEqualTo(money("1250 EUR"));
    assertThat(atm.session().cashOffBecause().orElseThrow()).contains("waits for a person's count");
  }

  private static Money money(String text) {
    return Money.parse(text);
  }
}
