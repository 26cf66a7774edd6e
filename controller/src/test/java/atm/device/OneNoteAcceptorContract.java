package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.CashUnit;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.InsertOutcome.Failed;
import atm.device.CashAcceptor.InsertOutcome.Inserted;
import atm.device.CashAcceptor.InsertOutcome.Nothing;
import atm.device.CashAcceptor.RetractOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashAcceptor.TakeOutcome;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a note validator does as a cash acceptor: its escrow is one note in its transport, it has
/// one box, and nobody sees whether what it gave back was taken. The machine takes 10, 20, 50 and
/// 100 EUR; its box is D1.
public abstract class OneNoteAcceptorContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  protected static final Money TWENTY = Money.parse("20 EUR");
  protected static final Money FIFTY = Money.parse("50 EUR");

  /// Opened, and in service.
  protected abstract CashAcceptor acceptor();

  /// Puts notes to the open slot, in words such as `20 EUR`, `10 EUR torn`, `foreign`.
  protected abstract void putIn(String... notes);

  protected abstract void takeNotes();

  /// The next note sticks on its way in, once.
  protected abstract void jamNoteIn();

  /// The next note sticks on its way to the box, once.
  protected abstract void jamNoteStored();

  /// A note in the escrow moves neither way, until it comes free.
  protected abstract void stickEscrow();

  protected abstract void freeEscrow();

  protected abstract void fillBox();

  /// The next movement is done, but its reply never comes: the wire goes instead, and comes back.
  protected abstract void loseNextReply();

  protected abstract void cutWire();

  protected abstract void mendWire();

  /// The power of the unit goes and comes back.
  protected abstract void cutPower();

  /// The notes a hand would count in the box.
  protected abstract Map<Money, Integer> notesInBox();

  /// How many notes were ever put in, and how many of those there are, wherever they lie now.
  protected abstract int notesPutIn();

  protected abstract int notesAnywhere();

  protected abstract void stop();

  @AfterEach
  void noNoteIsMadeOrLost() {
    try {
      assertThat(notesAnywhere()).isEqualTo(notesPutIn());
    } finally {
      stop();
    }
  }

  @Test
  void itSaysWhatItLacks() {
    CashAcceptor.Capabilities can = acceptor().capabilities();

    assertThat(can.maxNotes()).isEqualTo(1);
    assertThat(can.escrow()).isTrue();
    assertThat(can.takenSensor()).isFalse();
    assertThat(can.retract()).isFalse();
  }

  @Test
  void aNoteIsReadHeldAndStored() {
    begin();

    assertThat(insert("20 EUR")).isEqualTo(new Inserted(Map.of(TWENTY, 1), Map.of(), 0));
    CashInStatus held = last();
    assertThat(held.state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(held.notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(held.notesInside()).isTrue();
    assertThat(notesInBox()).isEmpty();

    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    CashInStatus stored = last();
    assertThat(stored.state()).isEqualTo(CashInStatus.State.STORED);
    assertThat(stored.notes()).isEqualTo(Map.of(TWENTY, 1)).isEqualTo(notesInBox());
    assertThat(stored.notesInside()).isFalse();
    assertThat(stored.slotEmpty()).contains(true);
  }

  @Test
  void oneTransactionAfterAnother() {
    for (int i = 1; i <= 3; i++) {
      begin();
      assertThat(last().notes()).isEmpty();
      assertThat(insert("50 EUR")).isEqualTo(new Inserted(Map.of(FIFTY, 1), Map.of(), 0));
      assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(FIFTY, 1)));
      assertThat(notesInBox()).isEqualTo(Map.of(FIFTY, i));
    }
  }

  @Test
  void aSecondNoteStaysOutside() {
    begin();

    assertThat(insert("20 EUR", "50 EUR")).isEqualTo(new Inserted(Map.of(TWENTY, 1), Map.of(), 0));
    InsertOutcome more = await(acceptor().insert(LONG, () -> {}));

    assertThat(((Failed) more).why().code()).isEqualTo(Fault.Code.SEQUENCE);
    takeNotes();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    assertThat(notesInBox()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void aNoteIsGivenBackAndNobodySeesItTaken() {
    begin();
    insert("20 EUR");

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Returned.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(last().slotEmpty()).isEmpty();
    assertThat(last().notesInside()).isFalse();
    assertThat(await(acceptor().taken(SHORT))).isInstanceOf(TakeOutcome.Unknown.class);
    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.Unknown.class);
    takeNotes();
    begin();
    assertThat(insert("50 EUR")).isInstanceOf(Inserted.class);
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(FIFTY, 1)));
    assertThat(notesInBox()).isEqualTo(Map.of(FIFTY, 1));
  }

  @Test
  void whatCannotBeReadIsRefusedAtTheSlot() {
    begin();

    assertThat(insert("foreign")).isEqualTo(new Nothing(1));
    assertThat(last().refused()).isEqualTo(1);
    takeNotes();
    assertThat(insert("10 EUR torn")).isEqualTo(new Nothing(1));
    takeNotes();
    assertThat(insert("50 EUR counterfeit")).as("it has no bin for it").isEqualTo(new Nothing(1));
    takeNotes();
    assertThat(last().refused()).isEqualTo(3);
    assertThat(insert("20 EUR")).isInstanceOf(Inserted.class);
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
  }

  @Test
  void whoPutsNothingInIsNotWaitedForForEver() {
    begin();

    assertThat(await(acceptor().insert(SHORT, () -> {}))).isEqualTo(new Nothing(0));
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(insert("20 EUR")).isInstanceOf(Inserted.class);
  }

  @Test
  void aWaitingInsertCanBeCancelled() {
    begin();
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> waiting = acceptor().insert(Duration.ZERO, open::tryComplete);
    await(open.future());

    await(acceptor().cancel());

    assertThat(await(waiting)).isEqualTo(new Nothing(0));
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.NothingThere.class);
    begin();
  }

  @Test
  void aNoteNobodyComesBackForGoesIntoTheBox() {
    begin();
    insert("20 EUR");

    assertThat(await(acceptor().retract()))
        .isEqualTo(new RetractOutcome.Retracted(Optional.of(Map.of(TWENTY, 1))));
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETRACTED);
    assertThat(last().notesInside()).isFalse();
    assertThat(notesInBox()).isEqualTo(Map.of(TWENTY, 1));
    begin();
  }

  @Test
  void whereNothingIsInsideNothingMoves() {
    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.NothingThere.class);
    begin();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of()));
    begin();
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.NothingThere.class);
    begin();
    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.NothingThere.class);
    begin();
    assertThat(await(acceptor().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void outsideOfATransactionNothingIsTakenIn() {
    assertThat(last().notesInside()).isFalse();
    InsertOutcome outcome = await(acceptor().insert(LONG, () -> {}));

    assertThat(((Failed) outcome).why().code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(store()).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.StillInEscrow.class);
  }

  @Test
  void aTransactionDoesNotBeginWithinAnother() {
    begin();
    insert("20 EUR");

    assertThat(faultOf(acceptor().begin()).code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void aResetTakesNoNoteOutOfACustomersReach() {
    begin();
    insert("20 EUR");

    assertThat(faultOf(acceptor().reset()).code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Returned.class);
    await(acceptor().reset());
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
  }

  @Test
  void aJamOnTheWayInIsToldAndClearedByAReset() {
    begin();
    jamNoteIn();

    InsertOutcome outcome = insert("20 EUR");

    assertThat(((Failed) outcome).why().code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEmpty();
    assertThat(last().notesInside()).isTrue();
    assertThat(acceptor().status().state()).isEqualTo(DeviceStatus.State.FAULT);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Unknown.class);
    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.Unknown.class);
    await(acceptor().reset());

    assertThat(last().notesInside()).isFalse();
    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.NothingThere.class);
    begin();
  }

  @Test
  void aJamWhileStoringIsUnknownUntilTheUnitHasClearedIt() {
    begin();
    insert("20 EUR");
    jamNoteStored();

    assertThat(store()).isInstanceOf(StoreOutcome.Unknown.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.UNKNOWN);
    assertThat(last().notesInside()).isTrue();
    assertThat(faultOf(acceptor().begin()).code()).isEqualTo(Fault.Code.SEQUENCE);
    await(acceptor().reset());

    assertThat(last().notesInside()).isFalse();
    assertThat(last().state()).as("cleared to the box").isEqualTo(CashInStatus.State.STORED);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1)).isEqualTo(notesInBox());
    begin();
  }

  @Test
  void aNoteThatSticksInTheEscrowIsStillThere() {
    begin();
    insert("20 EUR");
    stickEscrow();

    assertThat(store()).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.StillInEscrow.class);
    freeEscrow();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    assertThat(notesInBox()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void withAFullBoxTheNoteCanBeGivenBack() {
    begin();
    insert("20 EUR");
    fillBox();

    assertThat(store()).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Returned.class);
    assertThat(unit().state()).isEqualTo(CashUnit.State.FULL);
    assertThat(notesInBox()).isEmpty();
  }

  @Test
  void whenTheNewsOfAReadNoteIsLostItGoesBack() {
    begin();
    loseNextReply();

    assertThat(insert("20 EUR")).isInstanceOf(InsertOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEmpty();
    assertThat(last().notesInside()).isFalse();
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.NothingThere.class);
    assertThat(notesInBox()).isEmpty();
    takeNotes();
  }

  @Test
  void whenTheReplyToAStoreIsLostTheUnitsCountersTell() {
    begin();
    insert("20 EUR");
    loseNextReply();

    assertThat(store()).isInstanceOf(StoreOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.STORED);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1)).isEqualTo(notesInBox());
    assertThat(last().notesInside()).isFalse();
  }

  @Test
  void whenTheReplyToAGiveBackIsLostTheUnitsCountersTell() {
    begin();
    insert("20 EUR");
    loseNextReply();

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
    assertThat(notesInBox()).isEmpty();
    takeNotes();
  }

  @Test
  void whatWasNeverSentMovedNothing() {
    begin();
    insert("20 EUR");
    cutWire();
    awaitState(acceptor(), DeviceStatus.State.OFFLINE);

    assertThat(store()).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.StillInEscrow.class);
    assertThat(await(acceptor().insert(LONG, () -> {}))).isInstanceOf(Failed.class);
    assertThat(faultOf(acceptor().lastCashIn()).code()).isEqualTo(Fault.Code.OFFLINE);
    mendWire();
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().notesInside()).as("held, though the wire was cut").isTrue();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    assertThat(notesInBox()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void aWireCutWhileTheSlotIsOpenIsUnknown() {
    begin();
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> waiting = acceptor().insert(Duration.ZERO, open::tryComplete);
    await(open.future());
    cutWire();

    assertThat(await(waiting)).isInstanceOf(InsertOutcome.Unknown.class);
    mendWire();
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().notes()).isEmpty();
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.NothingThere.class);
  }

  @Test
  void withoutPowerTheNoteGoesBackAndTheUnitSaysSo() {
    begin();
    insert("20 EUR");
    cutPower();

    awaitState(acceptor(), DeviceStatus.State.OFFLINE);
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(store()).as("it is gone").isInstanceOf(StoreOutcome.Unknown.class);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Returned.class);
    takeNotes();
  }

  protected final void begin() {
    await(acceptor().begin());
  }

  /// Notes put in as soon as the slot is open.
  protected final InsertOutcome insert(String... notes) {
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> outcome = acceptor().insert(LONG, open::tryComplete);
    await(open.future());
    putIn(notes);
    return await(outcome);
  }

  protected final StoreOutcome store() {
    return await(acceptor().store());
  }

  protected final ReturnOutcome giveBack() {
    return await(acceptor().giveBack());
  }

  protected final CashInStatus last() {
    return await(acceptor().lastCashIn());
  }

  protected final CashUnit unit() {
    return await(acceptor().cashUnits()).getFirst();
  }
}
