package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser.Capabilities;
import atm.device.CashDispenser.CashUnit;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Short;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.CashDispenser.DispenseOutcome.Unknown;
import atm.device.CashDispenser.LastDispense;
import atm.device.CashDispenser.PresentOutcome;
import atm.device.CashDispenser.TakeOutcome;
import atm.value.Counts;
import atm.value.Mix;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What any cash dispenser without a stacker does: what it dispenses is with the customer, note by
/// note. A driver is done when it passes this over its own wire, with hands that reach into the
/// (simulated) machine. The machine has C1 10 EUR and C2 20 EUR, no more, and 3000 notes in all.
public abstract class DirectDispenserContract {
  /// 60 EUR in four notes.
  protected static final Mix MIX = new Mix(Map.of("C1", 2, "C2", 2));

  protected static final Counts ALL = new Counts(Map.of("C1", 2, "C2", 2));

  /// Opened, and in service.
  protected abstract CashDispenser dispenser();

  /// The second note of the next dispense sticks, once.
  protected abstract void jamAtSecondNote();

  protected abstract void nextNoteIsDouble();

  /// Takes all notes but one out of C1.
  protected abstract void leaveOneNoteInFirstCassette();

  protected abstract void removeSecondCassette();

  /// The next movement is done, but its reply never comes: the wire goes instead, and comes back.
  protected abstract void loseNextReply();

  /// Whether it can be asked afterwards what it did.
  protected abstract boolean remembers();

  protected abstract void cutWire();

  protected abstract void mendWire();

  protected abstract int notesInCassette(String id);

  /// At the slot, or with the customer already.
  protected abstract int notesOut();

  protected abstract int notesAnywhere();

  protected abstract void stop();

  @AfterEach
  void noNoteIsMadeOrLost() {
    try {
      assertThat(notesAnywhere()).isEqualTo(3000);
    } finally {
      stop();
    }
  }

  @Test
  void itSaysWhatItLacks() {
    Capabilities c = dispenser().capabilities();

    assertThat(c.stacker()).isFalse();
    assertThat(c.retract()).isFalse();
    assertThat(c.signsAnswers()).isFalse();
    assertThat(c.maxNotes()).isPositive();
  }

  @Test
  void whatIsDispensedIsPresented() {
    assertThat(dispense(MIX)).isEqualTo(new Stacked(ALL, Counts.NONE));
    assertThat(notesOut()).isEqualTo(4);
    assertThat(notesInCassette("C1")).isEqualTo(998);

    assertThat(await(dispenser().present())).isInstanceOf(PresentOutcome.Presented.class);
    assertThat(await(dispenser().taken(Duration.ofSeconds(30))))
        .isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void fromOneCassetteAndFromTheOther() {
    assertThat(await(order(new Mix(Map.of("C1", 3)), "30.00EUR")))
        .isEqualTo(new Stacked(new Counts(Map.of("C1", 3)), Counts.NONE));
    assertThat(await(order(new Mix(Map.of("C2", 2)), "40.00EUR")))
        .isEqualTo(new Stacked(new Counts(Map.of("C2", 2)), Counts.NONE));
    assertThat(notesInCassette("C1")).isEqualTo(997);
    assertThat(notesInCassette("C2")).isEqualTo(1998);
  }

  @Test
  void aJamIsToldByWhatCameOut() {
    jamAtSecondNote();

    DispenseOutcome outcome = dispense(MIX);

    assertThat(outcome).isInstanceOf(Short.class);
    Short stopped = (Short) outcome;
    assertThat(stopped.presented().notes()).isEqualTo(1).isEqualTo(notesOut());
    assertThat(stopped.rejected().notes()).isEqualTo(1);
    assertThat(1000 - notesInCassette("C1") + 2000 - notesInCassette("C2")).isEqualTo(2);
    assertThat(stopped.why().code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(dispenser().status().canServe()).isFalse();
    await(dispenser().reset());
    assertThat(dispense(MIX)).isEqualTo(new Stacked(ALL, Counts.NONE));
  }

  @Test
  protected void aDoubleNoteIsRejectedAndReplaced() {
    nextNoteIsDouble();

    DispenseOutcome outcome = dispense(MIX);

    assertThat(outcome).isInstanceOf(Stacked.class);
    assertThat(((Stacked) outcome).stacked()).isEqualTo(ALL);
    int rejected = ((Stacked) outcome).rejected().notes();
    assertThat(rejected).isPositive();
    assertThat(1000 - notesInCassette("C1") + 2000 - notesInCassette("C2")).isEqualTo(4 + rejected);
  }

  @Test
  protected void aCassetteThatRunsEmptyIsToldByWhatCameOut() {
    leaveOneNoteInFirstCassette();

    DispenseOutcome outcome = await(order(new Mix(Map.of("C1", 2)), "20.00EUR"));

    assertThat(outcome).isInstanceOf(Short.class);
    assertThat(((Short) outcome).presented()).isEqualTo(new Counts(Map.of("C1", 1)));
    CashUnit first = await(dispenser().cashUnits()).getFirst();
    assertThat(first.id()).isEqualTo("C1");
    assertThat(first.state()).isEqualTo(CashUnit.State.EMPTY);
    assertThat(await(order(new Mix(Map.of("C2", 1)), "20.00EUR"))).isInstanceOf(Stacked.class);
  }

  @Test
  void anOrderForAnotherNonceIsRefused() {
    await(dispenser().commandNonce());

    assertRefused(
        await(dispenser().dispense(MIX, TestTokens.token("F".repeat(32), "60.00EUR"))),
        Fault.Code.SECURITY);
  }

  @Test
  void anOrderThatOurHostDidNotSignIsRefused() {
    String nonce = await(dispenser().commandNonce()).orElseThrow();

    assertRefused(
        await(dispenser().dispense(MIX, TestTokens.token(nonce, "60.00EUR", new byte[32]))),
        Fault.Code.SECURITY);
  }

  @Test
  void anOrderForAnotherAmountIsRefused() {
    assertRefused(await(order(MIX, "50.00EUR")), Fault.Code.SECURITY);
    assertRefused(await(order(MIX, "60.00USD")), Fault.Code.SECURITY);
  }

  @Test
  void anOrderServesOnce() {
    String nonce = await(dispenser().commandNonce()).orElseThrow();
    await(dispenser().dispense(MIX, TestTokens.token(nonce, "60.00EUR")));

    assertThat(await(dispenser().dispense(MIX, TestTokens.token(nonce, "60.00EUR"))))
        .isInstanceOf(Refused.class);
    assertThat(notesOut()).isEqualTo(4);
  }

  @Test
  void aMixFromACassetteThereIsNotIsRefused() {
    assertRefused(await(order(new Mix(Map.of("C9", 1)), "10.00EUR")), Fault.Code.UNSUPPORTED);
  }

  @Test
  void withoutACassetteNothingMoves() {
    removeSecondCassette();

    assertThat(dispense(MIX)).isInstanceOf(Refused.class);
    assertThat(notesOut()).isZero();
    assertThat(await(dispenser().cashUnits()))
        .filteredOn(unit -> unit.id().equals("C2"))
        .extracting(CashUnit::state)
        .containsExactly(CashUnit.State.MISSING);
  }

  @Test
  protected void afterALostReplyTheNotesAreOutOnceAndNobodySaysOtherwise() {
    loseNextReply();

    DispenseOutcome outcome = dispense(MIX);

    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(notesOut()).as("sent once").isEqualTo(4);
    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    LastDispense last = await(dispenser().lastDispense("1415"));
    assertThat(last.state())
        .isEqualTo(remembers() ? LastDispense.State.PRESENTED : LastDispense.State.UNKNOWN);
    if (remembers()) assertThat(last.counts()).isEqualTo(ALL);
    assertThat(notesOut()).as("nor after").isEqualTo(4);
  }

  /// What is remembered after a crash is then of the order that was written down, or of none.
  @Test
  void whatIsRememberedIsNotOfTheOrderBefore() {
    if (dispenser().capabilities().counters()) return;
    dispense(MIX);
    LastDispense last = await(dispenser().lastDispense("1414"));
    if (remembers()) assertThat(last.counts()).isEqualTo(ALL);

    await(dispenser().commandNonce());

    assertThat(await(dispenser().lastDispense("1415")).state())
        .isEqualTo(LastDispense.State.UNKNOWN);
  }

  @Test
  void whatWasNeverSentIsRefused() {
    String nonce = await(dispenser().commandNonce()).orElseThrow();
    cutWire();
    awaitState(dispenser(), DeviceStatus.State.OFFLINE);

    assertRefused(
        await(dispenser().dispense(MIX, TestTokens.token(nonce, "60.00EUR"))), Fault.Code.OFFLINE);
    mendWire();
    awaitState(dispenser(), DeviceStatus.State.ONLINE);
    assertThat(dispense(MIX)).isInstanceOf(Stacked.class);
  }

  @Test
  protected void nothingThatIsOutComesBackIn() {
    dispense(MIX);

    assertThat(await(dispenser().retract()))
        .isInstanceOf(CashDispenser.RetractOutcome.Unknown.class);
    assertThat(await(dispenser().reject()))
        .isInstanceOf(CashDispenser.RejectOutcome.NothingThere.class);
    assertThat(notesOut()).isEqualTo(4);
  }

  private void assertRefused(DispenseOutcome outcome, Fault.Code code) {
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).why().code()).isEqualTo(code);
    assertThat(notesOut()).isZero();
  }

  protected final DispenseOutcome dispense(Mix mix) {
    return await(order(mix, "60.00EUR"));
  }

  protected final io.vertx.core.Future<DispenseOutcome> order(Mix mix, String amount) {
    String nonce = await(dispenser().commandNonce()).orElseThrow();
    return dispenser().dispense(mix, TestTokens.token(nonce, amount));
  }
}
