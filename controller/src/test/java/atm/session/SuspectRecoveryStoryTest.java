package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashDispenser.Act;
import atm.device.FakeCashDispenser.Trouble;
import atm.value.Counts;
import atm.value.Money;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The controller dies at some point of a withdrawal of 60 EUR and starts again, and what the
/// dispenser says does not explain what is in the books: the hold stays, cash is off, and a person
/// has to count.
class SuspectRecoveryStoryTest extends RecoveryStory {
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

  /// The notes came out unknown to the books; whether anybody took them nobody can say.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSlotThatCannotBeSeenAfterAPresentNobodyHeardOfIsSuspect(boolean signs) {
    dyingDuringPresent(signs);
    atm.dispenser.arm(Trouble.EXIT_SENSOR);

    atm.startAgain();
    atm.seesScreen("idle");
    isSuspect();
  }

  /// It signs that its last dispense is another; but a note has left its cassette since.
  @Test
  void aNoteThatIsGoneThoughNothingWasDispensedIsSuspect() {
    deadMachine(true);
    intended();
    aTenIsGone();

    atm.startAgain();
    atm.seesScreen("idle");
    isSuspect();
  }

  @Test
  void stackedNotesOfWhichTheDispenserKnowsNothingAreSuspect() {
    atm = new StoryAtm(dir, true);
    asksForSixty().seesScreen("take-card");
    atm.die();
    atm.wire.remembersAnotherDispense();

    startsWithTheCardInside();
    isSuspect();
  }

  /// What it remembers is the dispense before, of two notes; only one has left since.
  @Test
  void lessMovedThanTheDispenserSaysItPresentedIsSuspect() {
    atm = new StoryAtm(dir, false);
    asksForSixty().takesCard().takesCash().seesScreen("goodbye").seesScreen("idle");
    atm.die();
    intended();
    aTenIsGone();

    atm.startAgain();
    atm.seesScreen("idle");
    assertThat(atm.ledger.journal().suspects()).hasSize(1);
    settledAs("SUSPECT");
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1130 EUR"));
  }

  /// Somebody filled the cassettes up again, and the counters are as before. But two notes lie
  /// inside that no cassette lacks.
  @Test
  void countersThatWereSetBackAreNoProofWhileNotesLieInside() {
    dyingDuring(Act.DISPENSE, false);
    atm.dispenser.load("C1", Money.parse("10 EUR"), 1000);
    atm.dispenser.load("C3", Money.parse("50 EUR"), 1000);
    atm.handsBringNotes(2);

    startsWithTheCardInside();
    isSuspect();
  }

  /// And a twenty more than there was, so that the story loses no note.
  private void aTenIsGone() {
    atm.dispenser.load("C1", Money.parse("10 EUR"), atm.dispenser.notesIn("C1") - 1);
    atm.dispenser.load("C2", Money.parse("20 EUR"), 2001);
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
}
