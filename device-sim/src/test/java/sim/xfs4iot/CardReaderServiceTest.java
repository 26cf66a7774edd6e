package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.When;

/// A card's way, as section 9.3 of the sheet tells it.
class CardReaderServiceTest {
  @TempDir Path folder;
  private TestMachine machine;
  private TestClient client;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder);
    client = machine.client("card-reader");
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private JsonObject insertAndRead(JsonObject wanted) {
    long id = client.send("CardReader.ReadRawData", wanted);
    client.event("CardReader.InsertCardEvent");
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    client.event("CardReader.MediaInsertedEvent");
    return client.succeeded(id);
  }

  private static JsonObject move(String from, String to) {
    return new JsonObject().put("from", from).put("to", to);
  }

  private String media() {
    return client.succeed("Common.Status").getJsonObject("cardReader").getString("media");
  }

  @Test
  void aCardIsReadGivenBackAndTaken() {
    JsonObject tracks =
        insertAndRead(new JsonObject().put("track1", true).put("track2", true).put("chip", true));
    byte[] track2 = Base64.getDecoder().decode(tracks.getJsonObject("track2").getString("data"));
    assertThat(new String(track2, StandardCharsets.US_ASCII))
        .isEqualTo("4000001234567899=29122010000012300000");
    assertThat(tracks.getJsonObject("track1").getString("status"))
        .isEqualTo("dataSourceNotSupported");
    assertThat(tracks.containsKey("track3")).isFalse();
    assertThat(media()).isEqualTo("present");
    client.succeed("CardReader.Move", new JsonObject());
    assertThat(media()).isEqualTo("entering");
    machine.hands(machine.reader::take);
    client.event("CardReader.MediaRemovedEvent");
    assertThat(media()).isEqualTo("notPresent");
  }

  @Test
  void aCardInsideIsReadAtOnceWithoutInsertEvents() {
    insertAndRead(new JsonObject().put("track2", true));
    int before = client.story().size();
    client.succeed("CardReader.ReadRawData", new JsonObject().put("track2", true));
    assertThat(client.story().subList(before, client.story().size()))
        .doesNotContain("CardReader.InsertCardEvent", "CardReader.MediaInsertedEvent");
  }

  @Test
  void aCardLeftAtTheExitIsRetained() {
    insertAndRead(new JsonObject().put("track2", true));
    client.succeed("CardReader.Move", move("transport", "exit"));
    assertThat(TestClient.error(client.call("CardReader.Move", move("transport", "unit1"))))
        .isEqualTo("noMedia");
    client.succeed("CardReader.Move", move("exit", "unit1"));
    client.event("Storage.CountsChangedEvent");
    assertThat(
            client
                .succeed("Storage.GetStorage")
                .getJsonObject("storage")
                .getJsonObject("unit1")
                .getJsonObject("card")
                .getJsonObject("status")
                .getInteger("retainCount"))
        .isEqualTo(1);
    assertThat(media()).isEqualTo("notPresent");
  }

  @Test
  void anUnreadableTrackIsMissingData() {
    machine.hands(() -> machine.reader.fault("unreadable", When.ONCE));
    assertThat(insertAndRead(new JsonObject().put("track2", true)).getJsonObject("track2"))
        .isEqualTo(new JsonObject().put("status", "dataMissing"));
  }

  @Test
  void aJammedCardIsFreedByReset() {
    machine.hands(() -> machine.reader.fault("jam", When.ONCE));
    long id = client.send("CardReader.ReadRawData", new JsonObject().put("track2", true));
    client.event("CardReader.InsertCardEvent");
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    assertThat(TestClient.error(client.completion(id))).isEqualTo("mediaJam");
    assertThat(media()).isEqualTo("jammed");
    assertThat(TestClient.error(client.call("CardReader.Move", new JsonObject())))
        .isEqualTo("mediaJam");
    client.succeed("CardReader.Reset", new JsonObject().put("to", "retain"));
    assertThat(
            client
                .event("CardReader.MediaDetectedEvent")
                .getJsonObject("payload")
                .getString("position"))
        .isEqualTo("unit1");
  }

  @Test
  void movesThatCannotBeAreRefused() {
    assertThat(TestClient.error(client.call("CardReader.Move", new JsonObject())))
        .isEqualTo("noMedia");
    assertThat(TestClient.code(client.call("CardReader.Move", move("unit1", "exit"))))
        .isEqualTo("unsupportedData");
    assertThat(TestClient.code(client.call("CardReader.Move", move("exit", "unit9"))))
        .isEqualTo("unsupportedData");
    assertThat(TestClient.code(client.call("CardReader.ReadRawData", new JsonObject())))
        .isEqualTo("invalidData");
  }

  @Test
  void aPowerCutWhileWaitingLosesTheClientAndNothingElse() {
    client.send("CardReader.ReadRawData", new JsonObject().put("track2", true));
    client.event("CardReader.InsertCardEvent");
    machine.hands(machine.reader::powerCut);
    client.awaitLost();
    client = machine.client("card-reader");
    insertAndRead(new JsonObject().put("track2", true));
  }
}
