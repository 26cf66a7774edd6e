package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Banknote;
import sim.mechanics.DeviceEvent;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashAcceptor.Shutter;

/// The CashManagement interface of an acceptor: the notes it knows, retract and reset, and what
/// happens at its slot (sheet, sections 8 and 9.7). Server's event loop only.
final class AcceptorManagementCommands implements CommandSet {
  private static final Map<Kind, String> RETRACT_ERRORS =
      Map.of(
          Kind.NO_ITEMS, "noItems",
          Kind.ITEMS_TAKEN, "itemsTaken",
          Kind.BIN_FULL, "cashUnitError",
          Kind.JAM, "incompleteRetract");
  private static final Map<Kind, String> RESET_ERRORS = Map.of(Kind.BIN_FULL, "cashUnitError");

  private final Service service;
  private final SimCashAcceptor acceptor;
  private final AcceptorUnits units;
  private Shutter told;

  AcceptorManagementCommands(Service service, SimCashAcceptor acceptor, AcceptorUnits units) {
    this.service = service;
    this.acceptor = acceptor;
    this.units = units;
    this.told = acceptor.shutter();
    acceptor.listen(this::happened);
  }

  @Override
  public String name() {
    return "CashManagement";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "GetBankNoteTypes", _ -> Future.succeededFuture(BankNotes.of(acceptor.known())),
        "Retract", this::retract,
        "Reset", this::reset);
  }

  @Override
  public Set<String> events() {
    return Set.of(
        "ItemsInsertedEvent",
        "ItemsPresentedEvent",
        "ItemsTakenEvent",
        "MediaDetectedEvent",
        "ShutterStatusChangedEvent",
        "IncompleteRetractEvent");
  }

  private void happened(DeviceEvent event) {
    JsonObject out = CashDispenserCommands.bunches(Positions.OUT);
    switch (event) {
      case DeviceEvent.NotesInserted _ ->
          service.unsolicited(
              "CashManagement.ItemsInsertedEvent",
              new JsonObject().put("position", CashAcceptorCommands.IN));
      case DeviceEvent.NotesPresented _ ->
          service.unsolicited("CashManagement.ItemsPresentedEvent", out);
      case DeviceEvent.NotesTaken _ -> service.unsolicited("CashManagement.ItemsTakenEvent", out);
      default -> {}
    }
  }

  /// Takes `outputPosition`, `retractArea`, or both (section 9.7).
  private Future<JsonObject> retract(Call call) {
    JsonObject location = call.payload().getJsonObject("location", new JsonObject());
    String from = location.getString("outputPosition");
    if (from != null && !from.equals("outDefault") && !from.equals("outFront")) {
      throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "no position " + from);
    }
    if (!location.getString("retractArea", "retract").equals("retract")) {
      throw CommandException.error("notRetractArea", "wanted retract");
    }
    if (Payloads.bounded(location, "index", 1) != 1) {
      throw CommandException.error("invalidRetractPosition", "there is one retract place, 1");
    }
    Map<String, AcceptorUnit> before = units.seen();
    return Mechanical.translate(
            acceptor.retract().onFailure(cause -> failed(call, cause)), RETRACT_ERRORS)
        .map(_ -> new JsonObject().put("storage", units.movedSince(before)));
  }

  private void failed(Call call, Throwable cause) {
    if (!(cause instanceof MechanicalFault fault)) return;
    if (fault.kind() == Kind.BIN_FULL) {
      StorageErrors.tell(call, units, "full", units.first(AcceptorUnit.Role.RETRACT));
    } else if (fault.kind() == Kind.JAM) {
      call.event(
          "CashManagement.IncompleteRetractEvent",
          new JsonObject().put("itemNumberList", new JsonObject()).put("reason", "retractFailure"));
    }
  }

  /// Whatever is found goes to the one place there is for it, named or not.
  private Future<JsonObject> reset(Call call) {
    JsonObject position = call.payload().getJsonObject("position");
    String target = position == null ? "retract" : position.getString("target", "retract");
    String bin = units.first(AcceptorUnit.Role.RETRACT);
    switch (target) {
      case "retract" -> {
        if (position != null && Payloads.bounded(position, "index", 1) != 1) {
          throw CommandException.error("invalidRetractPosition", "there is one retract place, 1");
        }
      }
      case "singleUnit" -> {
        if (!bin.equals(position.getString("unit"))) {
          throw CommandException.error("invalidCashUnit", "no bin " + position.getString("unit"));
        }
      }
      default -> throw CommandException.error("unsupportedPosition", "no items go to " + target);
    }
    Map<String, AcceptorUnit> before = units.seen();
    return Mechanical.translate(
            acceptor.reset().onSuccess(moved -> detected(moved, target, bin)), RESET_ERRORS)
        .map(_ -> new JsonObject().put("storage", units.movedSince(before)));
  }

  private void detected(List<Banknote> moved, String target, String bin) {
    if (moved.isEmpty()) return;
    JsonObject found = new JsonObject().put("target", target);
    if (target.equals("singleUnit")) found.put("unit", bin);
    service.unsolicited("CashManagement.MediaDetectedEvent", found);
  }

  @Override
  public void changed() {
    Shutter now = acceptor.shutter();
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
        new JsonObject().put("position", CashAcceptorCommands.IN).put("shutter", word));
  }

  @Override
  public void status(JsonObject status) {
    List<AcceptorUnit> bins =
        acceptor.units().stream().filter(unit -> unit.role() == AcceptorUnit.Role.DEPOSIT).toList();
    boolean able =
        bins.stream()
            .anyMatch(
                unit ->
                    unit.status() == AcceptorUnit.Status.OK
                        || unit.status() == AcceptorUnit.Status.HIGH);
    boolean well =
        acceptor.units().stream().allMatch(unit -> unit.status() == AcceptorUnit.Status.OK);
    String word = acceptor.transportJammed() || !able ? "stop" : well ? "ok" : "attention";
    Payloads.part(status, "cashManagement").put("acceptor", word);
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "cashManagement")
        .put("cashBox", false)
        .put("classificationList", false)
        .put(
            "classifications",
            new JsonObject().put("unrecognized", true).put("counterfeit", true).put("fit", true));
  }
}
