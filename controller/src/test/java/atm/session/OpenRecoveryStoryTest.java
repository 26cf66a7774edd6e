package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashDispenser.Act;
import atm.ledger.Journal;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Money;
import atm.value.Stan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a recovery cannot settle stays open, and whoever did not answer is asked again: the bank
/// after a while, a device once it has something to say.
class OpenRecoveryStoryTest extends RecoveryStory {
  @Test
  void theBankIsAskedAgainForWhatItDidNotAnswer() {
    deadMachine(true);
    approved();
    atm.silencesTheBank();
    assertThat(atm.recovers()).isTrue();
    assertThat(atm.ledger.journal().open()).hasSize(1);
    assertThat(Recovered.last(atm)).isEmpty();

    atm.bankAnswersAgain();
    assertThat(atm.recovers()).isFalse();
    isGivenBack(0);
    assertThat(atm.recovers()).isFalse();
  }

  @Test
  void theBankIsNotAskedForWhatTheDispenserDoesNotSay() {
    deadMachine(true);
    intended();
    assertThat(atm.recovers()).isFalse();
    atm.dispenser.mendWire();
    atm.wire.keepsSilent(true);
    assertThat(atm.recovers()).isFalse();
    assertThat(atm.ledger.journal().open()).hasSize(1);

    atm.wire.keepsSilent(false);
    assertThat(atm.recovers()).isFalse();
    isGivenBack(0);
  }

  /// It goes in the very act that would end it: the journal tells of an end once there is one.
  @Test
  void aRetractThatNobodyHearsOfIsNoEnd() {
    atm = new StoryAtm(dir, true);
    asksForSixty().takesCard().seesScreen("take-cash");
    atm.die();
    atm.dispenser.goesAwayDuring(Act.RETRACT);
    atm.startAgain();
    atm.seesScreen("take-cash");
    atm.dispenser.walkAway();
    atm.time.pass(Readiness.COMES_BACK_WITHIN);
    atm.seesScreen("idle");
    assertThat(atm.ledger.journal().open()).hasSize(1);
    assertThat(Recovered.last(atm)).isEmpty();

    atm.die();
    atm.dispenser.mendWire();
    assertThat(atm.recovers()).isFalse();
    isRetracted();
  }

  /// Two are open: the first the books refuse to settle, the notes are the second's.
  @Test
  void notesOfOneAreNotBookedToAnotherThatStaysOpen() {
    atm = new StoryAtm(dir, false);
    atm.dispenser.handsNotesOutAndRemembers();
    atm.seesScreen("idle");
    atm.die();
    Journal journal = atm.ledger.journal();
    Stan refused = intended();
    await(journal.stacked(refused, Counts.NONE, Counts.NONE));
    await(journal.presentIntent(refused));
    await(journal.presented(refused));
    Stan paid = approved();
    atm.dispenser.mendWire();
    Optional<String> nonce = await(atm.wire.commandNonce());
    DispenseToken order = await(atm.host.dispenseToken(paid, nonce));
    await(journal.dispenseIntent(paid, MIX, order));
    await(atm.wire.dispense(MIX, order));

    assertThat(atm.recovers()).isTrue();
    assertThat(Recovered.last(atm)).isEqualTo("withdrawal " + paid + ": DISPENSE_INTENT, PAID");
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(journal.open()).extracting(open -> open.stan()).containsExactly(refused);
    await(journal.suspect(refused, "for a person"));
  }
}
