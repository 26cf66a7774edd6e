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

/// The device's half of the published exchanges, its memory and its error table.
class Lcdm4000Test {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Vectors vectors = new Vectors("puloon-lcdm-4000");
  private final List<Runnable> timers = new ArrayList<>();
  private SimCashDispenser dispenser;
  private Host host;

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  private void start(int notes) {
    List<Cassette> all =
        List.of(
            new Cassette("C1", Denomination.parse("10 EUR"), notes),
            new Cassette("C2", Denomination.parse("20 EUR"), notes),
            new Cassette("C3", Denomination.parse("50 EUR"), notes),
            new Cassette("C4", Denomination.parse("100 EUR"), notes));
    now(
        () -> {
          dispenser =
              new SimCashDispenser(
                  new Pace(vertx, context, 0),
                  new StateFile(folder.resolve("state")),
                  all,
                  Lcdm4000.FAULTS);
          Line line = new Line(dispenser.faults());
          host = new Host(line);
          return new Lcdm4000(
              dispenser,
              line,
              (_, over) -> {
                timers.add(over);
                return () -> timers.remove(over);
              });
        });
  }

  @Test
  void publishedExchanges() {
    start(1000);
    plays("status");
    plays("purge");
  }

  @Test
  void aDispenseIsRememberedAsItsLastCommand() {
    start(1000);
    assertThat(exchange("04 30 02 52 22 20 21 20 20 20 20 20 20 20 20 20 20 20 20 03 44"))
        .startsWith("06 01 30 02 52 20 30 22 20 31 20 20 32 21 20 33 20 20 34 20");
    assertThat(exchange("04 30 02 55 03 60"))
        .startsWith("06 01 30 02 55 52 20 30 22 20 31 20 20 32 21 20 33 20 20 34 03");
    assertThat(exchange("04 30 02 51 03 64")).startsWith("06 01 30 02 51 20");
    assertThat(exchange("04 30 02 55 03 60")).startsWith("06 01 30 02 55 51 20");
  }

  @Test
  void everyEntryOfTheErrorTableIsToldOnceANoteMeetsIt() {
    start(1000);
    for (var kind : Lcdm4000.FAULTS) {
      if (!kind.kind().startsWith("error-")) continue;
      fault(kind.kind(), When.atNote(2));
      int code = Integer.parseInt(kind.kind().substring(6), 16) + 0x20;

      assertThat(exchange("04 30 02 52 22 20 21 20 20 20 20 20 20 20 20 20 20 20 20 03 44"))
          .as(kind.label())
          .startsWith("06 01 30 02 52 %02X 30 21 21 31".formatted(code));
      assertThat(exchange("04 30 02 51 03 64")).startsWith("06 01 30 02 51 20");
    }
  }

  @Test
  void badNumbersAndMissingCassettesMoveNothing() {
    start(1000);
    fault("cassette-missing:C1", When.NOW);

    assertThat(exchange("04 30 02 52 22 20 21 20 20 20 20 20 20 20 20 20 20 20 20 03 44"))
        .startsWith("06 01 30 02 52 44 30 20 20 30");
    assertThat(exchange("04 30 02 52 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 03 47"))
        .startsWith("06 01 30 02 52 51");
    assertThat(now(() -> dispenser.tray().size())).isZero();
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
    assertThat(heard()).isEqualTo("04");
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
