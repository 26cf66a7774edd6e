package atm.driver.escpos;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.ReceiptPrinter;
import atm.driver.PlayedPrinterContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import sim.mechanics.When;

/// The driver against the simulated kiosk printer, over tcp.
class Vkp80PrinterTest extends PlayedPrinterContract {
  @Override
  protected String driver() {
    return "vkp80";
  }

  @Test
  void itHasAPresenter() {
    assertThat(printer().capabilities().retract()).isTrue();
    assertThat(printer().capabilities().takenSensor()).isTrue();
  }

  @Test
  void aReceiptDrawnBackInIsInTheBinAndNotWithTheCustomer() {
    await(printer().print(List.of("left behind")));
    await(printer().retract());

    assertThat(machine.<Integer>look(() -> mechanics().retracted())).isEqualTo(1);
    assertThat(machine.<Integer>look(() -> mechanics().taken())).isZero();
  }

  @Test
  void itTellsWhatItCountedInItsLife() {
    assertThat(await(printer().counters()))
        .extracting(Object::toString)
        .containsExactly(
            "7990 cm of paper left", "0 cuts", "0 cm printed", "0 retracts", "1 power-ups");
    await(printer().print(List.of("one", "two", "three", "four", "five", "six", "seven")));
    await(printer().retract());

    assertThat(await(printer().counters()))
        .extracting(ReceiptPrinter.Counter::count)
        .containsExactly(7987L, 1L, 2L, 1L, 1L);
  }

  @Test
  void aJamIsAFaultUntilItIsCleared() {
    machine.hand(() -> mechanics().fault("jam", When.NOW));
    awaitState(printer(), DeviceStatus.State.FAULT);
    assertThat(faultOf(printer().print(List.of("x"))).code()).isEqualTo(Fault.Code.HARDWARE);

    machine.hand(() -> mechanics().clearFault("jam"));
    awaitState(printer(), DeviceStatus.State.ONLINE);
    await(printer().print(List.of("again")));

    assertThat(linesHangingOut()).containsExactly("again");
  }
}
