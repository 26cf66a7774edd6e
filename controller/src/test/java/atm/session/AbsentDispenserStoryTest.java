package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser.TakeOutcome;
import atm.device.FakeCashDispenser.Act;
import atm.device.FakeCashDispenser.Trouble;
import atm.device.Fault;
import atm.value.Money;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dispenser that goes in mid-act and stays away, or comes back and cannot say what it did, while
/// the customer stands there: nobody guesses. The hold stays until it has answered.
class AbsentDispenserStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @AfterEach
  void booksAreSound() {
    try {
      assertThat(atm.ledger.journal().open()).isEmpty();
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

  @Test
  void ofADispenseNobodyHeardOfTheHoldIsGivenBackLater() {
    atm = new StoryAtm(dir, true);
    atm.dispenser.goesAwayDuring(Act.DISPENSE);
    asksForSixty();
    staysAway();
    atm.reader.takeCard();

    comesBack();
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void aPresentNobodyHeardOfIsPaidOnceItIsKnownToBeTaken() {
    atm = new StoryAtm(dir, true);
    atm.dispenser.goesAwayDuring(Act.PRESENT);
    asksForSixty().takesCard();
    staysAway();
    atm.dispenser.takeNotes();

    comesBack();
    isCharged();
    assertThat(StoryAtm.count(atm.takenByCustomers())).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void notesAtTheSlotOfADispenserThatWentAreRetractedOnceItIsBack() {
    atm = new StoryAtm(dir, true);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.dispenser.cutWire();
    atm.dispenser.walkAway();
    staysAway();

    atm.looksAway();
    atm.dispenser.mendWire();
    atm.seesScreen("take-cash");
    atm.dispenser.walkAway();
    isIdleWithCash();
    isCharged();
    assertThat(atm.retracted()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  @Test
  void aRetractNobodyHeardOfIsBookedOnceItIsKnown() {
    atm = new StoryAtm(dir, true);
    atm.dispenser.goesAwayDuring(Act.RETRACT);
    asksForSixty().takesCard().walksAwayAt("take-cash").sees("Taking the notes back");
    staysAwayAtLast();

    comesBack();
    isCharged();
    assertThat(atm.retracted()).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  /// Its slot is empty: they were taken, or taken back in. Without a signature nobody knows which.
  @Test
  void anUnheardRetractOfADispenserThatSignsNothingIsForAPerson() {
    atm = new StoryAtm(dir, false);
    atm.dispenser.loseReplyTo(Act.RETRACT);
    asksForSixty().takesCard().walksAwayAt("take-cash").sees("We are not sure about your cash");
    atm.seesWords("No cash right now");

    isSuspect("waits for a person's count");
  }

  /// A note sticks, and it does not know any more whether what was stacked was presented.
  @Test
  void notesThatStickInsideAreNotGivenBackUnlessTheDispenserVouchesForThem() {
    atm = new StoryAtm(dir, false);
    CustomerStory alice = atm.customer(ALICE).insertsCard().typesPin();
    alice.asksForOtherAmount().typesAmount("60").confirms();
    atm.dispenser.arm(Trouble.JAM);
    atm.wire.forgetsItsLastDispense();
    alice.wantsNoReceipt().sees("We are not sure about your cash").takesCard();
    atm.seesScreen("idle");

    isSuspect("a note sticks");
  }

  /// Whatever a driver throws after notes may have moved is an answer: nobody knows.
  @Test
  void anActThatFailsIsOneOfUnknownEnd() {
    atm = new StoryAtm(dir, true);
    TakeOutcome outcome =
        Settlement.outcome(
            Future.failedFuture(new IllegalStateException("a bug of the driver")),
            TakeOutcome.Unknown::new);

    assertThat(outcome).isInstanceOf(TakeOutcome.Unknown.class);
    Fault why = ((TakeOutcome.Unknown) outcome).why();
    assertThat(why.detail()).contains("a bug of the driver");
  }

  private CustomerStory asksForSixty() {
    return atm.customer(ALICE).insertsCard().typesPin().asksFor("60");
  }

  private void staysAway() {
    atm.seesWords("Checking your cash");
    staysAwayAtLast();
  }

  private void staysAwayAtLast() {
    atm.time.pass(Readiness.COMES_BACK_WITHIN);
    atm.seesWords("We are not sure about your cash");
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
  }

  private void comesBack() {
    atm.looksAway();
    atm.dispenser.mendWire();
    isIdleWithCash();
  }

  private void isIdleWithCash() {
    atm.sees("an idle screen with cash", m -> m.screen().equals("idle") && m.body().size() == 1);
    assertThat(atm.session().cashOffBecause()).isEmpty();
  }

  private void isCharged() {
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
  }

  private void isSuspect(String why) {
    assertThat(atm.ledger.journal().suspects()).hasSize(1);
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(atm.session().cashOffBecause().orElseThrow()).contains(why);
  }
}
