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

/// The driver against the simulated printer with status, over tcp.
class EpsonPrinterTest extends PlayedPrinterContract {
  @Override
  protected String driver() {
    return "escpos";
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(printer().identity()).isEqualTo("DEVSIM RECEIPT-80, firmware 1.00");
  }

  @Test
  void itHangsFromTheCutterAndNobodySeesItTaken() {
    assertThat(printer().capabilities())
        .isEqualTo(new ReceiptPrinter.Capabilities(40, false, false, true));
  }

  @Test
  void lettersOfSeveralCodePagesInOneLineComeOutAsTheyAre() {
    List<String> lines = List.of("Łódź, Привет, ção, 20 €", "¿Qué?", "漢");

    await(printer().print(lines));

    assertThat(linesHangingOut()).containsExactly("Łódź, Привет, ção, 20 €", "¿Qué?", "?");
  }

  @Test
  void aReceiptThatJamsFailsAndIsNotPrintedForTheNextCustomer() {
    machine.hand(() -> mechanics().fault("jam", When.ONCE));

    assertThat(faultOf(printer().print(List.of("for Alice"))).code())
        .isEqualTo(Fault.Code.HARDWARE);
    awaitState(printer(), DeviceStatus.State.FAULT);
    machine.hand(() -> mechanics().reset());
    awaitState(printer(), DeviceStatus.State.ONLINE);
    await(printer().print(List.of("for Bernd")));

    assertThat(linesHangingOut()).containsExactly("for Bernd");
  }
}
