package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashDispenser.Act;
import atm.device.FakeCashDispenser.Trouble;
import atm.host.Host;
import atm.host.Host.Authorisation;
import atm.value.AccountKind;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The controller dies at some point of a withdrawal of 60 EUR and starts again: each row of the
/// table of recovery, with a dispenser that signs what it remembers and with one that does not.
class RecoveryStoryTest {
  private static final Money SIXTY = Money.parse("60 EUR");
  private static final Mix MIX = new Mix(Map.of("C3", 1, "C1", 1));

  @TempDir Path dir;
  private StoryAtm atm;

  @AfterEach
  void booksAreSound() {
    try {
      assertThat(atm.ledger.journal().open()).isEmpty();
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

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
    assertThat(atm.retracted()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    atm.booksAndBoxesAgree();
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
      atm.booksAndBoxesAgree();
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
    assertThat(atm.retracted()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(await(atm.ledger.operator().waiting())).hasSize(1);
    atm.booksAndBoxesAgree();
  }

  /// The books were to take the notes back in; what else left its cassette meanwhile nobody knows.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countersThatDisagreeWhileARejectWasUnderWayAreSuspect(boolean signs) {
    dyingDuringReject(signs);
    atm.dispenser.load("C1", Money.parse("10 EUR"), 998);
    atm.dispenser.load("C2", Money.parse("20 EUR"), 2001); // so that the story loses no note

    startsWithTheCardInside();
    isSuspect();
  }

  @Test
  void aRejectThatTheDispenserDoesNotRememberIsSuspect() {
    dyingDuringReject(false);
    atm.wire.forgetsItsLastDispense();

    startsWithTheCardInside();
    isSuspect();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSlotThatCannotBeSeenIsSuspect(boolean signs) {
    atm = new StoryAtm(dir, signs);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.die();
    atm.dispenser.arm(Trouble.EXIT_SENSOR);

    atm.startAgain();
    atm.seesScreen("idle");
    isSuspect();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countersThatDisagreeAreSuspect(boolean signs) {
    atm = new StoryAtm(dir, signs);
    asksForSixty().seesScreen("take-card");
    atm.die();
    atm.reader.takeCard();
    atm.dispenser.load("C1", Money.parse("10 EUR"), 998);
    atm.dispenser.load("C2", Money.parse("20 EUR"), 2001); // so that the story loses no note

    atm.startAgain();
    atm.seesScreen("idle");
    isSuspect();
  }

  /// Counts travel unsigned; the sum of them does not.
  @Test
  void countsThatAreNotWhatTheDispenserSignsAreSuspect() {
    dyingDuring(Act.DISPENSE, true);
    atm.wire.reportsInstead(new Counts(Map.of("C1", 1)));

    startsWithTheCardInside();
    isSuspect();
  }

  /// The counters of a cassette that was taken out prove nothing, and this device signs nothing.
  @Test
  void aCassetteTakenOutIsNoProofThatNothingMoved() {
    dyingDuring(Act.DISPENSE, false);
    atm.dispenser.removeCassette("C1");
    atm.dispenser.removeCassette("C3");

    startsWithTheCardInside();
    isSuspect();
  }

  @Test
  void aDispenserThatDoesNotKnowWhatItDidIsSuspect() {
    deadMachine(false);
    intended();
    atm.wire.forgetsItsLastDispense();

    atm.startAgain();
    atm.seesScreen("idle");
    isSuspect();
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

  // -- how far it came

  private void deadMachine(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.seesScreen("idle");
    atm.die();
  }

  private void dyingDuring(Act act, boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.wire.controllerDiesDuring(act);
    asksForSixty();
    await(atm.wire.died());
    atm.die();
  }

  private void dyingDuringPresent(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.wire.controllerDiesDuring(Act.PRESENT);
    asksForSixty().takesCard();
    await(atm.wire.died());
    atm.die();
  }

  private void dyingDuringReject(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.dispenser.jamAtNote(2);
    atm.wire.controllerDiesDuring(Act.REJECT);
    asksForSixty();
    await(atm.wire.died());
    atm.die();
  }

  private CustomerStory asksForSixty() {
    return atm.customer(ALICE).insertsCard().typesPin().asksFor("60");
  }

  private Stan approved() {
    Host.Customer alice =
        new Host.Customer(
            "alice",
            "alice",
            "en",
            Host.Access.CARD,
            List.of(new Host.Account(ALICE.account(), AccountKind.CURRENT)));
    Authorisation answer = await(atm.host.authorise("story", alice, ALICE.account(), SIXTY));
    assertThat(answer).isInstanceOf(Authorisation.Approved.class);
    return ((Authorisation.Approved) answer).stan();
  }

  private Stan intended() {
    Stan stan = approved();
    DispenseToken order = await(atm.host.dispenseToken(stan, Optional.of("0A")));
    await(atm.ledger.journal().dispenseIntent(stan, MIX, order));
    return stan;
  }

  // -- how it ends

  private void startsAgainInService() {
    atm.startAgain();
    atm.seesScreen("idle");
    assertThat(atm.session().cashOffBecause()).isEmpty();
  }

  private void startsAgainWithTheCardInside() {
    startsWithTheCardInside();
    assertThat(atm.session().cashOffBecause()).isEmpty();
  }

  private void startsWithTheCardInside() {
    atm.startAgain();
    atm.seesWords("A card is still inside");
    atm.reader.takeCard();
    atm.seesScreen("idle");
  }

  private void isGivenBack(int rejected) {
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(rejected);
    assertThat(atm.takenByCustomers()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  private void isPaid() {
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(StoryAtm.count(atm.takenByCustomers())).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  private void isSuspect() {
    assertThat(atm.ledger.journal().suspects()).hasSize(1);
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(atm.session().cashOffBecause().orElseThrow()).contains("waits for a person's count");
  }
}
