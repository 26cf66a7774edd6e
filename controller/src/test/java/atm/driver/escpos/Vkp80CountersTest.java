package atm.driver.escpos;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.ReceiptPrinter.Counter;
import atm.link.Backoff;
import atm.link.HeldTime;
import atm.link.ScriptedLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a kiosk printer counts, and answers that are none.
class Vkp80CountersTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> script =
      new ArrayList<>(
          List.of("> 1B 40", "> 10 04 14", "< 10 0F 00 00 00 00", "> 1D E0 0F", "> 1D E1"));
  private Vkp80Printer printer;

  @AfterEach
  void stop() {
    await(printer.close());
    await(vertx.close());
  }

  @Test
  void theSheetsCountersAreTheirsEachAfterItsOwnQuestion() {
    script.add("< 35 31 30 63 6D");
    script.addAll(
        List.of("> 1D E2", "< 37 38 35 63 75 74 73", "> 1D E3", "< 33 38 38 39 30 63 6D"));
    script.addAll(List.of("> 1D E4", "< 35 31 32 72 65 74", "> 1D E5", "< 35 31 32 6F 6E"));

    assertThat(await(counters()))
        .containsExactly(
            new Counter(510, "cm of paper left"),
            new Counter(785, "cuts"),
            new Counter(38890, "cm printed"),
            new Counter(512, "retracts"),
            new Counter(512, "power-ups"));
  }

  @Test
  void anotherCountersAnswerIsNotTakenForIt() {
    script.add("< 37 38 35 63 75 74 73");

    Fault fault = faultOf(counters());
    assertThat(fault.code()).isEqualTo(Fault.Code.PROTOCOL);
    assertThat(fault.detail()).contains("785 cuts in reply to cm of paper left, wanted cm");
  }

  private Future<List<Counter>> counters() {
    ScriptedLink link = new ScriptedLink(script);
    printer =
        new Vkp80Printer(
            vertx, ScriptedLink.connector(List.of(link)), Backoff.usual(), new HeldTime(), 42);
    printer.open();
    awaitState(printer, DeviceStatus.State.ONLINE);
    return printer.counters();
  }
}
