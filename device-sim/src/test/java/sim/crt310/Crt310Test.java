package sim.crt310;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Card;
import sim.mechanics.Pace;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCardReader.Media;
import sim.mechanics.StateFile;
import sim.mechanics.When;
import sim.wire.Host;
import sim.wire.Line;
import sim.wire.Vectors;

/// The reader's half of the published exchanges, and its error table.
class Crt310Test {
  private static final Card CARD =
      new Card("card", "Nobody", "4111111111111111=2512".getBytes(StandardCharsets.US_ASCII));

  /// Its service code says that it has a chip.
  private static final Card WITH_CHIP =
      new Card(
          "chip",
          "Nobody",
          "4761739001010010=22122011143804400000".getBytes(StandardCharsets.US_ASCII));

  private static final String TO_CONTACTS = "02 00 02 32 2F 03 1E";
  private static final String POWER_ON = "02 00 02 33 30 03 00";
  private static final String COLD_RESET = "02 00 02 37 30 03 04";
  private static final String NO_ANSWER_TO_RESET = "06 02 00 03 37 30 4E 03 4B";
  private static final String RECORD = "02 00 09 37 31 00 05 00 B2 01 0C 00 03 B4";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Vectors vectors = new Vectors("creator-crt310");
  private SimCardReader reader;
  private Host host;

  @BeforeEach
  void start() {
    now(
        () -> {
          reader =
              new SimCardReader(
                  new Pace(vertx, context, 0),
                  new StateFile(folder.resolve("state")),
                  Map.of("card", CARD),
                  Crt310.FAULTS);
          Line line = new Line(reader.faults());
          host = new Host(line);
          return new Crt310(reader, line, (_, _) -> () -> {});
        });
  }

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  @Test
  void publishedExchanges() {
    plays("reset");
    ask("02 00 03 2F 33 31 03 2F");
    plays("status: no card, switch mode, rear closed");
    insert();
    ask("02 00 03 2F 31 31 03 2D");
    plays("status: card inside, entry forbidden");
    plays("read track 2");
    plays("eject front");
  }

  @Test
  void aCardThatCannotBeReadIsBlank() {
    now(
        () -> {
          reader.fault("unreadable", When.ONCE);
          return null;
        });
    insert();

    plays("track 2 blank");
  }

  @Test
  void aChipIsReadAndTheCardIsInsideAsBefore() {
    insert(WITH_CHIP);
    ask("02 00 03 2F 31 31 03 2D");

    plays("a chip is read, from card inside to card inside");
    plays("status: card inside, entry forbidden");
    plays("to the chip position");
    plays("status: card inside, contacts down");
    plays("chip power on");
    plays("cold reset: T=0");
    plays("chip power off");
    assertThat(ask(RECORD)).isEqualTo("06 02 00 03 37 31 4E 03 4A");
    plays("eject front");
  }

  @Test
  void aCardWithoutAChipDoesNotAnswerAReset() {
    insert();
    plays("to the chip position");
    plays("chip power on");

    plays("cold reset: no answer");
    plays("exchange in T=0: no answer");
  }

  @Test
  void aChipIsReachedOnlyInContactAndUnderPower() {
    assertThat(ask(TO_CONTACTS)).isEqualTo("06 02 00 03 32 2F 45 03 5A");
    assertThat(ask(COLD_RESET)).isEqualTo("06 02 00 03 37 30 45 03 40");
    insert(WITH_CHIP);
    assertThat(ask(COLD_RESET)).isEqualTo("06 02 00 03 37 30 57 03 52");
    assertThat(ask(POWER_ON)).isEqualTo("06 02 00 03 33 30 57 03 56");
    ask(TO_CONTACTS);
    assertThat(ask(COLD_RESET)).isEqualTo(NO_ANSWER_TO_RESET);
  }

  @Test
  void aQuestionOfAnotherLengthThanItSaysIsADataError() {
    underPower();

    assertThat(ask("02 00 09 37 31 00 06 00 B2 01 0C 00 03 B7"))
        .isEqualTo("06 02 00 03 4E 37 04 03 7F");
  }

  @Test
  void chipsFailAsTheyAreTold() {
    underPower();
    fault("chip-status", When.ONCE);
    assertThat(ask(RECORD)).isEqualTo("06 02 00 07 37 31 59 00 02 6F 00 03 34");
    fault("chip-contact", When.ONCE);
    plays("exchange in T=0: no answer");
    plays("exchange in T=0: no answer");
    fault("chip-silent", When.ONCE);
    plays("cold reset: no answer");
    plays("cold reset: T=0");
  }

  @Test
  void aPowerCutInMidExchangeLeavesACardInsideWithoutContact() {
    underPower();
    says(RECORD);
    assertThat(heard()).isEqualTo("06");
    now(
        () -> {
          reader.powerCut();
          return null;
        });
    settle();
    says("05");

    assertThat(heard()).isEmpty();
    ask("02 00 03 2F 31 31 03 2D");
    plays("status: card inside, entry forbidden");
    assertThat(ask(COLD_RESET)).isEqualTo("06 02 00 03 37 30 57 03 52");
  }

  private void underPower() {
    insert(WITH_CHIP);
    plays("to the chip position");
    plays("chip power on");
    plays("cold reset: T=0");
  }

  @Test
  void anUnknownCommandIsRefused() {
    assertThat(ask("02 00 02 99 30 03 AA")).isEqualTo("06 " + wanted("unknown command 99"));
  }

  @Test
  void withoutACardNothingIsEjectedOrCaptured() {
    assertThat(ask("02 00 02 32 30 03 01")).isEqualTo("06 02 00 03 32 30 45 03 45");
    assertThat(ask("02 00 02 32 33 03 02")).isEqualTo("06 02 00 03 32 33 45 03 46");
  }

  @Test
  void aCardIsCaptured() {
    insert();

    assertThat(ask("02 00 02 32 33 03 02")).isEqualTo("06 02 00 03 32 33 59 03 5A");
    assertThat(now(() -> reader.retained().size())).isEqualTo(1);
  }

  @Test
  void aStuckCardIsAbnormal() {
    insert();
    fault("jam", When.NOW);

    assertThat(ask("02 00 02 32 30 03 01")).isEqualTo("06 02 00 03 4E 32 06 03 78");
    assertThat(ask("02 00 02 31 30 03 02")).startsWith("06 02 00 05 31 30 46");
  }

  @Test
  void supplyAndBackupPowerRefuseMovements() {
    insert();
    fault("error-05", When.ONCE);
    assertThat(ask("02 00 02 32 30 03 01")).isEqualTo("06 02 00 03 4E 32 05 03 7B");
    fault("error-07", When.ONCE);
    assertThat(ask("02 00 02 32 30 03 01")).isEqualTo("06 02 00 03 4E 32 07 03 79");
    plays("eject front");
  }

  @Test
  void aBadFrameDrawsANakAndEndOfTransmissionTakesACommandBack() {
    says("02 00 02 32 30 03 00");
    assertThat(heard()).isEqualTo("15");
    insert();
    says("02 00 02 32 33 03 02");
    says("04");
    says("05");

    assertThat(heard()).isEqualTo("06 04");
    assertThat(now(() -> reader.media())).isEqualTo(Media.PRESENT);
  }

  private void insert() {
    insert(CARD);
  }

  private void insert(Card card) {
    now(
        () -> {
          reader.insert(card);
          return null;
        });
    settle();
  }

  private void plays(String name) {
    List<String> exchange = vectors.exchange(name);
    for (int i = 0; i < exchange.size(); i++) {
      if (!exchange.get(i).startsWith("> ")) continue;
      says(exchange.get(i).substring(2));
      assertThat(heard()).as(name).isEqualTo(Host.wanted(exchange, i + 1));
    }
  }

  private String wanted(String name) {
    return vectors.exchange(name).getFirst().substring(2);
  }

  private String ask(String command) {
    says(command);
    says("05");
    return heard();
  }

  private void says(String hex) {
    now(
        () -> {
          host.says(hex);
          return null;
        });
    settle();
  }

  /// The mechanics take turns of the context, and so does this question; a reader that waits for a
  /// card has nothing under way.
  private void settle() {
    for (int turn = 0; turn < 50; turn++) now(() -> reader.media());
  }

  private String heard() {
    return now(host::heard);
  }

  private void fault(String kind, When when) {
    now(
        () -> {
          reader.fault(kind, when);
          return null;
        });
  }

  private <T> T now(Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(work.call());
          } catch (Exception failed) {
            done.fail(failed);
          }
        });
    return done(done.future());
  }

  private static <T> T done(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
