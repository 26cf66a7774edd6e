package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.DORA;
import static atm.session.StoryAtm.DORAS_SAVINGS;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashAcceptor.Act;
import atm.device.FakeCashAcceptor.Place;
import atm.device.FakeCashAcceptor.Trouble;
import atm.device.FakeReceiptPrinter;
import atm.device.PinPad.Key;
import atm.value.Money;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deposits of notes: good ones, refused ones, false ones, customers who change their minds or walk
/// away, and an acceptor that fails at each step. What is credited is what is in the bins.
class DepositStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
  }

  @AfterEach
  void booksAreSound() {
    try {
      assertThat(atm.ledger.journal().openDeposits()).isEmpty();
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  @Test
  void notesAreCountedConfirmedAndCredited() {
    aliceAtTheSlot()
        .inserts("20 EUR", "50 EUR", "20 EUR")
        .sees("€90")
        .chooses("count-cash", "confirm")
        .sees("€90 deposited")
        .wantsReceipt()
        .takesReceipt()
        .seesScreen("menu");
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1340 EUR"));
    assertThat(atm.acceptor.notesAt(Place.BIN))
        .isEqualTo(Map.of(money("20 EUR"), 2, money("50 EUR"), 1));
    assertThat(receipt()).contains("90.00 EUR", "000001").doesNotContain("1000000008");
  }

  @Test
  void nothingIsCreditedBeforeItIsConfirmed() {
    aliceAtTheSlot().inserts("50 EUR").seesScreen("count-cash");

    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    alice().chooses("count-cash", "confirm").sees("deposited").wantsNoReceipt();
    leaves();
  }

  @Test
  void moreNotesCanBeAdded() {
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "more-notes")
        .inserts("10 EUR", "10 EUR")
        .sees("€40")
        .chooses("count-cash", "confirm")
        .sees("€40 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1290 EUR"));
  }

  @Test
  void whoChangesTheirMindGetsTheNotesBack() {
    aliceAtTheSlot()
        .inserts("20 EUR", "10 EUR")
        .chooses("count-cash", "give-back")
        .takesNotesBack()
        .sees("Your notes came back")
        .seesScreen("menu");
    leaves();

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.TAKEN)).isEqualTo(2);
  }

  @Test
  void whoCancelsBeforeInsertingHasDepositedNothing() {
    aliceAtTheSlot()
        .presses("insert-cash", Key.CANCEL)
        .sees("Canceled")
        .takesCard()
        .seesScreen("idle");

    nothingDeposited();
  }

  @Test
  void whoCancelsAtTheSecondInsertionGetsAllBack() {
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "more-notes")
        .presses("insert-cash", Key.CANCEL)
        .takesNotesBack()
        .sees("Your notes came back")
        .takesCard()
        .seesScreen("idle");

    nothingDeposited();
  }

  @Test
  void whoFallsSilentGetsTheNotesBack() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    timePassesTwice();
    alice().takesNotesBack().sees("Your notes came back").takesCard().seesScreen("idle");

    nothingDeposited();
  }

  @Test
  void whoNeedsMoreTimeHasNotesInsideStill() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    atm.looksAway();
    atm.time.pass();
    alice()
        .sees("your notes come back")
        .chooses("more-time", "yes")
        .chooses("count-cash", "confirm")
        .sees("deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1270 EUR"));
  }

  @Test
  void anEmptySlotEndsInSilence() {
    aliceAtTheSlot().seesScreen("insert-cash");
    timePassesTwice();
    alice().sees("Your time is up").takesCard().seesScreen("idle");

    nothingDeposited();
  }

  @Test
  void returnedNotesThatAreLeftAreKeptAndNotCredited() {
    aliceAtTheSlot()
        .inserts("20 EUR", "10 EUR")
        .chooses("count-cash", "give-back")
        .walksAwayAt("take-cash")
        .sees("The machine kept your notes")
        .seesScreen("idle");

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(2);
  }

  /// They lie within anybody's reach: only a person can say who has them.
  @Test
  void returnedNotesThatDoNotComeInAgainAreForAPerson() {
    atm.acceptor.arm(Trouble.RETRACT_JAM);
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "give-back")
        .walksAwayAt("take-cash")
        .sees("We are not sure about your notes")
        .seesScreen("idle");

    nothingDeposited();
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    assertThat(atm.session().depositsOffBecause()).isPresent();
    atm.acceptor.takeNotes();
  }

  @Test
  void refusedNotesComeBackAndTheOthersStay() {
    aliceAtTheSlot()
        .inserts("20 EUR", "10 EUR torn", "foreign")
        .takesNotesBack()
        .sees("2 notes were not accepted")
        .chooses("count-cash", "confirm")
        .sees("€20 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1270 EUR"));
    assertThat(atm.acceptor.countAt(Place.TAKEN)).isEqualTo(2);
  }

  @Test
  void onlyRefusedNotesLetOneTryAnother() {
    aliceAtTheSlot()
        .inserts("foreign")
        .takesNotesBack()
        .inserts("10 EUR")
        .chooses("count-cash", "confirm")
        .sees("€10 deposited")
        .wantsNoReceipt();
    leaves();
  }

  /// Whoever leaves refused notes has left; what was accepted goes with them to the retract bin.
  @Test
  void refusedNotesThatAreLeftEndTheDeposit() {
    aliceAtTheSlot()
        .inserts("20 EUR", "foreign")
        .walksAwayAt("take-cash")
        .sees("The machine kept your notes")
        .seesScreen("idle");

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(2);
  }

  @Test
  void suspectedCounterfeitsAreKeptAndNotCredited() {
    aliceAtTheSlot()
        .inserts("20 EUR", "50 EUR counterfeit")
        .sees("kept for checking")
        .chooses("count-cash", "confirm")
        .sees("€20 deposited")
        .wantsReceipt()
        .takesReceipt()
        .seesScreen("menu");
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1270 EUR"));
    assertThat(atm.acceptor.countAt(Place.SUSPECT)).isEqualTo(1);
    assertThat(receipt()).contains("50.00 EUR");
  }

  @Test
  void onlyCounterfeitsAreKeptAndToldOf() {
    aliceAtTheSlot().inserts("50 EUR counterfeit").sees("They may not be genuine");
    leaves();

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.SUSPECT)).isEqualTo(1);
  }

  @Test
  void anAccountIsChosenWhereThereAreTwo() {
    atm.customer(DORA)
        .insertsCard()
        .typesPin()
        .chooses("menu", "deposit")
        .chooses("account", "account-0081")
        .inserts("100 EUR")
        .chooses("count-cash", "confirm")
        .sees("€100 deposited")
        .wantsNoReceipt()
        .presses("menu", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.balance(DORA)).isEqualTo(DORA.opening());
    assertThat(atm.balance(DORAS_SAVINGS)).isEqualTo(money("7300 EUR"));
  }

  // -- an acceptor that fails

  @Test
  void aShutterThatJamsBeforeTheFirstNoteTakesNothing() {
    aliceAtTheMenu();
    atm.seesScreen("menu");
    atm.acceptor.arm(Trouble.SHUTTER_JAM);
    alice().chooses("menu", "deposit").sees("No deposits right now");
    leaves();

    nothingDeposited();
    assertThat(atm.session().depositsOffBecause()).isPresent();
    atm.acceptor.clear(Trouble.SHUTTER_JAM);
  }

  @Test
  void aNoteThatSticksOnItsWayInIsForAPersonToCount() {
    aliceAtTheSlot();
    atm.seesScreen("insert-cash");
    atm.acceptor.jamAtNoteIn(2);
    alice().inserts("20 EUR", "10 EUR").sees("We are not sure about your notes");
    leaves();

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(2);
  }

  @Test
  void binsThatAreFullGiveTheNotesBack() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    atm.acceptor.arm(Trouble.BIN_FULL);
    alice()
        .chooses("count-cash", "confirm")
        .takesNotesBack()
        .sees("Your notes came back")
        .seesScreen("menu");
    leaves();

    nothingDeposited();
  }

  /// They neither go in nor come out: a person has to count.
  @Test
  void anEscrowThatSticksIsForAPerson() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    atm.acceptor.arm(Trouble.ESCROW_STUCK);
    alice().chooses("count-cash", "confirm").sees("We are not sure about your notes");
    leaves();

    nothingDeposited();
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    assertThat(atm.session().depositsOffBecause()).isPresent();
  }

  @Test
  void aLostReplyToStoringCreditsWhatTheAcceptorRemembers() {
    atm.acceptor.loseReplyTo(Act.STORE);
    aliceAtTheSlot()
        .inserts("20 EUR", "50 EUR")
        .chooses("count-cash", "confirm")
        .sees("€70 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1320 EUR"));
    assertThat(atm.acceptor.countAt(Place.BIN)).isEqualTo(2);
  }

  @Test
  void aLostReplyToInsertingGivesTheNotesBack() {
    atm.acceptor.loseReplyTo(Act.INSERT);
    aliceAtTheSlot().inserts("20 EUR").takesNotesBack().sees("Your notes came back");
    leaves();

    nothingDeposited();
  }

  @Test
  void aLostReplyToGivingBackStillWaitsForTheCustomer() {
    atm.acceptor.loseReplyTo(Act.GIVE_BACK);
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "give-back")
        .takesNotesBack()
        .sees("Your notes came back");
    leaves();

    nothingDeposited();
  }

  @Test
  void aLostReplyToRetractingIsSettledByWhatTheAcceptorRemembers() {
    atm.acceptor.loseReplyTo(Act.RETRACT);
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "give-back")
        .walksAwayAt("take-cash")
        .seesScreen("idle");

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(1);
  }

  @Test
  void aLostReplyToBeginningLeavesTheAcceptorFree() {
    atm.acceptor.loseReplyTo(Act.BEGIN);
    aliceAtTheMenu().chooses("menu", "deposit").sees("No deposits right now").seesScreen("menu");
    alice()
        .chooses("menu", "deposit")
        .inserts("20 EUR")
        .chooses("count-cash", "confirm")
        .sees("€20 deposited")
        .wantsNoReceipt();
    leaves();
  }

  @Test
  void aSlotNobodyCanSeeIsForAPerson() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    atm.acceptor.arm(Trouble.EXIT_SENSOR);
    alice().chooses("count-cash", "give-back").sees("We are not sure about your notes");
    leaves();

    nothingDeposited();
    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    atm.acceptor.takeNotes();
  }

  // -- other devices

  @Test
  void aKeypadThatStopsGivesNotesAndCardBack() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    atm.pad.cutWire();
    alice()
        .takesNotesBack()
        .sees("Your notes came back")
        .sees("The keypad stopped working")
        .takesCard()
        .seesScreen("out-of-service");

    nothingDeposited();
    atm.pad.mendWire();
    atm.seesScreen("idle");
  }

  @Test
  void aPrinterThatFailsTakesNothingFromTheDeposit() {
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "confirm")
        .sees("deposited")
        .seesScreen("receipt-choice");
    atm.printer.arm(FakeReceiptPrinter.Trouble.JAM);
    alice().wantsReceipt().sees("No receipt this time").seesScreen("menu");
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1270 EUR"));
  }

  @Test
  void anAcceptorThatIsNotThereIsNotOffered() {
    atm.seesScreen("idle");
    atm.looksAway();
    atm.acceptor.cutWire();
    atm.seesScreen("idle");
    aliceAtTheMenu().sees("No deposits right now").presses("menu", Key.B);
    leaves();

    nothingDeposited();
    atm.acceptor.mendWire();
  }

  // -- a bank that falls silent

  /// Nothing is asked of it to give notes back.
  @Test
  void aBankThatIsSilentAfterTheCountLetsTheNotesGoBack() {
    aliceAtTheSlot().inserts("20 EUR", "50 EUR").seesScreen("count-cash");
    atm.silencesTheBank();
    alice()
        .chooses("count-cash", "give-back")
        .takesNotesBack()
        .sees("Your notes came back")
        .seesScreen("menu");
    leaves();

    nothingDeposited();
    assertThat(atm.acceptor.countAt(Place.TAKEN)).isEqualTo(2);
  }

  /// Nobody is credited without the bank; once it answers again, what is in the bins is, without a
  /// person and without another customer.
  @Test
  void aBankThatIsSilentOnceTheNotesAreStoredCreditsThemLater() {
    aliceAtTheSlot().inserts("20 EUR", "50 EUR").seesScreen("count-cash");
    atm.silencesTheBank();
    alice()
        .chooses("count-cash", "confirm")
        .sees("We will count and credit them")
        .sees("Reference 000001")
        .sees("Your bank does not answer")
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.acceptor.countAt(Place.BIN)).isEqualTo(2);
    assertThat(atm.ledger.journal().openDeposits()).hasSize(1);
    assertThat(atm.session().depositsOffBecause())
        .hasValueSatisfying(why -> assertThat(why).contains("000001 is not settled"));

    atm.looksAway();
    atm.bankAnswersAgain();
    atm.time.pass();
    atm.seesScreen("idle");
    assertThat(atm.balance(ALICE)).isEqualTo(money("1320 EUR"));
    assertThat(atm.session().depositsOffBecause()).isEmpty();
  }

  @Test
  void anAnswerThatIsLostOnceTheNotesAreStoredCreditsThemOnce() {
    aliceAtTheSlot().inserts("20 EUR", "50 EUR").seesScreen("count-cash");
    atm.losesTheBanksAnswers();
    alice()
        .chooses("count-cash", "confirm")
        .sees("We will count and credit them")
        .sees("Your bank does not answer")
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1320 EUR"));
  }

  @Test
  void aBankThatIsSilentBeforeTheSlotOpensTakesNoNotes() {
    aliceAtTheMenu();
    atm.silencesTheBank();
    alice()
        .chooses("menu", "deposit")
        .sees("Your bank does not answer")
        .takesCard()
        .seesScreen("idle");

    nothingDeposited();
  }

  private CustomerStory aliceAtTheSlot() {
    return aliceAtTheMenu().chooses("menu", "deposit");
  }

  private CustomerStory aliceAtTheMenu() {
    return atm.customer(ALICE).insertsCard().typesPin().seesScreen("menu");
  }

  private CustomerStory alice() {
    return new CustomerStory(atm, ALICE);
  }

  private void leaves() {
    alice().presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }

  private void timePassesTwice() {
    atm.looksAway();
    atm.time.pass();
    atm.seesScreen("more-time");
    atm.looksAway();
    atm.time.pass();
  }

  private void nothingDeposited() {
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.acceptor.countAt(Place.BIN)).isZero();
  }

  private String receipt() {
    return String.join("\n", atm.printer.takenReceipts().getFirst());
  }

  private static Money money(String text) {
    return Money.parse(text);
  }
}
