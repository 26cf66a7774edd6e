package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sim.mechanics.When;

/// Cash out, as sections 9.6 and 9.7 of the sheet tell it.
class CashDispenserServiceTest {
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

  // Tokens: what is refused moves nothing and leaves the present status as it was.

  @ParameterizedTest
  @CsvSource({
    "none, invalidToken",
    "a number, invalidTokenFormat",
    "rubbish, invalidTokenFormat",
    "cut short, invalidTokenFormat",
    "wrong length, invalidTokenFormat",
    "forged, invalidTokenHMAC",
    "of another key, invalidTokenHMAC",
    "of another nonce, invalidTokenNonce",
    "too small, invalidToken",
    "of another currency, invalidToken"
  })
  void aBadTokenDispensesNothing(String kind, String code) {
    String nonce = client.succeed("Common.GetCommandNonce").getString("commandNonce");
    String good = Cash.token(nonce, "50.00EUR");
    Object token =
        switch (kind) {
          case "none" -> null;
          case "a number" -> 5;
          case "rubbish" -> "give me money";
          case "cut short" -> good.substring(0, good.length() - 1);
          case "wrong length" -> good.replace("TOKENLENGTH=0164", "TOKENLENGTH=0165");
          case "forged" -> good.replace("50.00EUR", "90.00EUR");
          case "of another key" ->
              DispenseToken.sign(nonce, "DISPENSE1=50.00EUR,", new byte[32]).text();
          case "of another nonce" -> Cash.token("A".repeat(32), "50.00EUR");
          case "too small" -> Cash.token(nonce, "49.99EUR");
          case "of another currency" -> Cash.token(nonce, "50.00USD");
          default -> throw new IllegalArgumentException(kind);
        };
    JsonObject before = client.succeed("CashDispenser.GetPresentStatus");
    JsonObject payload = Cash.request(50, 1, 2);
    if (token != null) payload.put("token", token);
    client.raw(
        TestClient.command("CashDispenser.Dispense", "3.0", 999).put("payload", payload).encode());
    assertThat(TestClient.code(client.completion(999))).isEqualTo(code);
    assertThat(client.succeed("CashDispenser.GetPresentStatus")).isEqualTo(before);
    assertThat(machine.hands(() -> machine.dispenser.stacker())).isEmpty();
  }

  @Test
  void aTokenWithoutAStoredNonceOrKeyDispensesNothing() {
    JsonObject payload =
        Cash.request(50, 1, 2).put("token", Cash.token("A".repeat(32), "50.00EUR"));
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", payload)))
        .isEqualTo("noCommandNonce");
    try (TestMachine keyless =
        new TestMachine(folder.resolve(""), Dialect.SPEC, 0, SecurityKeys.none())) {
      TestClient other = keyless.client("cash-dispenser");
      assertThat(TestClient.code(other.call("CashDispenser.Dispense", payload)))
          .isEqualTo("invalidTokenKeyNoValue");
      assertThat(other.succeed("Common.Status").getJsonObject("common"))
          .contains(Map.entry("endToEndSecurity", "notConfigured"));
    }
  }

  @Test
  void aTokenServesUntilItsSumIsReachedAndThenNeverAgain() {
    String nonce = client.succeed("Common.GetCommandNonce").getString("commandNonce");
    String token = Cash.token(nonce, "50.00EUR");
    client.succeed("CashDispenser.Dispense", Cash.request(30, 1, 1).put("token", token));
    client.succeed("CashDispenser.Reject");

    JsonObject another = Cash.request(20, 0, 1).put("token", Cash.token(nonce, "20.00EUR"));
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", another)))
        .isEqualTo("invalidToken");
    JsonObject above = Cash.request(30, 1, 1).put("token", token);
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", above)))
        .isEqualTo("invalidToken");

    JsonObject rest = Cash.request(20, 0, 1).put("token", token);
    client.succeed("CashDispenser.Dispense", rest);
    client.event("Common.NonceClearedEvent");
    client.succeed("CashDispenser.Reject");
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", rest)))
        .isEqualTo("noCommandNonce");
    client.succeed("Common.GetCommandNonce");
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", rest)))
        .isEqualTo("invalidTokenNonce");
  }

  @Test
  void noncesDoNotRepeatNotEvenOverPowerCuts() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String nonce = client.succeed("Common.GetCommandNonce").getString("commandNonce");
      assertThat(client.succeed("Common.GetCommandNonce").getString("commandNonce"))
          .isEqualTo(nonce);
      assertThat(seen.add(nonce)).isTrue();
      client.succeed("Common.ClearCommandNonce");
      client.event("Common.NonceClearedEvent");
    }
    client.succeed("Common.GetCommandNonce");
    String before = client.succeed("Common.GetCommandNonce").getString("commandNonce");
    client = powerCut();
    assertThat(client.succeed("Common.GetCommandNonce").getString("commandNonce"))
        .isNotEqualTo(before);
  }

  private TestClient powerCut() {
    TestClient old = client;
    machine.hands(machine.dispenser::powerCut);
    old.awaitLost();
    return machine.client("cash-dispenser");
  }

  // Denominate.

  @ParameterizedTest
  @CsvSource({
    "60, 1, 0, 1", // fewest notes; two at most
    "80, 1, 1, 1",
    "40, 0, 2, 0",
    "2000, 0, 0, 40"
  })
  void theFewestNotesAreChosen(int euro, int tens, int twenties, int fifties) {
    JsonObject result =
        client
            .succeed(
                "CashDispenser.Denominate",
                new JsonObject().put("request", Cash.service(euro, "mix1")))
            .getJsonObject("result");
    JsonObject values = new JsonObject();
    if (tens > 0) values.put("unit1", tens);
    if (twenties > 0) values.put("unit2", twenties);
    if (fifties > 0) values.put("unit3", fifties);
    assertThat(result.getJsonObject("values")).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"service":{"currencies":{"EUR":55},"mix":"mix1"}}                       | notDispensable
          {"service":{"currencies":{"EUR":2010},"mix":"mix1"}}                     | tooManyItems
          {"service":{"currencies":{"EUR":1e15},"mix":"mix1"}}                     | tooManyItems
          {"service":{"currencies":{"EUR":1e40},"mix":"mix1"}}                     | invalidDenomination
          {"service":{"currencies":{"EUR":0.001},"mix":"mix1"}}                    | invalidDenomination
          {"service":{"currencies":{"EUR":-50},"mix":"mix1"}}                      | invalidDenomination
          {"service":{"currencies":{"EUR":0},"mix":"mix1"}}                        | invalidDenomination
          {"service":{"currencies":{"USD":50},"mix":"mix1"}}                       | invalidCurrency
          {"service":{"currencies":{"EUR":50},"mix":"mix7"}}                       | invalidMixNumber
          {"service":{"currencies":{"EUR":50},"mix":"mix1","partial":{"unit3":2}}} | invalidDenomination
          {"app":{"currencies":{"EUR":50},"counts":{"unit3":2}}}                   | invalidDenomination
          {"app":{"counts":{"unit3":101}}}                                         | notDispensable
          {"app":{"counts":{"unit4":1}}}                                           | notDispensable
          {"app":{"counts":{"unit99":1}}}                                          | notDispensable
          {"app":{"counts":{"unit1":30,"unit2":30}}}                               | tooManyItems
          {"app":{"counts":{"unit1":-1}}}                                          | invalidData
          {"app":{"counts":{"unit1":null}}}                                        | invalidData
          {"app":{"counts":{"unit1":99999999999999999999}}}                        | invalidData
          {"app":{},"service":{}}                                                  | invalidData
          {}                                                                       | invalidData
          """)
  void whatCannotBePaidIsRefused(String denomination, String error) {
    client.raw(
        TestClient.command("CashDispenser.Denominate", "3.0", 999)
            .put(
                "payload",
                new JsonObject()
                    .put("request", new JsonObject().put("denomination", Json.read(denomination))))
            .encode());
    assertThat(TestClient.error(client.completion(999))).isEqualTo(error);
  }

  @Test
  void aMissingOrLockedCassetteIsNotCountedOn() {
    machine.hands(() -> machine.dispenser.fault("cassette-missing:C3", When.NOW));
    client.event("Storage.StorageChangedEvent");
    client.succeed("Storage.SetStorage", configure("unit2", "appLockOut", true));
    JsonObject request = new JsonObject().put("request", Cash.service(50, "mix1"));
    assertThat(client.succeed("CashDispenser.Denominate", request).getJsonObject("result"))
        .isEqualTo(Json.read("{\"currencies\":{\"EUR\":50},\"values\":{\"unit1\":5}}"));
    for (JsonObject app : List.of(Cash.app(20, 0, 1), Cash.app(50, 0, 0, 1))) {
      assertThat(
              TestClient.error(
                  client.call("CashDispenser.Denominate", new JsonObject().put("request", app))))
          .isEqualTo("cashUnitError");
    }
  }

  private static JsonObject configure(String unit, String name, Object value) {
    JsonObject cash = new JsonObject().put("configuration", new JsonObject().put(name, value));
    return new JsonObject()
        .put("storage", new JsonObject().put(unit, new JsonObject().put("cash", cash)));
  }

  // What becomes of the notes.

  @Test
  void notesLeftAreRetractedAndCounted() {
    client.succeed("CashDispenser.Dispense", Cash.dispense(client, 50, 1, 2));
    client.succeed("CashDispenser.Present");
    JsonObject location =
        new JsonObject()
            .put("location", new JsonObject().put("retractArea", "retract").put("index", 1));
    assertThat(client.succeed("CashManagement.Retract", location))
        .isEqualTo(
            Json.read(
                """
                {"storage":{"unit5":{"retractOperations":1,
                  "retracted":{"type10EUR1":{"fit":1},"type20EUR1":{"fit":2}}}}}"""));
    String token =
        client
            .succeed("CashDispenser.GetPresentStatus", new JsonObject().put("nonce", "7"))
            .getString("token");
    assertThat(DispenseToken.parse(token).values())
        .containsEntry("RETRACTED1", "YES")
        .containsEntry("RETRACTEDAMOUNT1", "50.00EUR");
    JsonObject unit = client.succeed("Storage.GetStorage").getJsonObject("storage");
    assertThat(unit.getJsonObject("unit1").getJsonObject("cash").getJsonObject("status"))
        .isEqualTo(
            Json.read(
                """
                {"index":1,"initial":{"type10EUR1":{"fit":100}},
                 "out":{"presented":{"type10EUR1":{"fit":1}}},
                 "accuracy":"accurateSet","replenishmentStatus":"ok"}"""));
    assertThat(TestClient.error(client.call("CashManagement.Retract", location)))
        .isEqualTo("noItems");
  }

  @Test
  void aRetractThatComesTooLateSaysThatTheItemsWereTaken() {
    client.succeed("CashDispenser.Dispense", Cash.dispense(client, 10, 1));
    client.succeed("CashDispenser.Present");
    machine.hands(machine.dispenser::take);
    assertThat(TestClient.error(client.call("CashManagement.Retract", new JsonObject())))
        .isEqualTo("itemsTaken");
  }

  @Test
  void whatIsOutOfOrderIsRefused() {
    assertThat(TestClient.error(client.call("CashDispenser.Present"))).isEqualTo("noItems");
    assertThat(TestClient.error(client.call("CashDispenser.Reject"))).isEqualTo("noItems");
    client.succeed("CashDispenser.Dispense", Cash.dispense(client, 10, 1));
    assertThat(
            TestClient.error(client.call("CashDispenser.Dispense", Cash.dispense(client, 10, 1))))
        .isEqualTo("itemsLeft");
    JsonObject left = new JsonObject().put("position", "outLeft");
    assertThat(TestClient.error(client.call("CashDispenser.Present", left)))
        .isEqualTo("unsupportedPosition");
  }

  @Test
  void aJamTellsWhatMovedAndFails() {
    machine.hands(() -> machine.dispenser.fault("jam", When.atNote(3)));
    long id = client.send("CashDispenser.Dispense", Cash.dispense(client, 50, 1, 2));
    assertThat(
            client
                .event("CashDispenser.IncompleteDispenseEvent")
                .getJsonObject("payload")
                .getJsonObject("values"))
        .isEqualTo(new JsonObject().put("unit1", 1).put("unit2", 1));
    assertThat(TestClient.code(client.completion(id))).isEqualTo("hardwareError");
    client.succeed(
        "CashManagement.Reset",
        new JsonObject().put("position", new JsonObject().put("target", "reject")));
    client.event("CashManagement.MediaDetectedEvent");
    assertThat(machine.hands(() -> machine.dispenser.stacker())).isEmpty();
  }

  @Test
  void aDoubleNoteGoesToTheRejectBinAndIsReplaced() {
    machine.hands(() -> machine.dispenser.fault("double", When.atNote(1)));
    long id = client.send("CashDispenser.Dispense", Cash.dispense(client, 10, 1));
    client.event("CashManagement.NoteErrorEvent");
    JsonObject storage = client.succeeded(id).getJsonObject("storage");
    assertThat(storage)
        .isEqualTo(
            Json.read(
                """
                {"out":{"unit1":{"rejected":{"type10EUR1":{"fit":2}},
                                 "stacked":{"type10EUR1":{"fit":1}}}},
                 "in":{"unit4":{"rejected":{"type10EUR1":{"fit":2}}}}}"""));
  }

  @Test
  void aLostReplyIsACutConnectionAndTheNotesDidMove() {
    JsonObject payload = Cash.dispense(client, 10, 1);
    machine.hands(() -> machine.dispenser.fault("reply-lost", When.ONCE));
    long id = client.send("CashDispenser.Dispense", payload);
    client.acknowledge(id);
    client.awaitLost();
    assertThat(client.story()).doesNotContain("done CashDispenser.Dispense");

    client = machine.client("cash-dispenser");
    String token = payload.getString("token");
    JsonObject status =
        client.succeed("CashDispenser.GetPresentStatus", new JsonObject().put("nonce", "1"));
    assertThat(status.getString("presentState")).isEqualTo("notPresented");
    assertThat(DispenseToken.parse(status.getString("token")).values())
        .containsEntry("DISPENSEID", token.substring(token.length() - 64))
        .containsEntry("DISPENSED1", "10.00EUR");
    client.succeed("CashDispenser.Reject");
  }

  @Test
  void aClientLostWhileNotesMoveLeavesThemOnTheStacker() {
    try (TestMachine slow =
        new TestMachine(
            folder.resolve(""),
            Dialect.SPEC,
            20,
            SecurityKeys.of(TestMachine.HOST_KEY, TestMachine.DEVICE_KEY))) {
      TestClient lost = slow.client("cash-dispenser");
      lost.acknowledge(lost.send("CashDispenser.Dispense", Cash.dispense(lost, 50, 1, 2)));
      lost.close();
      TestClient next = slow.client("cash-dispenser");
      next.succeed("CashDispenser.Reject"); // waits its turn behind the dispense
      assertThat(next.succeed("CashDispenser.GetPresentStatus").getJsonObject("denomination"))
          .isEqualTo(
              Json.read("{\"currencies\":{\"EUR\":50},\"values\":{\"unit1\":1,\"unit2\":2}}"));
      assertThat(condition(next)).isEqualTo("online");
    }
  }

  @Test
  void whileNotesMoveTheDispenserSaysThatItIsBusy() {
    // So slow that the notes still move whenever the answer comes.
    try (TestMachine slow =
        new TestMachine(
            folder.resolve(""),
            Dialect.SPEC,
            0.001,
            SecurityKeys.of(TestMachine.HOST_KEY, TestMachine.DEVICE_KEY))) {
      TestClient paying = slow.client("cash-dispenser");
      assertThat(condition(paying)).isEqualTo("online");
      paying.acknowledge(paying.send("CashDispenser.Dispense", Cash.dispense(paying, 50, 1, 2)));
      assertThat(condition(slow.client("cash-dispenser"))).isEqualTo("deviceBusy");
    }
  }

  private static String condition(TestClient client) {
    return client.succeed("Common.Status").getJsonObject("common").getString("device");
  }

  @Test
  void afterAPowerCutThePresentStatusIsStillThere() {
    client.succeed("CashDispenser.Dispense", Cash.dispense(client, 10, 1));
    client.succeed("CashDispenser.Present");
    client = powerCut();
    assertThat(client.succeed("CashDispenser.GetPresentStatus").getString("presentState"))
        .isEqualTo("presented");
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", Cash.request(10, 1))))
        .isEqualTo("invalidToken");
  }

  @Test
  void unpluggedNobodyIsLetInUntilPluggedAgain() {
    machine.hands(machine.dispenser::unplug);
    client.awaitLost();
    assertThatThrownBy(() -> machine.client("cash-dispenser"))
        .isInstanceOf(UpgradeRejectedException.class);
    machine.client("card-reader").succeed("Common.Status");
    machine.hands(machine.dispenser::plug);
    machine.client("cash-dispenser").succeed("Common.Status");
  }

  @Test
  void aDeadDispenserTellsEverybody() {
    client.succeed("Common.Status");
    machine.hands(() -> machine.dispenser.fault("dead", When.NOW));
    assertThat(client.event("Common.StatusChangedEvent").getJsonObject("payload"))
        .isEqualTo(Json.read("{\"common\":{\"device\":\"hardwareError\"}}"));
    client.event("Common.ErrorEvent");
    JsonObject payload = Cash.dispense(client, 10, 1);
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", payload)))
        .isEqualTo("hardwareError");
  }

  // Shutter, exchange.

  @Test
  void theShutterIsWorkedByHandButNotOnNotes() {
    client.succeed("CashManagement.OpenShutter", new JsonObject().put("position", "outDefault"));
    assertThat(
            client
                .event("CashManagement.ShutterStatusChangedEvent")
                .getJsonObject("payload")
                .getString("shutter"))
        .isEqualTo("open");
    assertThat(TestClient.error(client.call("CashManagement.OpenShutter", new JsonObject())))
        .isEqualTo("shutterOpen");
    client.succeed("CashManagement.CloseShutter", new JsonObject());
    assertThat(TestClient.error(client.call("CashManagement.CloseShutter", new JsonObject())))
        .isEqualTo("shutterClosed");
    client.succeed("CashDispenser.Dispense", Cash.dispense(client, 10, 1));
    client.succeed("CashDispenser.Present");
    assertThat(TestClient.error(client.call("CashManagement.CloseShutter", new JsonObject())))
        .isEqualTo("shutterNotClosed");
  }

  @Test
  void inAnExchangeNothingMovesAndCassettesAreFilled() {
    client.succeed("Storage.StartExchange");
    client.event("Common.StatusChangedEvent");
    assertThat(TestClient.error(client.call("Storage.StartExchange"))).isEqualTo("exchangeActive");
    JsonObject dispense = Cash.dispense(client, 10, 1);
    assertThat(TestClient.error(client.call("CashDispenser.Dispense", dispense)))
        .isEqualTo("exchangeActive");
    client.succeed(
        "Storage.SetStorage",
        Json.read(
            """
            {"storage":{"unit2":{"cash":{"configuration":{"lowThreshold":200},
              "status":{"initial":{"type20EUR1":{"fit":150}}}}}}}"""));
    assertThat(
            client
                .event("Storage.StorageThresholdEvent")
                .getJsonObject("payload")
                .getJsonObject("unit2"))
        .isEqualTo(Json.read("{\"cash\":{\"status\":{\"replenishmentStatus\":\"low\"}}}"));
    client.event("Storage.CountsChangedEvent");
    client.event("Storage.StorageChangedEvent");
    client.succeed("Storage.EndExchange");
    assertThat(TestClient.error(client.call("Storage.EndExchange"))).isEqualTo("noExchangeActive");
    client.succeed("CashDispenser.Dispense", dispense);
  }

  @Test
  void storageIsSetWholeOrNotAtAll() {
    JsonObject before = client.succeed("Storage.GetStorage");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{\"unit99\":{\"cash\":{}}}", "invalidUnit");
    wrong.put("{\"unit1\":{\"cash\":{\"configuration\":{\"value\":5}}}}", "noExchangeActive");
    wrong.put("{\"unit1\":{\"cash\":{\"configuration\":{\"name\":\"x\"}}}}", "unsupportedData");
    wrong.put(
        "{\"unit1\":{\"cash\":{\"configuration\":{\"lowThreshold\":5}}},\"unit99\":{\"cash\":{}}}",
        "invalidUnit");
    wrong.put(
        "{\"unit1\":{\"cash\":{\"status\":{\"initial\":{\"type20EUR1\":{\"fit\":5}}}}}}",
        "unsupportedData");
    wrong.put(
        "{\"unit1\":{\"cash\":{\"status\":{\"initial\":{\"type10EUR1\":{\"fit\":99999}}}}}}",
        "invalidData");
    wrong.forEach(
        (storage, error) ->
            assertThat(
                    TestClient.error(
                        client.call(
                            "Storage.SetStorage",
                            new JsonObject().put("storage", Json.read(storage)))))
                .as(storage)
                .isEqualTo(error));
    assertThat(client.succeed("Storage.GetStorage")).isEqualTo(before);
  }

  @Test
  void noExchangeWhileACustomerIsServed() {
    client.succeed("Common.SetTransactionState", new JsonObject().put("state", "active"));
    assertThat(TestClient.error(client.call("Storage.StartExchange")))
        .isEqualTo("transactionActive");
  }

  @Test
  void noteAndMixTypesAreTold() {
    assertThat(
            client
                .succeed("CashManagement.GetBankNoteTypes")
                .getJsonObject("items")
                .getJsonObject("type20EUR1")
                .getJsonObject("cashItem"))
        .isEqualTo(Json.read("{\"noteID\":2,\"currency\":\"EUR\",\"value\":20,\"release\":1}"));
    assertThat(client.succeed("CashDispenser.GetMixTypes").getJsonObject("mixes").fieldNames())
        .containsExactly("mix1");
  }
}
