package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.BERND;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCardReader;
import atm.device.FakeCashDispenser.Act;
import atm.device.FakeCashDispenser.Trouble;
import atm.device.FakeReceiptPrinter;
import atm.device.PinPad.Key;
import atm.screen.Display.Touch;
import atm.screen.ScreenModel;
import atm.value.Money;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Withdrawals, the good and the bad. After each, nothing is wrong with the books, and no note is
/// lost.
class WithdrawalStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
  }

  @AfterEach
  void booksAreSound() {
    try {
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

  @Test
  void cashIsTakenAndBooked() {
    aliceAtTheMenu().asksFor("60").takesCard().takesCash().seesScreen("goodbye").seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(atm.takenByCustomers()).isEqualTo(Map.of(money("50 EUR"), 1, money("10 EUR"), 1));
    atm.booksAndBoxesAgree();
  }

  @Test
  void aFastAmountWithReceipt() {
    aliceAtTheMenu()
        .chooses("menu", "withdraw")
        .chooses("fast-cash", "amount-100")
        .confirms()
        .wantsReceipt()
        .takesCard()
        .takesCash()
        .takesReceipt()
        .seesScreen("idle");

    String receipt = String.join("\n", atm.printer.takenReceipts().getFirst());
    assertThat(receipt).contains("100.00 EUR", "**** 7899", "******0008", "000001");
    assertThat(receipt).doesNotContain("4000001234567899", "1000000008");
    assertThat(atm.balance(ALICE)).isEqualTo(money("1150 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void theWholeWayByTouch() {
    aliceAtTheMenu()
        .touches("menu", "withdraw")
        .touches("fast-cash", "amount-50")
        .touches("confirm", "confirm")
        .touches("receipt-choice", "no")
        .takesCard()
        .takesCash()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1200 EUR"));
  }

  @Test
  void aTouchOfAnOlderScreenDoesNothing() {
    aliceAtTheMenu();
    ScreenModel menu = atm.seesScreen("menu");
    new CustomerStory(atm, ALICE).chooses("menu", "withdraw").seesScreen("fast-cash");

    assertThat(atm.display.touch(new Touch(menu.seq(), 'A'))).isFalse();
    new CustomerStory(atm, ALICE).presses("fast-cash", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void cashLeftAtTheSlotIsTakenBackAndNotCredited() {
    aliceAtTheMenu().asksFor("60").takesCard().walksAwayAt("take-cash").sees("took your cash back");
    atm.seesScreen("idle");

    assertThat(atm.retracted()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void aCardLeftInTheSlotIsKeptAndNoCashIsPresented() {
    aliceAtTheMenu().asksFor("60").walksAwayAt("take-card").sees("The machine kept your card");
    atm.seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.rejected()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    atm.booksAndBoxesAgree();
  }

  /// Nothing is signed for it, so no note can have moved: the hold is gone at once.
  @Test
  void aDispenserWithAMalformedNonceIsPaidNothing() {
    atm.wire.givesNonce("not a nonce");
    aliceAtTheMenu().asksFor("60").sees("could not pay out").takesCard().seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.session().cashOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  @Test
  void moreThanTheBalanceIsDeclinedAndTheMostOffered() {
    atm.customer(BERND)
        .insertsCard()
        .typesPin()
        .asksForOtherAmount()
        .typesAmount("100")
        .sees("up to €90");
    new CustomerStory(atm, BERND)
        .chooses("message", "amount-90")
        .confirms()
        .wantsNoReceipt()
        .takesCard()
        .takesCash()
        .seesScreen("idle");

    assertThat(atm.balance(BERND)).isEqualTo(money("0 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void moreThanTheLimitIsDeclined() {
    aliceAtTheMenu()
        .asksForOtherAmount()
        .typesAmount("510")
        .sees("up to €500 at a time")
        .presses("message", Key.CANCEL)
        .takesCard();
    atm.seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    atm.booksAndBoxesAgree();
  }

  @Test
  void anAmountTheNotesDoNotMakeOffersTheNearest() {
    aliceAtTheMenu()
        .asksForOtherAmount()
        .typesAmount("65")
        .sees("cannot pay exactly €65")
        .chooses("amount", "amount-70")
        .confirms()
        .wantsNoReceipt()
        .takesCard()
        .takesCash()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1180 EUR"));
  }

  /// She has the cash; the hold becomes a booking once the bank answers again, and only once.
  @Test
  void aBankThatIsSilentOnceTheCashIsTakenBooksItLater() {
    aliceAtTheMenu().asksFor("60").takesCard().seesScreen("take-cash");
    atm.silencesTheBank();
    alice().takesCash().sees("We are not sure about your cash").seesScreen("idle");
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.available(ALICE)).isEqualTo(money("1190 EUR"));

    atm.looksAway();
    atm.bankAnswersAgain();
    atm.time.pass();
    awaitIdleWithCash();
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(atm.available(ALICE)).isEqualTo(money("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  /// The limit would allow it, and the notes would make it; the slot takes forty.
  @Test
  void moreThanIsPresentedAtOnceIsToldWithTheMost() {
    atm.dispenser.removeCassette("C2");
    atm.dispenser.removeCassette("C3");
    aliceAtTheMenu()
        .asksForOtherAmount()
        .typesAmount("450")
        .sees("This machine can pay out up to €400 at once")
        .chooses("amount", "amount-400")
        .confirms()
        .wantsNoReceipt()
        .takesCard()
        .takesCash()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("850 EUR"));
  }

  @Test
  void anAmountOfNothingIsToldAndNotTaken() {
    aliceAtTheMenu().asksForOtherAmount().presses("amount", Key.D0, Key.ENTER);
    atm.seesWords("It has to be more than zero");
    alice().presses("amount", Key.D0, Key.D2, Key.D0, Key.ENTER).sees("Withdraw €20?");
    alice().presses("confirm", Key.CANCEL).takesCard().seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void aLongRowOfDigitsStaysAnAmountThatCanBeAnswered() {
    Key[] digits = new Key[19];
    java.util.Arrays.fill(digits, Key.D9);
    aliceAtTheMenu().asksForOtherAmount().presses("amount", digits).presses("amount", Key.ENTER);
    alice().sees("up to €500 at a time").presses("message", Key.CANCEL).takesCard();
    atm.seesScreen("idle");
  }

  @Test
  void enterBeforeAnAmountIsTypedAsksAgain() {
    aliceAtTheMenu()
        .asksForOtherAmount()
        .presses("amount", Key.ENTER)
        .typesAmount("20")
        .seesScreen("confirm")
        .presses("confirm", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");
  }

  @Test
  void aJamAtTheSecondNoteGivesTheHoldBack() {
    atm.dispenser.jamAtNote(2);
    aliceAtTheMenu()
        .asksFor("60")
        .sees("could not pay out your cash")
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void notesThatStickInsideAreNotCharged() {
    CustomerStory alice = aliceAtTheMenu().asksForOtherAmount().typesAmount("60").confirms();
    atm.dispenser.arm(Trouble.JAM);
    alice.wantsNoReceipt().sees("could not pay out your cash").takesCard().seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.session().cashOffBecause()).contains("a note sticks");
    var events = StoryAtm.await(atm.ledger.commit(books -> books.eventsAfter(0, 1000)));
    assertThat(events)
        .filteredOn(event -> event.kind().equals("device-reset"))
        .as("a reset may move notes, so it is in the journal")
        .extracting(event -> event.details().get("device"))
        .containsExactly("cash-dispenser");
  }

  @Test
  void doubleNotesAreBookedToTheRejectBin() {
    atm.dispenser.arm(Trouble.DOUBLE_NOTE);
    aliceAtTheMenu().asksFor("60").takesCard().takesCash().seesScreen("idle");

    assertThat(atm.rejected()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void aShutterThatDoesNotOpenGivesTheHoldBack() {
    atm.dispenser.arm(Trouble.SHUTTER_JAM);
    aliceAtTheMenu()
        .asksFor("60")
        .takesCard()
        .sees("could not pay out your cash")
        .seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void aRetractThatJamsIsForAPersonToCount() {
    atm.dispenser.arm(Trouble.RETRACT_JAM);
    aliceAtTheMenu().asksFor("60").takesCard().walksAwayAt("take-cash").sees("Reference 000001");
    atm.seesWords("No cash right now");

    assertThat(atm.available(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(atm.session().cashOffBecause())
        .contains("withdrawal 000001 waits for a person's count");
  }

  @Test
  void aDispenserThatLosesItsWireInMidDispenseIsAskedWhatItDid() {
    atm.dispenser.loseReplyTo(Act.DISPENSE);
    aliceAtTheMenu()
        .asksFor("60")
        .sees("could not pay out your cash")
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void aDispenserThatLosesItsWireInMidPresentStillPaysOut() {
    atm.dispenser.loseReplyTo(Act.PRESENT);
    aliceAtTheMenu().asksFor("60").takesCard().takesCash().seesScreen("goodbye").seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void aDispenserThatLosesItsWireInMidRetractIsAskedWhatItDid() {
    atm.dispenser.loseReplyTo(Act.RETRACT);
    aliceAtTheMenu().asksFor("60").takesCard().walksAwayAt("take-cash").sees("took your cash back");
    atm.seesScreen("idle");

    assertThat(atm.retracted()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    assertThat(atm.session().cashOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  @Test
  void nobodyGoesOnListeningToADispenserThatCameBack() {
    atm.seesScreen("idle");
    int before = atm.dispenser.listeners();
    aliceAtTheMenu().asksFor("60").takesCard().seesScreen("take-cash");
    atm.dispenser.cutWire();
    atm.dispenser.walkAway();
    atm.seesScreen("processing");
    atm.dispenser.mendWire();
    atm.seesWords("took your cash back");
    atm.seesScreen("idle");

    assertThat(atm.dispenser.listeners()).isEqualTo(before);
  }

  @Test
  void aDispenserThatStaysAwayLeavesTheWithdrawalOpenUntilItIsBack() {
    CustomerStory alice = aliceAtTheMenu().asksFor("60").seesScreen("take-card");
    atm.dispenser.cutWire();
    alice.takesCard().sees("We are not sure about your cash").sees("No cash right now");
    assertThat(atm.available(ALICE)).isEqualTo(money("1190 EUR"));

    atm.looksAway();
    atm.dispenser.mendWire();
    awaitIdleWithCash();
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void aPrinterThatDiesAfterTheCashIsToldAndChangesNothing() {
    CustomerStory alice = aliceAtTheMenu().asksForOtherAmount().typesAmount("60").confirms();
    alice.wantsReceipt().takesCard().seesScreen("take-cash");
    atm.printer.arm(FakeReceiptPrinter.Trouble.DEAD);
    alice.takesCash().sees("No receipt this time").seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void aReceiptLeftHangingIsTakenBackIn() {
    CustomerStory alice = aliceAtTheMenu().asksForOtherAmount().typesAmount("60").confirms();
    alice.wantsReceipt().takesCard().seesScreen("take-cash");
    atm.printer.walkAway();
    alice.takesCash().seesScreen("idle");

    assertThat(atm.printer.retracted()).isEqualTo(1);
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  @Test
  void aReaderThatJamsAtEjectGivesTheHoldBack() {
    atm.reader.arm(FakeCardReader.Trouble.JAM);
    aliceAtTheMenu().asksFor("60").sees("Your card is stuck").seesScreen("out-of-service");

    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    atm.booksAndBoxesAgree();
  }

  @Test
  void aCassetteThatDoesNotAgreeWithTheBooksStopsCash() {
    atm.seesScreen("idle");
    atm.dispenser.load("C2", money("20 EUR"), 1999);
    atm.dispenser.load("C1", money("10 EUR"), 1001); // so that no note is lost from the story
    aliceAtTheMenu();

    new CustomerStory(atm, ALICE).chooses("menu", "withdraw").sees("No cash right now");
    assertThat(atm.session().cashOffBecause())
        .contains(
            "cassette C1: the device counts 1001, the books 1000;"
                + " cassette C2: the device counts 1999, the books 2000");
    new CustomerStory(atm, ALICE).presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void oneCustomerAfterTheOther() {
    for (int i = 0; i < 3; i++) {
      aliceAtTheMenu()
          .asksFor("60")
          .takesCard()
          .takesCash()
          .seesScreen("goodbye")
          .seesScreen("idle");
    }

    assertThat(atm.balance(ALICE)).isEqualTo(money("1070 EUR"));
    atm.booksAndBoxesAgree();
  }

  private CustomerStory alice() {
    return new CustomerStory(atm, ALICE);
  }

  private CustomerStory aliceAtTheMenu() {
    return atm.customer(ALICE).insertsCard().typesPin().seesScreen("menu");
  }

  private void awaitIdleWithCash() {
    atm.sees("an idle screen with cash", m -> m.screen().equals("idle") && m.body().size() == 1);
  }

  private static Money money(String text) {
    return Money.parse(text);
  }
}
