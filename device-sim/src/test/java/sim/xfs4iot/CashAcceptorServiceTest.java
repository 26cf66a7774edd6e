package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sim.mechanics.Paper;
import sim.mechanics.When;

/// Cash in, as sections 8 and 9.8 of the sheet tell it.
class CashAcceptorServiceTest {
  @TempDir Path folder;
  private TestMachine machine;
  private TestClient client;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder);
    client = machine.client("cash-acceptor");
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void notesAreCountedRefusedAndStoredInTheOrderOfTheSheet() {
    client.succeed("CashAcceptor.CashInStart");
    JsonObject items = cashIn("20 EUR", "20 EUR", "20 EUR torn", "50 EUR counterfeit");

    assertThat(items)
        .isEqualTo(
            Json.read(
                """
                {"items":{"type20EUR1":{"fit":2},"type50EUR1":{"counterfeit":1}}}"""));
    assertThat(client.event("CashAcceptor.InputRefuseEvent").getJsonObject("payload"))
        .isEqualTo(new JsonObject().put("reason", "invalidBill"));
    List<String> story = client.story().stream().filter(line -> !line.contains("Storage")).toList();
    assertThat(story.stream().filter(line -> line.matches("(ack|done|CashAcceptor|.*Items).*")))
        .containsSubsequence(
            "ack CashAcceptor.CashIn",
            "CashAcceptor.InsertItemsEvent",
            "CashManagement.ItemsInsertedEvent",
            "CashAcceptor.InputRefuseEvent",
            "CashManagement.ItemsPresentedEvent",
            "CashAcceptor.SubCashInEvent",
            "done CashAcceptor.CashIn");
    machine.hands(machine.acceptor::take);
    client.event("CashManagement.ItemsTakenEvent");

    assertThat(client.succeed("CashAcceptor.CashInEnd"))
        .isEqualTo(
            Json.read(
                """
                {"storage":{"unit1":{"deposited":{"type20EUR1":{"fit":2}}}}}"""));
    assertThat(client.succeed("CashAcceptor.GetCashInStatus"))
        .isEqualTo(
            Json.read(
                """
                {"status":"ok","numOfRefused":1,
                 "noteNumberList":{"type20EUR1":{"fit":2},"type50EUR1":{"counterfeit":1}}}"""));
  }

  @Test
  void notesComeBackAndAreTaken() {
    client.succeed("CashAcceptor.CashInStart");
    cashIn("20 EUR");
    client.succeed("CashAcceptor.CashInRollback");
    client.event("CashManagement.ItemsPresentedEvent");
    assertThat(status("positionStatus")).isEqualTo("notEmpty");
    machine.hands(machine.acceptor::take);
    client.event("CashManagement.ItemsTakenEvent");

    assertThat(status("positionStatus")).isEqualTo("empty");
    assertThat(client.succeed("CashAcceptor.GetCashInStatus"))
        .isEqualTo(
            Json.read(
                """
                {"status":"rollback","numOfRefused":0,
                 "noteNumberList":{"type20EUR1":{"fit":1}}}"""));
  }

  @Test
  void theUnitsSayWhatIsInThem() {
    client.succeed("CashAcceptor.CashInStart");
    cashIn("20 EUR", "50 EUR counterfeit", "foreign");
    client.succeed("CashAcceptor.CashInEnd");
    client.succeed("CashManagement.Retract", retract("retract"));

    JsonObject storage = client.succeed("Storage.GetStorage").getJsonObject("storage");
    assertThat(in(storage, "unit1"))
        .isEqualTo(Json.read("{\"deposited\":{\"type20EUR1\":{\"fit\":1}}}"));
    assertThat(in(storage, "unit2"))
        .isEqualTo(Json.read("{\"deposited\":{\"type50EUR1\":{\"counterfeit\":1}}}"));
    assertThat(in(storage, "unit3"))
        .isEqualTo(Json.read("{\"retractOperations\":1,\"retracted\":{\"unrecognized\":1}}"));
    assertThat(
            client.succeed("CashManagement.GetBankNoteTypes").getJsonObject("items").fieldNames())
        .containsExactlyInAnyOrder("type20EUR1", "type50EUR1");
  }

  @Test
  void aBinThatFillsUpIsTold() {
    client.succeed("CashAcceptor.CashInStart");
    cashIn(Stream.generate(() -> "20 EUR").limit(9).toArray(String[]::new));
    client.succeed("CashAcceptor.CashInEnd");

    assertThat(client.event("Storage.StorageThresholdEvent").encode())
        .contains("\"replenishmentStatus\":\"high\"");
    client.succeed("CashAcceptor.CashInStart");
    assertThat(cashIn("20 EUR", "20 EUR").getJsonObject("items").encode())
        .isEqualTo("{\"type20EUR1\":{\"fit\":1}}");
    assertThat(client.event("CashAcceptor.InputRefuseEvent").getJsonObject("payload"))
        .isEqualTo(new JsonObject().put("reason", "cashInUnitFull"));
  }

  @ParameterizedTest
  @CsvSource({
    "CashAcceptor.CashIn, noCashInActive",
    "CashAcceptor.CashInEnd, noCashInActive",
    "CashAcceptor.CashInRollback, noCashInActive",
    "CashManagement.Retract, noItems"
  })
  void outsideOfATransactionThereIsNothingToDo(String command, String error) {
    JsonObject payload = command.endsWith("Retract") ? retract("retract") : null;
    assertThat(TestClient.error(client.call(command, payload))).isEqualTo(error);
  }

  @Test
  void withinATransactionErrorsHaveTheirNames() {
    client.succeed("CashAcceptor.CashInStart");
    assertThat(TestClient.error(client.call("CashAcceptor.CashInStart"))).isEqualTo("cashInActive");
    cashIn("20 EUR", "foreign");
    assertThat(TestClient.error(client.call("CashAcceptor.CashIn"))).isEqualTo("positionNotEmpty");
    assertThat(TestClient.error(client.call("CashAcceptor.CashInRollback")))
        .isEqualTo("positionNotEmpty");
    machine.hands(machine.acceptor::take);
    machine.hands(() -> machine.acceptor.fault("shutter-jam", When.NOW));
    assertThat(TestClient.error(client.call("CashAcceptor.CashIn"))).isEqualTo("shutterNotOpen");
    assertThat(TestClient.error(client.call("CashAcceptor.CashInRollback")))
        .isEqualTo("shutterNotOpen");
    machine.hands(() -> machine.acceptor.clearFault("shutter-jam"));
    machine.hands(() -> machine.acceptor.fault("bin-full", When.NOW));
    assertThat(TestClient.error(client.call("CashAcceptor.CashInEnd"))).isEqualTo("cashUnitError");
    assertThat(client.event("Storage.StorageErrorEvent").encode()).contains("\"failure\":\"full\"");
    machine.hands(() -> machine.acceptor.clearFault("bin-full"));
    machine.hands(() -> machine.acceptor.fault("escrow-stuck", When.NOW));
    assertThat(TestClient.error(client.call("CashAcceptor.CashInEnd"))).isEqualTo("hardwareError");
    assertThat(TestClient.error(client.call("CashManagement.Retract", retract("retract"))))
        .isEqualTo("incompleteRetract");
    machine.hands(() -> machine.acceptor.clearFault("escrow-stuck"));
    client.succeed("CashAcceptor.CashInEnd");
    client.succeed("CashAcceptor.CashInStart");
    assertThat(TestClient.error(client.call("CashAcceptor.CashInEnd"))).isEqualTo("noItems");
    assertThat(client.succeed("CashAcceptor.GetCashInStatus").getString("status")).isEqualTo("ok");
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    JsonObject limit = new JsonObject().put("totalItemsLimit", 5);
    assertThat(TestClient.code(client.call("CashAcceptor.CashInStart", limit)))
        .isEqualTo("unsupportedData");
    JsonObject amount =
        new JsonObject()
            .put(
                "amountLimit",
                new JsonArray().add(new JsonObject().put("currency", "EUR").put("value", 50)));
    assertThat(TestClient.code(client.call("CashAcceptor.CashInStart", amount)))
        .isEqualTo("unsupportedData");
    JsonObject rear = new JsonObject().put("inputPosition", "inRear");
    assertThat(TestClient.error(client.call("CashAcceptor.CashInStart", rear)))
        .isEqualTo("unsupportedPosition");
    assertThat(TestClient.error(client.call("CashManagement.Retract", retract("stacker"))))
        .isEqualTo("notRetractArea");
    assertThat(
            TestClient.error(
                client.call(
                    "CashManagement.Reset",
                    new JsonObject().put("position", new JsonObject().put("target", "reject")))))
        .isEqualTo("unsupportedPosition");
    assertThat(TestClient.error(client.call("CashAcceptor.CreateSignature")))
        .isEqualTo("unsupportedCommand");
  }

  @Test
  void waitingForNotesEndsAtItsTimeAtACancelOrWithItsClient() {
    client.succeed("CashAcceptor.CashInStart");
    long timed = client.send("CashAcceptor.CashIn", null, 20);
    assertThat(TestClient.code(client.completion(timed))).isEqualTo("timeOut");

    long waiting = client.send("CashAcceptor.CashIn");
    client.event("CashAcceptor.InsertItemsEvent");
    client.succeed(
        "Common.Cancel", new JsonObject().put("requestIds", new JsonArray().add(waiting)));
    assertThat(TestClient.code(client.completion(waiting))).isEqualTo("canceled");

    TestClient other = machine.client("cash-acceptor");
    other.send("CashAcceptor.CashIn");
    other.await("an open slot", m -> TestClient.name(m).equals("CashAcceptor.InsertItemsEvent"));
    other.close();
    client.await(
        "a closed shutter",
        m ->
            TestClient.name(m).equals("CashManagement.ShutterStatusChangedEvent")
                && m.getJsonObject("payload").getString("shutter").equals("closed")
                && !machine.hands(() -> machine.acceptor.wantsNotes()));
    assertThat(client.succeed("CashAcceptor.GetCashInStatus").getString("status"))
        .isEqualTo("active");
  }

  @Test
  void aResetTakesAllToTheRetractBin() {
    client.succeed("CashAcceptor.CashInStart");
    cashIn("20 EUR", "foreign");
    assertThat(client.succeed("CashManagement.Reset").encode())
        .isEqualTo(
            "{\"storage\":{\"unit3\":{\"retractOperations\":1,"
                + "\"retracted\":{\"type20EUR1\":{\"fit\":1},\"unrecognized\":1}}}}");
    assertThat(client.event("CashManagement.MediaDetectedEvent").getJsonObject("payload"))
        .isEqualTo(new JsonObject().put("target", "retract"));
    assertThat(client.succeed("CashAcceptor.GetCashInStatus").getString("status"))
        .isEqualTo("reset");
  }

  @Test
  void aStickingNoteIsToBeSeenInTheStatus() {
    client.succeed("CashAcceptor.CashInStart");
    machine.hands(() -> machine.acceptor.fault("jam", When.atNote(2)));
    long id = openSlot();
    insert("20 EUR", "50 EUR", "20 EUR");
    assertThat(TestClient.code(client.completion(id))).isEqualTo("hardwareError");

    assertThat(status("transport")).isEqualTo("inoperative");
    assertThat(status("transportStatus")).isEqualTo("notEmpty");
    assertThat(status("positionStatus")).as("the third came back").isEqualTo("notEmpty");
    JsonObject now = client.succeed("Common.Status");
    assertThat(now.getJsonObject("cashManagement").getString("acceptor")).isEqualTo("stop");
    assertThat(now.getJsonObject("cashAcceptor").getString("intermediateStacker"))
        .isEqualTo("notEmpty");
  }

  private JsonObject cashIn(String... notes) {
    long id = openSlot();
    insert(notes);
    return client.succeeded(id);
  }

  private long openSlot() {
    long id = client.send("CashAcceptor.CashIn");
    client.event("CashAcceptor.InsertItemsEvent");
    return id;
  }

  private void insert(String... notes) {
    machine.hands(() -> machine.acceptor.insert(Stream.of(notes).map(Paper::parse).toList()));
  }

  private String status(String property) {
    return client
        .succeed("Common.Status")
        .getJsonObject("cashAcceptor")
        .getJsonArray("positions")
        .getJsonObject(1)
        .getString(property);
  }

  private static JsonObject in(JsonObject storage, String unit) {
    return storage
        .getJsonObject(unit)
        .getJsonObject("cash")
        .getJsonObject("status")
        .getJsonObject("in");
  }

  private static JsonObject retract(String area) {
    return new JsonObject().put("location", new JsonObject().put("retractArea", area));
  }
}
