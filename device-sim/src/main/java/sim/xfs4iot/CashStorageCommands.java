package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sim.mechanics.CashUnit;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimCashDispenser;

/// Storage of a cash dispenser: with the exchange, and with counts, thresholds and locks to be set
/// (sheet, sections 7, 8 and 9.9). Server's event loop only.
final class CashStorageCommands extends StorageCommands {
  /// Of a cassette's configuration, what is set here; the notes it takes are fixed by its build.
  private static final Set<String> SETTABLE = Set.of("lowThreshold", "appLockOut");

  private static final Set<String> NEEDS_EXCHANGE =
      Set.of("types", "items", "currency", "value", "cashItems");

  private final SimCashDispenser dispenser;
  private final CashUnits units;
  private final Exchange exchange;
  private final CommonCommands common;

  CashStorageCommands(
      Service service,
      SimCashDispenser dispenser,
      CashUnits units,
      Exchange exchange,
      CommonCommands common) {
    super(service, units);
    this.dispenser = dispenser;
    this.units = units;
    this.exchange = exchange;
    this.common = common;
  }

  @Override
  public Map<String, Handler> commands() {
    Map<String, Handler> commands = new HashMap<>(super.commands());
    commands.put("StartExchange", this::startExchange);
    commands.put("EndExchange", this::endExchange);
    commands.put("SetStorage", this::setStorage);
    return commands;
  }

  private Future<JsonObject> startExchange(Call call) {
    if (common.isTransactionActive()) {
      throw CommandException.error("transactionActive", "a customer is being served");
    }
    exchange.refuse();
    exchange.set(true);
    return Future.succeededFuture();
  }

  private Future<JsonObject> endExchange(Call call) {
    if (!exchange.isActive()) throw noExchange();
    exchange.set(false);
    return Future.succeededFuture();
  }

  private static CommandException noExchange() {
    return CommandException.error("noExchangeActive", "no exchange is active");
  }

  /// All or nothing: everything is checked before the first change is made.
  private Future<JsonObject> setStorage(Call call) {
    JsonObject asked = call.payload().getJsonObject("storage", new JsonObject());
    if (asked.isEmpty()) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "payload.storage: saw no unit");
    }
    List<Runnable> changes = new ArrayList<>();
    for (String name : asked.fieldNames()) {
      CashUnit unit =
          dispenser
              .unit(name)
              .orElseThrow(() -> CommandException.error("invalidUnit", "no unit " + name));
      JsonObject cash = asked.getJsonObject(name).getJsonObject("cash");
      if (cash == null) {
        throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, name + " holds cash only");
      }
      // Counts first: a cassette that is filled anew has its threshold from its new contents.
      count(unit, cash.getJsonObject("status"), changes);
      configure(unit, cash.getJsonObject("configuration"), changes);
    }
    try {
      changes.forEach(Runnable::run);
    } catch (MechanicalFault fault) {
      throw CommandException.error(
          fault.kind() == Kind.UNKNOWN_UNIT ? "invalidUnit" : "storageUnitError",
          fault.getMessage());
    }
    return Future.succeededFuture();
  }

  private void configure(CashUnit unit, JsonObject configuration, List<Runnable> changes) {
    if (configuration == null) return;
    for (String name : configuration.fieldNames()) {
      if (configuration.getValue(name) == null) continue;
      if (NEEDS_EXCHANGE.contains(name) && !exchange.isActive()) throw noExchange();
      if (!SETTABLE.contains(name) || unit.role() != CashUnit.Role.CASSETTE) {
        throw CommandException.of(
            CompletionCode.UNSUPPORTED_DATA, name + " of " + unit.unit() + " cannot be set");
      }
    }
    if (configuration.getValue("lowThreshold") != null) {
      int threshold = Payloads.bounded(configuration, "lowThreshold", 0);
      if (threshold > unit.capacity()) {
        throw CommandException.of(
            CompletionCode.INVALID_DATA,
            "lowThreshold " + threshold + ", wanted at most " + unit.capacity());
      }
      changes.add(() -> dispenser.setLowThreshold(unit.unit(), threshold));
    }
    Boolean lock = configuration.getBoolean("appLockOut");
    if (lock != null) changes.add(() -> units.lock(unit.unit(), lock));
  }

  private void count(CashUnit unit, JsonObject status, List<Runnable> changes) {
    JsonObject initial = status == null ? null : status.getJsonObject("initial");
    if (initial == null) return;
    String type = unit.note() == null ? null : CashUnits.type(unit.note());
    long count = 0;
    for (String item : initial.fieldNames()) {
      long items = sum(initial.getValue(item));
      if (items > 0 && !item.equals(type)) {
        throw CommandException.of(
            CompletionCode.UNSUPPORTED_DATA, unit.unit() + " is not loaded with " + item);
      }
      count += items;
    }
    if (count > unit.capacity()) {
      throw CommandException.of(
          CompletionCode.INVALID_DATA, count + " notes, wanted at most " + unit.capacity());
    }
    int loaded = (int) count;
    changes.add(() -> dispenser.load(unit.unit(), loaded));
  }

  /// Items of all classes; of the payload it is known that they are integers from 0.
  private static long sum(Object counts) {
    return switch (counts) {
      case null -> 0;
      case Number number -> Math.min(number.longValue(), Integer.MAX_VALUE);
      case JsonObject classes ->
          classes.fieldNames().stream().mapToLong(name -> Payloads.bounded(classes, name, 0)).sum();
      default -> throw new IllegalStateException("counts that are none");
    };
  }

  @Override
  public void status(JsonObject status) {
    Payloads.part(status, "common").put("exchange", exchange.isActive() ? "active" : "inactive");
  }

  @Override
  public void powerLost() {
    exchange.set(false);
    units.unlockAll();
  }
}
