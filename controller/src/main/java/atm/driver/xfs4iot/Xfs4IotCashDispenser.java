package atm.driver.xfs4iot;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.Backoff;
import atm.value.DispenseToken;
import atm.value.Mix;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cash dispenser behind an XFS4IoT service with the interfaces CashDispenser, CashManagement
/// and Storage (§6, §7, §8 "Notes out", §9.6, §9.7). Its outcomes are what the device counted;
/// where a reply is lost they are `Unknown`, and nothing is sent twice.
final class Xfs4IotCashDispenser extends Xfs4IotDevice implements CashDispenser {
  /// Forty notes at one a second on the slowest of dispensers, and once more for those it
  /// rejects.
  private static final Duration DISPENSE_WITHIN = Duration.ofSeconds(80);

  private static final JsonObject POSITION = new JsonObject().put("position", "outDefault");

  private final List<Cassette> cassettes;
  private volatile Capabilities capabilities =
      new Capabilities(false, false, false, false, true, 0);
  private boolean wantsTokens;
  private Optional<UnitMap> map = Optional.empty();
  private String mismatch = "";
  private List<CashUnit> units = List.of();
  private boolean askingUnits;

  Xfs4IotCashDispenser(Vertx vertx, URI at, Backoff backoff, List<Cassette> cassettes) {
    super(
        vertx,
        DeviceKind.CASH_DISPENSER,
        at,
        backoff,
        "CashDispenser.Dispense",
        "CashManagement.Reset");
    this.cassettes = cassettes;
  }

  /// Nothing at all before the device was first connected.
  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command("cash units", client -> askUnits(client).map(_ -> unitsOrFault()));
  }

  @Override
  public Future<Optional<String>> commandNonce() {
    return command(
        "nonce",
        client ->
            wantsTokens
                ? succeed(client, "Common.GetCommandNonce", null, ANSWER_WITHIN)
                    .map(answer -> Message.text(answer, "commandNonce"))
                : Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<DispenseOutcome> dispense(Mix mix, DispenseToken token) {
    return outcome(
        "dispense",
        DispenseOutcome.Refused::new,
        client ->
            // Refused, because up to here nothing that moves a note was sent.
            askStorage(client)
                .map(before -> Optional.of(before))
                .otherwise(Optional.empty())
                .compose(
                    before ->
                        before.isEmpty() || map.isEmpty()
                            ? refused(
                                Fault.Code.HARDWARE, "the cassettes are not known: " + mismatch)
                            : dispense(client, mix, token, before.get())));
  }

  @Override
  public Future<PresentOutcome> present() {
    return outcome(
        "present",
        PresentOutcome.NotPresented::new,
        client -> {
          slot.filled();
          return client
              .call("CashDispenser.Present", POSITION, MOVE_WITHIN)
              .compose(completion -> presented(client, completion))
              .otherwise(failure -> new PresentOutcome.Unknown(DeviceException.faultOf(failure)));
        });
  }

  @Override
  public Future<TakeOutcome> taken(Duration within) {
    return takenWithin(within)
        .compose(
            taken ->
                taken
                    ? Future.succeededFuture((TakeOutcome) new TakeOutcome.Taken())
                    : command("slot", this::atSlot))
        .otherwise(failure -> new TakeOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  @Override
  public Future<RetractOutcome> retract() {
    JsonObject where =
        new JsonObject()
            .put("location", new JsonObject().put("retractArea", "retract").put("index", 1));
    return outcome(
        "retract",
        RetractOutcome.Unknown::new,
        client ->
            client
                .call("CashManagement.Retract", where, MOVE_WITHIN)
                .compose(completion -> retracted(client, completion))
                .otherwise(
                    failure -> new RetractOutcome.Unknown(DeviceException.faultOf(failure))));
  }

  @Override
  public Future<RejectOutcome> reject() {
    return outcome(
        "reject",
        RejectOutcome.StillInside::new,
        client ->
            client
                .call("CashDispenser.Reject", null, MOVE_WITHIN)
                .compose(completion -> rejected(client, completion))
                .otherwise(failure -> new RejectOutcome.Unknown(DeviceException.faultOf(failure))));
  }

  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    JsonObject request = POSITION.copy();
    if (capabilities.signsAnswers()) request.put("nonce", nonce);
    return command(
        "last dispense",
        client ->
            succeed(client, "CashDispenser.GetPresentStatus", request, ANSWER_WITHIN)
                .compose(
                    answer ->
                        askStatus(client)
                            .map(status -> Dispensing.lastDispense(answer, status, map))));
  }

  @Override
  Future<Void> prepare(Xfs4IotClient client, JsonObject all, JsonObject status) {
    // A dispense outlives the connection it came by; until it ends, no count is the last.
    refuseWhileBusy(status);
    Dispensing.Slot now = Dispensing.slot(status);
    if (now == Dispensing.Slot.EMPTY) slot.emptied();
    else slot.filled();
    capabilities = Dispensing.capabilities(all);
    wantsTokens = Dispensing.wantsTokens(all);
    return askUnits(client).mapEmpty();
  }

  /// A reset clears the slot too, uncounted; notes there are the customer's, or to be retracted.
  @Override
  Future<Void> beforeReset(Xfs4IotClient client) {
    return askStatus(client)
        .map(
            status -> {
              if (Dispensing.slot(status) == Dispensing.Slot.FILLED) {
                throw new DeviceException(
                    new Fault(Fault.Code.SEQUENCE, kind() + ": notes lie at the slot"));
              }
              return null;
            });
  }

  @Override
  Future<Void> afterReset(Xfs4IotClient client) {
    return askUnits(client).mapEmpty();
  }

  @Override
  DeviceStatus health(JsonObject status) {
    Optional<String> fault = Dispensing.fault(status);
    if (fault.isPresent()) return DeviceStatus.fault(fault.get());
    if (!mismatch.isEmpty()) return DeviceStatus.fault(mismatch);
    return new DeviceStatus(DeviceStatus.State.ONLINE, "ready", Dispensing.warnings(units));
  }

  @Override
  boolean happened(Message event) {
    switch (event.name()) {
      case "CashManagement.ItemsTakenEvent" -> {
        // More bunches to come are not yet with the customer.
        if (event.payload().getString("additionalBunches", "0").equals("0")) slot.emptied();
      }
      case "Storage.StorageThresholdEvent",
          "Storage.StorageChangedEvent",
          "Storage.StorageErrorEvent" ->
          askUnitsOnce();
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  JsonObject resetPayload() {
    return new JsonObject().put("position", new JsonObject().put("target", "reject"));
  }

  private Future<DispenseOutcome> dispense(
      Xfs4IotClient client, Mix mix, DispenseToken token, JsonObject storage) {
    Map<String, CashUnitReport> before = CashUnitReport.of(storage);
    Optional<JsonObject> order = Dispensing.order(mix, cassettes, map.get());
    if (order.isEmpty()) {
      return refused(Fault.Code.UNSUPPORTED, "cannot be asked for " + mix.byCassette());
    }
    JsonObject request = POSITION.copy().put("denomination", order.get());
    if (wantsTokens) request.put("token", token.text());
    DispenseReading reading = new DispenseReading(map.get(), mix);
    return client
        .call("CashDispenser.Dispense", request, DISPENSE_WITHIN)
        .compose(
            completion ->
                reading
                    .of(completion)
                    .map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            askStorage(client)
                                .map(
                                    after ->
                                        reading.of(completion, before, CashUnitReport.of(after)))))
        // From the moment it is sent, only the device knows.
        .otherwise(failure -> new DispenseOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  private Future<PresentOutcome> presented(Xfs4IotClient client, Message completion) {
    if (completion.isSuccess()) return Future.succeededFuture(new PresentOutcome.Presented());
    Fault why = Faults.of(completion);
    return switch (completion.errorCode().orElse("")) {
      case "presentErrorItems", "presentErrorUnknown" ->
          Future.succeededFuture(new PresentOutcome.Unknown(why));
      // What any other failure did, the device remembers.
      default ->
          succeed(client, "CashDispenser.GetPresentStatus", POSITION, ANSWER_WITHIN)
              .map(answer -> presented(Dispensing.presentState(answer), why));
    };
  }

  private PresentOutcome presented(LastDispense.State state, Fault why) {
    return switch (state) {
      case NOT_PRESENTED -> {
        slot.emptied();
        yield new PresentOutcome.NotPresented(why);
      }
      case PRESENTED, UNKNOWN -> new PresentOutcome.Unknown(why);
    };
  }

  private Future<TakeOutcome> atSlot(Xfs4IotClient client) {
    return askStatus(client)
        .map(
            status ->
                switch (Dispensing.slot(status)) {
                  case EMPTY -> {
                    slot.emptied();
                    yield new TakeOutcome.Taken();
                  }
                  case FILLED -> new TakeOutcome.Left();
                  case UNKNOWN -> new TakeOutcome.Unknown(noSensor());
                });
  }

  private Future<RetractOutcome> retracted(Xfs4IotClient client, Message completion) {
    if (completion.isSuccess()) {
      slot.emptied();
      return askStorage(client)
          .map(storage -> CashUnitReport.noteTypes(storage))
          .otherwise(Map.of())
          .map(
              types ->
                  new RetractOutcome.Retracted(Dispensing.retracted(completion.payload(), types)));
    }
    String error = completion.errorCode().orElse("");
    if (error.equals("itemsTaken")) {
      slot.emptied();
      return Future.succeededFuture(new RetractOutcome.Taken());
    }
    if (!error.equals("noItems")) {
      return Future.succeededFuture(new RetractOutcome.Unknown(Faults.of(completion)));
    }
    return atSlot(client)
        .map(
            now ->
                now instanceof TakeOutcome.Taken
                    ? new RetractOutcome.Taken()
                    : new RetractOutcome.Unknown(Faults.of(completion)));
  }

  /// Reject takes what is stacked; what lies in the transport takes a reset, which would clear
  /// the slot too and so has to wait while a customer can reach for notes there.
  private Future<RejectOutcome> rejected(Xfs4IotClient client, Message completion) {
    boolean nothingStacked = completion.errorCode().equals(Optional.of("noItems"));
    return askStatus(client)
        .compose(
            status -> {
              if (!Dispensing.notesInside(status)) {
                return Future.succeededFuture(
                    completion.isSuccess()
                        ? new RejectOutcome.Rejected()
                        : new RejectOutcome.NothingThere());
              }
              return (completion.isSuccess() || nothingStacked)
                      && Dispensing.slot(status) == Dispensing.Slot.EMPTY
                  ? clearTransport(client)
                  : Future.succeededFuture(new RejectOutcome.StillInside(whyInside(completion)));
            });
  }

  private Future<RejectOutcome> clearTransport(Xfs4IotClient client) {
    return client
        .call("CashManagement.Reset", resetPayload(), MOVE_WITHIN)
        .compose(
            reset ->
                askStatus(client)
                    .map(
                        status ->
                            reset.isSuccess() && !Dispensing.notesInside(status)
                                ? new RejectOutcome.Rejected()
                                : new RejectOutcome.StillInside(whyInside(reset))));
  }

  private Fault whyInside(Message completion) {
    return completion.isSuccess()
        ? new Fault(Fault.Code.HARDWARE, kind() + ": notes are still inside")
        : Faults.of(completion);
  }

  private Future<JsonObject> askStorage(Xfs4IotClient client) {
    return succeed(client, "Storage.GetStorage", null, ANSWER_WITHIN)
        .map(answer -> answer.getJsonObject("storage", new JsonObject()));
  }

  private Future<List<CashUnit>> askUnits(Xfs4IotClient client) {
    return askStorage(client)
        .map(
            storage -> {
              Map<String, CashUnitReport> reports = CashUnitReport.of(storage);
              try {
                map = Optional.of(UnitMap.match(cassettes, reports));
                units = map.get().units(reports);
                mismatch = "";
              } catch (IllegalArgumentException different) {
                map = Optional.empty();
                units = List.of();
                mismatch = different.getMessage();
              }
              refreshHealth();
              return units;
            });
  }

  /// After an event; further events meanwhile ask nothing more, the answer comes later than they.
  private void askUnitsOnce() {
    if (askingUnits) return;
    askingUnits = true;
    beside(this::askUnits).onComplete(_ -> askingUnits = false);
  }

  private List<CashUnit> unitsOrFault() {
    if (mismatch.isEmpty()) return units;
    throw new DeviceException(new Fault(Fault.Code.HARDWARE, kind() + ": " + mismatch));
  }

  private Future<DispenseOutcome> refused(Fault.Code code, String why) {
    return Future.succeededFuture(
        new DispenseOutcome.Refused(new Fault(code, kind() + ": " + why)));
  }

  private Fault noSensor() {
    return new Fault(Fault.Code.HARDWARE, kind() + ": the state of the slot is unknown");
  }
}
