package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sim.mechanics.MechanicalFault.Kind.BIN_FULL;
import static sim.mechanics.MechanicalFault.Kind.CANCELED;
import static sim.mechanics.MechanicalFault.Kind.JAM;
import static sim.mechanics.MechanicalFault.Kind.NO_MEDIA;
import static sim.mechanics.MechanicalFault.Kind.OCCUPIED;
import static sim.mechanics.MechanicalFault.Kind.POWER_LOST;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.SimCardReader.Light;
import sim.mechanics.SimCardReader.Media;
import sim.mechanics.SimCardReader.ResetTo;

class SimCardReaderTest {
  private static final Card ALICE =
      new Card("alice", "Alice", "4000001234567899=2912201".getBytes(StandardCharsets.US_ASCII));

  @TempDir Path folder;
  @AutoClose Bench bench;
  private SimCardReader reader;
  private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    reader = reopen();
    reader.listen(events::add);
  }

  @Test
  void aCardIsDrawnInReadGivenBackAndTaken() {
    assertThat(text(insert(ALICE))).isEqualTo("4000001234567899=2912201");
    assertThat(reader.media()).isEqualTo(Media.PRESENT);
    assertThat(text(bench.begin(reader::accept))).as("read again").startsWith("4000");
    bench.await(reader::eject);
    assertThat(reader.light()).isEqualTo(Light.TAKE);
    bench.run(reader::take);
    assertThat(reader.media()).isEqualTo(Media.NOT_PRESENT);
    assertThat(events)
        .containsSubsequence(new DeviceEvent.CardInserted(), new DeviceEvent.CardTaken());
  }

  @Test
  void theSlotOpensOnlyWhenACardIsWanted() {
    assertThatThrownBy(() -> bench.run(() -> reader.insert(ALICE)))
        .isInstanceOf(ImpossibleAct.class);
    Future<TrackData> waiting = bench.begin(reader::accept);
    bench.run(() -> assertThat(reader.light()).isEqualTo(Light.INSERT));
    assertThat(bench.now(reader::cancelAccept)).isTrue();
    bench.fails(CANCELED, waiting);
    assertThat(bench.now(reader::cancelAccept)).isFalse();
    assertThatThrownBy(() -> bench.run(() -> reader.insert(ALICE)))
        .isInstanceOf(ImpossibleAct.class);
    assertThatThrownBy(() -> bench.run(reader::take)).isInstanceOf(ImpossibleAct.class);
  }

  @Test
  void aCardLeftInTheSlotIsRetainedAndStaysSo() {
    insert(ALICE);
    bench.await(reader::eject);
    bench.fails(OCCUPIED, reader::accept);
    bench.await(reader::retain);
    assertThat(reader.retained()).containsExactly(ALICE);
    bench.fails(NO_MEDIA, reader::retain);
    assertThat(reopen().retained()).containsExactly(ALICE);
    bench.run(reader::emptyBin);
    assertThat(reopen().retained()).isEmpty();
  }

  @Test
  void aFullBinKeepsTheCardWhereItIs() {
    for (int i = 0; i < SimCardReader.BIN_CAPACITY; i++) {
      insert(ALICE);
      bench.await(reader::retain);
    }
    insert(ALICE);
    bench.fails(BIN_FULL, reader::retain);
    assertThat(reader.media()).isEqualTo(Media.PRESENT);
  }

  @Test
  void aJammedCardComesFreeByAResetOnceTheCauseIsGone() {
    insert(ALICE);
    bench.run(() -> reader.fault("jam", When.NOW));
    assertThat(reader.media()).isEqualTo(Media.JAMMED);
    bench.fails(JAM, reader::eject);
    bench.fails(JAM, () -> reader.reset(ResetTo.EXIT));
    bench.run(() -> reader.clearFault("jam"));
    assertThat(bench.await(() -> reader.reset(ResetTo.EXIT))).contains(ALICE);
    assertThat(reader.media()).isEqualTo(Media.ENTERING);
  }

  @Test
  void anUnreadableCardIsInAllTheSame() {
    bench.run(() -> reader.fault("unreadable", When.ONCE));
    assertThat(bench.done(insert(ALICE)).track2()).isNull();
    assertThat(reader.media()).isEqualTo(Media.PRESENT);
    assertThat(text(bench.begin(reader::accept))).startsWith("4000");
  }

  @Test
  void aPowerCutEndsTheWaitingAndKeepsTheCard() {
    Future<TrackData> waiting = bench.begin(reader::accept);
    bench.run(reader::powerCut);
    bench.fails(POWER_LOST, waiting);
    bench.run(() -> {});
    insert(ALICE);
    bench.run(reader::powerCut);
    assertThat(reader.card()).contains(ALICE);
    assertThat(reopen().card()).contains(ALICE);
  }

  @Test
  void neitherCardNorTrackDataPrintsItsNumber() {
    insert(ALICE);
    TrackData track = bench.await(reader::accept);
    assertThat(ALICE + " " + track).doesNotContain("4000").doesNotContain("[B@");
  }

  private Future<TrackData> insert(Card card) {
    Future<TrackData> waiting = bench.begin(reader::accept);
    bench.run(() -> reader.insert(card));
    bench.done(waiting);
    return waiting;
  }

  private String text(Future<TrackData> read) {
    return new String(bench.done(read).track2(), StandardCharsets.US_ASCII);
  }

  private SimCardReader reopen() {
    return bench.now(
        () -> new SimCardReader(bench.pace(0), bench.file("card.json"), Map.of("alice", ALICE)));
  }
}
