package atm.driver.escpos;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceStatus;
import atm.link.Backoff;
import atm.link.HeldTime;
import atm.link.ScriptedLink;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A clone that tells its status and knows no question for its name.
class QuietPrinterTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void itIsAskedOnceAndServesAllTheSame() {
    ScriptedLink link =
        new ScriptedLink(
            "> 1B 40",
            "> 10 04 01",
            "< 12",
            "> 1D 49 42",
            "> 1B 40",
            "> 10 04 02",
            "< 12",
            "> 10 04 03",
            "< 12",
            "> 10 04 04",
            "< 12",
            "> 1D 61 0E");
    HeldTime time = new HeldTime();
    EpsonPrinter printer =
        new EpsonPrinter(vertx, ScriptedLink.connector(List.of(link)), Backoff.usual(), time, 42);
    now(printer::open);
    for (int step = 0; printer.status().state() != DeviceStatus.State.ONLINE; step++) {
      assertThat(step).as(printer.status().toString()).isLessThan(1000);
      now(time::pass);
    }

    assertThat(printer.identity()).isEmpty();
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
    await(printer.close());
  }

  private void now(Runnable act) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        _ -> {
          act.run();
          done.complete();
        });
    await(done.future());
  }
}
