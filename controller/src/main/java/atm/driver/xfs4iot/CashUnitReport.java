package atm.driver.xfs4iot;

import atm.device.CashDispenser.CashUnit;
import atm.value.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a service says of one of its cash units (§7), read from a Storage.GetStorage completion.
///
/// @param unit the service's own name for it, such as `unit1`
/// @param note the one denomination of a cassette
/// @param out notes that have left it, by where they went: `presented`, `stacked`, `rejected` …
record CashUnitReport(
    String unit,
    Optional<String> id,
    Optional<String> positionName,
    CashUnit.Kind kind,
    Optional<Money> note,
    CashUnit.State state,
    boolean full,
    boolean countsAreSure,
    int initial,
    int in,
    Map<String, Integer> out) {
  /// More notes than any machine ever moves, and sums of a few fit into an `int`.
  private static final int COUNT_MAX = 200_000_000;

  /// All cash units that pay out or take notes back; others are none of a dispenser's business.
  static Map<String, CashUnitReport> of(JsonObject storage) {
    Map<String, CashUnitReport> reports = new HashMap<>();
    for (String unit : storage.fieldNames()) {
      JsonObject all = storage.getJsonObject(unit);
      JsonObject cash = all == null ? null : all.getJsonObject("cash");
      if (cash == null) continue;
      kindOf(cash).ifPresent(kind -> reports.put(unit, report(unit, all, cash, kind)));
    }
    return reports;
  }

  /// Total is not sent: what was put in, and came in, less what went out.
  int count() {
    return initial + in - sum(out);
  }

  int out(String where) {
    return out.getOrDefault(where, 0);
  }

  /// A count set: notes of each type, fit or not, and those it could not recognise.
  static int total(JsonObject counts) {
    if (counts == null) return 0;
    int total = 0;
    for (var entry : counts) {
      total =
          plus(
              total,
              entry.getValue() instanceof JsonObject ofType
                  ? sum(ofType)
                  : notes(entry.getValue()));
    }
    return total;
  }

  static int sum(JsonObject numbers) {
    int sum = 0;
    for (var entry : numbers) sum = plus(sum, notes(entry.getValue()));
    return sum;
  }

  private static int sum(Map<String, Integer> movements) {
    return movements.values().stream().reduce(0, CashUnitReport::plus);
  }

  /// The count that a value is, none where it is no number. A number that cannot be a count of
  /// notes is not passed over: who says it counts wrong.
  static int notes(Object value) {
    return switch (value) {
      case Integer count when count >= 0 && count <= COUNT_MAX -> count;
      case Number wrong -> throw new IllegalArgumentException("a count of " + wrong + " notes");
      case null, default -> 0;
    };
  }

  /// A sum that is never another number than it should be.
  static int plus(int one, int other) {
    long sum = (long) one + other;
    if (Math.abs(sum) > COUNT_MAX)
      throw new IllegalArgumentException("a count of " + sum + " notes");
    return (int) sum;
  }

  private static CashUnitReport report(
      String unit, JsonObject all, JsonObject cash, CashUnit.Kind kind) {
    JsonObject status = cash.getJsonObject("status", new JsonObject());
    JsonObject configuration = cash.getJsonObject("configuration", new JsonObject());
    String filling = status.getString("replenishmentStatus", "ok");
    Map<String, Integer> out = movements(status.getJsonObject("out"));
    Map<String, Integer> in = movements(status.getJsonObject("in"));
    return new CashUnitReport(
        unit,
        Message.text(all, "id"),
        Message.text(all, "positionName"),
        kind,
        kind == CashUnit.Kind.CASSETTE ? noteOf(configuration) : Optional.empty(),
        stateOf(all.getString("status", "ok"), filling),
        filling.equals("full"),
        !status.getString("accuracy", "accurate").matches("inaccurate|unknown"),
        total(status.getJsonObject("initial")),
        sum(in),
        out);
  }

  private static Map<String, Integer> movements(JsonObject sets) {
    Map<String, Integer> movements = new HashMap<>();
    if (sets == null) return movements;
    for (var entry : sets) {
      if (entry.getValue() instanceof JsonObject counts) {
        movements.put(entry.getKey(), total(counts));
      }
    }
    return movements;
  }

  private static Optional<CashUnit.Kind> kindOf(JsonObject cash) {
    JsonObject types =
        cash.getJsonObject("configuration", new JsonObject())
            .getJsonObject("types", new JsonObject());
    if (types.getBoolean("cashOut", false)) return Optional.of(CashUnit.Kind.CASSETTE);
    if (types.getBoolean("cashOutRetract", false)) return Optional.of(CashUnit.Kind.RETRACT);
    if (types.getBoolean("reject", false)) return Optional.of(CashUnit.Kind.REJECT);
    return Optional.empty();
  }

  private static Optional<Money> noteOf(JsonObject configuration) {
    Optional<String> currency = Message.text(configuration, "currency");
    Object value = configuration.getValue("value");
    return currency.isPresent() && value != null
        ? Amounts.money(value, currency.get())
        : Optional.empty();
  }

  private static CashUnit.State stateOf(String status, String filling) {
    return switch (status) {
      case "ok" ->
          switch (filling) {
            case "empty" -> CashUnit.State.EMPTY;
            case "low" -> CashUnit.State.LOW;
            default -> CashUnit.State.OK;
          };
      case "missing" -> CashUnit.State.MISSING;
      default -> CashUnit.State.INOPERATIVE;
    };
  }

  /// The item types a unit says it holds, with the note they stand for.
  static Map<String, Money> noteTypes(JsonObject storage) {
    Map<String, Money> types = new HashMap<>();
    for (String unit : storage.fieldNames()) {
      JsonObject configuration =
          storage
              .getJsonObject(unit)
              .getJsonObject("cash", new JsonObject())
              .getJsonObject("configuration", new JsonObject());
      JsonArray items = configuration.getJsonArray("cashItems", new JsonArray());
      if (items.size() != 1) continue; // a bin of several types tells nothing of any one
      noteOf(configuration).ifPresent(note -> types.put(items.getString(0), note));
    }
    return types;
  }
}
