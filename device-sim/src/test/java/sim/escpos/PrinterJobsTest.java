package sim.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.escpos.EscPosStream.Act;
import sim.mechanics.Pace;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.StateFile;

class PrinterJobsTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /// More lines than any list holds.
  @Test
  void linesThatNobodyCutsFillNoMemory() {
    SimReceiptPrinter printer =
        new SimReceiptPrinter(
            new Pace(vertx, vertx.getOrCreateContext(), 0),
            new StateFile(folder.resolve("receipt-printer.json")));
    PrinterJobs jobs = new PrinterJobs(printer, _ -> {});

    for (int i = 0; i < 10_000_000; i++) jobs.add(new Act.Feed(255));

    assertThat(jobs.any()).isFalse();
  }
}
