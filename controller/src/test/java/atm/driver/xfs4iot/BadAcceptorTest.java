package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CashAcceptor;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashAcceptor.TakeOutcome;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.xfs4iot.ScriptedXfsService.Request;
import atm.link.Backoff;
import atm.value.Money;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Acceptors that contradict themselves, fall silent or fail: what cannot be accounted for is
/// `Unknown`, and nothing that moves notes is sent twice.
class BadAcceptorTest {
  private static final Money TWENTY = Money.parse("20 EUR");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedXfsService service = new ScriptedXfsService(vertx);
  private CashAcceptor acceptor;

  @BeforeEach
  void script() {
    service.lists(
        "CashAcceptor.CashInStart",
        "CashAcceptor.CashIn",
        "CashAcceptor.CashInEnd",
        "CashAcceptor.CashInRollback",
        "CashAcceptor.GetCashInStatus",
        "CashManagement.GetBankNoteTypes",
        "CashManagement.Retract",
        "CashManagement.Reset",
        "Storage.GetStorage");
    answer(
        "CashManagement.GetBankNoteTypes",
        """
        {"items":{"type20EUR1":{"cashItem":{"noteID":1,"currency":"EUR","value":20,"release":1},
         "enabled":true},
         "type500EUR1":{"cashItem":{"noteID":2,"currency":"EUR","value":500,"release":1},
         "enabled":false}}}
        """);
    answer(
        "Storage.GetStorage",
        """
        {"storage":{"unit1":{"id":"D1","capacity":2000,"status":"ok","cash":{
          "configuration":{"types":{"cashIn":true},"items":{"fit":true}},
          "status":{"index":1,"replenishmentStatus":"ok"}}}}}
        """);
    now("active", 0);
    service.answer("CashAcceptor.CashInStart", request -> request.complete(null));
  }

  @AfterEach
  void everyCommandWasRight() {
    if (acceptor != null) await(acceptor.close());
    await(vertx.close());
    assertThat(service.complaints()).isEmpty();
  }

  @Test
  void aBunchOfWhichTheDeviceTellsTwoStoriesIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashIn",
        request -> {
          now("active", 2);
          request.complete(items(3));
        });

    InsertOutcome outcome = await(acceptor.insert(LONG, () -> {}));

    assertThat(outcome).isInstanceOf(InsertOutcome.Unknown.class);
    assertThat(((InsertOutcome.Unknown) outcome).why().code()).isEqualTo(Fault.Code.PROTOCOL);
  }

  @Test
  void aNoteNobodyNamedIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashIn",
        request -> {
          JsonObject item = new JsonObject("{\"type500EUR1\":{\"fit\":1}}");
          answer(
              "CashAcceptor.GetCashInStatus",
              new JsonObject().put("status", "active").put("noteNumberList", item).encode());
          request.complete(new JsonObject().put("items", item));
        });

    assertThat(await(acceptor.insert(LONG, () -> {}))).isInstanceOf(InsertOutcome.Unknown.class);
  }

  /// A device that takes notes one by one may run out of time after the first of them.
  @ParameterizedTest
  @ValueSource(strings = {"timeOut", "canceled"})
  void whatWasTakenBeforeTheTimeRanOutCounts(String code) {
    open();
    service.answer(
        "CashAcceptor.CashIn",
        request -> {
          now("active", 2);
          request.fail(code, null);
        });

    assertThat(await(acceptor.insert(LONG, () -> {})))
        .isEqualTo(new InsertOutcome.Inserted(Map.of(TWENTY, 2), Map.of(), 0));
  }

  @ParameterizedTest
  @CsvSource({
    "active, StillInEscrow",
    "unknown, Unknown",
    "ok, Unknown",
    "reset, Unknown",
    "retract, Unknown"
  })
  void aFailedStoreIsWhatTheDeviceRemembersOfIt(String status, String outcome) {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          now(status, 2);
          request.fail("hardwareError", null);
        });

    assertThat(await(acceptor.store()).getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(service.count("CashAcceptor.CashInEnd")).isEqualTo(1);
  }

  @Test
  void aFailedStoreThatTheDeviceCannotRememberIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          service.answer(
              "CashAcceptor.GetCashInStatus", again -> again.fail("internalError", null));
          request.fail("hardwareError", null);
        });

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequenceError", "deviceNotReady", "invalidData"})
  void aStoreRefusedBeforeAnythingMovesMovedNothing(String code) {
    open();
    service.answer("CashAcceptor.CashInEnd", request -> request.fail(code, null));

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.StillInEscrow.class);
  }

  @Test
  void aStoreThatPutsLessIntoTheBinsThanWasInsideIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          now("ok", 3);
          request.complete(deposited(2));
        });

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
  }

  /// Two notes without a name, less two, are not none.
  @ParameterizedTest
  @ValueSource(strings = {"-2", "3000000000", "0.5"})
  void aStoreWithACountThatIsNoneIsUnknown(String unrecognized) {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          now("ok", 3);
          JsonObject payload = deposited(3);
          JsonObject storage = payload.getJsonObject("storage");
          for (String count : List.of("2", unrecognized)) {
            storage.put(
                "bin" + count, new JsonObject("{\"deposited\":{\"unrecognized\":" + count + "}}"));
          }
          request.complete(payload);
        });

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
  }

  @Test
  void aStoreThatLeavesNotesInTheEscrowIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          now("ok", 3);
          answer("Common.Status", "{\"cashAcceptor\":{\"intermediateStacker\":\"notEmpty\"}}");
          request.complete(deposited(3));
        });

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
  }

  @Test
  void aStoreThatCountsNothingIsWhatTheTransactionSummed() {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          now("ok", 3);
          request.complete(null);
        });

    assertThat(await(acceptor.store())).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 3)));
  }

  @Test
  void aStoreWhoseWireIsCutBeforeTheAcknowledgeIsUnknownAndNotSentAgain() {
    open();
    service.rudely("CashAcceptor.CashInEnd", Request::cut);
    storeIsUnknownAndSentOnce();
  }

  @Test
  void aStoreWhoseWireIsCutAfterTheAcknowledgeIsUnknownAndNotSentAgain() {
    open();
    service.answer("CashAcceptor.CashInEnd", Request::cut);
    storeIsUnknownAndSentOnce();
  }

  @Test
  void aStoreAnsweredWithGarbageIsUnknownAndNotSentAgain() {
    open();
    service.answer("CashAcceptor.CashInEnd", request -> request.raw("?"));
    storeIsUnknownAndSentOnce();
  }

  @Test
  void aStoreWhoseCountsAreOfTheWrongTypeIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          now("ok", 3);
          request.complete(new JsonObject().put("storage", "plenty"));
        });

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
  }

  @Test
  void notesTakenBeforeTheGiveBackCompletesAreTaken() {
    open();
    service.answer(
        "CashAcceptor.CashInRollback",
        request -> {
          JsonObject out =
              new JsonObject().put("position", "outDefault").put("additionalBunches", "0");
          request.unsolicited("CashManagement.ItemsPresentedEvent", out);
          request.unsolicited("CashManagement.ItemsTakenEvent", out);
          request.complete(null);
        });

    assertThat(await(acceptor.giveBack())).isInstanceOf(ReturnOutcome.Returned.class);
    assertThat(await(acceptor.taken(LONG))).isInstanceOf(TakeOutcome.Taken.class);
  }

  @Test
  void aGiveBackThatFailsInTheMidstIsUnknown() {
    open();
    service.answer(
        "CashAcceptor.CashInRollback",
        request -> {
          now("unknown", 2);
          request.fail("hardwareError", null);
        });

    assertThat(await(acceptor.giveBack())).isInstanceOf(ReturnOutcome.Unknown.class);
  }

  @Test
  void anAcceptorStillBusyWhenTheWireIsBackIsNotThereYet() {
    open();
    service.answer(
        "CashAcceptor.CashInEnd",
        request -> {
          answer("Common.Status", "{\"common\":{\"device\":\"deviceBusy\"}}");
          request.cut();
        });

    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
    awaitState(acceptor, DeviceStatus.State.OFFLINE);
    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.StillInEscrow.class);
    assertThat(service.count("CashAcceptor.CashInEnd")).as("not there, not sent").isEqualTo(1);
    answer("Common.Status", "{}");
    awaitState(acceptor, DeviceStatus.State.ONLINE);
  }

  @Test
  void otherNotesThanThoseOfTheFileAreAFaultThatNamesBothSides() {
    create(List.of(TWENTY, Money.parse("50 EUR")), List.of(new DeviceEntry.Bin("D1", 2000)));

    assertThat(awaitState(acceptor, DeviceStatus.State.FAULT).detail())
        .isEqualTo(
            "devices.yaml has the notes [20.00 EUR, 50.00 EUR]; the device takes [20.00 EUR]");
  }

  @Test
  void otherBinsThanThoseOfTheFileAreAFaultThatNamesBothSides() {
    create(
        List.of(TWENTY), List.of(new DeviceEntry.Bin("D1", 2000), new DeviceEntry.Bin("D2", 2000)));

    assertThat(awaitState(acceptor, DeviceStatus.State.FAULT).detail())
        .isEqualTo("devices.yaml has the bins D1, D2; the device has D1");
  }

  private void storeIsUnknownAndSentOnce() {
    assertThat(await(acceptor.store())).isInstanceOf(StoreOutcome.Unknown.class);
    awaitState(acceptor, DeviceStatus.State.ONLINE);
    assertThat(service.count("CashAcceptor.CashInEnd")).isEqualTo(1);
  }

  private void open() {
    create(List.of(TWENTY), List.of(new DeviceEntry.Bin("D1", 2000)));
    awaitState(acceptor, DeviceStatus.State.ONLINE);
  }

  private void create(List<Money> notes, List<DeviceEntry.Bin> bins) {
    Xfs4IotDriver driver =
        new Xfs4IotDriver(
            () -> new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(5)));
    DeviceEntry entry =
        new DeviceEntry(
            "cash-acceptor", "xfs4iot", service.at(), List.of(), notes, bins, Map.of(), 1);
    acceptor = (CashAcceptor) driver.create(DeviceKind.CASH_ACCEPTOR, entry, vertx);
    acceptor.open();
  }

  /// What GetCashInStatus says from now on.
  private void now(String status, int twenties) {
    JsonObject told = new JsonObject().put("status", status).put("numOfRefused", 0);
    if (twenties > 0) told.put("noteNumberList", counts(twenties));
    answer("CashAcceptor.GetCashInStatus", told.encode());
  }

  private void answer(String command, String payload) {
    service.answer(command, request -> request.complete(new JsonObject(payload)));
  }

  private static JsonObject items(int twenties) {
    return new JsonObject().put("items", counts(twenties));
  }

  private static JsonObject deposited(int twenties) {
    JsonObject unit = new JsonObject().put("deposited", counts(twenties));
    return new JsonObject().put("storage", new JsonObject().put("unit1", unit));
  }

  private static JsonObject counts(int twenties) {
    return ScriptedXfsService.counts(20, twenties);
  }
}
