package sim.puloon;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.Pace;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.StateFile;
import sim.mechanics.When;
import sim.wire.Host;
import sim.wire.Line;
import sim.wire.Vectors;

/// The device's half of the published exchanges, and what it does on a bad line. Time passes when
/// a test lets it.
class LcdmTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Vectors vectors = new Vectors("puloon-lcdm-1000-2000");
  private final List<Runnable> timers = new ArrayList<>();
  private SimCashDispenser dispenser;
  private Host host;

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  private void start(int cassettes, int notes) {
    List<Cassette> all =
        List.of(
            new Cassette("C1", Denomination.parse("10 EUR"), notes),
            new Cassette("C2", Denomination.parse("20 EUR"), notes));
    now(
        () -> {
          dispenser =
              new SimCashDispenser(
                  new Pace(vertx, context, 0),
                  new StateFile(folder.resolve("state")),
                  all.subList(0, cassettes),
                  Lcdm.FAULTS);
          Line line = new Line(dispenser.faults());
          host = new Host(line);
          return new Lcdm(
              dispenser,
              line,
              (_, over) -> {
                timers.add(over);
                return () -> timers.remove(over);
              });
        });
  }

  @Test
  void publishedExchangesOfAnLcdm1000() {
    start(1, 1000);
    plays("purge");
    plays("status of a 1000, all clear");
    plays("dispense 10: 10 picked, 10 out");
    assertThat(now(() -> dispenser.tray().size())).isEqualTo(10);
    fault("cassette-missing:C1", When.NOW);
    fault("error-3F", When.NOW);
    plays("status of a 1000, cassette and tray missing");
  }

  @Test
  void aDoubleNoteIsRejectedOnTheWay() {
    start(1, 7);
    fault("double", When.atNote(1));
    now(
        () -> {
          dispenser.setLowThreshold("unit1", 3);
          return null;
        });

    // 7 picked, 5 out, near end (none is left), 2 rejected: a double note is two.
    assertThat(exchange("04 50 02 45 30 35 03 15"))
        .startsWith("06 01 50 02 45 30 37 30 35 30 31 30 32 03");
  }

  @Test
  void aCassetteRunsEmpty() {
    start(1, 4);
    fault("double", When.atNote(1));

    // As printed: picked, out, error 38, near end, rejected; here 4, 2 and 2.
    assertThat(exchange("04 50 02 45 30 35 03 15"))
        .startsWith("06 01 50 02 45 30 34 30 32 38 31 30 32 03");
  }

  @Test
  void bothCassettesOfAnLcdm2000() {
    start(2, 100);

    assertThat(exchange("04 50 02 56 30 34 30 32 03 05"))
        .startsWith("06 01 50 02 56 30 34 30 34 30 32 30 32 30 30 30 30 30 30 30 03");
    assertThat(exchange("04 50 02 55 30 33 03 03"))
        .startsWith("06 01 50 02 55 30 33 30 33 30 30 30 30 03");
    assertThat(exchange("04 50 02 47 03 12")).startsWith("06 01 50 02 47 54 33 30 54");
  }

  @Test
  void everyEntryOfTheErrorTableIsToldOnceANoteMeetsIt() {
    start(1, 1000);
    for (var kind : Lcdm.FAULTS) {
      if (!kind.kind().startsWith("error-")) continue;
      fault(kind.kind(), When.atNote(2));
      String code = kind.kind().substring(6);

      String reply = exchange("04 50 02 45 31 30 03 11");

      assertThat(reply).as(kind.label()).startsWith("06 01 50 02 45 30 32 30 31 " + code);
      assertThat(exchange("04 50 02 44 03 11")).startsWith("06 01 50 02 44 30");
    }
  }

  @Test
  void aBadFrameDrawsANakAndMovesNothing() {
    start(1, 1000);

    assertThat(exchange("04 50 02 45 31 30 03 10")).isEqualTo("15");
    assertThat(now(() -> dispenser.tray().size())).isZero();
  }

  @Test
  void aReplyIsRepeatedTwiceAndNoMore() {
    start(1, 1000);
    String reply = "01 50 02 44 30 03 24";
    says("04 50 02 44 03 11");
    assertThat(heard()).isEqualTo("06 " + reply);

    says("15");
    assertThat(heard()).isEqualTo(reply);
    pass();
    assertThat(heard()).isEqualTo(reply);
    pass();
    assertThat(heard()).isEmpty();
    plays("purge");
  }

  @Test
  void halfAFrameIsForgotten() {
    start(1, 1000);
    says("04 50 02 45 31");
    pass();

    plays("purge");
  }

  @Test
  void withoutPowerNothingIsAnswered() {
    start(1, 1000);
    now(
        () -> {
          dispenser.powerCut();
          host.says("04 50 02 44 03 11");
          return null;
        });
    assertThat(heard()).isEmpty();
  }

  @Test
  void aLineLosesDoublesAndChangesBytes() {
    start(1, 1000);
    fault("line-drop", When.ONCE);
    assertThat(exchange("04 50 02 44 03 11")).isEqualTo("01 50 02 44 30 03 24");
    fault("line-noise", When.ONCE);
    assertThat(exchange("04 50 02 44 03 11")).isEqualTo("FF 00 7E FF 06 01 50 02 44 30 03 24");
  }

  private void plays(String name) {
    List<String> exchange = vectors.exchange(name);
    for (int i = 0; i < exchange.size(); i++) {
      if (!exchange.get(i).startsWith("> ")) continue;
      says(exchange.get(i).substring(2));
      assertThat(heard()).as(name).isEqualTo(Host.wanted(exchange, i + 1));
    }
  }

  /// The device's answer, acknowledged.
  private String exchange(String command) {
    says(command);
    String heard = heard();
    says("06");
    return heard;
  }

  private void says(String hex) {
    now(
        () -> {
          host.says(hex);
          return null;
        });
    while (now(() -> dispenser.busy().isPresent())) {
      // The mechanics take turns of the context, and so does this question.
    }
  }

  private String heard() {
    return now(host::heard);
  }

  private void pass() {
    now(
        () -> {
          timers.removeFirst().run();
          return null;
        });
  }

  private void fault(String kind, When when) {
    now(
        () -> {
          dispenser.fault(kind, when);
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
