package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sim.mechanics.Bin;
import sim.mechanics.CashUnit;
import sim.mechanics.DeviceEvent;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.Note;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimCashDispenser.Shutter;

/// The CashManagement interface of a dispenser: its notes, shutter, retract and reset (sheet,
/// sections 8 and 9.7). Server's event loop only.
final class CashManagementCommands implements CommandSet {
  private static final Map<Kind, String> RETRACT_ERRORS =
      Map.of(
          Kind.NO_ITEMS, "noItems",
          Kind.ITEMS_TAKEN, "itemsTaken",
          Kind.BIN_FULL, "cashUnitError",
          Kind.JAM, "incompleteRetract");
  private static final Map<Kind, String> RESET_ERRORS = Map.of(Kind.BIN_FULL, "cashUnitError");

  private final Service service;
  private final SimCashDispenser dispenser;
  private final CashUnits units;
  private final Exchange exchange;
  private Shutter told;

  CashManagementCommands(
      Service service, SimCashDispenser dispenser, CashUnits units, Exchange exchange) {
    this.service = service;
    this.dispenser = dispenser;
    this.units = units;
    this.exchange = exchange;
    this.told = dispenser.shutter();
    dispenser.listen(this::happened);
  }

  @Override
  public String name() {
    return "CashManagement";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "GetBankNoteTypes", this::getBankNoteTypes,
        "Retract", this::retract,
        "Reset", this::reset,
        "OpenShutter", this::openShutter,
        "CloseShutter", this::closeShutter);
  }

  @Override
  public Set<String> events() {
    return Set.of(
        "ItemsPresentedEvent",
        "ItemsTakenEvent",
        "MediaDetectedEvent",
        "ShutterStatusChangedEvent",
        "NoteErrorEvent",
        "IncompleteRetractEvent");
  }

  private void happened(DeviceEvent event) {
    JsonObject bunches = CashDispenserCommands.bunches(Positions.OUT);
    switch (event) {
      case DeviceEvent.NotesPresented _ ->
          service.unsolicited("CashManagement.ItemsPresentedEvent", bunches);
      case DeviceEvent.NotesTaken _ ->
          service.unsolicited("CashManagement.ItemsTakenEvent", bunches);
      default -> {}
    }
  }

  private Future<JsonObject> getBankNoteTypes(Call call) {
    return Future.succeededFuture(
        BankNotes.of(units.cassettes().stream().map(CashUnit::note).toList()));
  }

  /// Takes `outputPosition`, `retractArea`, or both (section 9.7).
  private Future<JsonObject> retract(Call call) {
    exchange.refuse();
    JsonObject location = call.payload().getJsonObject("location", new JsonObject());
    String from = location.getString("outputPosition");
    if (from != null && !from.equals("outDefault") && !from.equals("outFront")) {
      throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "no position " + from);
    }
    Bin bin =
        switch (location.getString("retractArea", "retract")) {
          case "retract" -> Bin.RETRACT;
          case "reject" -> Bin.REJECT;
          default -> throw CommandException.error("notRetractArea", "wanted retract or reject");
        };
    if (Payloads.bounded(location, "index", 1) != 1) {
      throw CommandException.error("invalidRetractPosition", "there is one retract place, 1");
    }
    CashMovement movement = new CashMovement(dispenser);
    return Mechanical.translate(
            dispenser.retract(bin).onFailure(cause -> failed(call, bin, cause)), RETRACT_ERRORS)
        .map(_ -> new JsonObject().put("storage", movement.in()));
  }

  private void failed(Call call, Bin bin, Throwable cause) {
    if (!(cause instanceof MechanicalFault fault)) return;
    if (fault.kind() == Kind.BIN_FULL) {
      StorageErrors.tell(call, units, "full", unit(bin).unit());
    } else if (fault.kind() == Kind.JAM) {
      call.event(
          "CashManagement.IncompleteRetractEvent",
          new JsonObject().put("itemNumberList", new JsonObject()).put("reason", "retractFailure"));
    }
  }

  private CashUnit unit(Bin bin) {
    return units.unit(bin == Bin.REJECT ? CashUnit.Role.REJECT : CashUnit.Role.RETRACT);
  }

  private Future<JsonObject> reset(Call call) {
    // Reset has no exchangeActive among its errors, yet nothing may move in an exchange.
    if (exchange.isActive()) {
      throw CommandException.of(CompletionCode.SEQUENCE_ERROR, "an exchange is active");
    }
    Bin bin = bin(call.payload().getJsonObject("position"));
    CashMovement movement = new CashMovement(dispenser);
    return Mechanical.translate(
            dispenser.reset(bin).onFailure(cause -> fullOnReset(call, bin, cause)), RESET_ERRORS)
        .map(moved -> cleared(bin, moved, movement));
  }

  private void fullOnReset(Call call, Bin bin, Throwable cause) {
    if (cause instanceof MechanicalFault fault && fault.kind() == Kind.BIN_FULL) {
      StorageErrors.tell(call, units, "full", unit(bin).unit());
    }
  }

  private JsonObject cleared(Bin bin, List<Note> moved, CashMovement movement) {
    if (moved.isEmpty()) return null;
    String target = bin == Bin.REJECT ? "reject" : "retract";
    service.unsolicited(
        "CashManagement.MediaDetectedEvent", new JsonObject().put("target", target));
    return new JsonObject().put("storage", movement.in());
  }

  /// Where a reset puts what it finds. Without a wish: notes a customer could reach are kept apart.
  private Bin bin(JsonObject position) {
    String target = position == null ? null : position.getString("target");
    return switch (target) {
      case null -> dispenser.tray().isEmpty() ? Bin.REJECT : Bin.RETRACT;
      case "reject" -> Bin.REJECT;
      case "retract" -> retractPlace(position);
      case "singleUnit" -> bin(position.getString("unit"));
      default -> throw CommandException.error("unsupportedPosition", "no items go to " + target);
    };
  }

  private static Bin retractPlace(JsonObject position) {
    if (Payloads.bounded(position, "index", 1) != 1) {
      throw CommandException.error("invalidRetractPosition", "there is one retract place, 1");
    }
    return Bin.RETRACT;
  }

  private Bin bin(String unit) {
    for (Bin bin : Bin.values()) if (unit(bin).unit().equals(unit)) return bin;
    throw CommandException.error("invalidCashUnit", "no bin " + unit);
  }

  private Future<JsonObject> openShutter(Call call) {
    exchange.refuse();
    Positions.of(call.payload().getString("position"));
    switch (dispenser.shutter()) {
      case OPEN -> throw CommandException.error("shutterOpen", "the shutter is open already");
      case JAMMED -> throw CommandException.error("shutterNotOpen", "the shutter is jammed");
      case CLOSED -> {}
    }
    return Mechanical.translate(dispenser.openShutter(), Map.of(Kind.SHUTTER_JAM, "shutterNotOpen"))
        .mapEmpty();
  }

  private Future<JsonObject> closeShutter(Call call) {
    exchange.refuse();
    Positions.of(call.payload().getString("position"));
    switch (dispenser.shutter()) {
      case CLOSED -> throw CommandException.error("shutterClosed", "the shutter is closed already");
      case JAMMED -> throw CommandException.error("shutterNotClosed", "the shutter is jammed");
      case OPEN -> {}
    }
    // It would not close on notes: a retract is what takes them back.
    return Mechanical.translate(
            dispenser.closeShutter(),
            Map.of(Kind.SHUTTER_JAM, "shutterNotClosed", Kind.ITEMS_LEFT, "shutterNotClosed"))
        .mapEmpty();
  }

  @Override
  public void changed() {
    Shutter now = dispenser.shutter();
    if (now == told) return;
    told = now;
    String word =
        switch (now) {
          case OPEN -> "open";
          case CLOSED -> "closed";
          case JAMMED -> "jammed";
        };
    service.unsolicited(
        "CashManagement.ShutterStatusChangedEvent",
        new JsonObject().put("position", Positions.OUT).put("shutter", word));
  }

  @Override
  public void status(JsonObject status) {
    List<CashUnit> cassettes = units.cassettes();
    long able =
        cassettes.stream().filter(unit -> units.isUsable(unit.unit()) && unit.count() > 0).count();
    boolean well =
        able == cassettes.size()
            && cassettes.stream().allMatch(unit -> unit.status() == CashUnit.Status.OK);
    String word = dispenser.transportJammed() || able == 0 ? "stop" : well ? "ok" : "attention";
    Payloads.part(status, "cashManagement").put("dispenser", word);
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "cashManagement")
        .put("cashBox", false)
        .put("exchangeType", new JsonObject().put("byHand", true))
        .put("classificationList", false);
  }
}
