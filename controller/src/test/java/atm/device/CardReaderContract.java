package atm.device;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import atm.device.CardReader.CardRead;
import atm.device.CardReader.EjectOutcome;
import atm.device.CardReader.Media;
import atm.device.CardReader.RetainOutcome;
import atm.value.Track2;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What any card reader does. A driver is done when it passes this over its own wire, with hands
/// that reach into the (simulated) machine.
public abstract class CardReaderContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(50);

  /// Opened, and in service.
  protected abstract CardReader reader();

  /// A card that can be read, and what is on it.
  protected abstract Track2 insertCard();

  protected abstract void insertUnreadableCard();

  protected abstract void takeCard();

  /// From now on, a card sticks.
  protected abstract void jam();

  protected abstract void cutWire();

  protected abstract void mendWire();

  @Test
  void aCardIsReadGivenBackAndTaken() {
    Future<CardRead> read = reader().read(LONG, () -> {});
    Track2 track2 = insertCard();

    assertThat(await(read)).isEqualTo(new CardRead.Card(track2));
    assertThat(await(reader().media())).isEqualTo(Media.INSIDE);
    assertThat(await(reader().eject())).isInstanceOf(EjectOutcome.AtExit.class);
    assertThat(await(reader().media())).isEqualTo(Media.AT_EXIT);
    Future<Boolean> taken = reader().taken(LONG);
    takeCard();

    assertThat(await(taken)).isTrue();
    assertThat(await(reader().media())).isEqualTo(Media.NONE);
  }

  @Test
  void aCardTakenBeforeAnybodyWaitsForItIsTaken() {
    cardInside();
    await(reader().eject());
    takeCard();

    assertThat(await(reader().taken(LONG))).isTrue();
  }

  @Test
  void aCardLeftAtTheExitIsRetained() {
    assumeTrue(reader().capabilities().retains());
    cardInside();
    await(reader().eject());

    assertThat(await(reader().taken(SHORT))).isFalse();
    assertThat(await(reader().retain())).isInstanceOf(RetainOutcome.Retained.class);
    assertThat(await(reader().media())).isEqualTo(Media.NONE);
  }

  @Test
  void aCardInsideIsRetainedWithoutComingOut() {
    assumeTrue(reader().capabilities().retains());
    cardInside();

    assertThat(await(reader().retain())).isInstanceOf(RetainOutcome.Retained.class);
    assertThat(await(reader().media())).isEqualTo(Media.NONE);
  }

  @Test
  void aReaderThatCannotRetainSaysSoAndTheCardStays() {
    assumeFalse(reader().capabilities().retains());
    cardInside();

    assertThat(await(reader().retain()))
        .isInstanceOfSatisfying(
            RetainOutcome.Stuck.class,
            stuck -> assertThat(stuck.why().code()).isEqualTo(Fault.Code.UNSUPPORTED));
    assertThat(await(reader().eject())).isInstanceOf(EjectOutcome.AtExit.class);
    assertThat(await(reader().taken(SHORT))).isFalse();
    takeCard();
    assertThat(await(reader().taken(LONG))).isTrue();
  }

  @Test
  void whereThereIsNoCardNothingIsGivenBackOrRetained() {
    assertThat(await(reader().eject())).isInstanceOf(EjectOutcome.NoCard.class);
    assertThat(await(reader().retain())).isInstanceOf(RetainOutcome.NoCard.class);
    assertThat(await(reader().taken(LONG))).isTrue();
  }

  @Test
  void aCardInsideIsReadAgainAtOnce() {
    Future<CardRead> read = reader().read(LONG, () -> {});
    Track2 track2 = insertCard();
    await(read);

    assertThat(await(reader().read(LONG, () -> {}))).isEqualTo(new CardRead.Card(track2));
  }

  @Test
  void aCardThatSaysNothingIsUnreadableAndCanBeGivenBack() {
    Future<CardRead> read = reader().read(LONG, () -> {});
    insertUnreadableCard();

    assertThat(await(read)).isInstanceOf(CardRead.Unreadable.class);
    assertThat(await(reader().eject())).isInstanceOf(EjectOutcome.AtExit.class);
  }

  @Test
  void whenNoCardComesReadingTimesOut() {
    assertThat(faultOf(reader().read(SHORT, () -> {})).code()).isEqualTo(Fault.Code.TIMEOUT);
  }

  @Test
  void readingEndsWhenItIsCancelledAndCanBeginAgain() {
    Future<CardRead> read = reader().read(Duration.ZERO, () -> {});
    await(reader().cancel());

    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.CANCELED);
    await(reader().cancel());
    Future<CardRead> again = reader().read(Duration.ZERO, () -> {});
    insertCard();
    assertThat(await(again)).isInstanceOf(CardRead.Card.class);
  }

  @Test
  void aJammedCardIsStuckAndAFault() {
    assumeTrue(reader().capabilities().retains());
    cardInside();
    jam();

    assertThat(await(reader().eject())).isInstanceOf(EjectOutcome.Stuck.class);
    assertThat(await(reader().media())).isEqualTo(Media.JAMMED);
    awaitState(reader(), DeviceStatus.State.FAULT);
    assertThat(await(reader().retain())).isInstanceOf(RetainOutcome.Stuck.class);
  }

  @Test
  void aCutWireEndsTheReadingAndHealsByItself() {
    Future<CardRead> read = reader().read(Duration.ZERO, () -> {});
    await(beforeCut());
    cutWire();

    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.OFFLINE);
    awaitState(reader(), DeviceStatus.State.OFFLINE);
    assertThat(faultOf(reader().read(LONG, () -> {})).code()).isEqualTo(Fault.Code.OFFLINE);
    assertThat(await(reader().eject())).isInstanceOf(EjectOutcome.Stuck.class);

    mendWire();
    awaitState(reader(), DeviceStatus.State.ONLINE);
    Future<CardRead> again = reader().read(LONG, () -> {});
    insertCard();
    assertThat(await(again)).isInstanceOf(CardRead.Card.class);
  }

  @Test
  void aCardTakenWhileTheWireWasCutIsTaken() {
    cardInside();
    await(reader().eject());
    cutWire();
    awaitState(reader(), DeviceStatus.State.OFFLINE);
    takeCard();
    mendWire();
    awaitState(reader(), DeviceStatus.State.ONLINE);

    assertThat(await(reader().taken(LONG))).isTrue();
  }

  @Test
  void closingEndsWhatRuns() {
    Future<CardRead> read = reader().read(Duration.ZERO, () -> {});
    await(reader().close());

    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.OFFLINE);
    assertThat(faultOf(reader().media()).code()).isEqualTo(Fault.Code.OFFLINE);
  }

  /// Something to wait for, so that the wire is not cut before the command is on it.
  protected Future<?> beforeCut() {
    return Future.succeededFuture();
  }

  private void cardInside() {
    Future<CardRead> read = reader().read(LONG, () -> {});
    insertCard();
    assertThat(await(read)).isInstanceOf(CardRead.Card.class);
  }
}
