package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.xfs4iot.MessageTable.Kind;

/// The Common interface, the same for every service: status told whole or by its changes,
/// capabilities put together from the interfaces served, cancel, versions, the customer session.
final class CommonCommands implements CommandSet {
  private final Service service;
  private final Identity identity;
  private final SimDevice device;
  private JsonObject told;
  private String transactionId;
  private boolean transactionActive;

  /// What stands on the device's type plate.
  record Identity(String model, String serial) {}

  CommonCommands(Service service, Identity identity, SimDevice device) {
    this.service = service;
    this.identity = identity;
    this.device = device;
  }

  @Override
  public String name() {
    return "Common";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "Status",
        _ -> Future.succeededFuture(status()),
        "Capabilities",
        _ -> Future.succeededFuture(capabilities()),
        "Cancel",
        this::cancel,
        "SetVersions",
        this::setVersions,
        "SetTransactionState",
        this::setTransactionState,
        "GetTransactionState",
        _ -> Future.succeededFuture(transactionState()));
  }

  @Override
  public Set<String> events() {
    return Set.of("StatusChangedEvent", "ErrorEvent");
  }

  boolean isTransactionActive() {
    return transactionActive;
  }

  private JsonObject status() {
    JsonObject status = new JsonObject();
    for (CommandSet set : service.sets()) set.status(status);
    return status;
  }

  @Override
  public void status(JsonObject status) {
    Payloads.part(status, "common")
        .put("device", condition())
        .put("devicePosition", "inPosition")
        .put("powerSaveRecoveryTime", 0);
  }

  /// Whoever comes back after a lost connection must see that notes still move: counts asked for
  /// meanwhile are not the last ones. A device that waits for a customer is not busy.
  private String condition() {
    if (device.dead()) return "hardwareError";
    boolean moving =
        switch (device) {
          case SimCashDispenser dispenser -> dispenser.busy().isPresent();
          case SimCashAcceptor acceptor -> acceptor.busy().isPresent() && !acceptor.wantsNotes();
          default -> false;
        };
    return moving ? "deviceBusy" : "online";
  }

  private JsonObject capabilities() {
    JsonArray interfaces = new JsonArray();
    Map<String, JsonObject> byName = new TreeMap<>();
    for (CommandSet set : service.sets()) {
      JsonObject one =
          byName.computeIfAbsent(set.name(), name -> offer(service.dialect().interfaceName(name)));
      for (String command : set.commands().keySet()) {
        String name = set.name() + "." + command;
        one.getJsonObject("commands").put(name, versions(Versions.offered(service.table(), name)));
      }
      for (String event : set.events()) {
        String name = set.name() + "." + event;
        one.getJsonObject("events").put(name, versions(java.util.List.of(eventVersion(name))));
      }
    }
    byName.values().forEach(interfaces::add);
    JsonObject capabilities = new JsonObject().put("interfaces", interfaces);
    for (CommandSet set : service.sets()) set.capabilities(capabilities);
    return capabilities;
  }

  private static JsonObject offer(String name) {
    return new JsonObject()
        .put("name", name)
        .put("commands", new JsonObject())
        .put("events", new JsonObject())
        .put("maximumRequests", Service.WAITING_MAX);
  }

  private static JsonObject versions(java.util.List<String> versions) {
    return new JsonObject().put("versions", new JsonArray(versions));
  }

  private String eventVersion(String name) {
    return service
        .table()
        .version(name, Kind.EVENT)
        .or(() -> service.table().version(name, Kind.UNSOLICITED))
        .orElseThrow();
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "common")
        .put("serviceVersion", "1.0")
        .put(
            "deviceInformation",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("modelName", identity.model())
                        .put("serialNumber", identity.serial())))
        .put("powerSaveControl", false)
        .put("antiFraudModule", false);
  }

  /// Section 3.5: reaches only this connection's commands, and never itself.
  private Future<JsonObject> cancel(Call call) {
    JsonArray ids = call.payload().getJsonArray("requestIds");
    Set<Long> chosen =
        ids == null
            ? null
            : ids.stream().map(id -> ((Number) id).longValue()).collect(Collectors.toSet());
    long own = call.command().requestId();
    int cancelled =
        service.cancel(
            call.client(),
            command ->
                command.requestId() != own
                    && (chosen == null || chosen.contains(command.requestId())));
    if (cancelled == 0) {
      throw CommandException.error("noMatchingRequestIDs", "no such unfinished command here");
    }
    return Future.succeededFuture();
  }

  /// Nothing to remember: of each message but the two above there is one major, and a command may
  /// carry the version it wants.
  private Future<JsonObject> setVersions(Call call) {
    JsonObject commands = call.payload().getJsonObject("commands", new JsonObject());
    JsonObject events = call.payload().getJsonObject("events", new JsonObject());
    if (commands.isEmpty() && events.isEmpty()) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "neither commands nor events");
    }
    JsonArray offered = capabilities().getJsonArray("interfaces");
    commands.fieldNames().forEach(name -> offers(offered, "commands", name, commands));
    events.fieldNames().forEach(name -> offers(offered, "events", name, events));
    return Future.succeededFuture();
  }

  private static void offers(JsonArray interfaces, String kind, String name, JsonObject wanted) {
    String major = wanted.getValue(name) + ".";
    boolean offered =
        interfaces.stream()
            .map(one -> ((JsonObject) one).getJsonObject(kind).getJsonObject(name))
            .filter(java.util.Objects::nonNull)
            .flatMap(entry -> entry.getJsonArray("versions").stream())
            .anyMatch(version -> version.toString().startsWith(major));
    if (!offered) {
      throw CommandException.of(
          CompletionCode.UNSUPPORTED_DATA, name + " is not offered as " + wanted.getValue(name));
    }
  }

  private Future<JsonObject> setTransactionState(Call call) {
    String state = call.payload().getString("state");
    if (state == null) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "payload.state: saw nothing");
    }
    transactionActive = state.equals("active");
    transactionId = transactionActive ? call.payload().getString("transactionID") : null;
    return Future.succeededFuture();
  }

  private JsonObject transactionState() {
    JsonObject state = new JsonObject().put("state", transactionActive ? "active" : "inactive");
    return transactionId == null ? state : state.put("transactionID", transactionId);
  }

  /// Sends what has changed since it was last told, and nothing else (section 3.6).
  @Override
  public void changed() {
    JsonObject now = status();
    if (told != null) {
      JsonObject changes = Payloads.changes(told, now);
      if (!changes.isEmpty()) service.unsolicited("Common.StatusChangedEvent", changes);
      if (isDead(now) && !isDead(told)) service.unsolicited("Common.ErrorEvent", hardwareFault());
    }
    told = now;
  }

  private static boolean isDead(JsonObject status) {
    return "hardwareError".equals(status.getJsonObject("common").getString("device"));
  }

  private JsonObject hardwareFault() {
    return new JsonObject()
        .put("eventId", "hardware")
        .put("action", "maintenance")
        .put("vendorDescription", device.name() + ": hardware error");
  }

  @Override
  public void powerLost() {
    transactionActive = false;
    transactionId = null;
  }
}
