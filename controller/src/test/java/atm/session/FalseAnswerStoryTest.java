package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser.LastDispense;
import atm.device.FakeCashDispenser.Act;
import atm.device.FakeCashDispenser.Trouble;
import atm.session.SigningDispenser.Lie;
import atm.value.Money;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who has the notes and makes the machine believe that they were never presented would get the
/// money back as well. The dispenser's signature stands before each reversal: nobody earns by it.
class FalseAnswerStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @AfterEach
  void booksAreSound() {
    try {
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

  /// The wire is cut while the notes come out; the customer takes them.
  @ParameterizedTest
  @EnumSource
  void notPresentedIsNotBelievedWithoutASignature(Lie lie) {
    atm = new StoryAtm(dir, true);
    atm.wire.controllerDiesDuring(Act.PRESENT);
    asksForSixty().seesScreen("take-card");
    // What whoever listens on the line gets hold of: a genuine answer, of a moment ago.
    LastDispense before = await(atm.wire.lastDispense("1415"));
    assertThat(before.state()).isEqualTo(LastDispense.State.NOT_PRESENTED);
    atm.reader.takeCard();
    await(atm.wire.died());
    atm.die();
    atm.dispenser.takeNotes();
    atm.wire.liesThatNothingWasPresented(lie);

    atm.startAgain();
    atm.seesScreen("idle");
    isSuspect();
    assertThat(StoryAtm.count(atm.takenByCustomers())).isEqualTo(2);
  }

  /// The same with the machine alive: the reply to the present is lost, and what is asked then
  /// lies.
  @ParameterizedTest
  @EnumSource
  void norWhileTheMachineRuns(Lie lie) {
    atm = new StoryAtm(dir, true);
    CustomerStory alice = asksForSixty().seesScreen("take-card");
    await(atm.wire.lastDispense("1415"));
    atm.dispenser.takeNotes();
    atm.wire.liesThatNothingWasPresented(lie);
    atm.dispenser.loseReplyTo(Act.PRESENT);
    alice.takesCard();

    atm.seesScreen("idle");
    isSuspect();
  }

  /// The sensor says nothing, the notes are gone: whoever jammed it is not given the hold back.
  @Test
  void aJammedExitSensorEarnsNothing() {
    atm = new StoryAtm(dir, true);
    atm.dispenser.arm(Trouble.EXIT_SENSOR);
    CustomerStory alice = asksForSixty().seesScreen("take-card");
    atm.dispenser.takeNotes();
    alice.takesCard();

    atm.seesScreen("idle");
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(StoryAtm.count(atm.takenByCustomers())).isEqualTo(2);
  }

  private CustomerStory asksForSixty() {
    return atm.customer(ALICE).insertsCard().typesPin().asksFor("60");
  }

  private void isSuspect() {
    assertThat(atm.ledger.journal().suspects()).hasSize(1);
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(atm.session().cashOffBecause().orElseThrow()).contains("waits for a person's count");
  }
}
