package atm.driver.crt310;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CardReader;
import atm.device.CardReader.CardRead;
import atm.device.CardReader.EjectOutcome;
import atm.device.CardReader.Media;
import atm.device.CardReader.RetainOutcome;
import atm.device.DeviceKind;
import atm.device.DeviceStatus.State;
import atm.device.Fault;
import atm.driver.PlayedMachine;
import atm.driver.SheetTable;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sim.mechanics.SimCardReader;
import sim.mechanics.When;

/// Every code with which the reader refuses, fails to read a track or tells of a card that sticks.
class Crt310ErrorsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /// Short of power: what does not move works.
  private static final Set<Integer> OF_MOVEMENTS = Set.of(0x05, 0x07);

  @TempDir Path folder;
  private PlayedMachine machine;
  private CardReader reader;

  @BeforeEach
  void start() {
    URI at = URI.create("tcp://localhost:0");
    machine = new PlayedMachine(folder, DeviceKind.CARD_READER, "crt-310", at, List.of());
    reader = (CardReader) machine.device();
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  static Stream<Integer> codes() {
    return SheetTable.codes("creator-crt310.md", "## Error table", 0);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void aRefusalIsToldAndTheCardIsWhereItWas(int code) {
    assertThat(await(read())).isInstanceOf(CardRead.Card.class);
    String kind = "error-%02X".formatted(code);
    order(kind);

    Fault why =
        switch (await(reader.eject())) {
          case EjectOutcome.Stuck(Fault fault) -> fault;
          case EjectOutcome other -> throw new AssertionError(other.toString());
        };
    assertThat(await(reader.retain())).isInstanceOf(RetainOutcome.Stuck.class);
    assertThat(why.detail()).contains("error %02X".formatted(code)).doesNotContain("unknown");
    if (OF_MOVEMENTS.contains(code)) {
      assertThat(await(reader.media())).isEqualTo(Media.INSIDE);
    } else {
      assertThat(faultOf(reader.media()).code()).isEqualTo(Fault.Code.HARDWARE);
      assertThat(faultOf(reader.read(LONG, () -> {})).code()).isEqualTo(Fault.Code.HARDWARE);
    }

    machine.hand(() -> mechanics().clearFault(kind));
    assertThat(await(reader.eject())).isInstanceOf(EjectOutcome.AtExit.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"E0", "E1", "E2", "E3", "E4", "E5"})
  void aTrackThatCannotBeReadIsAnUnreadableCard(String code) {
    order("track-" + code);

    assertThat(await(read())).isInstanceOf(CardRead.Unreadable.class);
    assertThat(await(reader.eject())).isInstanceOf(EjectOutcome.AtExit.class);
  }

  @ParameterizedTest
  @ValueSource(strings = "47")
  void aCardThatSticksIsAFaultUntilItIsGone(String code) {
    order("position-" + code);

    assertThat(await(reader.media())).isEqualTo(Media.JAMMED);
    assertThat(reader.status().state()).isEqualTo(State.FAULT);
    assertThat(reader.status().detail()).contains("too short");
    machine.hand(() -> mechanics().clearFault("position-" + code));
    await(reader.reset());
    awaitState(reader, State.ONLINE);
  }

  private Future<CardRead> read() {
    Future<CardRead> read = reader.read(LONG, () -> {});
    machine.handWhenPossible(() -> mechanics().insert(PlayedMachine.ALICE.card()));
    return read;
  }

  private void order(String kind) {
    machine.hand(() -> mechanics().fault(kind, When.NOW));
  }

  private SimCardReader mechanics() {
    return (SimCardReader) machine.mechanics();
  }
}
