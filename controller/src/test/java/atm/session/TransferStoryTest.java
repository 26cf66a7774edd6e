package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.BERND;
import static atm.session.StoryAtm.DORA;
import static atm.session.StoryAtm.DORAS_SAVINGS;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.PinPad.Key;
import atm.screen.ScreenModel;
import atm.value.Money;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Transfers: good ones, every way in which a payee or an amount will not do, and a bank that falls
/// silent.
class TransferStoryTest {
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

  @Test
  void moneyGoesToThePayee() {
    toBernd()
        .sees("ending in 0016")
        .chooses("payee", "yes")
        .typesAmount("250")
        .chooses("confirm", "confirm")
        .sees("€250 transferred")
        .wantsReceipt()
        .takesReceipt()
        .sees("Anything else?");
    leaves();

    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1000 EUR"));
    assertThat(atm.balance(BERND)).isEqualTo(Money.parse("340 EUR"));
    assertThat(String.join("\n", atm.printer.takenReceipts().getFirst()))
        .contains("250.00 EUR", "******0016")
        .doesNotContain("1000000016");
  }

  /// Neither the payee's name nor the whole number is told to who only types a number.
  @Test
  void thePayeeIsShownByInitialAndLastDigits() {
    toBernd().seesScreen("payee");
    ScreenModel asked = atm.sees("the payee", model -> model.title().startsWith("Transfer to"));

    assertThat(asked.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain("bernd");
    assertThat(asked.body().toString()).doesNotContain("1000000016");
    alice().presses("payee", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @ParameterizedTest
  @CsvSource({
    "1000000017, That number is not right",
    "1000000008, That is the same account",
    "1000000024, We do not know that account"
  })
  void aPayeeThatWillNotDoIsToldAndAskedForAgain(String number, String why) {
    aliceAtTheMenu().chooses("menu", "transfer").typesAccount("payee", number).sees(why);
    alice().presses("payee", Key.CANCEL).takesCard().seesScreen("idle");

    nothingMoved();
  }

  /// Ten digits make a number; letters are not on the pad, and more digits do nothing.
  @Test
  void anAccountNumberStopsAtTenDigits() {
    aliceAtTheMenu()
        .chooses("menu", "transfer")
        .presses("payee", digits("100000001699999"))
        .presses("payee", Key.BACKSPACE);
    atm.sees(
        "nine digits", model -> model.entry().equals(Optional.of(account(model, "1000 0000 1"))));
    alice().presses("payee", Key.ENTER);
    alice().presses("payee", Key.CANCEL).takesCard().seesScreen("idle");

    nothingMoved();
  }

  @Test
  void moreThanTheAccountHoldsIsToldAndTheMostOffered() {
    toBernd()
        .chooses("payee", "yes")
        .typesAmount("9999")
        .sees("Not enough money")
        .chooses("message", "amount-1250")
        .sees("Transfer €1,250?")
        .chooses("confirm", "back")
        .presses("amount", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");

    nothingMoved();
  }

  /// The bank's own limit, which the machine does not know.
  @Test
  void moreThanTheBankAllowsIsToldAndTheMostOffered() {
    toBernd()
        .chooses("payee", "yes")
        .typesAmount("1100")
        .chooses("confirm", "confirm")
        .sees("That is too much at once")
        .chooses("message", "amount-1000")
        .chooses("confirm", "confirm")
        .sees("€1,000 transferred")
        .wantsNoReceipt();
    leaves();

    assertThat(atm.balance(BERND)).isEqualTo(Money.parse("1090 EUR"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00"})
  void anAmountOfNothingIsNotTaken(String nothing) {
    toBernd().chooses("payee", "yes").typesAmount(nothing).sees("It has to be more than zero");
    ScreenModel amount = atm.seesScreen("amount");

    assertThat(amount.options())
        .filteredOn(option -> option.id().equals("confirm"))
        .allMatch(option -> !option.enabled());
    alice().presses("amount", Key.CANCEL).takesCard().seesScreen("idle");
    nothingMoved();
  }

  /// A long of digits, as of 10^18, stays within what can be an amount.
  @Test
  void anAbsurdAmountStopsAtSixDigits() {
    toBernd().chooses("payee", "yes").presses("amount", digits("1000000000000000000"));
    atm.sees(
        "six digits",
        model -> model.entry().equals(Optional.of(new ScreenModel.Entry.Amount("€100,000"))));
    alice().presses("amount", Key.ENTER).sees("Not enough money");
    alice().presses("message", Key.CANCEL).takesCard().seesScreen("idle");
    nothingMoved();
  }

  /// Over every limit of transfers to others.
  @Test
  void fromTheAccountThatIsChosenToTheOtherOne() {
    atm.customer(DORA)
        .insertsCard()
        .typesPin()
        .chooses("menu", "transfer")
        .chooses("account", "account-0081")
        .typesAccount("payee", DORA.account().digits())
        .chooses("payee", "yes")
        .typesAmount("7000")
        .chooses("confirm", "confirm")
        .sees("€7,000 transferred")
        .wantsNoReceipt()
        .presses("menu", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.balance(DORA)).isEqualTo(Money.parse("7310 EUR"));
    assertThat(atm.balance(DORAS_SAVINGS)).isEqualTo(Money.parse("200 EUR"));
  }

  @Test
  void goingBackStepByStepEndsAtTheMenu() {
    toBernd()
        .chooses("payee", "yes")
        .typesAmount("10")
        .chooses("confirm", "back")
        .chooses("amount", "back")
        .chooses("payee", "back")
        .seesScreen("menu");
    leaves();

    nothingMoved();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payee", "amount", "confirm"})
  void silenceAtEachStepMovesNothing(String step) {
    CustomerStory alice = toBernd();
    if (!step.equals("payee")) alice.chooses("payee", "yes").seesScreen("amount");
    if (step.equals("confirm")) alice.typesAmount("10").seesScreen("confirm");
    atm.seesWords(step.equals("payee") ? "Transfer to" : "");
    atm.looksAway();
    atm.time.pass();
    atm.seesScreen("more-time");
    atm.looksAway();
    atm.time.pass();
    alice().sees("Your time is up").takesCard().seesScreen("idle");

    nothingMoved();
  }

  @Test
  void aBankThatFallsSilentAtTheTransferSaysThatItMayBeDone() {
    toBernd().chooses("payee", "yes").typesAmount("10").seesScreen("confirm");
    atm.silencesTheBank();
    alice()
        .chooses("confirm", "confirm")
        .sees("The bank’s answer was lost")
        .sees("Your bank does not answer")
        .takesCard()
        .seesScreen("idle");

    nothingMoved();
  }

  private CustomerStory toBernd() {
    return aliceAtTheMenu()
        .chooses("menu", "transfer")
        .typesAccount("payee", BERND.account().digits());
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

  private void nothingMoved() {
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.balance(BERND)).isEqualTo(BERND.opening());
  }

  private static ScreenModel.Entry account(ScreenModel model, String digits) {
    return new ScreenModel.Entry.Account(digits.replace(' ', '\u00a0'));
  }

  private static Key[] digits(String digits) {
    return digits.chars().mapToObj(digit -> Key.values()[digit - '0']).toArray(Key[]::new);
  }
}
