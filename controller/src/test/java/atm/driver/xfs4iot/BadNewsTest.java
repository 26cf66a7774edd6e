package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.awaitStatus;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CardReader;
import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Incomplete;
import atm.device.CashDispenser.DispenseOutcome.Refused;
import atm.device.CashDispenser.DispenseOutcome.Unknown;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.TestTokens;
import atm.driver.xfs4iot.ScriptedXfsService.Request;
import atm.link.Backoff;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import org.junit.jupiter.params.provider.ValueSource;

/// Services that misbehave: whatever comes over the wire, a command ends with a typed fault, a
/// dispense with an honest outcome, and the device comes back by itself.
class BadNewsTest {
  private static final List<DeviceEntry.Cassette> CASSETTES =
      List.of(
          new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 100),
          new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 100));
  private static final Mix MIX = new Mix(Map.of("C1", 1, "C2", 2));

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedXfsService service = new ScriptedXfsService(vertx);
  private Device device;

  @BeforeEach
  void storage() {
    service.answer(
        "Storage.GetStorage", request -> request.complete(ScriptedXfsService.storage(0, 0)));
  }

  @AfterEach
  void everyCommandWasRight() {
    if (device != null) await(device.close());
    await(vertx.close());
    assertThat(service.complaints()).isEmpty();
  }

  // -- what breaks the protocol

  @Test
  void aCompletionWithoutAnAcknowledge() {
    service.rudely("CardReader.ReadRawData", request -> request.complete(null));
    assertBreach("COMPLETION of CardReader.ReadRawData (request 5) before its acknowledge");
  }

  @Test
  void aSecondAcknowledge() {
    service.answer("CardReader.ReadRawData", Request::acknowledge);
    assertBreach("a second acknowledge");
  }

  @Test
  void anAnswerToARequestThatWasNeverSent() {
    service.answer(
        "CardReader.ReadRawData",
        request ->
            new Request(request.socket(), request.name(), 99, null).complete(new JsonObject()));
    assertBreach("for request 99, which was never sent");
  }

  @Test
  void anAnswerToAnotherCommand() {
    service.answer(
        "CardReader.ReadRawData",
        request ->
            new Request(request.socket(), "CardReader.Move", request.id(), null).complete(null));
    assertBreach("CardReader.Move answers command 5, which is CardReader.ReadRawData");
  }

  @Test
  void textThatIsNoJson() {
    service.answer("CardReader.ReadRawData", request -> request.raw("{\"header\":{\"type\""));
    assertBreach("broken JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"header\":[]}",
        "{\"header\":{\"type\":\"completion\"}}",
        "{\"header\":{\"type\":\"completion\",\"name\":\"<b>\",\"requestId\":4}}",
        "{\"header\":{\"type\":\"completion\",\"name\":\"A.B\",\"requestId\":\"4\"}}",
        "{\"header\":{\"type\":\"completion\",\"name\":\"A.B\",\"requestId\":4.5}}",
        "{\"header\":{\"type\":\"greeting\",\"name\":\"A.B\",\"requestId\":4}}",
        "{\"header\":{\"type\":\"completion\",\"name\":\"A.B\",\"name\":\"A.C\",\"requestId\":4}}",
        "{\"header\":{\"type\":\"completion\",\"name\":\"A.B\",\"requestId\":4},\"payload\":[]}",
        "{\"header\":{\"type\":\"completion\",\"name\":\"A.B\",\"requestId\":4}} {}",
        "{\"header\":{\"type\":\"unsolicited\",\"name\":\"Common.StatusChangedEvent\"},"
            + "\"payload\":{\"common\":[7]}}"
      })
  void jsonThatIsNoMessage(String text) {
    service.answer("CardReader.ReadRawData", request -> request.raw(text));
    assertBreach("ws://");
  }

  @Test
  void messagesNestedToTheMoon() {
    service.answer(
        "CardReader.ReadRawData", request -> request.raw("{\"a\":".repeat(100_000) + "1"));
    assertBreach("out of bounds");
  }

  @Test
  void binaryGarbage() {
    service.answer(
        "CardReader.ReadRawData", request -> request.binary((byte) 0xC3, (byte) 0x28, (byte) 0xFF));
    assertEndsAndHeals(Fault.Code.OFFLINE, "3 binary bytes that are not UTF-8");
  }

  @Test
  void aMessageOfThreeMegabytes() {
    service.answer(
        "CardReader.ReadRawData", request -> request.raw("\"" + "x".repeat(3 << 20) + "\""));
    assertEndsAndHeals(Fault.Code.OFFLINE, "ws://");
  }

  /// Each of these events is a message as it should be; what is kept of them is not without end.
  @Test
  void aStatusThatOnlyGrows() {
    service.answer(
        "CardReader.ReadRawData",
        request -> {
          for (int i = 0; i < 200; i++) {
            JsonObject more = new JsonObject().put("vendor" + i, "x".repeat(1000));
            request.unsolicited("Common.StatusChangedEvent", more);
          }
        });
    assertBreach("a status of more than 65536 characters");
  }

  @Test
  void aServiceThatCannotReadWhatWeSent() {
    service.rudely(
        "CardReader.ReadRawData",
        request ->
            request.raw(
                "{\"header\":{\"type\":\"acknowledge\",\"name\":\"Common.Acknowledge\","
                    + "\"version\":\"2.0\",\"requestId\":0,\"status\":\"invalidMessage\"}}"));
    assertBreach("invalidMessage");
  }

  @Test
  void aSecondCompletionEndsTheConnectionAndNothingElse() {
    CardReader reader = reader();
    service.answer(
        "CardReader.ReadRawData",
        request -> {
          request.complete(null);
          request.complete(null);
        });

    assertThat(await(reader.read(Duration.ofSeconds(30), () -> {})))
        .isInstanceOf(CardReader.CardRead.class);

    awaitConnections(2);
    awaitState(reader, DeviceStatus.State.ONLINE);
  }

  // -- what is allowed

  @Test
  void unknownEventsAreLetPassAndCounted() {
    CardReader reader = reader();
    service.answer(
        "CardReader.ReadRawData",
        request -> {
          request.event("CardReader.NobodyKnowsEvent", new JsonObject().put("a", 1));
          request.unsolicited("Common.NobodyKnowsEvent", null);
          request.complete(null);
        });

    await(reader.read(Duration.ofSeconds(30), () -> {}));

    assertThat(service.connections()).isEqualTo(1);
    assertThat(((Xfs4IotDevice) reader).ignoredEvents()).isEqualTo(1);
  }

  @Test
  void aRefusedAcknowledgeIsAFaultOfThatCommandAlone() {
    CardReader reader = reader();
    service.rudely(
        "CardReader.ReadRawData",
        request ->
            request.raw(
                "{\"header\":{\"type\":\"acknowledge\",\"name\":\"CardReader.ReadRawData\","
                    + "\"version\":\"2.0\",\"requestId\":"
                    + request.id()
                    + ",\"status\":\"tooManyRequests\"}}"));

    Fault fault = faultOf(reader.read(Duration.ofSeconds(30), () -> {}));

    assertThat(fault.code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(fault.detail()).contains("tooManyRequests");
    assertThat(service.connections()).isEqualTo(1);
  }

  @Test
  void aReadCancelledBeforeItsTurnIsNeverSent() {
    CardReader reader = reader();
    Promise<Request> held = Promise.promise();
    service.answer("Common.Status", held::complete);
    Future<CardReader.Media> media = reader.media();
    Request status = await(held.future());
    Future<CardReader.CardRead> read = reader.read(Duration.ZERO, () -> {});

    await(reader.cancel());
    status.complete(null);

    await(media);
    assertThat(faultOf(read).code()).isEqualTo(Fault.Code.CANCELED);
    assertThat(service.count("CardReader.ReadRawData")).isZero();
  }

  @Test
  void aQueueThatOnlyGrowsIsRefused() {
    CardReader reader = reader();
    service.answer("CardReader.ReadRawData", _ -> {});
    Future<CardReader.CardRead> running = reader.read(Duration.ZERO, () -> {});
    for (int i = 0; i < 16; i++) reader.media();

    Fault fault = faultOf(reader.media());

    assertThat(fault.code()).isEqualTo(Fault.Code.SEQUENCE);
    assertThat(fault.detail()).isEqualTo("card-reader: media refused, 16 commands wait");
    await(reader.close());
    assertThat(faultOf(running).code()).isEqualTo(Fault.Code.OFFLINE);
  }

  // -- dispensing

  @Test
  void aDispenseWhoseWireIsCutBeforeTheAcknowledgeIsUnknownAndNotSentAgain() {
    service.rudely("CashDispenser.Dispense", Request::cut);
    assertThat(dispense()).isInstanceOf(Unknown.class);
    awaitConnections(2);
    awaitState(device, DeviceStatus.State.ONLINE);
    assertThat(service.count("CashDispenser.Dispense")).isEqualTo(1);
  }

  @Test
  void aDispenseWhoseWireIsCutAfterTheAcknowledgeIsUnknownAndNotSentAgain() {
    service.answer("CashDispenser.Dispense", Request::cut);
    assertThat(dispense()).isInstanceOf(Unknown.class);
    awaitConnections(2);
    awaitState(device, DeviceStatus.State.ONLINE);
    assertThat(service.count("CashDispenser.Dispense")).isEqualTo(1);
  }

  @Test
  void aDispenseWhoseWireIsCutWhileNotesMoveIsUnknownAndNotSentAgain() {
    service.answer(
        "CashDispenser.Dispense",
        request -> {
          request.event("CashDispenser.StartDispenseEvent", null);
          request.cut();
        });
    assertThat(dispense()).isInstanceOf(Unknown.class);
    awaitConnections(2);
    awaitState(device, DeviceStatus.State.ONLINE);
    assertThat(service.count("CashDispenser.Dispense")).isEqualTo(1);
  }

  /// Counts asked for while notes still move are not what became of them.
  @Test
  void aDispenserStillBusyWhenTheWireIsBackIsNotThereYet() {
    JsonObject busy = new JsonObject("{\"common\":{\"device\":\"deviceBusy\"}}");
    service.answer(
        "CashDispenser.Dispense",
        request -> {
          service.answer("Common.Status", status -> status.complete(busy));
          request.cut();
        });
    assertThat(dispense()).isInstanceOf(Unknown.class);
    awaitConnections(4);
    assertThat(device.status().state())
        .isIn(DeviceStatus.State.OFFLINE, DeviceStatus.State.STARTING);
    assertThat(service.count("CashDispenser.Dispense")).isEqualTo(1);

    service.answer("Common.Status", request -> request.complete(new JsonObject()));
    awaitState(device, DeviceStatus.State.ONLINE);
  }

  @Test
  void aDispenseAnsweredWithGarbageIsUnknown() {
    service.answer("CashDispenser.Dispense", request -> request.raw("?"));

    DispenseOutcome outcome = dispense();

    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(((Unknown) outcome).why().code()).isEqualTo(Fault.Code.PROTOCOL);
  }

  @Test
  void aDispenseWhoseCountsAreOfTheWrongTypeIsUnknown() {
    service.answer(
        "CashDispenser.Dispense",
        request -> request.complete(new JsonObject().put("storage", "plenty")));
    assertThat(dispense()).isInstanceOf(Unknown.class);
  }

  @Test
  void aSuccessThatCountedLessIsIncomplete() {
    JsonObject out =
        new JsonObject()
            .put("unit1", new JsonObject().put("stacked", ScriptedXfsService.counts(10, 1)))
            .put("unit2", new JsonObject().put("stacked", ScriptedXfsService.counts(20, 1)));
    service.answer(
        "CashDispenser.Dispense",
        request ->
            request.complete(new JsonObject().put("storage", new JsonObject().put("out", out))));

    DispenseOutcome outcome = dispense();

    assertThat(outcome).isInstanceOf(Incomplete.class);
    assertThat(((Incomplete) outcome).inside()).isEqualTo(new Counts(Map.of("C1", 1, "C2", 1)));
  }

  @Test
  void aHardwareErrorIsToldByTheStorage() {
    failAfterStacking("hardwareError", null, 1, 1);

    DispenseOutcome outcome = dispense();

    assertThat(outcome).isInstanceOf(Incomplete.class);
    assertThat(((Incomplete) outcome).inside()).isEqualTo(new Counts(Map.of("C1", 1, "C2", 1)));
    assertThat(((Incomplete) outcome).why().code()).isEqualTo(Fault.Code.HARDWARE);
  }

  @Test
  void anEmptyCassetteNoticedBeforeAnyMovementIsARefusal() {
    failAfterStacking("commandErrorCode", new JsonObject().put("errorCode", "cashUnitError"), 0, 0);
    assertThat(dispense()).isInstanceOf(Refused.class);
  }

  @Test
  void anEmptyCassetteNoticedInTheMidstIsIncomplete() {
    failAfterStacking("commandErrorCode", new JsonObject().put("errorCode", "cashUnitError"), 1, 0);
    assertThat(dispense()).isInstanceOf(Incomplete.class);
  }

  @Test
  void anErrorWhoseCountsCannotBeHadIsUnknown() {
    service.answer(
        "CashDispenser.Dispense",
        request -> {
          service.answer("Storage.GetStorage", again -> again.fail("internalError", null));
          request.fail("hardwareError", null);
        });
    assertThat(dispense()).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalidToken",
        "invalidTokenHMAC",
        "noCommandNonce",
        "sequenceError",
        "deviceNotReady"
      })
  void aCodeSaidBeforeAnyMovementIsARefusal(String code) {
    service.answer("CashDispenser.Dispense", request -> request.fail(code, null));
    assertThat(dispense()).isInstanceOf(Refused.class);
  }

  @Test
  void itemsTakenBeforeThePresentCompletesIsRemembered() {
    CashDispenser dispenser = dispenser();
    service.answer(
        "CashDispenser.Present",
        request -> {
          request.unsolicited("CashManagement.ItemsTakenEvent", taken("0"));
          request.complete(null);
        });

    await(dispenser.present());

    assertThat(await(dispenser.taken(Duration.ofSeconds(30))))
        .isInstanceOf(CashDispenser.TakeOutcome.Taken.class);
  }

  @Test
  void aStaleStatusDoesNotEmptyTheSlot() {
    CashDispenser dispenser = dispenser();
    JsonObject empty =
        new JsonObject(
            "{\"cashDispenser\":{\"positions\":[{\"position\":\"outDefault\","
                + "\"positionStatus\":\"empty\"}]}}");
    service.answer(
        "CashDispenser.Present",
        request -> {
          request.unsolicited("Common.StatusChangedEvent", empty);
          request.complete(null);
        });
    await(dispenser.present());
    service.answer(
        "Common.Status",
        request ->
            request.complete(new JsonObject(empty.encode().replace("\"empty\"", "\"notEmpty\""))));

    assertThat(await(dispenser.taken(Duration.ofMillis(50))))
        .isInstanceOf(CashDispenser.TakeOutcome.Left.class);
  }

  @Test
  void cassettesThatDoNotAgreeAreAFaultThatNamesBothSides() {
    device =
        open(
            DeviceKind.CASH_DISPENSER,
            List.of(new DeviceEntry.Cassette("C1", Money.parse("50 EUR"), 100)));

    DeviceStatus status = awaitState(device, DeviceStatus.State.FAULT);

    assertThat(status.detail())
        .isEqualTo(
            "devices.yaml has the cassettes C1 50.00 EUR;"
                + " the device has C1 10.00 EUR, C2 20.00 EUR");
    assertThat(await(((CashDispenser) device).dispense(MIX, TestTokens.token("0", "50.00EUR"))))
        .isInstanceOf(Refused.class);
  }

  // -- disconnects

  @Test
  void aHundredReconnectsLeakNothing() {
    CardReader reader = reader();
    service.answer("CardReader.ReadRawData", Request::cut);
    int threads = Thread.activeCount();
    for (int i = 0; i < 100; i++) {
      awaitState(reader, DeviceStatus.State.ONLINE);
      assertThat(faultOf(reader.read(Duration.ofSeconds(30), () -> {})).code())
          .isEqualTo(Fault.Code.OFFLINE);
    }
    awaitState(reader, DeviceStatus.State.ONLINE);

    assertThat(service.connections()).isEqualTo(101);
    assertThat(service.openConnections()).isEqualTo(1);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
    await(reader.close());
    awaitNoConnection();
  }

  @Test
  void aServiceThatIsNotThereIsNamedInTheStatus() {
    DeviceEntry nowhere =
        new DeviceEntry(
            "card-reader", "xfs4iot", java.net.URI.create("ws://localhost:1/x"), List.of(), 1);
    device = driver().create(DeviceKind.CARD_READER, nowhere, vertx);
    device.open();

    DeviceStatus status =
        awaitStatus(
            device,
            now ->
                now.state() == DeviceStatus.State.OFFLINE
                    && !now.detail().equals("not connected yet"));

    assertThat(status.detail()).contains("ws://localhost:1/x");
    assertThat(faultOf(((CardReader) device).media()).detail()).contains("ws://localhost:1/x");
  }

  private void failAfterStacking(String code, JsonObject payload, int first, int second) {
    service.answer(
        "CashDispenser.Dispense",
        request -> {
          service.answer(
              "Storage.GetStorage",
              again -> again.complete(ScriptedXfsService.storage(first, second)));
          request.fail(code, payload);
        });
  }

  private DispenseOutcome dispense() {
    return await(dispenser().dispense(MIX, TestTokens.token("0", "50.00EUR")));
  }

  private CardReader reader() {
    device = open(DeviceKind.CARD_READER, List.of());
    awaitState(device, DeviceStatus.State.ONLINE);
    return (CardReader) device;
  }

  private CashDispenser dispenser() {
    device = open(DeviceKind.CASH_DISPENSER, CASSETTES);
    awaitState(device, DeviceStatus.State.ONLINE);
    return (CashDispenser) device;
  }

  private Device open(DeviceKind kind, List<DeviceEntry.Cassette> cassettes) {
    Device opened =
        driver()
            .create(
                kind, new DeviceEntry(kind.key(), "xfs4iot", service.at(), cassettes, 1), vertx);
    opened.open();
    return opened;
  }

  private static Xfs4IotDriver driver() {
    return new Xfs4IotDriver(
        () -> new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(5)));
  }

  private void assertBreach(String words) {
    assertEndsAndHeals(Fault.Code.PROTOCOL, words);
  }

  private void assertEndsAndHeals(Fault.Code code, String words) {
    CardReader reader = reader();

    Fault fault = faultOf(reader.read(Duration.ofSeconds(30), () -> {}));

    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.detail()).contains(words);
    awaitConnections(2);
    awaitState(reader, DeviceStatus.State.ONLINE);
    service.answer("CardReader.ReadRawData", request -> request.complete(null));
    assertThat(await(reader.read(Duration.ofSeconds(30), () -> {})))
        .isInstanceOf(CardReader.CardRead.class);
  }

  private void awaitConnections(int number) {
    eventually(() -> service.connections() >= number);
  }

  private void awaitNoConnection() {
    eventually(() -> service.openConnections() == 0);
  }

  private void eventually(java.util.function.BooleanSupplier condition) {
    for (int tries = 0; tries < 2000 && !condition.getAsBoolean(); tries++) await(vertx.timer(5));
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static JsonObject taken(String more) {
    return new JsonObject().put("position", "outDefault").put("additionalBunches", more);
  }
}
