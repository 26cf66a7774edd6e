package atm.driver.xfs4iot;

import atm.device.CashAcceptor.Capabilities;
import atm.device.CashAcceptor.CashInStatus;
import atm.value.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads what an acceptor's messages say, in the words of the device layer (§7, §8, §9.8).
final class Depositing {
  /// Said before anything moves, whatever the device (§4, §9.8).
  private static final Set<String> BEFORE_MOVEMENT =
      Set.of(
          "invalidMessage",
          "invalidRequestID",
          "tooManyRequests",
          "invalidCommand",
          "unsupportedCommand",
          "invalidData",
          "unsupportedData",
          "sequenceError",
          "deviceNotReady",
          "authorizationRequired",
          "authorisationRequired",
          "exchangeActive",
          "noCashInActive",
          "positionNotEmpty",
          "safeDoorOpen");

  /// A count set by note: what is money, what may be counterfeit (inked notes with it), and how
  /// many have no name.
  record Notes(Map<Money, Integer> genuine, Map<Money, Integer> suspect, int unnamed) {}

  private Depositing() {}

  static Capabilities capabilities(JsonObject all) {
    JsonObject acceptor = all.getJsonObject("cashAcceptor", new JsonObject());
    int escrow = acceptor.getInteger("intermediateStacker", 0);
    JsonObject areas = acceptor.getJsonObject("retractAreas", new JsonObject());
    return new Capabilities(
        escrow > 0 ? escrow : acceptor.getInteger("maxCashInItems", 1),
        escrow > 0,
        hasUsage(acceptor, "rollback"),
        acceptor.getBoolean("itemsTakenSensor", false),
        areas.getBoolean("retract", false),
        true);
  }

  private static boolean hasUsage(JsonObject acceptor, String usage) {
    return acceptor.getJsonArray("positions", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .anyMatch(
            position -> position.getJsonObject("usage", new JsonObject()).getBoolean(usage, false));
  }

  /// The notes that a device knows and takes, by the names of their types.
  static Map<String, Money> noteTypes(JsonObject answer) {
    Map<String, Money> types = new HashMap<>();
    for (var entry : answer.getJsonObject("items", new JsonObject())) {
      JsonObject type = (JsonObject) entry.getValue();
      JsonObject item = type.getJsonObject("cashItem", new JsonObject());
      Object value = item.getValue("value");
      if (value == null || !type.getBoolean("enabled", true)) continue;
      Amounts.money(value, item.getString("currency", ""))
          .ifPresent(note -> types.put(entry.getKey(), note));
    }
    return types;
  }

  static Notes notes(JsonObject counts, Map<String, Money> types) {
    Map<Money, Integer> genuine = new TreeMap<>();
    Map<Money, Integer> suspect = new TreeMap<>();
    int unnamed = 0;
    for (var entry : counts == null ? new JsonObject() : counts) {
      Money note = types.get(entry.getKey());
      if (!(entry.getValue() instanceof JsonObject classes)) {
        unnamed = CashUnitReport.plus(unnamed, CashUnitReport.notes(entry.getValue()));
        continue;
      }
      int all = CashUnitReport.sum(classes);
      int good = classes.getInteger("fit", 0) + classes.getInteger("unfit", 0);
      int bad = all - good;
      if (note == null) unnamed = CashUnitReport.plus(unnamed, all);
      if (note != null && good > 0) genuine.merge(note, good, CashUnitReport::plus);
      if (note != null && bad > 0) suspect.merge(note, bad, CashUnitReport::plus);
    }
    return new Notes(genuine, suspect, unnamed);
  }

  /// All movements of one kind in a `storage` of a completion, such as `deposited`, as one count
  /// set; empty where it tells of none.
  static Optional<Notes> moved(JsonObject payload, String movement, Map<String, Money> types) {
    Map<Money, Integer> genuine = new TreeMap<>();
    Map<Money, Integer> suspect = new TreeMap<>();
    int unnamed = 0;
    boolean isTold = false;
    JsonObject storage = payload.getJsonObject("storage", new JsonObject());
    for (String unit : storage.fieldNames()) {
      JsonObject counts = storage.getJsonObject(unit).getJsonObject(movement);
      if (counts == null) continue;
      isTold = true;
      Notes notes = notes(counts, types);
      notes.genuine().forEach((note, n) -> genuine.merge(note, n, CashUnitReport::plus));
      notes.suspect().forEach((note, n) -> suspect.merge(note, n, CashUnitReport::plus));
      unnamed = CashUnitReport.plus(unnamed, notes.unnamed());
    }
    return isTold ? Optional.of(new Notes(genuine, suspect, unnamed)) : Optional.empty();
  }

  /// A GetCashInStatus completion, beside the status at that moment. Notes without a name make it
  /// unknown: they cannot be accounted for.
  static CashInStatus lastCashIn(JsonObject answer, JsonObject status, Map<String, Money> types) {
    Notes notes = notes(answer.getJsonObject("noteNumberList"), types);
    int refused = CashUnitReport.notes(answer.getValue("numOfRefused"));
    boolean nothing = notes.genuine().isEmpty() && notes.suspect().isEmpty() && refused == 0;
    CashInStatus.State state =
        switch (answer.getString("status", "unknown")) {
          case "ok" -> nothing ? CashInStatus.State.NONE : CashInStatus.State.STORED;
          case "active" -> CashInStatus.State.ACTIVE;
          case "rollback" -> CashInStatus.State.RETURNED;
          case "retract" -> CashInStatus.State.RETRACTED;
          case "reset" -> CashInStatus.State.RESET;
          default -> CashInStatus.State.UNKNOWN;
        };
    return new CashInStatus(
        notes.unnamed() == 0 ? state : CashInStatus.State.UNKNOWN,
        notes.genuine(),
        notes.suspect(),
        refused,
        switch (slot(status)) {
          case EMPTY -> Optional.of(true);
          case FILLED -> Optional.of(false);
          case UNKNOWN -> Optional.empty();
        },
        notesInside(status));
  }

  /// What `now` has more than `before`.
  static Map<Money, Integer> more(Map<Money, Integer> now, Map<Money, Integer> before) {
    Map<Money, Integer> more = new TreeMap<>(now);
    before.forEach((note, count) -> more.merge(note, -count, Integer::sum));
    more.values().removeIf(count -> count == 0);
    return more;
  }

  static boolean isRefusal(Message completion) {
    String code = completion.code().orElse("success");
    return BEFORE_MOVEMENT.contains(
        code.equals("commandErrorCode") ? completion.errorCode().orElse("") : code);
  }

  /// What lies within the customer's reach, over all positions: one in doubt makes all doubtful.
  static Dispensing.Slot slot(JsonObject status) {
    Dispensing.Slot slot = Dispensing.Slot.EMPTY;
    for (JsonObject position : positions(status)) {
      switch (position.getString("positionStatus", "unknown")) {
        case "empty" -> {}
        case "notEmpty", "foreignItems" -> {
          return Dispensing.Slot.FILLED;
        }
        default -> slot = Dispensing.Slot.UNKNOWN;
      }
    }
    return slot;
  }

  /// Whether notes lie in the escrow or in the transport; in doubt they do.
  static boolean notesInside(JsonObject status) {
    String escrow =
        status
            .getJsonObject("cashAcceptor", new JsonObject())
            .getString("intermediateStacker", "empty");
    return !escrow.equals("empty")
        || positions(status).stream()
            .anyMatch(position -> !position.getString("transportStatus", "empty").equals("empty"));
  }

  /// What stops the acceptor from serving.
  static Optional<String> fault(JsonObject status) {
    for (JsonObject position : positions(status)) {
      String shutter = position.getString("shutter", "closed");
      if (shutter.startsWith("jammed")) return Optional.of("the shutter is " + shutter);
      if (position.getString("transport", "ok").equals("inoperative")) {
        return Optional.of("the transport is inoperative");
      }
    }
    if (word(status, "cashAcceptor", "banknoteReader").equals("inoperable")) {
      return Optional.of("the reader of notes is inoperable");
    }
    if (word(status, "cashManagement", "acceptor").equals("stop")) {
      return Optional.of("no bin can take notes");
    }
    return word(status, "common", "exchange").equals("active")
        ? Optional.of("bins are being exchanged")
        : Optional.empty();
  }

  private static String word(JsonObject status, String part, String name) {
    return status.getJsonObject(part, new JsonObject()).getString(name, "");
  }

  private static java.util.List<JsonObject> positions(JsonObject status) {
    return status
        .getJsonObject("cashAcceptor", new JsonObject())
        .getJsonArray("positions", new JsonArray())
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
