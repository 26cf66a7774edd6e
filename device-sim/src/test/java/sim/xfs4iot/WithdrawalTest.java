package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cash out, as sections 9.6 and 9.7 of the sheet tell it.
class WithdrawalTest {
  @TempDir Path folder;
  private TestMachine machine;
  private TestClient client;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder);
    client = machine.client("cash-dispenser");
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void fiftyEuroAreDispensedPresentedAndTaken() {
    JsonObject stacked = client.succeed("CashDispenser.Dispense", Cash.dispense(client, 50, 1, 2));
    assertThat(stacked)
        .isEqualTo(
            Json.read(
                """
                {"denomination":{"currencies":{"EUR":50},"values":{"unit1":1,"unit2":2}},
                 "bunches":"1",
                 "storage":{"out":{"unit1":{"stacked":{"type10EUR1":{"fit":1}}},
                                   "unit2":{"stacked":{"type20EUR1":{"fit":2}}}}}}"""));
    client.succeed("CashDispenser.Present");
    client.event("CashManagement.ItemsPresentedEvent");
    machine.hands(machine.dispenser::take);
    client.event("CashManagement.ItemsTakenEvent");

    JsonObject status =
        client.succeed("CashDispenser.GetPresentStatus", new JsonObject().put("nonce", "1415"));
    assertThat(status.getString("presentState")).isEqualTo("presented");
    DispenseToken answer = DispenseToken.parse(status.getString("token"));
    assertThat(answer.isSignedWith(TestMachine.DEVICE_KEY)).isTrue();
    assertThat(answer.values())
        .containsEntry("NONCE", "1415")
        .containsEntry("DISPENSED1", "50.00EUR")
        .containsEntry("PRESENTED1", "YES")
        .containsEntry("PRESENTEDAMOUNT1", "50.00EUR")
        .containsEntry("RETRACTED1", "NO")
        .containsKey("DISPENSEID");
  }
}
