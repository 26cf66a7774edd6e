package atm.driver.xfs4iot;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser.Capabilities;
import atm.device.CashDispenser.CashUnit;
import atm.device.CashDispenser.LastDispense;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads and writes what a dispenser's messages say, in the words of the device layer (§6, §8,
/// §9.2).
final class Dispensing {
  enum Slot {
    EMPTY,
    FILLED,
    UNKNOWN
  }

  private Dispensing() {}

  static Capabilities capabilities(JsonObject all) {
    JsonObject dispenser = all.getJsonObject("cashDispenser", new JsonObject());
    JsonObject areas = dispenser.getJsonObject("retractAreas");
    return new Capabilities(
        dispenser.getBoolean("intermediateStacker", false),
        areas != null && areas.getBoolean("retract", false),
        dispenser.getBoolean("itemsTakenSensor", false),
        security(all)
            .getString("responseSecurityEnabled", "notSupported")
            .matches("always|ifConfigured"),
        // Storage.GetStorage counts every unit (§9.6).
        true,
        dispenser.getInteger("maxDispenseItems", 1));
  }

  static boolean wantsTokens(JsonObject all) {
    return security(all)
        .getJsonArray("commands", new JsonArray())
        .contains("CashDispenser.Dispense");
  }

  static Slot slot(JsonObject status) {
    return switch (position(status).getString("positionStatus", "unknown")) {
      case "empty" -> Slot.EMPTY;
      case "notEmpty" -> Slot.FILLED;
      default -> Slot.UNKNOWN;
    };
  }

  /// Whether notes lie on the stacker or in the transport; in doubt they do, since to reject
  /// nothing does no harm.
  static boolean notesInside(JsonObject status) {
    String stacker =
        status
            .getJsonObject("cashDispenser", new JsonObject())
            .getString("intermediateStacker", "empty");
    String transport = position(status).getString("transportStatus", "empty");
    return !stacker.equals("empty") || !transport.equals("empty");
  }

  /// What stops the dispenser from serving.
  static Optional<String> fault(JsonObject status) {
    String shutter = position(status).getString("shutter", "closed");
    if (shutter.startsWith("jammed")) return Optional.of("the shutter is " + shutter);
    if (position(status).getString("transport", "ok").equals("inoperative")) {
      return Optional.of("the transport is inoperative");
    }
    if (status
        .getJsonObject("cashManagement", new JsonObject())
        .getString("dispenser", "ok")
        .equals("stop")) {
      return Optional.of("no cassette can pay out");
    }
    if (status
        .getJsonObject("common", new JsonObject())
        .getString("exchange", "inactive")
        .equals("active")) {
      return Optional.of("cassettes are being exchanged");
    }
    return Optional.empty();
  }

  /// What wants a person's attention: "C2 low".
  static List<String> warnings(List<CashUnit> units) {
    return units.stream()
        .filter(unit -> unit.state() != CashUnit.State.OK)
        .map(unit -> unit.id() + " " + unit.state().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /// The `denomination` of a Dispense, exact in notes and in sum; empty where the mix names a
  /// cassette there is not, or no notes.
  static Optional<JsonObject> order(Mix mix, List<Cassette> cassettes, UnitMap map) {
    JsonObject counts = new JsonObject();
    Map<String, Money> sums = new TreeMap<>();
    for (Cassette cassette : cassettes) {
      int notes = mix.byCassette().getOrDefault(cassette.id(), 0);
      if (notes == 0) continue;
      counts.put(map.unitOf(cassette.id()).orElseThrow(), notes);
      sums.merge(
          cassette.note().currency().getCurrencyCode(), cassette.note().times(notes), Money::plus);
    }
    if (counts.size() != mix.byCassette().size() || counts.isEmpty()) return Optional.empty();
    JsonObject currencies = new JsonObject();
    sums.forEach((currency, sum) -> currencies.put(currency, Amounts.major(sum)));
    JsonObject app = new JsonObject().put("currencies", currencies).put("counts", counts);
    return Optional.of(new JsonObject().put("denomination", new JsonObject().put("app", app)));
  }

  static LastDispense.State presentState(JsonObject answer) {
    return switch (answer.getString("presentState", "unknown")) {
      case "presented" -> LastDispense.State.PRESENTED;
      case "notPresented" -> LastDispense.State.NOT_PRESENTED;
      default -> LastDispense.State.UNKNOWN;
    };
  }

  /// A GetPresentStatus completion, beside the status at that moment.
  static LastDispense lastDispense(JsonObject answer, JsonObject status, Optional<UnitMap> map) {
    JsonObject values =
        answer
            .getJsonObject("denomination", new JsonObject())
            .getJsonObject("values", new JsonObject());
    return new LastDispense(
        presentState(answer),
        map.map(known -> known.counts(values)).orElse(Counts.NONE),
        switch (slot(status)) {
          case EMPTY -> Optional.of(true);
          case FILLED -> Optional.of(false);
          case UNKNOWN -> Optional.empty();
        },
        notesInside(status),
        Message.text(answer, "token"));
  }

  /// What came back in, by note; empty when the device did not count, or not all of it.
  static Optional<Map<Money, Integer>> retracted(JsonObject payload, Map<String, Money> types) {
    Map<Money, Integer> counted = new HashMap<>();
    JsonObject storage = payload.getJsonObject("storage", new JsonObject());
    for (String unit : storage.fieldNames()) {
      JsonObject retracted =
          storage.getJsonObject(unit).getJsonObject("retracted", new JsonObject());
      for (var entry : retracted) {
        Money note = types.get(entry.getKey());
        if (note == null || !(entry.getValue() instanceof JsonObject counts))
          return Optional.empty();
        counted.merge(note, CashUnitReport.sum(counts), CashUnitReport::plus);
      }
    }
    return counted.isEmpty() ? Optional.empty() : Optional.of(counted);
  }

  private static JsonObject security(JsonObject all) {
    return all.getJsonObject("common", new JsonObject())
        .getJsonObject("endToEndSecurity", new JsonObject());
  }

  /// The one output we use: the default one, or the only one there is.
  private static JsonObject position(JsonObject status) {
    JsonArray positions =
        status
            .getJsonObject("cashDispenser", new JsonObject())
            .getJsonArray("positions", new JsonArray());
    List<JsonObject> all =
        positions.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList();
    return all.stream()
        .filter(each -> each.getString("position", "").equals("outDefault"))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .orElseGet(JsonObject::new);
  }
}
