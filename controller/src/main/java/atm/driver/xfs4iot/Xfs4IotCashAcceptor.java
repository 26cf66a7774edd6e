package atm.driver.xfs4iot;

import atm.config.DeviceEntry.Bin;
import atm.device.CashAcceptor;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.Backoff;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A cash acceptor behind an XFS4IoT service with the interfaces CashAcceptor, CashManagement and
/// Storage (§7, §8 "Notes in", §9.7, §9.8). Its outcomes are what the device counted, told by the
/// completion and by GetCashInStatus alike; where they differ, or a reply is lost, they are
/// `Unknown`, and nothing is sent twice.
final class Xfs4IotCashAcceptor extends Xfs4IotDevice implements CashAcceptor {
  /// Two hundred notes past a reader that looks at four a second.
  private static final Duration BUNCH_WITHIN = Duration.ofSeconds(60);

  private static final CashInStatus NOTHING_YET =
      new CashInStatus(CashInStatus.State.ACTIVE, Map.of(), Map.of(), 0, Optional.empty(), false);

  private final Set<Money> notes;
  private final List<Bin> bins;
  private volatile Capabilities capabilities =
      new Capabilities(0, false, false, false, false, true);
  private Map<String, Money> types = Map.of();
  private String mismatch = "";
  private List<CashUnit> units = List.of();
  private boolean askingUnits;

  /// The transaction as it stood after the last bunch.
  private CashInStatus before = NOTHING_YET;

  Xfs4IotCashAcceptor(Vertx vertx, URI at, Backoff backoff, List<Money> notes, List<Bin> bins) {
    super(
        vertx,
        DeviceKind.CASH_ACCEPTOR,
        at,
        backoff,
        "CashAcceptor.CashIn",
        "CashManagement.Reset");
    this.notes = new TreeSet<>(notes);
    this.bins = bins;
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
  public Future<Void> begin() {
    JsonObject order =
        new JsonObject()
            .put("useRecycleUnits", true)
            .put("inputPosition", "inDefault")
            .put("outputPosition", "outDefault")
            .put("totalItemsLimit", 0);
    return command(
        "begin",
        client ->
            askStatus(client)
                .compose(
                    status -> {
                      refuseOnNotes(status);
                      return succeed(client, "CashAcceptor.CashInStart", order, ANSWER_WITHIN);
                    })
                .map(
                    _ -> {
                      before = NOTHING_YET;
                      return null;
                    }));
  }

  @Override
  public Future<InsertOutcome> insert(Duration within, Runnable slotOpen) {
    AtomicInteger refusals = new AtomicInteger();
    Consumer<Message> happened =
        event -> {
          if (event.name().equals("CashAcceptor.InsertItemsEvent")) slotOpen.run();
          if (event.name().equals("CashAcceptor.InputRefuseEvent")) refusals.incrementAndGet();
        };
    Future<InsertOutcome> insert =
        waiting(
            "CashAcceptor.CashIn",
            null,
            new Waiting(within, BUNCH_WITHIN, happened),
            (client, ended) ->
                ended
                    .compose(completion -> inserted(client, completion, refusals.get()))
                    .otherwise(Xfs4IotCashAcceptor::notInserted));
    return insert.otherwise(unsent -> new InsertOutcome.Failed(DeviceException.faultOf(unsent)));
  }

  @Override
  public Future<Void> cancel() {
    return cancelWaiting();
  }

  @Override
  public Future<StoreOutcome> store() {
    return outcome(
        "store",
        StoreOutcome.StillInEscrow::new,
        client ->
            client
                .call("CashAcceptor.CashInEnd", null, BUNCH_WITHIN)
                .compose(completion -> stored(client, completion))
                // From the moment it is sent, only the device knows.
                .otherwise(failure -> new StoreOutcome.Unknown(DeviceException.faultOf(failure))));
  }

  @Override
  public Future<ReturnOutcome> giveBack() {
    return outcome(
        "give back",
        ReturnOutcome.StillInEscrow::new,
        client -> {
          slot.filled();
          return client
              .call("CashAcceptor.CashInRollback", null, BUNCH_WITHIN)
              .compose(completion -> givenBack(client, completion))
              .otherwise(failure -> new ReturnOutcome.Unknown(DeviceException.faultOf(failure)));
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
  public Future<CashInStatus> lastCashIn() {
    return command("last cash-in", this::askLast);
  }

  @Override
  Future<Void> prepare(Xfs4IotClient client, JsonObject all, JsonObject status) {
    // A movement outlives the connection it came by; until it ends, no count is the last.
    refuseWhileBusy(status);
    lookAtSlot(status);
    capabilities = Depositing.capabilities(all);
    return succeed(client, "CashManagement.GetBankNoteTypes", null, ANSWER_WITHIN)
        .compose(
            answer -> {
              types = Depositing.noteTypes(answer);
              return askLast(client);
            })
        .compose(
            last -> {
              before = last;
              return askUnits(client);
            })
        .mapEmpty();
  }

  /// A reset takes what is inside or at the slot away from its customer.
  @Override
  Future<Void> beforeReset(Xfs4IotClient client) {
    return askLast(client)
        .map(
            last -> {
              if (last.state() == CashInStatus.State.ACTIVE && last.notesInside()) {
                throw sequence("a customer's notes are inside");
              }
              if (last.slotEmpty().equals(Optional.of(false))) {
                throw sequence("notes lie at the slot");
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
    Optional<String> fault = Depositing.fault(status);
    if (fault.isPresent()) return DeviceStatus.fault(fault.get());
    if (!mismatch.isEmpty()) return DeviceStatus.fault(mismatch);
    return new DeviceStatus(DeviceStatus.State.ONLINE, "ready", DepositUnits.warnings(units));
  }

  @Override
  boolean happened(Message event) {
    switch (event.name()) {
      case "CashManagement.ItemsPresentedEvent" -> slot.filled();
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
    return new JsonObject()
        .put("position", new JsonObject().put("target", "retract").put("index", 1));
  }

  /// What became of a bunch: the difference the device's own sum has made, which `items` of a
  /// success must agree with.
  private Future<InsertOutcome> inserted(Xfs4IotClient client, Message completion, int refusals) {
    CashInStatus was = before;
    return askLast(client)
        .map(
            now -> {
              if (now.state() == CashInStatus.State.ACTIVE) before = now;
              Map<Money, Integer> accepted = Depositing.more(now.notes(), was.notes());
              Map<Money, Integer> suspect = Depositing.more(now.suspect(), was.suspect());
              int refused = Math.max(refusals, now.refused() - was.refused());
              if (completion.isSuccess()) {
                JsonObject items = completion.payload().getJsonObject("items");
                Depositing.Notes told = Depositing.notes(items, types);
                boolean agrees =
                    now.state() == CashInStatus.State.ACTIVE
                        && told.unnamed() == 0
                        && told.genuine().equals(accepted)
                        && told.suspect().equals(suspect);
                return agrees
                    ? bunch(accepted, suspect, refused)
                    : new InsertOutcome.Unknown(disagreement(completion, told, now));
              }
              if (now.state() == CashInStatus.State.UNKNOWN) {
                return new InsertOutcome.Unknown(Faults.of(completion));
              }
              return hasEndedQuietly(completion) && now.state() == CashInStatus.State.ACTIVE
                  ? bunch(accepted, suspect, refused)
                  : new InsertOutcome.Failed(Faults.of(completion));
            });
  }

  private static InsertOutcome bunch(
      Map<Money, Integer> accepted, Map<Money, Integer> suspect, int refused) {
    return accepted.isEmpty() && suspect.isEmpty()
        ? new InsertOutcome.Nothing(refused)
        : new InsertOutcome.Inserted(accepted, suspect, refused);
  }

  private static boolean hasEndedQuietly(Message completion) {
    return switch (Faults.of(completion).code()) {
      case TIMEOUT, CANCELED -> true;
      default -> completion.errorCode().equals(Optional.of("noItems"));
    };
  }

  private static InsertOutcome notInserted(Throwable failure) {
    Fault why = DeviceException.faultOf(failure);
    // A service answers a cancel with a completion; this one was cancelled before it was sent.
    return why.code() == Fault.Code.CANCELED
        ? new InsertOutcome.Nothing(0)
        : new InsertOutcome.Unknown(why);
  }

  private Future<StoreOutcome> stored(Xfs4IotClient client, Message completion) {
    if (Depositing.isRefusal(completion)) {
      return Future.succeededFuture(new StoreOutcome.StillInEscrow(Faults.of(completion)));
    }
    return askLast(client)
        .map(
            now -> {
              boolean nothing =
                  completion.errorCode().equals(Optional.of("noItems")) && now.notes().isEmpty();
              if (completion.isSuccess() || nothing) return stored(completion, now);
              return now.state() == CashInStatus.State.ACTIVE
                  ? new StoreOutcome.StillInEscrow(Faults.of(completion))
                  : new StoreOutcome.Unknown(Faults.of(completion));
            });
  }

  private StoreOutcome stored(Message completion, CashInStatus now) {
    Depositing.Notes told =
        Depositing.moved(completion.payload(), "deposited", types)
            .orElse(new Depositing.Notes(now.notes(), Map.of(), 0));
    boolean agrees =
        now.state() != CashInStatus.State.UNKNOWN
            && !now.notesInside()
            && told.unnamed() == 0
            && told.genuine().equals(now.notes());
    return agrees
        ? new StoreOutcome.Stored(now.notes())
        : new StoreOutcome.Unknown(disagreement(completion, told, now));
  }

  private Future<ReturnOutcome> givenBack(Xfs4IotClient client, Message completion) {
    if (completion.isSuccess()) return Future.succeededFuture(new ReturnOutcome.Returned());
    Fault why = Faults.of(completion);
    return askLast(client)
        .map(
            now -> {
              if (completion.errorCode().equals(Optional.of("noItems")) && !now.notesInside()) {
                return new ReturnOutcome.NothingThere();
              }
              return Depositing.isRefusal(completion) || now.state() == CashInStatus.State.ACTIVE
                  ? new ReturnOutcome.StillInEscrow(why)
                  : new ReturnOutcome.Unknown(why);
            });
  }

  private Future<TakeOutcome> atSlot(Xfs4IotClient client) {
    return askStatus(client)
        .map(
            status -> {
              lookAtSlot(status);
              return switch (Depositing.slot(status)) {
                case EMPTY -> new TakeOutcome.Taken();
                case FILLED -> new TakeOutcome.Left();
                case UNKNOWN ->
                    new TakeOutcome.Unknown(
                        new Fault(
                            Fault.Code.HARDWARE, kind() + ": the state of the slot is unknown"));
              };
            });
  }

  private Future<RetractOutcome> retracted(Xfs4IotClient client, Message completion) {
    String error = completion.errorCode().orElse("");
    return askStatus(client)
        .map(
            status -> {
              lookAtSlot(status);
              boolean empty =
                  Depositing.slot(status) == Dispensing.Slot.EMPTY
                      && !Depositing.notesInside(status);
              if (completion.isSuccess()) {
                return new RetractOutcome.Retracted(
                    Depositing.moved(completion.payload(), "retracted", types)
                        .filter(notes -> notes.unnamed() == 0 && notes.suspect().isEmpty())
                        .map(Depositing.Notes::genuine));
              }
              if (empty && error.equals("itemsTaken")) return new RetractOutcome.Taken();
              return empty && error.equals("noItems")
                  ? new RetractOutcome.NothingThere()
                  : new RetractOutcome.Unknown(Faults.of(completion));
            });
  }

  private Future<CashInStatus> askLast(Xfs4IotClient client) {
    return succeed(client, "CashAcceptor.GetCashInStatus", null, ANSWER_WITHIN)
        .compose(
            answer ->
                askStatus(client)
                    .map(
                        status -> {
                          lookAtSlot(status);
                          return Depositing.lastCashIn(answer, status, types);
                        }));
  }

  private void lookAtSlot(JsonObject status) {
    if (Depositing.slot(status) == Dispensing.Slot.EMPTY) slot.emptied();
    else slot.filled();
  }

  private Future<List<CashUnit>> askUnits(Xfs4IotClient client) {
    return succeed(client, "Storage.GetStorage", null, ANSWER_WITHIN)
        .map(
            answer -> {
              JsonObject storage = answer.getJsonObject("storage", new JsonObject());
              try {
                sameNotes();
                units = new DepositUnits(storage, types).of(bins);
                mismatch = "";
              } catch (IllegalArgumentException different) {
                units = List.of();
                mismatch = different.getMessage();
              }
              refreshHealth();
              return units;
            });
  }

  /// What the bank is told of must be what the device lets in.
  private void sameNotes() {
    Set<Money> theirs = new TreeSet<>(types.values());
    if (!theirs.equals(notes)) {
      throw new IllegalArgumentException(
          "devices.yaml has the notes " + notes + "; the device takes " + theirs);
    }
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

  private void refuseOnNotes(JsonObject status) {
    if (Depositing.notesInside(status)) throw sequence("notes are still inside");
    if (Depositing.slot(status) == Dispensing.Slot.FILLED) throw sequence("notes lie at the slot");
  }

  private DeviceException sequence(String why) {
    return new DeviceException(new Fault(Fault.Code.SEQUENCE, kind() + ": " + why));
  }

  private static Fault disagreement(Message completion, Depositing.Notes told, CashInStatus now) {
    return new Fault(
        Fault.Code.PROTOCOL,
        completion.name() + " tells of " + told + ", GetCashInStatus of " + now);
  }
}
