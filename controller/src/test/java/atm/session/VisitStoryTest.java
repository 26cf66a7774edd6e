package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCardReader;
import atm.device.FakeCashDispenser.Trouble;
import atm.device.PinPad.Key;
import atm.screen.ScreenModel;
import atm.value.Pan;
import atm.value.Track2;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Visits in which no cash moves: cards, PINs, balances, silence, and devices that fail.
class VisitStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
  }

  /// No story here moves a cent.
  @AfterEach
  void nothingMoved() {
    try {
      assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
      assertThat(atm.takenByCustomers()).isEmpty();
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  @Test
  void theBalanceIsShown() {
    aliceAtTheMenu()
        .chooses("menu", "balance")
        .sees("Balance\t€1,250")
        .presses("balance", Key.CANCEL)
        .takesCard();
    atm.seesScreen("idle");
  }

  @Test
  void theBalanceIsPrinted() {
    aliceAtTheMenu().chooses("menu", "balance").chooses("balance", "print").takesReceipt();
    atm.seesScreen("balance");
    new CustomerStory(atm, ALICE).presses("balance", Key.CANCEL).takesCard().seesScreen("idle");

    assertThat(String.join("\n", atm.printer.takenReceipts().getFirst())).contains("1,250.00 EUR");
  }

  @Test
  void threeWrongPinsKeepTheCard() {
    atm.customer(ALICE)
        .insertsCard()
        .typesPin("9999")
        .sees("2 tries left")
        .typesPin("9998")
        .sees("one try left")
        .typesPin("9997")
        .sees("The PIN was wrong too often")
        .seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  @Test
  void aCardToBeKeptThatSticksIsKeptOnceItMoves() {
    wrongThreeTimesWith(FakeCardReader.Trouble.JAM);
    atm.looksAway();
    atm.reader.clear(FakeCardReader.Trouble.JAM);
    atm.seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  /// The plug pulled after the third wrong PIN buys no card.
  @Test
  void aCardToBeKeptIsKeptAfterAPowerCutToo() {
    wrongThreeTimesWith(FakeCardReader.Trouble.JAM);
    atm.die();
    atm.reader.clear(FakeCardReader.Trouble.JAM);
    atm.startAgain();
    atm.seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  private void wrongThreeTimesWith(FakeCardReader.Trouble trouble) {
    atm.customer(ALICE)
        .insertsCard()
        .typesPin("9999")
        .sees("2 tries left")
        .typesPin("9998")
        .sees("one try left");
    atm.reader.arm(trouble);
    new CustomerStory(atm, ALICE)
        .typesPin("9997")
        .sees("Your card is stuck")
        .seesScreen("out-of-service");
  }

  @Test
  void anotherLanguageCanBeChosenAtThePin() {
    atm.customer(ALICE).insertsCard().chooses("pin", "language-de").sees("Bitte PIN eingeben");
    new CustomerStory(atm, ALICE)
        .typesPin()
        .sees("Guten Tag, alice")
        .presses("menu", Key.CANCEL)
        .takesCard();
    atm.seesTitle("Please insert your card");
  }

  @Test
  void onlyACountOfPinDigitsIsShown() {
    atm.customer(ALICE).insertsCard().presses("pin", Key.D1, Key.D2);
    ScreenModel pin =
        atm.sees("two digits", m -> m.entry().equals(Optional.of(new ScreenModel.Entry.Pin(2))));

    // The session's name is random, and may hold them by chance.
    assertThat(pin.toString().replace(pin.session(), "")).doesNotContain("12");
    new CustomerStory(atm, ALICE).presses("pin", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void anUnreadableCardComesBack() {
    atm.seesScreen("idle");
    atm.reader.insertUnreadable();
    atm.seesWords("could not read your card");
    new CustomerStory(atm, ALICE).takesCard().seesScreen("idle");
  }

  @Test
  void aStrangeCardComesBackAfterItsPin() {
    Track2 strange = new Track2(new Pan("5555555555554444"), YearMonth.of(2099, 12), "201");
    atm.customer(new StoryAtm.Person(strange, "1111", ALICE.account(), ALICE.opening()))
        .insertsCard()
        .typesPin()
        .sees("does not work here")
        .takesCard()
        .seesScreen("idle");
  }

  @Test
  void anExpiredCardComesBack() {
    Track2 expired = new Track2(ALICE.card().pan(), YearMonth.of(2020, 1), "201");
    atm.customer(new StoryAtm.Person(expired, "1234", ALICE.account(), ALICE.opening()))
        .insertsCard()
        .typesPin()
        .sees("Your card has expired")
        .takesCard()
        .seesScreen("idle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pin",
        "menu",
        "fast-cash",
        "amount",
        "not-payable",
        "confirm",
        "receipt-choice",
        "balance",
        "more-time"
      })
  void cancelAtEachStepGivesTheCardBack(String step) {
    String screen = goTo(step);
    new CustomerStory(atm, ALICE)
        .presses(screen, Key.CANCEL)
        .sees("Canceled")
        .takesCard()
        .seesScreen("goodbye")
        .seesScreen("idle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pin",
        "menu",
        "fast-cash",
        "amount",
        "not-payable",
        "confirm",
        "receipt-choice",
        "balance"
      })
  void silenceAtEachStepAsksOnceAndGivesTheCardBack(String step) {
    goTo(step);
    atm.looksAway();
    atm.time.pass();
    atm.seesScreen("more-time");
    atm.looksAway();
    atm.time.pass();
    atm.seesWords("Your time is up");
    new CustomerStory(atm, ALICE).takesCard().seesScreen("idle");
  }

  @Test
  void whoAsksForMoreTimeGoesOnWhereTheyWere() {
    goTo("amount");
    new CustomerStory(atm, ALICE).presses("amount", Key.D6, Key.D0);
    seesTyped("€60");
    atm.looksAway();
    atm.time.pass();
    new CustomerStory(atm, ALICE).chooses("more-time", "yes");
    seesTyped("€60");
    new CustomerStory(atm, ALICE).presses("amount", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void whoWalksAwayLosesTheCardToTheMachine() {
    aliceAtTheMenu().walksAwayAt("menu").sees("It was not taken in time").seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  @Test
  void aPadThatIsUnpluggedDuringThePinGivesTheCardBack() {
    CustomerStory alice = atm.customer(ALICE).insertsCard();
    atm.pad.cutWire();
    alice.sees("The keypad stopped working").takesCard().seesScreen("out-of-service");
    atm.looksAway();
    atm.pad.mendWire();
    atm.seesScreen("idle");
  }

  @Test
  void aPadThatLostItsKeysGetsThemAgain() {
    atm.seesScreen("idle");
    atm.pad.loseKeys();
    atm.looksAway();
    atm.session().lookAgain();
    aliceAtTheMenu().presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void aReaderThatGoesAwayTakesTheMachineOutOfServiceUntilItIsBack() {
    atm.seesScreen("idle");
    atm.reader.cutWire();
    atm.seesScreen("out-of-service");
    atm.looksAway();
    atm.reader.mendWire();
    aliceAtTheMenu().presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void aCardThatSticksIsToldAndTheMachineGoesOutOfService() {
    aliceAtTheMenu();
    atm.reader.arm(FakeCardReader.Trouble.JAM);
    new CustomerStory(atm, ALICE)
        .presses("menu", Key.CANCEL)
        .sees("Your card is stuck")
        .seesScreen("out-of-service");
  }

  @Test
  void withoutDispenserTheBalanceIsStillThere() {
    atm.seesScreen("idle");
    atm.dispenser.arm(Trouble.DEAD);
    atm.seesWords("No cash right now");
    atm.looksAway();
    atm.reader.insert(ALICE.card());
    new CustomerStory(atm, ALICE)
        .typesPin()
        .presses("menu", Key.A)
        .chooses("menu", "balance")
        .presses("balance", Key.CANCEL)
        .takesCard();
    atm.dispenser.clear(Trouble.DEAD);
    atm.seesScreen("idle");
  }

  @Test
  void aCardFoundInsideAtTheStartIsGivenBack() {
    aliceAtTheMenu();
    atm.die();
    atm.startAgain();
    atm.seesWords("A card is still inside");
    new CustomerStory(atm, ALICE).takesCard().seesScreen("idle");
  }

  private void seesTyped(String amount) {
    ScreenModel.Entry wanted = new ScreenModel.Entry.Amount(amount);
    atm.sees(amount + " typed", model -> model.entry().equals(Optional.of(wanted)));
  }

  /// Goes to a step as a customer would; answers with the name of the screen there.
  private String goTo(String step) {
    CustomerStory alice = atm.customer(ALICE).insertsCard();
    if (step.equals("pin")) return "pin";
    alice.typesPin().seesScreen("menu");
    switch (step) {
      case "balance" -> alice.chooses("menu", "balance");
      case "fast-cash" -> alice.chooses("menu", "withdraw");
      case "amount" -> alice.asksForOtherAmount();
      case "not-payable" -> alice.asksForOtherAmount().typesAmount("65").sees("cannot pay exactly");
      case "confirm" -> alice.asksForOtherAmount().typesAmount("60");
      case "receipt-choice" -> alice.asksForOtherAmount().typesAmount("60").confirms();
      case "more-time" -> atm.time.pass();
      default -> {}
    }
    String screen = step.equals("not-payable") ? "amount" : step;
    atm.seesScreen(screen);
    return screen;
  }

  private CustomerStory aliceAtTheMenu() {
    return atm.customer(ALICE).insertsCard().typesPin().seesScreen("menu");
  }
}
