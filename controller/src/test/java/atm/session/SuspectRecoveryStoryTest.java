package atm.session;

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
