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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What any cash acceptor with an escrow does, and above all that it tells the truth about the
/// notes. A driver is done when it passes this over its own wire, with hands that reach into the
/// (simulated) machine. The machine takes 10, 20, 50 and 100 EUR and has one bin, D1.
public abstract class CashAcceptorContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  private static final Money TEN = Money.parse("10 EUR");
  private static final Money TWENTY = Money.parse("20 EUR");
  private static final Money FIFTY = Money.parse("50 EUR");

  /// Opened, and in service.
  protected abstract CashAcceptor acceptor();

  /// Puts one bunch into the open slot, in words such as `20 EUR`, `10 EUR torn`,
  /// `50 EUR counterfeit`, `foreign`.
  protected abstract void putIn(String... notes);

  protected abstract void takeNotes();

  /// The second note of the next bunch sticks, once.
  protected abstract void jamAtSecondNoteIn();

  /// The second note of the next `store` sticks, once.
  protected abstract void jamAtSecondNoteStored();

  /// Notes in the escrow move neither way, until it comes free.
  protected abstract void stickEscrow();

  protected abstract void freeEscrow();

  protected abstract void jamShutter();

  protected abstract void breakExitSensor();

  protected abstract void fillBins();

  /// The next movement is done, but its reply never comes: the wire goes instead, and comes back.
  protected abstract void loseNextReply();

  protected abstract void cutWire();

  protected abstract void mendWire();

  /// The notes a hand would count in the bin D1.
  protected abstract Map<Money, Integer> notesInBin();

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
  void notesAreCountedHeldAndStored() {
    begin();

    assertThat(insert("20 EUR", "50 EUR", "20 EUR"))
        .isEqualTo(new Inserted(Map.of(TWENTY, 2, FIFTY, 1), Map.of(), 0));
    CashInStatus held = last();
    assertThat(held.state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(held.notes()).isEqualTo(Map.of(TWENTY, 2, FIFTY, 1));
    assertThat(held.notesInside()).isTrue();
    assertThat(notesInBin()).isEmpty();

    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 2, FIFTY, 1)));
    CashInStatus stored = last();
    assertThat(stored.state()).isEqualTo(CashInStatus.State.STORED);
    assertThat(stored.notes()).isEqualTo(Map.of(TWENTY, 2, FIFTY, 1));
    assertThat(stored.notesInside()).isFalse();
    assertThat(stored.slotEmpty()).contains(true);
    assertThat(unit("D1").notes()).isEqualTo(Map.of(TWENTY, 2, FIFTY, 1)).isEqualTo(notesInBin());
    assertThat(unit("D1").count()).isEqualTo(3);
  }

  @Test
  void severalBunchesAddUp() {
    begin();

    assertThat(insert("20 EUR")).isEqualTo(new Inserted(Map.of(TWENTY, 1), Map.of(), 0));
    assertThat(insert("20 EUR", "10 EUR"))
        .as("of this bunch alone")
        .isEqualTo(new Inserted(Map.of(TWENTY, 1, TEN, 1), Map.of(), 0));

    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 2, TEN, 1));
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 2, TEN, 1)));
  }

  @Test
  void aTransactionAfterAnotherCountsAnew() {
    begin();
    insert("20 EUR");
    store();
    begin();

    assertThat(last().notes()).isEmpty();
    assertThat(insert("50 EUR")).isEqualTo(new Inserted(Map.of(FIFTY, 1), Map.of(), 0));
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(FIFTY, 1)));
    assertThat(notesInBin()).isEqualTo(Map.of(TWENTY, 1, FIFTY, 1));
  }

  @Test
  void notesAreGivenBackAndTaken() {
    begin();
    insert("20 EUR", "50 EUR");

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Returned.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
    assertThat(last().slotEmpty()).contains(false);
    Future<TakeOutcome> taken = acceptor().taken(LONG);
    takeNotes();

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
    assertThat(last().slotEmpty()).contains(true);
    assertThat(last().notesInside()).isFalse();
    assertThat(notesInBin()).isEmpty();
  }

  @Test
  void notesTakenBeforeAnybodyWaitsForThemAreTaken() {
    begin();
    insert("20 EUR");
    giveBack();
    takeNotes();

    assertThat(await(acceptor().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void whatCannotBeReadIsRefusedAtTheSlot() {
    begin();

    assertThat(insert("20 EUR", "10 EUR torn", "foreign"))
        .isEqualTo(new Inserted(Map.of(TWENTY, 1), Map.of(), 2));
    assertThat(last().refused()).isEqualTo(2);
    assertThat(last().slotEmpty()).contains(false);
    takeNotes();

    assertThat(await(acceptor().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
    assertThat(insert("foreign")).as("one more").isEqualTo(new Nothing(1));
    takeNotes();
    assertThat(await(acceptor().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
    assertThat(last().refused()).isEqualTo(3);
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
  }

  @Test
  void refusedNotesLeftAtTheSlotDoNotKeepTheOthersFromBeingStored() {
    begin();
    insert("20 EUR", "foreign");

    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    assertThat(await(acceptor().taken(SHORT))).isInstanceOf(TakeOutcome.Left.class);
    assertThat(await(acceptor().retract()))
        .as("of no known denomination")
        .isEqualTo(new RetractOutcome.Retracted(Optional.empty()));
    assertThat(last().state()).as("stored, all the same").isEqualTo(CashInStatus.State.STORED);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void whatMayBeCounterfeitIsKeptAndNeverGivenBack() {
    begin();

    assertThat(insert("20 EUR", "50 EUR counterfeit"))
        .isEqualTo(new Inserted(Map.of(TWENTY, 1), Map.of(FIFTY, 1), 0));
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(last().suspect()).isEqualTo(Map.of(FIFTY, 1));
    giveBack();
    takeNotes();
    await(acceptor().taken(LONG));

    assertThat(last().notesInside()).isFalse();
    assertThat(unit("SUSPECT").count()).isEqualTo(1);
    assertThat(unit("SUSPECT").notes()).isEqualTo(Map.of(FIFTY, 1));
    assertThat(last().suspect()).isEqualTo(Map.of(FIFTY, 1));
  }

  @Test
  void onlyCounterfeitsAreKeptToo() {
    begin();

    assertThat(insert("50 EUR counterfeit")).isEqualTo(new Inserted(Map.of(), Map.of(FIFTY, 1), 0));
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of()));
  }

  @Test
  void whoPutsNothingInIsNotWaitedForForEver() {
    begin();
    insert("20 EUR");

    assertThat(await(acceptor().insert(SHORT, () -> {}))).isEqualTo(new Nothing(0));
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
  }

  @Test
  void aWaitingInsertCanBeCancelled() {
    begin();
    insert("20 EUR");
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> waiting = acceptor().insert(Duration.ZERO, open::tryComplete);
    await(open.future());

    await(acceptor().cancel());

    assertThat(await(waiting)).isEqualTo(new Nothing(0));
    assertThat(last().notes()).as("still in the escrow").isEqualTo(Map.of(TWENTY, 1));
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
  }

  @Test
  void aCancelWithNothingToCancelIsFine() {
    await(acceptor().cancel());
    begin();
    await(acceptor().cancel());

    assertThat(insert("20 EUR")).isInstanceOf(Inserted.class);
  }

  @Test
  void givenBackNotesThatAreLeftAreRetractedAndCounted() {
    begin();
    insert("20 EUR", "20 EUR");
    giveBack();

    assertThat(await(acceptor().taken(SHORT))).isInstanceOf(TakeOutcome.Left.class);
    assertThat(await(acceptor().retract()))
        .isEqualTo(new RetractOutcome.Retracted(Optional.of(Map.of(TWENTY, 2))));
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETRACTED);
    assertThat(last().slotEmpty()).contains(true);
    assertThat(unit("RETRACT").count()).isEqualTo(2);
  }

  @Test
  void notesTakenAtTheLastMomentAreNotRetracted() {
    begin();
    insert("20 EUR");
    giveBack();
    await(acceptor().taken(SHORT));
    takeNotes();

    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.Taken.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
  }

  @Test
  void anEscrowNobodyComesBackForIsRetracted() {
    begin();
    insert("20 EUR", "50 EUR");

    assertThat(await(acceptor().retract()))
        .isEqualTo(new RetractOutcome.Retracted(Optional.of(Map.of(TWENTY, 1, FIFTY, 1))));
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETRACTED);
    assertThat(last().notesInside()).isFalse();
    begin();
  }

  @Test
  void whereNothingIsInsideNothingMoves() {
    assertThat(await(acceptor().taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.NothingThere.class);
    begin();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of()));
    begin();
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.NothingThere.class);
    begin();
  }

  @Test
  void outsideOfATransactionNothingIsTakenIn() {
    assertThat(last().state()).isEqualTo(CashInStatus.State.NONE);
    InsertOutcome outcome = await(acceptor().insert(LONG, () -> {}));

    assertThat(outcome).isInstanceOf(Failed.class);
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
  void aTransactionDoesNotBeginOnAnothersNotes() {
    begin();
    insert("20 EUR");
    giveBack();

    assertThat(faultOf(acceptor().begin()).code()).isEqualTo(Fault.Code.SEQUENCE);
    takeNotes();
    await(acceptor().taken(LONG));
    begin();
  }

  @Test
  void aResetTakesNoNoteOutOfACustomersReach() {
    begin();
    insert("20 EUR");

    assertThat(faultOf(acceptor().reset()).code()).isEqualTo(Fault.Code.SEQUENCE);
    giveBack();
    assertThat(faultOf(acceptor().reset()).code()).isEqualTo(Fault.Code.SEQUENCE);
    takeNotes();
    await(acceptor().taken(LONG));
    await(acceptor().reset());
  }

  @Test
  void aJamOnTheWayInIsToldByWhatWasTakenAndNotByWhatWasPutIn() {
    begin();
    jamAtSecondNoteIn();

    InsertOutcome outcome = insert("20 EUR", "50 EUR", "10 EUR");

    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).why().code()).isEqualTo(Fault.Code.HARDWARE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(last().notesInside()).isTrue();
    assertThat(acceptor().status().state()).isEqualTo(DeviceStatus.State.FAULT);
    takeNotes(); // the third came back out
    await(acceptor().taken(LONG));

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.StillInEscrow.class);
    RetractOutcome retracted = await(acceptor().retract());
    assertThat(retracted).isInstanceOf(RetractOutcome.Retracted.class);
    ((RetractOutcome.Retracted) retracted)
        .counted()
        .ifPresent(counted -> assertThat(counted).isEqualTo(Map.of(TWENTY, 1, FIFTY, 1)));
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETRACTED);
    assertThat(unit("RETRACT").count()).isEqualTo(2);
    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    begin();
  }

  @Test
  void aJamWhileStoringLeavesNobodySureOfAnything() {
    begin();
    insert("20 EUR", "50 EUR", "10 EUR");
    jamAtSecondNoteStored();

    assertThat(store()).isInstanceOf(StoreOutcome.Unknown.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.UNKNOWN);
    assertThat(last().notesInside()).isTrue();
    assertThat(unit("D1").count()).isEqualTo(1);
    assertThat(faultOf(acceptor().begin()).code()).isEqualTo(Fault.Code.SEQUENCE);
    await(acceptor().reset());

    assertThat(unit("RETRACT").count()).isEqualTo(2);
    assertThat(last().notesInside()).isFalse();
    begin();
  }

  @Test
  void notesThatStickInTheEscrowAreStillThere() {
    begin();
    insert("20 EUR");
    stickEscrow();

    assertThat(store()).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.StillInEscrow.class);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    freeEscrow();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
  }

  @Test
  void aRetractThatFailsIsUnknown() {
    begin();
    insert("20 EUR");
    stickEscrow();

    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.Unknown.class);
    assertThat(last().notesInside()).isTrue();
  }

  @Test
  void withAJammedShutterTheNotesStayInside() {
    begin();
    insert("20 EUR");
    jamShutter();

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.StillInEscrow.class);
    assertThat(await(acceptor().insert(LONG, () -> {}))).isInstanceOf(Failed.class);
    assertThat(last().notesInside()).isTrue();
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
  }

  @Test
  void withABrokenExitSensorNobodyKnowsWhatWasTaken() {
    begin();
    insert("20 EUR");
    giveBack();
    breakExitSensor();

    assertThat(await(acceptor().taken(SHORT))).isInstanceOf(TakeOutcome.Unknown.class);
    assertThat(last().slotEmpty()).isEmpty();
  }

  @Test
  void withFullBinsNotesAreRefusedAndThoseInsideCanBeGivenBack() {
    begin();
    insert("20 EUR");
    fillBins();

    assertThat(insert("50 EUR")).isEqualTo(new Nothing(1));
    takeNotes();
    await(acceptor().taken(LONG));
    assertThat(store()).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(unit("D1").state()).isEqualTo(CashUnit.State.FULL);
    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Returned.class);
  }

  @Test
  void whenTheReplyToAnInsertIsLostTheDeviceStillKnows() {
    begin();
    loseNextReply();

    assertThat(insert("20 EUR")).isInstanceOf(InsertOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.ACTIVE);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1));
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
  }

  @Test
  void whenTheReplyToAStoreIsLostItsOutcomeIsUnknownUntilTheDeviceIsAsked() {
    begin();
    insert("20 EUR", "50 EUR");
    loseNextReply();

    assertThat(store()).isInstanceOf(StoreOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.STORED);
    assertThat(last().notes()).isEqualTo(Map.of(TWENTY, 1, FIFTY, 1)).isEqualTo(notesInBin());
    assertThat(last().notesInside()).isFalse();
  }

  @Test
  void whenTheReplyToAGiveBackIsLostTheDeviceStillKnows() {
    begin();
    insert("20 EUR");
    loseNextReply();

    assertThat(giveBack()).isInstanceOf(ReturnOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETURNED);
    assertThat(last().slotEmpty()).contains(false);
    Future<TakeOutcome> taken = acceptor().taken(LONG);
    takeNotes();
    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void whenTheReplyToARetractIsLostItIsUnknownAndNothingIsInside() {
    begin();
    insert("20 EUR");
    loseNextReply();

    assertThat(await(acceptor().retract())).isInstanceOf(RetractOutcome.Unknown.class);

    awaitState(acceptor(), DeviceStatus.State.ONLINE);
    assertThat(last().state()).isEqualTo(CashInStatus.State.RETRACTED);
    assertThat(last().notesInside()).isFalse();
  }

  @Test
  void notesTakenWhileTheWireWasCutAreTaken() {
    begin();
    insert("20 EUR");
    giveBack();
    Future<TakeOutcome> taken = acceptor().taken(LONG);
    cutWire();
    awaitState(acceptor(), DeviceStatus.State.OFFLINE);
    takeNotes();
    mendWire();

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Taken.class);
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
    assertThat(store()).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
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
  void closingEndsTheWaitingForACustomer() {
    begin();
    insert("20 EUR");
    giveBack();
    Future<TakeOutcome> taken = acceptor().taken(LONG);
    await(acceptor().close());

    assertThat(await(taken)).isInstanceOf(TakeOutcome.Unknown.class);
  }

  protected final void begin() {
    await(acceptor().begin());
  }

  /// One bunch, put in as soon as the slot is open.
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

  protected final CashUnit unit(String id) {
    List<CashUnit> units = await(acceptor().cashUnits());
    return units.stream().filter(unit -> unit.id().equals(id)).findFirst().orElseThrow();
  }
}
