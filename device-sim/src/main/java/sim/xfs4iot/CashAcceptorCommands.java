package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.CashIn;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.Refusal;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.TakenIn;

/// The CashAcceptor interface: one cash-in transaction at a time, and what became of the last
/// (sheet, sections 8 and 9.8). Only waiting for notes can be cancelled. Server's event loop only.
final class CashAcceptorCommands implements CommandSet {
  static final String IN = "inDefault";

  private static final Set<String> IN_NAMES = Set.of(IN, "inFront");

  private static final Map<Kind, String> START_ERRORS = Map.of(Kind.CASH_IN_ACTIVE, "cashInActive");
  private static final Map<Kind, String> CASH_IN_ERRORS =
      Map.of(
          Kind.NO_CASH_IN, "noCashInActive",
          Kind.ITEMS_LEFT, "positionNotEmpty",
          Kind.SHUTTER_JAM, "shutterNotOpen");
  private static final Map<Kind, String> END_ERRORS =
      Map.of(
          Kind.NO_CASH_IN, "noCashInActive",
          Kind.NO_ITEMS, "noItems",
          Kind.BIN_FULL, "cashUnitError");
  private static final Map<Kind, String> ROLLBACK_ERRORS =
      Map.of(
          Kind.NO_CASH_IN, "noCashInActive",
          Kind.NO_ITEMS, "noItems",
          Kind.ITEMS_LEFT, "positionNotEmpty",
          Kind.SHUTTER_JAM, "shutterNotOpen");

  private final SimCashAcceptor acceptor;
  private final AcceptorUnits units;

  CashAcceptorCommands(SimCashAcceptor acceptor, AcceptorUnits units) {
    this.acceptor = acceptor;
    this.units = units;
  }

  @Override
  public String name() {
    return "CashAcceptor";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "CashInStart", this::cashInStart,
        "CashIn", this::cashIn,
        "CashInEnd", this::cashInEnd,
        "CashInRollback", this::cashInRollback,
        "GetCashInStatus", this::getCashInStatus);
  }

  @Override
  public Set<String> events() {
    return Set.of("InsertItemsEvent", "InputRefuseEvent", "SubCashInEvent");
  }

  private Future<JsonObject> cashInStart(Call call) {
    JsonObject asked = call.payload();
    String in = asked.getString("inputPosition");
    if (in != null && !IN_NAMES.contains(in)) {
      throw CommandException.error("unsupportedPosition", "no position " + in);
    }
    Positions.of(asked.getString("outputPosition"));
    if (Payloads.bounded(asked, "totalItemsLimit", 0) > 0
        || !asked.getJsonArray("amountLimit", new JsonArray()).isEmpty()) {
      throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "limits are not kept here");
    }
    return Mechanical.translate(acceptor.begin(), START_ERRORS).mapEmpty();
  }

  private Future<JsonObject> cashIn(Call call) {
    Future<TakenIn> taken =
        acceptor.cashIn(
            () -> call.event("CashAcceptor.InsertItemsEvent"),
            refusal ->
                call.event(
                    "CashAcceptor.InputRefuseEvent",
                    new JsonObject().put("reason", reason(refusal))));
    call.cancellable(acceptor::cancelCashIn);
    return Mechanical.translate(taken, CASH_IN_ERRORS)
        .map(
            bunch -> {
              JsonObject items = AcceptorUnits.counts(bunch.accepted(), bunch.suspect());
              if (items.isEmpty()) return null;
              call.event("CashAcceptor.SubCashInEvent", items);
              return new JsonObject().put("items", items);
            });
  }

  private static String reason(Refusal refusal) {
    return switch (refusal) {
      case INVALID -> "invalidBill";
      case FOREIGN -> "foreignItemsDetected";
      case COUNTERFEIT -> "counterfeit";
      case ESCROW_FULL -> "stackerFull";
      case BINS_FULL -> "cashInUnitFull";
      case NOT_DRAWN_IN -> "depositFailure";
    };
  }

  private Future<JsonObject> cashInEnd(Call call) {
    Map<String, AcceptorUnit> before = units.seen();
    return Mechanical.translate(
            acceptor.store().onFailure(cause -> tellFull(call, cause)), END_ERRORS)
        .map(_ -> new JsonObject().put("storage", units.movedSince(before)));
  }

  private void tellFull(Call call, Throwable cause) {
    if (cause instanceof MechanicalFault fault && fault.kind() == Kind.BIN_FULL) {
      StorageErrors.tell(call, units, "full", units.first(AcceptorUnit.Role.DEPOSIT));
    }
  }

  private Future<JsonObject> cashInRollback(Call call) {
    return Mechanical.translate(acceptor.rollback(), ROLLBACK_ERRORS).mapEmpty();
  }

  private Future<JsonObject> getCashInStatus(Call call) {
    CashIn last = acceptor.last();
    String status =
        switch (last.state()) {
          // The release has no word for a machine in which nothing was ever put in.
          case NONE, OK -> "ok";
          case ACTIVE -> "active";
          case ROLLBACK -> "rollback";
          case RETRACT -> "retract";
          case RESET -> "reset";
          case UNKNOWN -> "unknown";
        };
    JsonObject told = new JsonObject().put("status", status);
    JsonObject notes = AcceptorUnits.counts(last.accepted(), last.suspect());
    told.put("numOfRefused", last.refused());
    if (!notes.isEmpty()) told.put("noteNumberList", notes);
    return Future.succeededFuture(told);
  }

  @Override
  public void status(JsonObject status) {
    int notes = acceptor.escrow().size();
    Payloads.part(status, "cashAcceptor")
        .put(
            "intermediateStacker",
            notes == 0 ? "empty" : notes < SimCashAcceptor.ESCROW_MAX ? "notEmpty" : "full")
        .put("stackerItems", notes == 0 ? "noItems" : "noCustomerAccess")
        .put("banknoteReader", "ok")
        .put("dropBox", false)
        .put("positions", new JsonArray().add(position(IN)).add(position(Positions.OUT)));
  }

  /// One slot under two names: notes come back where they were put in.
  private JsonObject position(String name) {
    return new JsonObject()
        .put("position", name)
        .put(
            "shutter",
            switch (acceptor.shutter()) {
              case OPEN -> "open";
              case CLOSED -> "closed";
              case JAMMED -> "jammedClosed";
            })
        .put(
            "positionStatus",
            switch (acceptor.slot()) {
              case EMPTY -> "empty";
              case NOT_EMPTY -> "notEmpty";
              case UNKNOWN -> "unknown";
            })
        .put("transport", acceptor.transportJammed() ? "inoperative" : "ok")
        .put("transportStatus", acceptor.transport().isEmpty() ? "empty" : "notEmpty");
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    JsonObject retract = new JsonObject().put("retract", true);
    JsonObject in =
        new JsonObject()
            .put("position", IN)
            .put("usage", new JsonObject().put("in", true))
            .put("shutterControl", true)
            .put("itemsInsertedSensor", true);
    JsonObject out =
        new JsonObject()
            .put("position", Positions.OUT)
            .put("usage", new JsonObject().put("refuse", true).put("rollback", true))
            .put("shutterControl", true)
            .put("itemsTakenSensor", true)
            .put("retractAreas", retract);
    Payloads.part(capabilities, "cashAcceptor")
        .put("type", "selfServiceBill")
        .put("maxCashInItems", SimCashAcceptor.ESCROW_MAX)
        .put("shutter", true)
        .put("shutterControl", true)
        .put("intermediateStacker", SimCashAcceptor.ESCROW_MAX)
        .put("itemsTakenSensor", true)
        .put("itemsInsertedSensor", true)
        .put("positions", new JsonArray().add(in).add(out))
        .put("retractAreas", retract.copy())
        .put("retractStackerActions", retract.copy())
        .put("retainAction", new JsonObject().put("counterfeit", true).put("suspect", true));
  }
}
