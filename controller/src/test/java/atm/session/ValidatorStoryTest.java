package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashAcceptor.Act;
import atm.device.FakeCashAcceptor.Place;
import atm.device.PinPad.Key;
import atm.value.Money;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deposits at a note validator: one note each, nobody sees what was given back being taken, and
/// only the books count what is in the box.
class ValidatorStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
    atm.acceptor.isValidator();
  }

  @AfterEach
  void booksAreSound() {
    try {
      assertThat(atm.ledger.journal().openDeposits()).isEmpty();
      assertThat(atm.ledger.journal().suspectDeposits()).isEmpty();
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  @Test
  void oneNoteAfterAnotherIsDepositedThoughTheDeviceCountsNone() {
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "confirm")
        .sees("€20 deposited")
        .wantsNoReceipt()
        .chooses("menu", "deposit")
        .inserts("50 EUR")
        .chooses("count-cash", "confirm")
        .sees("€50 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1320 EUR"));
    assertThat(atm.acceptor.notesAt(Place.BIN))
        .isEqualTo(Map.of(Money.parse("20 EUR"), 1, Money.parse("50 EUR"), 1));
  }

  @Test
  void whatIsGivenBackIsTheCustomersAtOnce() {
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "give-back")
        .sees("Your notes came back")
        .chooses("menu", "deposit")
        .inserts("50 EUR")
        .chooses("count-cash", "confirm")
        .sees("€50 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1300 EUR"));
  }

  @Test
  void afterARefusedNoteAnotherCanBeTried() {
    aliceAtTheSlot()
        .inserts("foreign")
        .inserts("20 EUR")
        .chooses("count-cash", "confirm")
        .sees("€20 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1270 EUR"));
  }

  @Test
  void whenTheWordThatItGaveTheNoteBackIsLostItIsAskedAndBelieved() {
    atm.acceptor.loseReplyTo(Act.GIVE_BACK);
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "give-back")
        .sees("Your notes came back")
        .seesScreen("menu");
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void whenTheWordThatItStoredTheNoteIsLostItIsAskedAndBelieved() {
    atm.acceptor.loseReplyTo(Act.STORE);
    aliceAtTheSlot()
        .inserts("20 EUR")
        .chooses("count-cash", "confirm")
        .sees("€20 deposited")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1270 EUR"));
  }

  private CustomerStory aliceAtTheSlot() {
    return atm.customer(ALICE)
        .insertsCard()
        .typesPin()
        .seesScreen("menu")
        .chooses("menu", "deposit");
  }

  private void leaves() {
    new CustomerStory(atm, ALICE).presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }
}
