package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.xfs4iot.MessageTable.Strictness;

/// The differences of section 10: what a client meets at KAL's services.
class KalDialectTest {
  @TempDir Path folder;
  private TestMachine machine;
  private TestClient client;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder, Dialect.KAL, 0, SecurityKeys.none());
    client = machine.client("card-reader", Strictness.READING);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void successIsSaidAndTheAcknowledgeHasTheCommandsVersion() {
    client.raw(TestClient.command("Common.Status", "3.0", 1).encode());
    assertThat(client.acknowledge(1).getJsonObject("header").getString("version")).isEqualTo("3.0");
    assertThat(TestClient.code(client.completion(1))).isEqualTo("success");
  }

  @Test
  void whatNobodyAskedForIsAnEventWithoutANumber() {
    long id = client.send("CardReader.ReadRawData", new JsonObject().put("track2", true));
    client.event("CardReader.InsertCardEvent");
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    client.succeeded(id);
    client.succeed("CardReader.Move", new JsonObject().put("from", "transport").put("to", "exit"));
    machine.hands(machine.reader::take);
    JsonObject header = client.event("CardReader.MediaRemovedEvent").getJsonObject("header");
    assertThat(header.getString("type")).isEqualTo("event");
    assertThat(header.containsKey("requestId")).isFalse();
  }

  @Test
  void interfaceNamesAreInCamelCase() {
    assertThat(
            client.succeed("Common.Capabilities").getJsonArray("interfaces").stream()
                .map(each -> ((JsonObject) each).getString("name")))
        .contains("common", "cardReader");
  }

  @Test
  void aMoveNeedsBothEnds() {
    assertThat(TestClient.code(client.call("CardReader.Move", new JsonObject())))
        .isEqualTo("invalidData");
  }

  @Test
  void nonsenseCostsTheConnection() {
    client.raw("nonsense");
    client.awaitLost();
    TestClient other = machine.client("card-reader", Strictness.READING);
    other.raw(TestClient.command("CardReader.Sing", "1.0", 1).encode());
    other.awaitLost();
  }
}
