package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashAcceptor.Act;
import atm.device.FakeCashAcceptor.Place;
import atm.device.FakeCashAcceptor.Trouble;
import atm.device.PinPad.Key;
import atm.value.Money;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the customer is told while notes move, and an acceptor that goes in mid-act and stays away:
/// nobody guesses, and what it did is booked once it has answered.
class AbsentAcceptorStoryTest {
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
  void notesNobodyHeardOfBeingStoredAreCreditedOnceItIsBack() {
    atm.acceptor.goesAwayDuring(Act.STORE);
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "confirm")
        .sees("Depositing your notes")
        .sees("Checking your cash");
    atm.time.pass(Readiness.COMES_BACK_WITHIN);
    atm.seesWords("We are not sure about your notes");
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());

    atm.acceptor.mendWire();
    alice().presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1270 EUR"));
    assertThat(atm.session().depositsOffBecause()).isEmpty();
  }

  @Test
  void theCustomerIsToldThatNotesComeBackAndThatLeftOnesAreTakenIn() {
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "give-back")
        .sees("Returning your notes")
        .walksAwayAt("take-cash")
        .sees("Taking the notes back")
        .sees("The machine kept your notes")
        .seesScreen("idle");

    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(1);
  }

  /// It took none in and cannot end it: whatever it holds then, a person has to look.
  @Test
  void anAcceptorThatCannotEndAnEmptyDepositIsForAPerson() {
    aliceAtTheSlot().seesScreen("insert-cash");
    atm.acceptor.arm(Trouble.ESCROW_STUCK);
    alice().presses("insert-cash", Key.CANCEL).sees("We are not sure about your notes");
    alice().takesCard().seesScreen("idle");

    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
  }

  /// It counted nothing, and something comes out: whose that is, a person has to find out.
  @Test
  void anEmptyDepositThatGivesNotesBackIsForAPerson() {
    aliceAtTheSlot().seesScreen("insert-cash");
    atm.acceptor.slipsIntoTheEscrow(Money.parse("20 EUR"));
    alice().presses("insert-cash", Key.CANCEL).sees("We are not sure about your notes");
    alice().takesCard().seesScreen("idle");

    assertThat(atm.ledger.journal().suspectDeposits()).hasSize(1);
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.acceptor.countAt(Place.SLOT)).isEqualTo(1);
  }

  private CustomerStory aliceAtTheSlot() {
    return atm.customer(ALICE)
        .insertsCard()
        .typesPin()
        .seesScreen("menu")
        .chooses("menu", "deposit");
  }

  private CustomerStory alice() {
    return new CustomerStory(atm, ALICE);
  }
}
