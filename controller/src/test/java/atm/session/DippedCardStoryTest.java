package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.value.Money;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Visits with a card that is pushed in and pulled out by hand: the machine can ask for it to be
/// taken, and serves nobody else until it is, but it cannot keep it.
class DippedCardStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
    atm.reader.isDipped();
  }

  @AfterEach
  void nothingIsKept() {
    try {
      assertThat(atm.reader.retained()).isZero();
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  @Test
  void theCardComesOutBeforeTheCash() {
    aliceAtTheMenu().asksFor("60").takesCard().takesCash().seesScreen("goodbye").seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
  }

  @Test
  void aCardThatIsLeftKeepsTheCashInsideAndTheMachineAsksForItUntilItIsGone() {
    aliceAtTheMenu()
        .asksFor("60")
        .walksAwayAt("take-card")
        .sees("could not pay out your cash")
        .seesScreen("take-card")
        .seesScreen("out-of-service");

    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    atm.looksAway();
    atm.session().lookAgain();
    atm.seesScreen("take-card");
    atm.seesScreen("out-of-service");
    atm.reader.takeCard();
    atm.session().lookAgain();
    atm.seesScreen("idle");
  }

  @Test
  void threeWrongPinsBlockTheCardAndGiveItBack() {
    atm.customer(ALICE)
        .insertsCard()
        .typesPin("9999")
        .sees("2 tries left")
        .typesPin("9998")
        .sees("one try left")
        .typesPin("9997")
        .sees("Your card is blocked")
        .takesCard()
        .seesScreen("idle");
  }

  private CustomerStory aliceAtTheMenu() {
    return atm.customer(ALICE).insertsCard().typesPin();
  }
}
