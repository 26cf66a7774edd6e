package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.BERND;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeReceiptPrinter.Trouble;
import atm.device.PinPad.Key;
import atm.screen.ScreenModel.Option;
import atm.value.Money;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A printer that has no paper, or fails at the paper: for each transaction what the customer is
/// told, and that the transaction stands.
class ReceiptStoryTest {
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

  // -- no paper when the choice would be offered

  @Test
  void aWithdrawalIsToldOfBeforeAnythingIsBooked() {
    aliceAtTheMenu().asksForOtherAmount().typesAmount("60").seesScreen("confirm");
    runsOutOfPaper();
    alice().confirms().sees("The printer has no paper");
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());

    alice().chooses("message", "confirm").takesCard().takesCash().seesScreen("idle");
    assertThat(atm.balance(ALICE)).isEqualTo(money("1190 EUR"));
    nothingIsPrinted();
  }

  @Test
  void whoeverNeedsAReceiptCanStillCancelTheWithdrawal() {
    aliceAtTheMenu().asksForOtherAmount().typesAmount("60").seesScreen("confirm");
    runsOutOfPaper();
    alice()
        .confirms()
        .presses("message", Key.CANCEL)
        .sees("Nothing more was booked")
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void aDepositStands() {
    aliceAtTheMenu().chooses("menu", "deposit").inserts("20 EUR").seesScreen("count-cash");
    runsOutOfPaper();
    alice().chooses("count-cash", "confirm").sees("€20 deposited");
    toldOnTheWayToTheMenu();

    assertThat(atm.balance(ALICE)).isEqualTo(money("1270 EUR"));
  }

  @Test
  void aTransferStands() {
    toBernd("40").seesScreen("confirm");
    runsOutOfPaper();
    alice().chooses("confirm", "confirm").sees("€40 transferred");
    toldOnTheWayToTheMenu();

    assertThat(atm.balance(BERND)).isEqualTo(money("130 EUR"));
  }

  @Test
  void aNewPinStands() {
    newPinTypedOnce();
    runsOutOfPaper();
    alice().typesPin("7391").sees("Your PIN is changed");
    toldOnTheWayToTheMenu();

    atm.customer(ALICE).insertsCard().typesPin("7391").seesScreen("menu");
    leaves();
  }

  @Test
  void balanceAndStatementSayAtTheKeyThatThereIsNone() {
    runsOutOfPaper();
    aliceAtTheMenu().chooses("menu", "balance");
    assertThat(printKey("balance")).isEqualTo(new Option('H', "print", "No receipts now", false));
    alice().chooses("balance", "statement");
    assertThat(printKey("statement")).isEqualTo(new Option('H', "print", "No receipts now", false));

    mendsThePrinter();
    alice().presses("statement", Key.H).chooses("statement", "back");
    alice().chooses("balance", "statement");
    assertThat(printKey("statement")).isEqualTo(new Option('H', "print", "Print receipt", true));
    alice().chooses("statement", "print").takesReceipt().chooses("statement", "back");
    alice().chooses("balance", "back").seesScreen("menu");
    leaves();
  }

  private Option printKey(String screen) {
    return atm.seesScreen(screen).options().stream()
        .filter(option -> option.id().equals("print"))
        .findFirst()
        .orElseThrow();
  }

  // -- a printer that fails at the paper

  @Test
  void aStatementThatIsNotPrintedIsStillRead() {
    aliceAtTheMenu().chooses("menu", "balance").chooses("balance", "statement");
    atm.seesScreen("statement");
    atm.printer.arm(Trouble.JAM);
    alice().chooses("statement", "print").sees("No receipt this time").sees("Opening balance");
    alice().chooses("statement", "back").chooses("balance", "back").seesScreen("menu");
    leaves();
  }

  @Test
  void aTransferStandsWhoseReceiptJams() {
    toBernd("40").chooses("confirm", "confirm").seesScreen("receipt-choice");
    atm.printer.arm(Trouble.JAM);
    alice().wantsReceipt().sees("Your money and your card are safe").seesScreen("menu");
    leaves();

    assertThat(atm.balance(BERND)).isEqualTo(money("130 EUR"));
    nothingIsPrinted();
  }

  @Test
  void aNewPinStandsWhoseReceiptJams() {
    newPinTypedOnce();
    alice().typesPin("7391").seesScreen("receipt-choice");
    atm.printer.arm(Trouble.JAM);
    alice().wantsReceipt().sees("No receipt this time").seesScreen("menu");
    leaves();

    atm.customer(ALICE).insertsCard().typesPin("7391").seesScreen("menu");
    leaves();
  }

  private void newPinTypedOnce() {
    aliceAtTheMenu().chooses("menu", "change-pin").sees("present PIN").typesPin("1234");
    alice().sees("Enter your new PIN").typesPin("7391").sees("Enter the new PIN again");
  }

  private CustomerStory toBernd(String euros) {
    return aliceAtTheMenu()
        .chooses("menu", "transfer")
        .typesAccount("payee", BERND.account().digits())
        .chooses("payee", "yes")
        .typesAmount(euros);
  }

  /// As the real ones do, the printer says so by itself; the session looks when it is to offer.
  private void runsOutOfPaper() {
    atm.printer.arm(Trouble.PAPER_OUT);
    assertThat(atm.printer.status().canServe()).isFalse();
  }

  private void mendsThePrinter() {
    atm.printer.clear(Trouble.PAPER_OUT);
    assertThat(atm.printer.status().canServe()).isTrue();
  }

  private void toldOnTheWayToTheMenu() {
    alice().sees("The printer has no paper").sees("Anything else?");
    leaves();
    nothingIsPrinted();
  }

  private void nothingIsPrinted() {
    assertThat(atm.printer.takenReceipts()).isEmpty();
    assertThat(atm.printer.slot()).isEmpty();
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

  private static Money money(String text) {
    return Money.parse(text);
  }
}
