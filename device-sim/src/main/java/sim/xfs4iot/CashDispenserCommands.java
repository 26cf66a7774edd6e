package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sim.mechanics.Denomination;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.PresentStatus;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimCashDispenser.Dispensed;

/// The CashDispenser interface: denominate, dispense under a token, present, reject, and what
/// became of it (sheet, sections 6, 8 and 9.6). A movement is never cancelled. Server's event loop
/// only.
final class CashDispenserCommands implements CommandSet {
  private static final Map<Kind, String> DISPENSE_ERRORS =
      Map.of(
          Kind.ITEMS_LEFT, "itemsLeft",
          Kind.UNIT_MISSING, "cashUnitError",
          Kind.UNIT_EMPTY, "cashUnitError",
          Kind.BIN_FULL, "cashUnitError",
          Kind.TOO_MANY_ITEMS, "tooManyItems",
          Kind.UNKNOWN_UNIT, "notDispensable");
  private static final Map<Kind, String> PRESENT_ERRORS =
      Map.of(
          Kind.NO_ITEMS, "noItems",
          Kind.ITEMS_LEFT, "presentErrorItems",
          Kind.SHUTTER_JAM, "presentErrorNoItems",
          Kind.SLOT_UNKNOWN, "presentErrorUnknown");
  private static final Map<Kind, String> REJECT_ERRORS =
      Map.of(Kind.NO_ITEMS, "noItems", Kind.BIN_FULL, "cashUnitError");

  private final SimCashDispenser dispenser;
  private final CashUnits units;
  private final Exchange exchange;
  private final EndToEndSecurity security;
  private final Denominator denominator;

  CashDispenserCommands(
      SimCashDispenser dispenser, CashUnits units, Exchange exchange, EndToEndSecurity security) {
    this.dispenser = dispenser;
    this.units = units;
    this.exchange = exchange;
    this.security = security;
    this.denominator = new Denominator(units);
  }

  @Override
  public String name() {
    return "CashDispenser";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "GetMixTypes", this::getMixTypes,
        "Denominate", this::denominate,
        "Dispense", this::dispense,
        "Present", this::present,
        "Reject", this::reject,
        "GetPresentStatus", this::getPresentStatus);
  }

  @Override
  public Set<String> events() {
    return Set.of("IncompleteDispenseEvent");
  }

  private Future<JsonObject> getMixTypes(Call call) {
    JsonObject mix =
        new JsonObject()
            .put("type", "algorithm")
            .put("algorithm", "minimumBills")
            .put("name", "Minimum bills");
    return Future.succeededFuture(
        new JsonObject().put("mixes", new JsonObject().put(Denominator.MINIMUM_BILLS, mix)));
  }

  private Future<JsonObject> denominate(Call call) {
    exchange.refuse();
    Mix mix = denominator.mix(DenominateRequest.read(call.payload().getJsonObject("request")));
    return Future.succeededFuture(
        new JsonObject().put("result", denomination(mix.amounts(), mix.counts())));
  }

  /// The checks in the order of section 4: exchange, token, position and parameters, then the
  /// device itself; until the mechanics agree to move, nothing has changed.
  private Future<JsonObject> dispense(Call call) {
    exchange.refuse();
    DenominateRequest request =
        DenominateRequest.read(call.payload().getJsonObject("denomination"));
    DispenseToken token =
        security.check(call.payload().getValue("token"), denominator.worth(request));
    Positions.of(call.payload().getString("position"));
    Mix mix = denominator.mix(request);
    if (!dispenser.tray().isEmpty() || !dispenser.stacker().isEmpty()) {
      throw CommandException.error("itemsLeft", "notes of an earlier dispense are still out");
    }
    if (dispenser.shutter() == SimCashDispenser.Shutter.OPEN) {
      throw CommandException.error("shutterOpen", "the shutter is open");
    }
    if (dispenser.dead()) {
      throw CommandException.of(CompletionCode.HARDWARE_ERROR, "the dispenser is dead");
    }
    boolean usedUp = security.spend(mix.amounts());
    CashMovement movement = new CashMovement(dispenser);
    return Mechanical.translate(
            dispenser
                .dispense(mix.counts(), token.hmac())
                .onFailure(cause -> incomplete(call, mix, cause)),
            DISPENSE_ERRORS)
        .onComplete(
            _ -> {
              if (usedUp) security.clear("the token's value is used up");
            })
        .map(dispensed -> dispensed(call, dispensed, movement));
  }

  private JsonObject dispensed(Call call, Dispensed dispensed, CashMovement movement) {
    if (!dispensed.rejected().isEmpty()) {
      call.event("CashManagement.NoteErrorEvent", new JsonObject().put("reason", "doubleNote"));
    }
    Map<String, Integer> stacked = new TreeMap<>();
    dispensed.stacked().forEach(note -> stacked.merge(note.home(), 1, Integer::sum));
    JsonObject storage = new JsonObject();
    if (!movement.out().isEmpty()) storage.put("out", movement.out());
    if (!movement.in().isEmpty()) storage.put("in", movement.in());
    return new JsonObject()
        .put("denomination", denomination(amounts(stacked), stacked))
        .put("bunches", "1")
        .put("storage", storage);
  }

  /// What really moved, told before the completion says that it failed.
  private void incomplete(Call call, Mix mix, Throwable cause) {
    if (!(cause instanceof MechanicalFault fault)) return;
    Map<String, Integer> stacked = new TreeMap<>();
    dispenser.stacker().forEach(note -> stacked.merge(note.home(), 1, Integer::sum));
    if (fault.kind() == Kind.UNIT_MISSING || fault.kind() == Kind.UNIT_EMPTY) {
      StorageErrors.tell(call, units, failure(fault), blamed(mix, fault.kind()));
    }
    if (!stacked.isEmpty() && fault.kind() != Kind.REPLY_LOST) {
      call.event("CashDispenser.IncompleteDispenseEvent", denomination(amounts(stacked), stacked));
    }
  }

  private static String failure(MechanicalFault fault) {
    return fault.kind() == Kind.UNIT_EMPTY ? "empty" : "error";
  }

  private String blamed(Mix mix, Kind kind) {
    return mix.counts().keySet().stream()
        .filter(unit -> kind != Kind.UNIT_EMPTY || units.unit(unit).count() == 0)
        .findFirst()
        .orElse(mix.counts().keySet().iterator().next());
  }

  private Future<JsonObject> present(Call call) {
    exchange.refuse();
    String position = Positions.of(call.payload().getString("position"));
    return Mechanical.translate(dispenser.present(), PRESENT_ERRORS)
        .map(_ -> new JsonObject().put("position", bunches(position)));
  }

  /// One bunch always: the stacker holds no more than the slot.
  static JsonObject bunches(String position) {
    return new JsonObject().put("position", position).put("additionalBunches", "0");
  }

  private Future<JsonObject> reject(Call call) {
    exchange.refuse();
    return Mechanical.translate(dispenser.reject(), REJECT_ERRORS).mapEmpty();
  }

  private Future<JsonObject> getPresentStatus(Call call) {
    Positions.of(call.payload().getString("position"));
    PresentStatus last = dispenser.presentStatus();
    JsonObject told =
        new JsonObject()
            .put(
                "presentState",
                switch (last.state()) {
                  case NOT_PRESENTED -> "notPresented";
                  case PRESENTED -> "presented";
                  case UNKNOWN -> "unknown";
                });
    if (!last.dispensed().isEmpty()) {
      told.put("denomination", denomination(amounts(last.dispensed()), last.dispensed()));
    }
    String nonce = call.payload().getString("nonce");
    if (nonce != null) {
      if (nonce.isEmpty() || nonce.length() > 32) {
        throw CommandException.of(CompletionCode.INVALID_DATA, "nonce: wanted 1 to 32 characters");
      }
      told.put("token", security.respond(nonce, PresentReport.fields(last, this::amounts)));
    }
    return Future.succeededFuture(told);
  }

  private Map<String, Long> amounts(Map<String, Integer> counts) {
    Map<String, Denomination> notes = new TreeMap<>();
    units.cassettes().forEach(unit -> notes.put(unit.unit(), unit.note()));
    return new Mix(counts, notes).amounts();
  }

  private static JsonObject denomination(Map<String, Long> amounts, Map<String, Integer> counts) {
    JsonObject currencies = new JsonObject();
    amounts.forEach((currency, minor) -> currencies.put(currency, Amounts.json(minor, currency)));
    JsonObject values = new JsonObject();
    counts.forEach(values::put);
    return new JsonObject().put("currencies", currencies).put("values", values);
  }

  @Override
  public void status(JsonObject status) {
    String shutter =
        switch (dispenser.shutter()) {
          case OPEN -> "open";
          case CLOSED -> "closed";
          case JAMMED -> "jammedClosed";
        };
    String slot =
        switch (dispenser.slot()) {
          case EMPTY -> "empty";
          case NOT_EMPTY -> "notEmpty";
          case UNKNOWN -> "unknown";
        };
    JsonObject position =
        new JsonObject()
            .put("position", Positions.OUT)
            .put("shutter", shutter)
            .put("positionStatus", slot)
            .put("transport", dispenser.transportJammed() ? "inoperative" : "ok")
            .put("transportStatus", dispenser.transport().isEmpty() ? "empty" : "notEmpty");
    Payloads.part(status, "cashDispenser")
        .put("intermediateStacker", dispenser.stacker().isEmpty() ? "empty" : "notEmpty")
        .put("positions", new JsonArray().add(position));
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "cashDispenser")
        .put("type", "selfServiceBill")
        .put("maxDispenseItems", SimCashDispenser.NOTES_MAX)
        .put("shutterControl", true)
        .put("retractAreas", yes("retract", "reject"))
        .put("intermediateStacker", true)
        .put("itemsTakenSensor", true)
        .put("positions", yes("front"));
  }

  private static JsonObject yes(String... names) {
    JsonObject flags = new JsonObject();
    for (String name : names) flags.put(name, true);
    return flags;
  }
}
