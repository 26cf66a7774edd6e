package atm.driver.swipe;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CardReader.Capabilities;
import atm.device.CardReader.CardRead;
import atm.device.CardReader.EjectOutcome;
import atm.device.CardReader.Media;
import atm.device.CardReader.RetainOutcome;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.HeldDeadlines;
import atm.link.InputEvents;
import atm.link.KeyConnector;
import atm.link.PlayedKeyboard;
import atm.link.PlayedSwipe;
import atm.link.WireTrace;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A swipe reader played through a named pipe, key by key; its pauses are the test's.
class HidSwipeReaderTest {
  private static final String BOTH =
      "%B4000001234567899^MARTIN/ALICE^29121015432112345678?;4000001234567899=29121015432112345678?";
  private static final CardRead ALICE =
      new CardRead.Card(Track2.parse("4000001234567899=29121015432112345678"));
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final HeldDeadlines time = new HeldDeadlines();
  private PlayedKeyboard keyboard;
  private HidSwipeReader reader;
  private int typed;

  @BeforeEach
  void start() {
    keyboard = new PlayedKeyboard(folder);
    DeviceEntry entry =
        new DeviceEntry("card-reader", "hid-swipe", keyboard.at(), List.of(), Map.of(), 1);
    WireTrace trace = new WireTrace("card-reader", InputEvents.Mask::new);
    KeyConnector connector = new KeyConnector(entry.at(), vertx, trace, keyboard);
    reader = HidSwipeDriver.create(entry, connector, vertx, time);
    reader.open();
    awaitState(reader, DeviceStatus.State.ONLINE);
  }

  @AfterEach
  void stop() {
    await(reader.close());
    keyboard.close();
    await(vertx.close());
  }

  @Test
  void aSwipeIsReadAndTheCardStaysInTheHand() {
    AtomicInteger begun = new AtomicInteger();
    Future<CardRead> read = reads(Duration.ZERO, begun::incrementAndGet);
    swipe(BOTH);
    enter();

    assertThat(await(read)).isEqualTo(ALICE);
    assertThat(begun).hasValue(1);
    assertThat(reader.capabilities()).isEqualTo(new Capabilities(false, false));
    assertThat(await(reader.media())).isEqualTo(Media.NONE);
    assertThat(await(reader.eject())).isInstanceOf(EjectOutcome.NoCard.class);
    assertThat(await(reader.retain())).isInstanceOf(RetainOutcome.NoCard.class);
    assertThat(await(reader.taken(LONG))).isTrue();
    assertThat(keyboard.grabs()).containsExactly(true);
  }

  @Test
  void withoutEnterTheSwipeIsOverAfterAPause() {
    Future<CardRead> read = reads(LONG);
    swipe(BOTH);
    pause();

    assertThat(await(read)).isEqualTo(ALICE);
  }

  @Test
  void aPauseInTheMiddleMakesItUnreadable() {
    Future<CardRead> read = reads(LONG);
    swipe(BOTH.substring(0, 30));
    pause();

    assertThat(await(read).toString()).contains("no end sentinel").doesNotContain("4000001");
  }

  @Test
  void enterBetweenTracksIsNoEnd() {
    Future<CardRead> read = reads(LONG);
    int second = BOTH.indexOf(';');
    swipe(BOTH.substring(0, second));
    enter();
    swipe(BOTH.substring(second));
    enter();

    assertThat(await(read)).isEqualTo(ALICE);
  }

  @Test
  void aSwipeThatNobodyWaitsForIsDroppedToItsEnd() {
    swipe(BOTH.substring(0, 20));
    arrives();
    Future<CardRead> read = reads(LONG);
    swipe(BOTH.substring(20));
    pause();
    assertThat(read.isComplete()).isFalse();
    swipe(BOTH);
    enter();

    assertThat(await(read)).isEqualTo(ALICE);
  }

  @Test
  void aSwipeUnderWayWhenReadingIsCancelledIsReadToTheEnd() {
    Future<CardRead> read = reads(Duration.ZERO);
    swipe(BOTH.substring(0, 20));
    arrives();
    Future<Void> cancelled = reader.cancel();
    swipe(BOTH.substring(20));
    enter();

    await(cancelled);
    assertThat(await(read)).isEqualTo(ALICE);
  }

  @Test
  void readingEndsWhenItIsCancelledAndWhenNobodyComes() {
    Future<CardRead> read = reader.read(Duration.ZERO, () -> {});
    await(reader.cancel());
    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.CANCELED);

    Future<CardRead> late = reads(LONG);
    await(time.pass(LONG));
    assertThat(faultOf(late).code()).isEqualTo(Fault.Code.TIMEOUT);
  }

  @Test
  void charactersThatTheKernelLostMakeItUnreadable() {
    Future<CardRead> read = reads(LONG);
    swipe(BOTH.substring(0, 40));
    keyboard.lose();
    swipe(BOTH.substring(41));
    pause();

    assertThat(await(read).toString()).contains("lost");
  }

  @Test
  void anUnplugEndsTheReadingAndHealsByItself() {
    Future<CardRead> read = reads(Duration.ZERO);
    swipe(BOTH.substring(0, 20));
    keyboard.unplug();

    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.OFFLINE);
    keyboard.plug();
    awaitState(reader, DeviceStatus.State.ONLINE);
    Future<CardRead> again = reads(Duration.ZERO);
    swipe(BOTH);
    enter();
    assertThat(await(again)).isEqualTo(ALICE);
  }

  @Test
  void closingEndsTheReading() {
    Future<CardRead> read = reader.read(Duration.ZERO, () -> {});
    await(reader.close());

    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.OFFLINE);
    assertThat(faultOf(reader.media()).code()).isEqualTo(Fault.Code.OFFLINE);
  }

  /// Reads, and waits until a card can be swiped.
  private Future<CardRead> reads(Duration within) {
    return reads(within, () -> {});
  }

  private Future<CardRead> reads(Duration within, Runnable inserted) {
    Promise<Void> waiting = Promise.promise();
    Future<CardRead> read = reader.read(within, waiting::complete, inserted);
    await(waiting.future());
    return read;
  }

  private void swipe(String characters) {
    PlayedSwipe.type(keyboard, characters);
    typed += characters.length();
  }

  private void enter() {
    PlayedSwipe.enter(keyboard);
  }

  /// All that was typed has come through.
  private void arrives() {
    while (time.started(PAUSE) < typed) await(vertx.timer(2));
  }

  /// And then nothing for a while.
  private void pause() {
    arrives();
    await(time.pass(PAUSE));
  }
}
