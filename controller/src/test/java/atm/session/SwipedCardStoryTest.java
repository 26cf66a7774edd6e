package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.PinPad.Key;
import atm.value.Money;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Visits with a card that is drawn through the reader: it never leaves its holder's hand, so it
/// is neither given back nor kept, and nobody is told otherwise.
class SwipedCardStoryTest {
  @TempDir Path dir;
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
    atm.reader.isSwiped();
    atm.display.onShow(model -> shown.add(model.screen()));
  }

  @AfterEach
  void nobodyIsAskedToTakeACard() {
    try {
      assertThat(shown).doesNotContain("take-card");
      assertThat(atm.reader.retained()).isZero();
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  @Test
  void theCashComesAtOnce() {
    aliceAtTheMenu().asksFor("60").takesCash().seesScreen("goodbye");
    atm.seesTitle("Please swipe your card");

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
  }

  @Test
  void cashThatDoesNotComeIsToldWithoutAWordOfTheCard() {
    atm.dispenser.jamAtNote(2);
    aliceAtTheMenu().asksFor("60").sees("could not pay out your cash").seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void threeWrongPinsBlockTheCardThatCannotBeKept() {
    atm.customer(ALICE)
        .insertsCard()
        .typesPin("9999")
        .sees("2 tries left")
        .typesPin("9998")
        .sees("one try left")
        .typesPin("9997")
        .sees("Your card is blocked")
        .seesScreen("idle");
  }

  @Test
  void aCardThatCannotBeReadIsTold() {
    atm.seesScreen("idle");
    atm.looksAway();
    atm.reader.insertUnreadable();

    atm.seesWords("We could not read your card");
    atm.seesScreen("idle");
  }

  @Test
  void whoeverCancelsIsToldSo() {
    aliceAtTheMenu().presses("menu", Key.CANCEL);

    atm.seesWords("Nothing more was booked");
    atm.seesScreen("idle");
  }

  private CustomerStory aliceAtTheMenu() {
    return atm.customer(ALICE).insertsCard().typesPin();
  }
}
