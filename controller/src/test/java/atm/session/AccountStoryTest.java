package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.BERND;
import static atm.session.StoryAtm.DORA;
import static atm.session.StoryAtm.EMIL;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.PinPad.Key;
import atm.screen.ScreenModel;
import atm.value.Money;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What customers see of their accounts, how they change their PIN, and how they come in without a
/// card.
class AccountStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
  }

  @AfterEach
  void booksAreSound() {
    try {
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  // -- statement

  @Test
  void theStatementIsReadAndPrinted() {
    aliceAtTheMenu()
        .chooses("menu", "balance")
        .chooses("balance", "statement")
        .sees("Opening balance")
        .chooses("statement", "print")
        .takesReceipt()
        .chooses("statement", "back")
        .chooses("balance", "back")
        .seesScreen("menu");
    leaves();

    assertThat(String.join("\n", atm.printer.takenReceipts().getFirst()))
        .contains("STATEMENT", "1,250.00 EUR", "******0008");
  }

  @Test
  void anAccountInWhichNothingHappenedSaysSo() {
    atm.customer(EMIL)
        .insertsCard()
        .typesPin()
        .chooses("menu", "balance")
        .sees("€0")
        .chooses("balance", "statement")
        .sees("No entries yet");
    assertThat(atm.seesScreen("statement").options()).hasSize(1);
    alice().chooses("statement", "back").presses("balance", Key.CANCEL).takesCard();
    atm.seesScreen("idle");
  }

  @Test
  void aLongStatementIsTurnedPageByPage() {
    aliceAtTheMenu();
    for (int transfer = 1; transfer <= 6; transfer++) transfers(transfer * 10);
    alice().chooses("menu", "balance").chooses("balance", "statement");
    ScreenModel first = atm.seesScreen("statement");
    assertThat(first.body().toString()).contains("€60").doesNotContain("Opening balance");

    alice().chooses("statement", "older").sees("Opening balance");
    alice().chooses("statement", "newer").sees("€60").chooses("statement", "back");
    alice().chooses("balance", "back").seesScreen("menu");
    leaves();
  }

  private void transfers(int euros) {
    alice()
        .chooses("menu", "transfer")
        .typesAccount("payee", BERND.account().digits())
        .chooses("payee", "yes")
        .typesAmount(String.valueOf(euros))
        .chooses("confirm", "confirm")
        .wantsNoReceipt()
        .seesScreen("menu");
  }

  @Test
  void eachAccountHasItsOwnBalance() {
    atm.customer(DORA)
        .insertsCard()
        .typesPin()
        .chooses("menu", "balance")
        .chooses("account", "account-0081")
        .sees("€7,200")
        .chooses("balance", "back")
        .chooses("menu", "balance")
        .chooses("account", "account-0073")
        .sees("€310")
        .presses("balance", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");
  }

  @Test
  void withoutPaperNothingIsOfferedOnPaper() {
    atm.seesScreen("idle");
    atm.looksAway();
    atm.printer.cutWire();
    atm.seesWords("No receipts right now");
    aliceAtTheMenu().chooses("menu", "balance").seesScreen("balance");

    assertThat(atm.seesScreen("balance").options())
        .filteredOn(o -> o.id().equals("print"))
        .noneMatch(ScreenModel.Option::enabled);
    alice().presses("balance", Key.CANCEL).takesCard().seesScreen("idle");
  }

  // -- a new PIN

  @Test
  void theNewPinIsGoodFromThenOn() {
    changing("1234", "7391", "7391").sees("Your PIN is changed").wantsNoReceipt();
    leaves();

    atm.customer(ALICE).insertsCard().typesPin("1234").sees("That PIN was not right");
    alice().typesPin("7391").sees("Hello, alice");
    leaves();
  }

  @Test
  void twoDifferentNewPinsChangeNothing() {
    changing("1234", "7391", "7392").sees("The two PINs were different");
    alice().presses("pin", Key.CANCEL).takesCard().seesScreen("idle");

    theOldPinStillWorks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1111", "3456", "1987"})
  void aWeakPinIsRefusedAndAnotherOneTaken(String weak) {
    changing("1234", weak, weak).sees("too easy to guess");
    alice().typesPin("7391").sees("Enter the new PIN again").typesPin("7391").sees("is changed");
    alice().wantsNoReceipt();
    leaves();
  }

  @Test
  void theOldPinIsNotTakenForANewOne() {
    changing("1234", "7391", "7391").sees("is changed").wantsNoReceipt();
    alice()
        .chooses("menu", "change-pin")
        .sees("present PIN")
        .typesPin("7391")
        .sees("Enter your new PIN")
        .typesPin("7391")
        .sees("Enter the new PIN again")
        .typesPin("7391")
        .sees("That is the PIN you have now")
        .typesPin("2580")
        .sees("Enter the new PIN again")
        .typesPin("2580")
        .sees("is changed")
        .wantsNoReceipt();
    leaves();
  }

  @Test
  void aNewPinIsReceiptedWithoutADigitOfIt() {
    changing("1234", "7391", "7391").sees("Your PIN is changed").wantsReceipt().takesReceipt();
    leaves();

    assertThat(String.join("\n", atm.printer.takenReceipts().getFirst()))
        .contains("PIN CHANGE", "**** 7899", "The PIN was changed")
        .doesNotContain("7391", "1234");
  }

  @Test
  void aBankThatFallsSilentAtTheChangeSaysThatItMayBeDone() {
    newPinTypedTwice(() -> atm.silencesTheBank());

    theOldPinStillWorks();
  }

  @Test
  void anAnswerThatIsLostAtTheChangeSaysThatItMayBeDone() {
    newPinTypedTwice(() -> atm.losesTheBanksAnswers());

    atm.customer(ALICE).insertsCard().typesPin("7391").seesScreen("menu");
    leaves();
  }

  private void newPinTypedTwice(Runnable trouble) {
    aliceAtTheMenu().chooses("menu", "change-pin").sees("present PIN").typesPin("1234");
    alice().sees("Enter your new PIN").typesPin("7391").sees("Enter the new PIN again");
    trouble.run();
    alice()
        .typesPin("7391")
        .sees("Your PIN may have changed")
        .sees("Your bank does not answer")
        .takesCard()
        .seesScreen("idle");
    atm.bankAnswersAgain();
  }

  @Test
  void aWrongOldPinIsCountedAndAskedForAgain() {
    changing("9999", "7391", "7391").sees("2 tries left");
    alice()
        .typesPin("1234")
        .sees("Enter your new PIN")
        .typesPin("7391")
        .sees("again")
        .typesPin("7391")
        .sees("is changed")
        .wantsNoReceipt();
    leaves();
  }

  @Test
  void threeWrongOldPinsKeepTheCard() {
    changing("9999", "7391", "7391").sees("2 tries left");
    alice().typesPin("9998").sees("new PIN").typesPin("7391").sees("again").typesPin("7391");
    alice().sees("one try left").typesPin("9997").sees("new PIN").typesPin("7391").sees("again");
    alice().typesPin("7391").sees("The PIN was wrong too often").seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  @Test
  void whoGoesBackKeepsTheOldPin() {
    aliceAtTheMenu().chooses("menu", "change-pin").sees("present PIN").presses("pin", Key.H);
    alice().seesScreen("menu");
    leaves();

    theOldPinStillWorks();
  }

  private CustomerStory changing(String old, String first, String again) {
    return aliceAtTheMenu()
        .chooses("menu", "change-pin")
        .sees("present PIN")
        .typesPin(old)
        .sees("Enter your new PIN")
        .typesPin(first)
        .sees("Enter the new PIN again")
        .typesPin(again);
  }

  private void theOldPinStillWorks() {
    aliceAtTheMenu();
    leaves();
  }

  // -- without a card

  @Test
  void numberAndPinLetOneInAndCashComesWithoutACard() {
    atm.customer(ALICE)
        .comesWithoutCard()
        .typesPin()
        .sees("Hello, alice")
        .asksFor("60")
        .takesCash()
        .seesScreen("goodbye")
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
  }

  @Test
  void withoutACardLowerLimitsHold() {
    atm.customer(ALICE)
        .comesWithoutCard()
        .typesPin()
        .asksForOtherAmount()
        .typesAmount("300")
        .sees("up to €200");
    alice().presses("message", Key.CANCEL).sees("Canceled").seesScreen("idle");
  }

  @Test
  void aMistypedNumberIsAskedForAgain() {
    atm.customer(ALICE)
        .chooses("idle", "without-card")
        .typesAccount("login", "1000000009")
        .sees("That number is not right")
        .typesAccount("login", "1000000008")
        .typesPin()
        .sees("Hello, alice")
        .presses("menu", Key.CANCEL)
        .seesScreen("idle");
  }

  @Test
  void theDigitsOfTheNumberAreShownAndThoseOfThePinNever() {
    atm.customer(ALICE).chooses("idle", "without-card").presses("login", Key.D1, Key.D0);
    atm.sees("10", m -> m.entry().filter(new ScreenModel.Entry.Account("10")::equals).isPresent());
    alice().presses("login", Key.CANCEL).sees("Canceled").seesScreen("idle");
  }

  /// The tries are those of the card.
  @Test
  void threeWrongPinsWithoutCardLockTheCardToo() {
    atm.customer(ALICE)
        .comesWithoutCard()
        .typesPin("9999")
        .sees("2 tries left")
        .typesPin("9998")
        .sees("one try left")
        .typesPin("9997")
        .sees("Your access is locked")
        .seesScreen("idle");
    atm.looksAway();
    atm.reader.insert(ALICE.card());
    alice().typesPin().sees("The machine kept your card").seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  @Test
  void silenceWithoutACardEndsTheVisit() {
    atm.customer(ALICE).comesWithoutCard().seesScreen("pin");
    atm.looksAway();
    atm.time.pass();
    alice().sees("your visit ends");
    atm.looksAway();
    atm.time.pass();
    alice().sees("Your time is up").seesScreen("idle");
  }

  @Test
  void aSilentBankEndsTheVisit() {
    aliceAtTheMenu();
    atm.silencesTheBank();
    alice()
        .chooses("menu", "balance")
        .sees("Your bank does not answer")
        .takesCard()
        .seesScreen("idle");
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
}
