package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules that hold for every service: transport, envelope, queue, cancel, versions.
class EngineTest {
  @TempDir Path folder;
  private TestMachine machine;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private static JsonObject read() {
    return new JsonObject().put("track2", true);
  }

  // Transport.

  @Test
  void thePublisherTellsTheServicesUnderTheNameItWasCalledBy() {
    TestClient client = machine.client("");
    JsonObject told = client.succeed("ServicePublisher.GetServices");
    String root = "ws://127.0.0.1:" + machine.server.port() + "/xfs4iot/v1.0/";
    assertThat(told.getJsonArray("services").stream())
        .extracting(service -> ((JsonObject) service).getString("serviceURI"))
        .containsExactlyInAnyOrder(
            root + "card-reader/",
            root + "pin-pad/",
            root + "cash-dispenser/",
            root + "cash-acceptor/",
            root + "receipt-printer/");
    assertThat(client.story())
        .containsExactly(
            "ack ServicePublisher.GetServices",
            "ServicePublisher.ServiceDetailEvent",
            "done ServicePublisher.GetServices");
  }

  @ParameterizedTest
  @CsvSource({
    "/XFS4IoT/V1.0/Card-Reader/, 101",
    "/xfs4iot/v1.0/card-reader, 101",
    "/xfs4iot/v1.0, 101",
    "/xfs4iot/v1.0/coffee-machine, 404",
    "/elsewhere, 404"
  })
  void pathsAreTakenWithIndulgenceAndUnknownOnesRefused(String path, int status) {
    assertThat(handshake(path, null)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, 101",
    "http://127.0.0.1, 101",
    "https://evil.example, 403",
    "http://localhost.evil.example, 403",
    "null, 403"
  })
  void aPageOfAnotherHostIsNotLetIn(String origin, int status) {
    assertThat(handshake("/xfs4iot/v1.0/card-reader", origin)).isEqualTo(status);
  }

  private int handshake(String path, String origin) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(machine.server.port())
            .setURI(path);
    if (origin != null) options.addHeader("Origin", origin);
    WebSocketClient client = machine.vertx.createWebSocketClient();
    try {
      Waiting.on(
          client.connect(options).compose(ws -> ws.close()).eventually(() -> client.close()));
      return 101;
    } catch (UpgradeRejectedException e) {
      return e.getStatus();
    }
  }

  @Test
  void plainHttpIsABadRequest() {
    HttpClient client = machine.vertx.createHttpClient();
    int status =
        Waiting.on(
            client
                .request(
                    HttpMethod.GET, machine.server.port(), "127.0.0.1", "/xfs4iot/v1.0/card-reader")
                .compose(request -> request.send())
                .map(response -> response.statusCode())
                .eventually(() -> client.close()));
    assertThat(status).isEqualTo(400);
  }

  @Test
  void moreThan64ClientsOfAServiceAreRefused() {
    for (int i = 0; i < Xfs4IotServer.CLIENTS_MAX; i++) machine.client("card-reader");
    assertThatThrownBy(() -> machine.client("card-reader"))
        .isInstanceOf(UpgradeRejectedException.class);
    machine.client("pin-pad").succeed("Common.Status");
  }

  @Test
  void anOversizedMessageEndsOnlyThatConnection() {
    TestClient loud = machine.client("card-reader");
    TestClient calm = machine.client("card-reader");
    loud.raw("x".repeat(Xfs4IotServer.MESSAGE_MAX + 1));
    loud.awaitLost();
    calm.succeed("Common.Status");
  }

  @Test
  void aBinaryFrameOfUtf8IsAMessageToo() {
    TestClient client = machine.client("card-reader");
    JsonObject command = TestClient.command("Common.Status", "2.0", 9);
    client.rawBytes(command.encode().getBytes(StandardCharsets.UTF_8));
    client.succeeded(9);
  }

  // The envelope.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not JSON at all                                                       | Common.Acknowledge | invalidMessage
          {"header":                                                            | Common.Acknowledge | invalidMessage
          []                                                                    | Common.Acknowledge | invalidMessage
          {}                                                                    | Common.Acknowledge | invalidMessage
          {"header":7}                                                          | Common.Acknowledge | invalidMessage
          {"header":{},"header":{}}                                             | Common.Acknowledge | invalidMessage
          {"header":{"type":"event","name":"Common.Status","version":"2.0","requestId":0}} | Common.Status | invalidMessage
          {"header":{"type":"command","name":"Status","version":"2.0"}}         | Common.Acknowledge | invalidMessage
          {"header":{"type":"command","name":"Common.Status","version":2.0}}    | Common.Status | invalidMessage
          {"header":{"type":"command","name":"Common.Status","version":"2.0"}}  | Common.Status | invalidRequestID
          {"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":0}}   | Common.Status | invalidRequestID
          {"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":-1}}  | Common.Status | invalidRequestID
          {"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":1.5}} | Common.Status | invalidRequestID
          {"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":"1"}} | Common.Status | invalidRequestID
          {"header":{"type":"command","name":"Common.Status","version":"2.0","requestId":99999999999999999999}} | Common.Status | invalidRequestID
          """)
  void aBadEnvelopeIsRefusedAndNothingFollows(String message, String name, String status) {
    TestClient client = machine.client("card-reader");
    client.raw(message);
    JsonObject refusal = client.await("refusal", _ -> true);
    assertThat(refusal.getJsonObject("header"))
        .isEqualTo(
            new JsonObject()
                .put("type", "acknowledge")
                .put("name", name)
                .put("version", "2.0")
                .put("requestId", 0)
                .put("status", status));
    client.succeed("Common.Status");
    assertThat(client.story())
        .containsExactly("ack " + name, "ack Common.Status", "done Common.Status");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "timeout":-1
          "timeout":"soon"
          "completionCode":"success"
          "colour":"red"
          """)
  void aHeaderFieldThatDoesNotBelongIsAnInvalidMessageOfThatNumber(String field) {
    TestClient client = machine.client("card-reader");
    client.raw(
        "{\"header\":{\"type\":\"command\",\"name\":\"Common.Status\",\"version\":\"2.0\","
            + "\"requestId\":5,"
            + field
            + "}}");
    assertThat(client.acknowledge(5).getJsonObject("header").getString("status"))
        .isEqualTo("invalidMessage");
  }

  @Test
  void rubbishInBinaryDoesNotDisturb() {
    TestClient client = machine.client("card-reader");
    client.rawBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
    client.rawBytes(new byte[0]);
    client.raw("[".repeat(100_000));
    client.raw("{\"header\":".repeat(100_000));
    client.raw("{\"header\":{\"requestId\":1e999999999}}");
    for (int i = 0; i < 5; i++) client.await("refusal", _ -> true);
    client.succeed("Common.Status");
  }

  @Test
  void aRequestIdInUseIsRefusedAndTheFirstGoesOn() {
    TestClient client = machine.client("card-reader");
    long id = client.send("CardReader.ReadRawData", read());
    client.event("CardReader.InsertCardEvent");
    client.raw(
        TestClient.command("CardReader.ReadRawData", "2.0", id).put("payload", read()).encode());
    JsonObject refusal =
        client.await(
            "refusal",
            m -> "invalidRequestID".equals(m.getJsonObject("header").getString("status")));
    assertThat(refusal.getJsonObject("header").getInteger("requestId")).isZero();
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    client.succeeded(id);
  }

  // Names, versions, payloads.

  @ParameterizedTest
  @CsvSource({
    "CardReader.Sing, 1.0, invalidCommand",
    "CashDispenser.Dispense, 3.0, invalidCommand",
    "CardReader.ChipIO, 3.0, unsupportedCommand",
    "Common.GetCommandNonce, 2.0, unsupportedCommand",
    "CardReader.Move, 3.0, unsupportedCommand",
    "CardReader.Move, 2.1, unsupportedCommand",
    "CardReader.Move, 1.0, unsupportedCommand"
  })
  void namesAndVersionsThatAreNotServed(String name, String version, String code) {
    TestClient client = machine.client("card-reader");
    client.raw(TestClient.command(name, version, 77).encode());
    JsonObject completion = client.await("completion", message -> TestClient.code(message) != null);
    assertThat(TestClient.code(completion)).isEqualTo(code);
  }

  @Test
  void statusIsReadInTheVersionsThatClientsStartWith() {
    TestClient client = machine.client("card-reader");
    int id = 100;
    for (String version : List.of("2.0", "2.1", "3.0")) {
      client.raw(TestClient.command("Common.Status", version, ++id).encode());
      client.succeeded(id);
    }
  }

  @Test
  void aPayloadAgainstTheTableIsInvalidDataAndSaysWhere() {
    TestClient client = machine.client("card-reader");
    client.raw(
        TestClient.command("CardReader.Move", "2.0", 5)
            .put("payload", new JsonObject().put("from", 3))
            .encode());
    JsonObject completion = client.completion(5);
    assertThat(TestClient.code(completion)).isEqualTo("invalidData");
    assertThat(completion.getJsonObject("header").getString("errorDescription"))
        .startsWith("payload.from: saw the number 3, wanted a string");
  }

  @Test
  void setVersionsTakesWhatIsOfferedOnly() {
    TestClient client = machine.client("card-reader");
    client.succeed("Common.SetVersions", Json.read("{\"commands\":{\"CardReader.Move\":2}}"));
    client.succeed("Common.SetVersions", Json.read("{\"commands\":{\"Common.Status\":3}}"));
    client.succeed(
        "Common.SetVersions", Json.read("{\"events\":{\"CardReader.InsertCardEvent\":2}}"));
    Map<String, String> wrong = new HashMap<>();
    wrong.put("{\"commands\":{\"CardReader.Move\":3}}", "unsupportedData");
    wrong.put("{\"commands\":{\"CardReader.ChipIO\":3}}", "unsupportedData");
    wrong.put("{\"events\":{\"CardReader.Move\":2}}", "unsupportedData");
    wrong.put("{}", "invalidData");
    wrong.forEach(
        (payload, code) ->
            assertThat(TestClient.code(client.call("Common.SetVersions", Json.read(payload))))
                .as(payload)
                .isEqualTo(code));
  }

  @Test
  void capabilitiesListEveryCommandThatIsServed() {
    for (String service : List.of("card-reader", "pin-pad", "cash-dispenser", "receipt-printer")) {
      JsonArray interfaces =
          machine.client(service).succeed("Common.Capabilities").getJsonArray("interfaces");
      assertThat(interfaces.stream().map(each -> ((JsonObject) each).getString("name")))
          .as(service)
          .contains("Common")
          .doesNotHaveDuplicates();
    }
    JsonObject common =
        machine
            .client("cash-dispenser")
            .succeed("Common.Capabilities")
            .getJsonObject("common")
            .getJsonObject("endToEndSecurity");
    assertThat(common.getString("required")).isEqualTo("always");
  }

  // The queue.

  @Test
  void commandsRunOneAtATimeOverAllClientsAndReadersBeside() {
    TestClient one = machine.client("card-reader");
    TestClient other = machine.client("card-reader");
    long reading = one.send("CardReader.ReadRawData", read());
    one.event("CardReader.InsertCardEvent");
    long waiting = other.send("CardReader.Reset", new JsonObject().put("to", "exit"));
    other.acknowledge(waiting);
    other.succeed("Common.Status");
    other.succeed("Storage.GetStorage");
    assertThat(other.story()).doesNotContain("done CardReader.Reset");

    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    one.succeeded(reading);
    other.succeeded(waiting);
    assertThat(other.got("CardReader.MediaInsertedEvent")).as("events of another's").isFalse();
  }

  @Test
  void thousandsOfCommandsAreAnsweredAndThoseTooManyRefused() {
    TestClient client = machine.client("card-reader");
    long reading = client.send("CardReader.ReadRawData", read());
    client.event("CardReader.InsertCardEvent");
    int sent = 5000;
    long first = 0;
    for (int i = 0; i < sent; i++) {
      long id = client.send("CardReader.Move", new JsonObject());
      if (i == 0) first = id;
    }
    int refused = 0;
    for (long id = first; id < first + sent; id++) {
      String status = client.acknowledge(id).getJsonObject("header").getString("status");
      if ("tooManyRequests".equals(status)) refused++;
      else assertThat(status).isNull();
    }
    assertThat(refused).isEqualTo(sent - Service.WAITING_MAX);
    client.succeed("Common.Cancel", new JsonObject().put("requestIds", ids(reading)));
    for (int i = 0; i < Service.WAITING_MAX; i++) {
      assertThat(TestClient.error(client.completion(first + i))).isEqualTo("noMedia");
    }
  }

  private static JsonArray ids(long... ids) {
    JsonArray array = new JsonArray();
    for (long id : ids) array.add(id);
    return array;
  }

  // Cancel, time-out, lost clients.

  @Test
  void aWaitingReadIsCancelledAndSaysSo() {
    TestClient client = machine.client("card-reader");
    long reading = client.send("CardReader.ReadRawData", read());
    client.event("CardReader.InsertCardEvent");
    client.succeed("Common.Cancel", new JsonObject().put("requestIds", ids(reading)));
    assertThat(TestClient.code(client.completion(reading))).isEqualTo("canceled");
    assertThat(client.call("Common.Cancel").getJsonObject("payload").getString("errorCode"))
        .isEqualTo("noMatchingRequestIDs");
  }

  @Test
  void cancelReachesOnlyItsOwnConnection() {
    TestClient one = machine.client("card-reader");
    long reading = one.send("CardReader.ReadRawData", read());
    one.event("CardReader.InsertCardEvent");
    JsonObject answer = machine.client("card-reader").call("Common.Cancel");
    assertThat(TestClient.error(answer)).isEqualTo("noMatchingRequestIDs");
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    one.succeeded(reading);
  }

  @Test
  void aCommandStillQueuedIsCancelledAndNeverRuns() {
    TestClient client = machine.client("card-reader");
    long reading = client.send("CardReader.ReadRawData", read());
    client.event("CardReader.InsertCardEvent");
    long queued = client.send("CardReader.ReadRawData", read());
    client.succeed("Common.Cancel", new JsonObject().put("requestIds", ids(queued)));
    assertThat(TestClient.code(client.completion(queued))).isEqualTo("canceled");
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    client.succeeded(reading);
  }

  @Test
  void aCancelThatComesTooLateLetsTheCommandEndNormally() {
    TestMachine slow = new TestMachine(folder, Dialect.SPEC, 1, SecurityKeys.none());
    try (slow) {
      TestClient client = slow.client("card-reader");
      long reading = client.send("CardReader.ReadRawData", read());
      client.event("CardReader.InsertCardEvent");
      slow.hands(() -> slow.reader.insert(TestMachine.ALICE)); // 800 ms on its way in
      client.succeed("Common.Cancel", new JsonObject().put("requestIds", ids(reading)));
      client.succeeded(reading);
    }
  }

  @Test
  void theHeadersTimeoutEndsAWaitWithTimeOut() {
    TestClient client = machine.client("card-reader");
    long reading = client.send("CardReader.ReadRawData", read(), 30);
    long queued = client.send("CardReader.ReadRawData", read(), 20);
    assertThat(TestClient.code(client.completion(queued))).isEqualTo("timeOut");
    assertThat(TestClient.code(client.completion(reading))).isEqualTo("timeOut");
    assertThat(machine.hands(() -> machine.reader.busy())).isEmpty();
  }

  @Test
  void aLostClientsCommandsMakeRoomForTheNext() {
    TestClient lost = machine.client("card-reader");
    lost.send("CardReader.ReadRawData", read());
    lost.event("CardReader.InsertCardEvent");
    lost.send("CardReader.ReadRawData", read());
    lost.close();
    TestClient next = machine.client("card-reader");
    long reading = next.send("CardReader.ReadRawData", read());
    next.event("CardReader.InsertCardEvent");
    machine.hands(() -> machine.reader.insert(TestMachine.ALICE));
    next.succeeded(reading);
  }

  @Test
  void aSessionIsFramedByTransactionState() {
    TestClient client = machine.client("card-reader");
    client.succeed(
        "Common.SetTransactionState",
        new JsonObject().put("state", "active").put("transactionID", "S-000042"));
    assertThat(client.succeed("Common.GetTransactionState"))
        .isEqualTo(new JsonObject().put("state", "active").put("transactionID", "S-000042"));
    machine.hands(machine.reader::powerCut);
    client.awaitLost();
  }
}
