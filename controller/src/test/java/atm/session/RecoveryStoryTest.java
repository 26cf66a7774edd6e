package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashDispenser.Act;
import atm.device.FakeCashDispenser.Trouble;
import atm.value.Counts;
import atm.value.Money;
import atm.value.Stan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The controller dies at some point of a withdrawal of 60 EUR and starts again: each row of the
/// table of recovery, with a dispenser that signs what it remembers and with one that does not.
class RecoveryStoryTest extends RecoveryStory {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void approvedIsReversed(boolean signs) {
    deadMachine(signs);
    approved();

    startsAgainInService();
    isGivenBack(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void intendedButNeverDispensedIsReversed(boolean signs) {
    deadMachine(signs);
    intended();

    startsAgainInService();
    isGivenBack(0);
  }

  /// The dispenser remembers another customer's dispense, which was presented and taken.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEarlierDispenseIsNotTakenForThisOne(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.customer(ALICE)
        .insertsCard()
        .typesPin()
        .asksFor("60")
        .takesCard()
        .takesCash()
        .seesScreen("goodbye")
        .seesScreen("idle");
    atm.die();
    intended();

    startsAgainInService();
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dispensedUnknownToTheBooksIsRejectedAndReversed(boolean signs) {
    dyingDuring(Act.DISPENSE, signs);

    startsAgainWithTheCardInside();
    isGivenBack(2);
  }

  /// Two notes went to the reject bin on the way, which the books cannot know either.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rejectedOnTheWayIsFoundByTheCounters(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.dispenser.arm(Trouble.DOUBLE_NOTE);
    atm.wire.controllerDiesDuring(Act.DISPENSE);
    asksForSixty();
    await(atm.wire.died());
    atm.die();

    startsAgainWithTheCardInside();
    isGivenBack(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stackedIsRejectedAndReversed(boolean signs) {
    atm = new StoryAtm(dir, signs);
    asksForSixty().seesScreen("take-card");
    atm.die();

    startsAgainWithTheCardInside();
    isGivenBack(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void presentedUnknownToTheBooksWaitsForTheCustomer(boolean signs) {
    dyingDuringPresent(signs);

    atm.startAgain();
    atm.seesScreen("take-cash");
    atm.dispenser.takeNotes();
    atm.seesScreen("idle");
    isPaid();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void presentedAndTakenWhileNobodyWatchedIsComplete(boolean signs) {
    dyingDuringPresent(signs);
    atm.dispenser.takeNotes();

    startsAgainInService();
    isPaid();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void notesStillAtTheSlotAreRetractedAfterAWhile(boolean signs) {
    atm = new StoryAtm(dir, signs);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.die();

    atm.startAgain();
    atm.seesScreen("take-cash");
    atm.dispenser.walkAway();
    atm.seesScreen("idle");
    isRetracted();
  }

  /// The books say that it was to be retracted; the dispenser had not even been told.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void notesThatWereToBeRetractedAreRetracted(boolean signs) {
    atm = new StoryAtm(dir, signs);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.die();
    Stan stan = atm.ledger.journal().open().getFirst().stan();
    await(atm.ledger.journal().retractIntent(stan));

    startsAgainInService();
    isRetracted();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void presentedAndTakenIsComplete(boolean signs) {
    atm = new StoryAtm(dir, signs);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.die();
    atm.dispenser.takeNotes();

    startsAgainInService();
    isPaid();
  }

  /// A signature tells taken from taken back; without one, a person has to look.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRetractNobodyHeardOf(boolean signs) {
    atm = new StoryAtm(dir, signs);
    CustomerStory alice = asksForSixty().takesCard();
    atm.wire.controllerDiesDuring(Act.RETRACT);
    alice.walksAwayAt("take-cash");
    await(atm.wire.died());
    atm.die();

    atm.startAgain();
    atm.seesScreen("idle");
    assertThat(atm.retracted()).isEqualTo(2);
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    if (signs) {
      assertThat(atm.session().cashOffBecause()).isEmpty();
      isRetracted();
    } else {
      isSuspect();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rejectedUnknownToTheBooksIsReversed(boolean signs) {
    dyingDuringReject(signs);

    startsAgainWithTheCardInside();
    isGivenBack(2);
  }

  /// As after a loss of power: nobody told it to, and nobody counted what came back.
  @Test
  void notesThatTheDispenserTookBackByItselfWaitForACount() {
    atm = new StoryAtm(dir, true);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.die();
    atm.dispenser.mendWire();
    await(atm.wire.retract());

    startsAgainInService();
    assertThat(await(atm.ledger.operator().waiting())).hasSize(1);
    isRetracted();
  }

  /// Books that refuse to settle keep cash off, but neither the machine nor the card in it.
  @Test
  void whatTheBooksRefuseStaysOpenAndTheCardComesBack() {
    atm = new StoryAtm(dir, false);
    asksForSixty().takesCard().takesCash().seesScreen("goodbye");
    atm.customer(ALICE).insertsCard();
    atm.die();
    Stan stan = intended();
    await(atm.ledger.journal().stacked(stan, Counts.NONE, Counts.NONE));
    await(atm.ledger.journal().presentIntent(stan));
    await(atm.ledger.journal().presented(stan));

    startsWithTheCardInside();
    assertThat(atm.session().cashOffBecause()).contains("withdrawal 000002 is not settled");
    await(atm.ledger.journal().suspect(stan, "for a person"));
  }

  /// A second start finds nothing to do.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dyingDuringRecoveryIsRecoveredFrom(boolean signs) {
    dyingDuring(Act.DISPENSE, signs);
    atm.wire.controllerDiesDuring(Act.REJECT);
    atm.startAgain();
    await(atm.wire.died());
    atm.die();

    startsAgainWithTheCardInside();
    isGivenBack(2);
  }

  /// A dispenser that is not there leaves cash off and the withdrawal open, until it is.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbsentDispenserIsWaitedFor(boolean signs) {
    deadMachine(signs);
    intended();
    atm.startAgainWithoutDispenser();
    atm.seesScreen("starting");
    atm.time.pass();
    atm.seesWords("No cash right now");
    assertThat(atm.ledger.journal().open()).hasSize(1);

    atm.dispenser.mendWire();
    atm.sees("an idle screen with cash", m -> m.screen().equals("idle") && m.body().size() == 1);
    isGivenBack(0);
  }

  /// Whoever takes the dispenser out of the machine does not take the customer's money with it.
  @Test
  void approvedIsReversedThoughTheDispenserWasTakenOut() {
    deadMachine(true);
    approved();

    atm.startAgainWithDispenserRemoved();
    atm.seesWords("No cash right now");
    isGivenBack(0);
  }
}
