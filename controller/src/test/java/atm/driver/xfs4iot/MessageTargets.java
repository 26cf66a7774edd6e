package atm.driver.xfs4iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.config.DeviceEntry;
import atm.device.DeviceException;
import atm.device.PinPad.Key;
import atm.fuzz.Target;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

public final class MessageTargets {
  private static final Money TEN = Money.parse("10 EUR");
  private static final Map<String, Money> TYPES = Map.of("typeEUR10", TEN);
  private static final List<DeviceEntry.Cassette> CASSETTES =
      List.of(new DeviceEntry.Cassette("C1", TEN, 100));

  private interface Reading {
    Object of(JsonObject payload);
  }

  private MessageTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "xfs4iot",
            IllegalArgumentException.class,
            bytes -> {
              Message message = Message.parse(new String(bytes, UTF_8));
              Target.said(message.name() + message.failure());
            }),
        payload("xfs4iot-storage", MessageTargets::storage),
        payload("xfs4iot-status", MessageTargets::status),
        payload("xfs4iot-counts", MessageTargets::counts),
        payload("xfs4iot-keys", MessageTargets::keys));
  }

  /// What is wrong in it shows as what the client takes for a breach of the protocol.
  private static Target payload(String name, Reading reading) {
    return new Target(
        name,
        4096,
        e ->
            e instanceof IllegalArgumentException
                || e instanceof ClassCastException
                || e instanceof DeviceException,
        bytes -> Target.said(reading.of(ExactJson.object(new String(bytes, UTF_8)))));
  }

  private static Object storage(JsonObject storage) {
    Map<String, CashUnitReport> reports = CashUnitReport.of(storage);
    reports.values().forEach(Target.said());
    CashUnitReport.noteTypes(storage);
    new DepositUnits(storage, TYPES).of(List.of(new DeviceEntry.Bin("D1", 100)));
    UnitMap map = UnitMap.match(CASSETTES, reports);
    return map.units(reports);
  }

  private static Object status(JsonObject all) {
    Versions versions = Versions.listedIn(all);
    versions.toChoose();
    return List.of(
        Capabilities.identity(all),
        versions.has("CashDispenser.Dispense"),
        Dispensing.capabilities(all),
        Dispensing.wantsTokens(all),
        Dispensing.slot(all),
        Dispensing.notesInside(all),
        Dispensing.fault(all),
        Depositing.capabilities(all),
        Depositing.slot(all),
        Depositing.notesInside(all),
        Depositing.fault(all));
  }

  /// Counts that are believed add up to what was said, whatever was said.
  private static Object counts(JsonObject payload) {
    Dispensing.lastDispense(payload, payload, Optional.empty());
    Dispensing.retracted(payload, TYPES)
        .ifPresent(notes -> notes.values().forEach(MessageTargets::count));
    Depositing.moved(payload, "deposited", TYPES).ifPresent(MessageTargets::count);
    Depositing.lastCashIn(payload, payload, TYPES);
    UnitMap map = UnitMap.match(CASSETTES, CashUnitReport.of(UNITS));
    return new DispenseReading(map, new Mix(Map.of("C1", 2))).of(completion(payload));
  }

  private static void count(Depositing.Notes notes) {
    notes.genuine().values().forEach(MessageTargets::count);
    notes.suspect().values().forEach(MessageTargets::count);
    count(notes.unnamed());
  }

  private static void count(int notes) {
    if (notes < 0) throw new AssertionError(notes + " notes");
  }

  private static final JsonObject UNITS =
      new JsonObject(
          """
          {"unit1":{"id":"C1","status":"ok","cash":{"configuration":{"types":{"cashOut":true},
          "currency":"EUR","value":10},"status":{"initial":{"typeEUR10":{"fit":100}}}}}}
          """);

  private static Object keys(JsonObject payload) {
    KeyEvents events =
        KeyEvents.countingDigits(
            12,
            digits -> {
              if (digits < 0 || digits > 12) throw new AssertionError(digits + " digits");
            });
    for (int i = 0; i < 20; i++) events.accept(event(payload));
    KeyEvents.telling(Set.of(Key.ENTER), Target.said()).accept(event(payload));
    return events.endOf(completion(payload));
  }

  private static Message event(JsonObject payload) {
    return new Message(
        Message.Type.EVENT,
        "Keyboard.KeyEvent",
        Optional.of(1),
        Optional.empty(),
        Optional.empty(),
        payload);
  }

  private static Message completion(JsonObject payload) {
    return new Message(
        Message.Type.COMPLETION,
        "CashDispenser.Dispense",
        Optional.of(1),
        Message.text(payload, "completionCode"),
        Optional.empty(),
        payload);
  }
}
