package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashAcceptor.Place;
import atm.device.FakeCashAcceptor.Trouble;
import atm.value.Stan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The controller dies in a deposit, at each durable state, and starts again: it settles by what
/// the acceptor remembers. Nobody is credited without proof, and no note is lost.
class DepositRecoveryStoryTest extends DepositRecoveryStory {
  @Test
  void anOpenSlotWithNothingInItIsVoid() {
    diesAtTheSlot();

    startsAgain();
    isNotCredited("VOID", 0);
    assertThat(atm.session().depositsOffBecause()).isEmpty();
  }

  /// The acceptor counted them, and nobody was left to hear of it.
  @Test
  void notesTheBooksDoNotKnowOfAreCountedAndRetracted() {
    diesAtTheSlot();
    takesIn("20 EUR", "10 EUR");

    startsAgain();
    isNotCredited("RETRACTED", 2);
    atm.booksAndBoxesAgree();
  }

  /// A validator that nobody tells to hold a note sends it back.
  @Test
  void countedNotesThatItSentBackByItselfAreReturned() {
    diesWithTwentyCounted();
    atm.acceptor.isValidator();
    atm.acceptor.mendWire();
    await(atm.acceptor.giveBack());
    atm.acceptor.takeNotes();

    startsAgain();
    isNotCredited("RETURNED", 0);
    assertThat(atm.ledger.journal().suspectDeposits()).isEmpty();
    assertThat(atm.session().depositsOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  /// It took them to its bin as its power came back, and its memory bears no name: they may be
  /// hers, so a person has to look.
  @Test
  void notesTheBooksDoNotKnowOfInTheRetractBinAreSuspect() {
    diesAtTheSlot();
    takesIn("20 EUR");
    await(atm.acceptor.retract());

    startsAgain();
    isNotCredited("SUSPECT", 1);
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
  }

  /// The reply to her second bunch was never heard.
  @Test
  void aCounterfeitTheBooksDoNotKnowOfIsBookedWithTheNotesInTheRetractBin() {
    diesWithTwentyCounted();
    takesIn("50 EUR counterfeit");
    await(atm.acceptor.retract());

    startsAgain();
    isNotCredited("RETRACTED", 1);
    assertThat(atm.acceptor.countAt(Place.SUSPECT)).isEqualTo(1);
    assertThat(suspectsDisagree()).isZero();
    atm.booksAndBoxesAgree();
  }

  /// Whose they were nobody can say any more; that they are there is said.
  @Test
  void aCounterfeitNobodyBookedIsNotedForTheOperator() {
    diesAtTheSlot();
    takesIn("50 EUR counterfeit");
    await(atm.acceptor.giveBack());

    startsAgain();
    isNotCredited("VOID", 0);
    assertThat(suspectsDisagree()).isEqualTo(1);
    assertThat(atm.session().depositsOffBecause()).isEmpty();
  }

  private long suspectsDisagree() {
    return await(atm.ledger.commit(books -> books.eventsAfter(0, 1000))).stream()
        .filter(event -> event.kind().contains("suspects-disagree"))
        .count();
  }

  @Test
  void countedNotesOfSomebodyWhoMayBeGoneAreRetracted() {
    diesWithTwentyCounted();

    startsAgain();
    isNotCredited("RETRACTED", 1);
    assertThat(atm.session().depositsOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  @Test
  void storedNotesAreCredited() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));
    atm.acceptor.mendWire();
    await(atm.acceptor.store());

    startsAgain();
    isCredited();
  }

  @Test
  void notesThatWereToBeStoredAreStoredAndCredited() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));

    startsAgain();
    isCredited();
  }

  @Test
  void returnedAndTakenNotesAreReturned() {
    returnedButNotTaken();
    atm.acceptor.takeNotes();

    startsAgain();
    isNotCredited("RETURNED", 0);
    atm.booksAndBoxesAgree();
  }

  @Test
  void returnedNotesAtTheSlotAreWaitedFor() {
    returnedButNotTaken();

    atm.startAgain();
    atm.seesScreen("take-cash");
    atm.acceptor.takeNotes();
    takesCard();
    isNotCredited("RETURNED", 0);
    atm.booksAndBoxesAgree();
  }

  @Test
  void returnedNotesThatNobodyTakesAreRetracted() {
    returnedButNotTaken();

    atm.startAgain();
    atm.seesScreen("take-cash");
    atm.acceptor.walkAway();
    takesCard();
    isNotCredited("RETRACTED", 1);
    atm.booksAndBoxesAgree();
  }

  @Test
  void notesThatWereToBeReturnedAreRetracted() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().returnIntent(stan));

    startsAgain();
    isNotCredited("RETRACTED", 1);
    atm.booksAndBoxesAgree();
  }

  /// It was to store them and sent them back instead.
  @Test
  void notesThatWereToBeStoredAndCameBackAreTheCustomersAgain() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));
    atm.acceptor.mendWire();
    await(atm.acceptor.giveBack());
    atm.acceptor.takeNotes();

    startsAgain();
    isNotCredited("RETURNED", 0);
    atm.booksAndBoxesAgree();
  }

  /// As after a loss of power, whatever it was told last.
  @ParameterizedTest
  @ValueSource(strings = {"counted", "store", "return", "retract"})
  void notesThatTheAcceptorTookToItsBinByItselfWaitForACount(String last) {
    Stan stan = diesWithTwentyCounted();
    intends(last, stan);
    atm.acceptor.mendWire();
    await(atm.acceptor.retract());

    startsAgain();
    isNotCredited("RETRACTED", 1);
    assertThat(await(atm.ledger.operator().waiting())).hasSize(1);
    assertThat(atm.session().depositsOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  /// One note more came in, of which the books had not heard when they told it what to do: whose it
  /// is, or whether it is the same deposit at all, nobody knows.
  @ParameterizedTest
  @CsvSource({
    "store, bin",
    "store, slot",
    "store, escrow",
    "store, retract",
    "return, bin",
    "return, slot",
    "return, escrow",
    "return, retract"
  })
  void otherNotesThanTheBooksHadCountedAreSuspect(String last, String where) {
    Stan stan = diesWithTwentyCounted();
    intends(last, stan);
    takesIn("50 EUR");
    switch (where) {
      case "bin" -> await(atm.acceptor.store());
      case "slot" -> await(atm.acceptor.giveBack());
      case "retract" -> await(atm.acceptor.retract());
      default -> {}
    }

    startsAgain();
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.ledger.journal().suspectDeposits()).containsExactly(stan);
    settledAs("SUSPECT");
    atm.acceptor.takeNotes();
  }

  /// It was told to, and had not done it; the second time it does.
  @Test
  void notesThatWereToBeRetractedAreRetracted() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().depositRetractIntent(stan));

    startsAgain();
    isNotCredited("RETRACTED", 1);
    atm.booksAndBoxesAgree();
  }

  @Test
  void leftNotesThatWereToBeRetractedAreRetractedFromTheSlot() {
    Stan stan = returnedButNotTaken();
    await(atm.ledger.journal().depositRetractIntent(stan));

    startsAgain();
    isNotCredited("RETRACTED", 1);
    atm.booksAndBoxesAgree();
  }

  @Test
  void leftNotesThatWereToBeRetractedAndWereTakenAfterAllAreReturned() {
    Stan stan = returnedButNotTaken();
    await(atm.ledger.journal().depositRetractIntent(stan));
    atm.acceptor.takeNotes();

    startsAgain();
    isNotCredited("RETURNED", 0);
    assertThat(await(atm.ledger.operator().waiting())).isEmpty();
    atm.booksAndBoxesAgree();
  }

  /// Notes that it does not move though told twice are not waited for for ever.
  @Test
  void notesThatCannotBeRetractedAreSuspect() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().depositRetractIntent(stan));
    atm.acceptor.arm(Trouble.RETRACT_JAM);

    startsAgain();
    isNotCredited("SUSPECT", 0);
    assertThat(atm.ledger.journal().suspectDeposits()).containsExactly(stan);
  }

  /// The same of notes that lie at its slot.
  @Test
  void leftNotesThatCannotBeRetractedAreSuspect() {
    Stan stan = returnedButNotTaken();
    await(atm.ledger.journal().depositRetractIntent(stan));
    atm.acceptor.arm(Trouble.RETRACT_JAM);

    startsAgain();
    isNotCredited("SUSPECT", 0);
    assertThat(atm.ledger.journal().suspectDeposits()).containsExactly(stan);
    atm.acceptor.takeNotes();
  }

  /// It answers each question, and nothing that would wake the machine is going to happen.
  @ParameterizedTest
  @ValueSource(strings = {"begun", "counted", "store", "return", "returned", "retract"})
  void whatAnAcceptorDoesNotDoAndDoesNotSayIsSuspect(String last) {
    switch (last) {
      case "begun" -> diesAtTheSlot();
      case "returned" -> returnedButNotTaken();
      default -> intends(last, diesWithTwentyCounted());
    }
    atm.acceptor.arm(Trouble.NO_REPLY);

    startsAgain();
    isNotCredited("SUSPECT", 0);
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    atm.acceptor.takeNotes();
  }

  /// It cannot say whether they were taken: a person has to look.
  @Test
  void aSlotThatCannotBeSeenIsSuspect() {
    returnedButNotTaken();
    atm.acceptor.arm(Trouble.EXIT_SENSOR);

    startsAgain();
    isNotCredited("SUSPECT", 0);
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    assertThat(atm.session().depositsOffBecause().orElseThrow()).contains("a person's count");
    atm.acceptor.takeNotes();
  }

  @Test
  void anAcceptorThatIsNotThereIsWaitedFor() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().storeIntent(stan));
    atm.startAgainWithoutAcceptor();
    atm.seesScreen("starting");
    atm.time.pass();
    takesCard();
    assertThat(atm.ledger.journal().openDeposits()).hasSize(1);

    atm.looksAway();
    atm.acceptor.mendWire();
    atm.seesScreen("idle");
    isCredited();
  }
}
