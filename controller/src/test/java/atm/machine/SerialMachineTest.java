package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped configuration with serial devices at pseudo-terminals: the whole machine, through
/// jSerialComm, seen by a stranger.
class SerialMachineTest {
  @TempDir Path folder;
  private TestMachine machine;
  private Stranger alice;

  @BeforeEach
  void meets() throws Exception {
    Path configuration = Path.of("../docs/configurations/serial-simulated.yaml");
    machine = TestMachine.simulated(folder, configuration, Map.of()).withController();
    alice = machine.stranger();
    alice.sees("idle");
  }

  @AfterEach
  void booksAndBoxesAgree() throws Exception {
    try {
      machine.booksAndBoxesAgree();
    } finally {
      alice.close();
      machine.close();
    }
  }

  @Test
  void sixtyEurosAndAReceiptThroughFourSerialPorts() {
    withdrawsSixty("yes");

    JsonObject tray =
        alice.machine(
            "two notes", m -> m.getJsonObject("cash-dispenser").getJsonArray("tray").size() == 2);
    assertThat(tray.getJsonObject("cash-dispenser").getJsonArray("tray").encode())
        .contains("50 EUR", "10 EUR");
    alice.takes("cash-dispenser");
    JsonObject printed =
        alice.machine(
            "a receipt", m -> m.getJsonObject("receipt-printer").getJsonObject("slot") != null);
    assertThat(printed.getJsonObject("receipt-printer").encode()).contains("60");
    alice.takes("receipt-printer");
    alice.sees("idle");
  }

  @Test
  void aReaderThatWasUnpluggedServesAgain() {
    alice.act("card-reader/unplug", new JsonObject());
    alice.sees("out-of-service");
    alice.act("card-reader/plug", new JsonObject());
    alice.sees("idle");

    withdrawsSixty("no");
    alice.takes("cash-dispenser");
    alice.sees("idle");
  }

  private void withdrawsSixty(String receipt) {
    alice.inserts("alice");
    alice.sees("pin");
    alice.types("1234").presses("enter");
    alice.sees("menu");
    alice.chooses("withdraw");
    alice.sees("fast-cash");
    alice.chooses("other-amount");
    alice.sees("amount");
    alice.types("60");
    alice.sees(
        "the amount", m -> m.getJsonObject("entry", new JsonObject()).encode().contains("60"));
    alice.presses("enter");
    alice.sees("confirm");
    alice.presses("enter");
    alice.sees("receipt-choice");
    alice.chooses(receipt);
    alice.sees("take-card");
    alice.takes("card-reader");
    assertThat(alice.sees("take-cash").getJsonArray("body")).containsExactly("€60");
    alice.machine("notes", m -> !m.getJsonObject("cash-dispenser").getJsonArray("tray").isEmpty());
  }
}
