package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sim.mechanics.MechanicalFault.Kind.JAM;
import static sim.mechanics.MechanicalFault.Kind.NO_MEDIA;
import static sim.mechanics.MechanicalFault.Kind.PAPER_OUT;
import static sim.mechanics.MechanicalFault.Kind.TOO_MANY_ITEMS;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.SimReceiptPrinter.Paper;

class SimReceiptPrinterTest {
  @TempDir Path folder;
  @AutoClose Bench bench;
  private SimReceiptPrinter printer;
  private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    printer = reopen();
    printer.listen(events::add);
  }

  @Test
  void aReceiptIsPrintedCutAndTaken() {
    bench.await(() -> printer.print(List.of("ATM", "60 EUR")));
    bench.await(() -> printer.print(List.of("goodbye")));
    bench.await(printer::cutAndPresent);
    assertThat(printer.slot()).contains(List.of("ATM", "60 EUR", "goodbye"));
    assertThat(reopen().slot()).isEqualTo(printer.slot());
    bench.run(printer::take);
    assertThat(printer.taken()).isEqualTo(1);
    assertThat(events)
        .containsSubsequence(new DeviceEvent.ReceiptPresented(), new DeviceEvent.ReceiptTaken());
    assertThatThrownBy(() -> bench.run(printer::take)).isInstanceOf(ImpossibleAct.class);
    bench.fails(NO_MEDIA, printer::retract);
    bench.fails(NO_MEDIA, printer::cutAndPresent);
  }

  @Test
  void theNextReceiptPushesOutTheLast() {
    receipt("one");
    receipt("two");
    assertThat(printer.slot()).contains(List.of("two"));
    assertThat(printer.taken()).isEqualTo(1);
    bench.await(printer::retract);
    assertThat(printer.retracted()).isEqualTo(1);
  }

  @Test
  void paperRunsLowAndOut() {
    List<String> metre = Collections.nCopies(SimReceiptPrinter.LINES_MAX, "-");
    for (int i = 0; i < SimReceiptPrinter.ROLL / SimReceiptPrinter.LINES_MAX; i++) {
      bench.await(() -> printer.print(metre));
      bench.await(printer::cutAndPresent);
    }
    assertThat(events)
        .containsSubsequence(
            new DeviceEvent.PaperChanged(Paper.LOW), new DeviceEvent.PaperChanged(Paper.OUT));
    bench.fails(PAPER_OUT, () -> printer.print(List.of("no more")));
    bench.run(printer::refill);
    assertThat(printer.paper()).isEqualTo(Paper.FULL);
    receipt("again");
  }

  @Test
  void aJamHoldsUntilAResetWithoutItsCause() {
    bench.run(() -> printer.fault("jam", When.ONCE));
    bench.fails(JAM, () -> printer.print(List.of("x")));
    bench.fails(JAM, () -> printer.print(List.of("x")));
    assertThat(reopen().jammed()).isTrue();
    bench.await(printer::reset);
    receipt("x");
  }

  @Test
  void noJobUnrollsThePaper() {
    List<String> endless = Collections.nCopies(SimReceiptPrinter.LINES_MAX + 1, "-");
    bench.fails(TOO_MANY_ITEMS, () -> printer.print(endless));
  }

  private void receipt(String line) {
    bench.await(() -> printer.print(List.of(line)));
    bench.await(printer::cutAndPresent);
  }

  private SimReceiptPrinter reopen() {
    return bench.now(() -> new SimReceiptPrinter(bench.pace(0), bench.file("printer.json")));
  }
}
