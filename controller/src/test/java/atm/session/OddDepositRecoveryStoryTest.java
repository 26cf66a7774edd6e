package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashAcceptor.Act;
import atm.device.FakeCashAcceptor.Place;
import atm.device.FakeCashAcceptor.Trouble;
import atm.value.Money;
import atm.value.Stan;
import org.junit.jupiter.api.Test;

/// The controller dies in a deposit and starts again, and the acceptor has done, or says, what
/// nobody told it to: what can be explained is booked, all else is for a person.
class OddDepositRecoveryStoryTest extends DepositRecoveryStory {
  /// All she put in is suspect: there is nothing to give back, and the note is in the books.
  @Test
  void aCounterfeitAloneIsBookedAndTheDepositVoid() {
    diesAtTheSlot();
    takesIn("50 EUR counterfeit");

    startsAgain();
    isNotCredited("VOID", 0);
    assertThat(atm.acceptor.countAt(Place.SUSPECT)).isEqualTo(1);
    atm.booksAndBoxesAgree();
  }

  /// Nobody said that they may be kept: in the safe they are, and in nobody's account.
  @Test
  void countedNotesThatItStoredUntoldAreSuspect() {
    diesWithTwentyCounted();
    atm.acceptor.mendWire();
    await(atm.acceptor.store());

    startsAgain();
    settledAs("SUSPECT");
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
  }

  /// It stuck on its way in, and went to the retract bin when the acceptor came up again.
  @Test
  void aNoteThatAResetTookToTheBinWaitsForACount() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));
    atm.acceptor.mendWire();
    atm.acceptor.jamAtNoteStored(1);
    await(atm.acceptor.store());
    await(atm.acceptor.reset());

    startsAgain();
    isNotCredited("RETRACTED", 1);
    assertThat(await(atm.ledger.operator().waiting())).hasSize(1);
    atm.booksAndBoxesAgree();
  }

  /// The second of her two notes stuck; the first is in the safe, though the reset says nothing of
  /// that.
  @Test
  void notesOfWhichAResetTookOnlySomeAreSuspect() {
    aliceAtTheSlot().inserts("20 EUR", "50 EUR").seesScreen("count-cash");
    atm.die();
    Stan stan = atm.ledger.journal().openDeposits().getFirst().stan();
    await(atm.ledger.journal().storeIntent(stan));
    atm.acceptor.mendWire();
    atm.acceptor.jamAtNoteStored(2);
    await(atm.acceptor.store());
    await(atm.acceptor.reset());

    startsAgain();
    settledAs("SUSPECT");
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.acceptor.countAt(Place.BIN)).isEqualTo(1);
    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(1);
    assertThat(atm.ledger.journal().suspectDeposits()).containsExactly(stan);
  }

  /// It says that it holds the note, and finds none: somebody was at it.
  @Test
  void anEscrowThatWasEmptiedByHandIsSuspect() {
    diesWithTwentyCounted();
    atm.acceptor.handEmptiesEscrow();

    startsAgain();
    isNotCredited("SUSPECT", 0);
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
  }

  /// It ended by itself, and cannot say whether a note lies at the slot.
  @Test
  void anEmptySlotThatCannotBeSeenIsSuspect() {
    diesAtTheSlot();
    atm.acceptor.mendWire();
    await(atm.acceptor.giveBack());
    atm.acceptor.arm(Trouble.EXIT_SENSOR);

    startsAgain();
    isNotCredited("SUSPECT", 0);
  }

  /// One that never sees its slot is not asked for what lies there: what it sends out is gone.
  @Test
  void afterARefusedNoteAValidatorHasNothingLeft() {
    atm.acceptor.isValidator();
    diesAtTheSlot();
    takesIn("foreign");
    await(atm.acceptor.giveBack());

    startsAgain();
    isNotCredited("VOID", 0);
    assertThat(atm.session().depositsOffBecause()).isEmpty();
  }

  @Test
  void theBankIsAskedAgainForWhatItDidNotAnswer() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));
    assertThat(atm.recovers()).isFalse();
    atm.acceptor.mendWire();
    atm.silencesTheBank();
    assertThat(atm.recovers()).isTrue();
    assertThat(Recovered.last(atm)).isEmpty();

    atm.bankAnswersAgain();
    assertThat(atm.recovers()).isFalse();
    settledAs("CREDITED");
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1270 EUR"));
  }

  /// It goes in the very act that would end it: the journal tells of an end once there is one.
  @Test
  void aStoringThatNobodyHearsOfIsNoEnd() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));
    atm.acceptor.goesAwayDuring(Act.STORE);
    atm.startAgain();
    atm.seesWords("Checking your cash");
    atm.time.pass(Readiness.COMES_BACK_WITHIN);
    atm.seesWords("A card is still inside");
    assertThat(atm.ledger.journal().openDeposits()).hasSize(1);
    assertThat(Recovered.last(atm)).isEmpty();

    atm.reader.takeCard();
    atm.seesScreen("idle");
    atm.die();
    atm.acceptor.mendWire();
    assertThat(atm.recovers()).isFalse();
    settledAs("CREDITED");
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1270 EUR"));
    atm.booksAndBoxesAgree();
  }
}
