package atm.device;

import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A cash acceptor in memory. Each note is one object in exactly one place, so that none can be
/// made or lost, whatever is armed. It knows 10, 20, 50 and 100 EUR, and has one bin, D1.
public final class FakeCashAcceptor extends FakeDevice implements CashAcceptor {
  public enum Trouble {
    /// Notes in the escrow move neither way.
    ESCROW_STUCK,
    SHUTTER_JAM,
    /// Nobody can tell what is at the slot.
    EXIT_SENSOR,
    RETRACT_JAM,
    BIN_FULL,
    /// Does not do what it is told, and does not say so; a question it answers.
    NO_REPLY,
    DEAD
  }

  public enum Act {
    BEGIN,
    INSERT,
    STORE,
    GIVE_BACK,
    RETRACT
  }

  public enum Place {
    ESCROW,
    TRANSPORT,
    /// Refused or given back, within the customer's reach.
    SLOT,
    TAKEN,
    BIN,
    RETRACT,
    SUSPECT
  }

  private enum Quality {
    GENUINE,
    REFUSED,
    COUNTERFEIT
  }

  /// A note as a customer has it. Not a record: two of the same value are two notes.
  private static final class Note {
    final Optional<Money> value;
    final Quality quality;

    Note(String words) {
      String[] parts = words.split(" (?=torn|counterfeit)");
      value = words.equals("foreign") ? Optional.empty() : Optional.of(Money.parse(parts[0]));
      quality =
          parts.length == 1 && value.filter(KNOWN::contains).isPresent()
              ? Quality.GENUINE
              : words.endsWith("counterfeit") ? Quality.COUNTERFEIT : Quality.REFUSED;
    }
  }

  private static final List<Money> KNOWN =
      Stream.of("10 EUR", "20 EUR", "50 EUR", "100 EUR").map(Money::parse).toList();

  private static final Capabilities CAPABILITIES =
      new Capabilities(200, true, true, true, true, true);

  /// Of one note at a time, by a device that does not see it being taken and does not count.
  private static final Capabilities VALIDATOR =
      new Capabilities(1, true, true, false, false, false);

  private static final int BIN_CAPACITY = 2000;

  private final Map<Place, List<Note>> places = new EnumMap<>(Place.class);
  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private final Set<Act> losing = EnumSet.noneOf(Act.class);
  private final List<List<Note>> inHand = new ArrayList<>();
  private boolean staysAway;
  private int inserted;
  private int jamAtNoteIn;
  private int jamAtNoteStored;
  private CashInStatus.State state = CashInStatus.State.NONE;
  private Map<Money, Integer> accepted = new TreeMap<>();
  private Map<Money, Integer> suspect = new TreeMap<>();
  private int refused;
  private boolean slotWasFilled;
  private boolean meansToTake;
  private Capabilities capabilities = CAPABILITIES;
  private Wait<TakeOutcome> taking;
  private Wait<List<Note>> wanting;

  public FakeCashAcceptor(Vertx vertx) {
    super(vertx);
    for (Place place : Place.values()) places.put(place, new ArrayList<>());
  }

  // -- hands

  /// From now on it is a note validator, before which the customer takes what comes out.
  public void isValidator() {
    hand(() -> capabilities = VALIDATOR);
  }

  /// Puts one bunch in, at once or when the slot opens next: `20 EUR`, `10 EUR torn`,
  /// `50 EUR counterfeit`, `foreign`.
  public void putIn(String... notes) {
    hand(
        () -> {
          inHand.add(Stream.of(notes).map(Note::new).toList());
          putInIfWanted();
        });
  }

  /// Takes all notes at the slot, or waits for them to come out.
  public void takeNotes() {
    hand(
        () -> {
          meansToTake = true;
          takeIfThere();
        });
  }

  /// Somebody opens it and takes what lies in the escrow.
  public void handEmptiesEscrow() {
    hand(
        () -> {
          inserted -= places.get(Place.ESCROW).size();
          places.get(Place.ESCROW).clear();
        });
  }

  /// A note comes to lie in the bin of which no deposit knows.
  public void slipsIntoTheBin(Money note) {
    hand(() -> places.get(Place.BIN).add(note(note)));
  }

  /// A note comes to lie in the escrow that was not counted on its way in.
  public void slipsIntoTheEscrow(Money note) {
    hand(
        () -> {
          inserted++;
          places.get(Place.ESCROW).add(note(note));
        });
  }

  public void arm(Trouble trouble) {
    hand(() -> troubles.add(trouble));
  }

  public void clear(Trouble trouble) {
    hand(() -> troubles.remove(trouble));
  }

  /// Note `number` of the next bunch sticks in the transport; `retract` gets it out again.
  public void jamAtNoteIn(int number) {
    hand(() -> jamAtNoteIn = number);
  }

  /// Note `number` of the next `store` sticks in the transport; `reset` gets it out again.
  public void jamAtNoteStored(int number) {
    hand(() -> jamAtNoteStored = number);
  }

  /// The next such act is done, but the wire goes before its reply, and comes back after it.
  public void loseReplyTo(Act act) {
    hand(() -> losing.add(act));
  }

  /// As `loseReplyTo`, but the wire stays cut until it is mended.
  public void goesAwayDuring(Act act) {
    hand(
        () -> {
          losing.add(act);
          staysAway = true;
        });
  }

  /// As `loseReplyTo`, whichever act comes next.
  public void loseNextReply() {
    hand(() -> losing.addAll(EnumSet.allOf(Act.class)));
  }

  /// Whether notes can be put in now.
  public boolean slotIsOpen() {
    return handReading(() -> wanting != null && !wanting.isOver());
  }

  /// Notes in a place, by their value; those of none are left out.
  public Map<Money, Integer> notesAt(Place place) {
    return handReading(() -> byValue(places.get(place)));
  }

  public int countAt(Place place) {
    return handReading(() -> places.get(place).size());
  }

  /// All notes ever put in.
  public int inserted() {
    return handReading(() -> inserted);
  }

  /// All notes put in, wherever they are now; the same as `inserted`, always.
  public int allNotes() {
    return handReading(() -> places.values().stream().mapToInt(List::size).sum());
  }

  // -- the device

  @Override
  public DeviceKind kind() {
    return DeviceKind.CASH_ACCEPTOR;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command(
        () ->
            Future.succeededFuture(
                List.of(
                    bin("D1", CashUnit.Kind.BIN, Place.BIN, BIN_CAPACITY),
                    bin("RETRACT", CashUnit.Kind.RETRACT, Place.RETRACT, 300),
                    bin("SUSPECT", CashUnit.Kind.SUSPECT, Place.SUSPECT, 100))));
  }

  @Override
  public Future<Void> begin() {
    return command(
        () -> {
          if (state == CashInStatus.State.ACTIVE) return no("a transaction is under way");
          if (!isEmpty(Place.ESCROW, Place.TRANSPORT, Place.SLOT)) {
            return no("notes are still inside or at the slot");
          }
          if (troubles.contains(Trouble.DEAD)) return failed(Fault.Code.HARDWARE, "it is dead");
          state = CashInStatus.State.ACTIVE;
          accepted = new TreeMap<>();
          suspect = new TreeMap<>();
          refused = 0;
          slotWasFilled = false;
          if (losing.contains(Act.BEGIN)) {
            reply(Act.BEGIN, null, _ -> null);
            return failed(Fault.Code.OFFLINE, "the wire went before the reply to BEGIN");
          }
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<InsertOutcome> insert(Duration within, Runnable slotOpen) {
    Future<InsertOutcome> act =
        command(
            () -> {
              Optional<Fault> no = whyNoInsert();
              if (no.isPresent()) {
                return Future.succeededFuture(new InsertOutcome.Failed(no.get()));
              }
              wanting = new Wait<>(within, wait -> wait.complete(List.of()));
              slotOpen.run();
              Future<List<Note>> bunch = wanting.future();
              putInIfWanted();
              return bunch
                  .map(this::takeIn)
                  .compose(outcome -> reply(Act.INSERT, outcome, InsertOutcome.Unknown::new))
                  .otherwise(
                      failure -> new InsertOutcome.Unknown(DeviceException.faultOf(failure)));
            });
    return orWhenOffline(act, InsertOutcome.Failed::new);
  }

  @Override
  public Future<Void> cancel() {
    return beside(
        () -> {
          if (wanting != null && !wanting.isOver()) wanting.complete(List.of());
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<StoreOutcome> store() {
    Future<StoreOutcome> act =
        command(
            () -> {
              if (state != CashInStatus.State.ACTIVE) {
                return still(StoreOutcome.StillInEscrow::new, "no transaction is under way");
              }
              if (troubles.contains(Trouble.NO_REPLY)) {
                return Future.succeededFuture(new StoreOutcome.Unknown(noReply()));
              }
              if (isStuck() || troubles.contains(Trouble.BIN_FULL)) {
                return still(StoreOutcome.StillInEscrow::new, "the notes do not move");
              }
              return reply(Act.STORE, storeAll(), StoreOutcome.Unknown::new);
            });
    return orWhenOffline(act, StoreOutcome.StillInEscrow::new);
  }

  @Override
  public Future<ReturnOutcome> giveBack() {
    Future<ReturnOutcome> act =
        command(
            () -> {
              if (state != CashInStatus.State.ACTIVE || !isEmpty(Place.SLOT)) {
                return still(ReturnOutcome.StillInEscrow::new, "not now");
              }
              if (troubles.contains(Trouble.NO_REPLY)) {
                return Future.succeededFuture(new ReturnOutcome.Unknown(noReply()));
              }
              if (isStuck() || troubles.contains(Trouble.SHUTTER_JAM)) {
                return still(ReturnOutcome.StillInEscrow::new, "the notes do not come out");
              }
              state = CashInStatus.State.RETURNED;
              if (isEmpty(Place.ESCROW)) {
                return Future.succeededFuture(new ReturnOutcome.NothingThere());
              }
              moveAll(Place.ESCROW, Place.SLOT);
              slotWasFilled = true;
              takeIfThere();
              return reply(Act.GIVE_BACK, new ReturnOutcome.Returned(), ReturnOutcome.Unknown::new);
            });
    return orWhenOffline(act, ReturnOutcome.StillInEscrow::new);
  }

  @Override
  public Future<TakeOutcome> taken(Duration within) {
    Future<TakeOutcome> act =
        command(
                () -> {
                  taking =
                      new Wait<>(
                          within,
                          wait ->
                              wait.complete(
                                  isOnline()
                                      ? new TakeOutcome.Left()
                                      : new TakeOutcome.Unknown(noSensor())));
                  if (troubles.contains(Trouble.NO_REPLY)) {
                    taking.complete(new TakeOutcome.Unknown(noReply()));
                  } else if (!capabilities.takenSensor()
                      || troubles.contains(Trouble.EXIT_SENSOR)) {
                    taking.complete(new TakeOutcome.Unknown(noSensor()));
                  } else if (isEmpty(Place.SLOT)) {
                    taking.complete(new TakeOutcome.Taken());
                  }
                  return Future.succeededFuture(taking.overCuts());
                })
            .compose(Wait::future);
    return orWhenOffline(act, TakeOutcome.Unknown::new);
  }

  @Override
  public Future<RetractOutcome> retract() {
    Future<RetractOutcome> act =
        command(
            () -> {
              if (troubles.contains(Trouble.NO_REPLY)) {
                return Future.succeededFuture(new RetractOutcome.Unknown(noReply()));
              }
              if (isEmpty(Place.SLOT, Place.ESCROW, Place.TRANSPORT)) {
                return Future.succeededFuture(
                    slotWasFilled ? new RetractOutcome.Taken() : new RetractOutcome.NothingThere());
              }
              if (troubles.contains(Trouble.ESCROW_STUCK)
                  || troubles.contains(Trouble.RETRACT_JAM)
                  || troubles.contains(Trouble.DEAD)) {
                return Future.succeededFuture(
                    new RetractOutcome.Unknown(hardware("the notes do not move")));
              }
              return reply(Act.RETRACT, retractAll(), RetractOutcome.Unknown::new);
            });
    return orWhenOffline(act, RetractOutcome.Unknown::new);
  }

  @Override
  public Future<CashInStatus> lastCashIn() {
    return command(
        () ->
            Future.succeededFuture(
                new CashInStatus(
                    state,
                    accepted,
                    suspect,
                    refused,
                    seesSlot() ? Optional.of(isEmpty(Place.SLOT)) : Optional.empty(),
                    !isEmpty(Place.ESCROW, Place.TRANSPORT))));
  }

  /// As the real ones do: what is inside goes to the retract bin, unless it is a customer's still.
  @Override
  public Future<Void> reset() {
    return command(
            () -> {
              boolean theirs =
                  state == CashInStatus.State.ACTIVE && !isEmpty(Place.ESCROW, Place.TRANSPORT);
              if (theirs || !isEmpty(Place.SLOT)) {
                return no("notes of a customer are inside or at the slot");
              }
              if (!isEmpty(Place.ESCROW, Place.TRANSPORT)) {
                moveAll(Place.ESCROW, Place.RETRACT);
                moveAll(Place.TRANSPORT, Place.RETRACT);
                state = CashInStatus.State.RESET;
              }
              tellStatus();
              return Future.<Void>succeededFuture();
            })
        .compose(_ -> super.reset());
  }

  @Override
  DeviceStatus health() {
    if (troubles.contains(Trouble.DEAD)) return DeviceStatus.fault("hardware error");
    if (troubles.contains(Trouble.SHUTTER_JAM)) return DeviceStatus.fault("the shutter is jammed");
    if (!isEmpty(Place.TRANSPORT)) return DeviceStatus.fault("a note sticks in the transport");
    return DeviceStatus.online();
  }

  @Override
  void forget() {}

  private Optional<Fault> whyNoInsert() {
    if (state != CashInStatus.State.ACTIVE) return Optional.of(sequence("no transaction"));
    if (!isEmpty(Place.SLOT)) return Optional.of(sequence("notes lie at the slot"));
    if (!isEmpty(Place.TRANSPORT)) return Optional.of(hardware("a note sticks"));
    if (troubles.contains(Trouble.SHUTTER_JAM) || troubles.contains(Trouble.DEAD)) {
      return Optional.of(hardware("the slot does not open"));
    }
    return Optional.empty();
  }

  private InsertOutcome takeIn(List<Note> bunch) {
    Map<Money, Integer> kept = new TreeMap<>();
    Map<Money, Integer> suspected = new TreeMap<>();
    int rejected = 0;
    int number = 0;
    for (Note note : bunch) {
      if (++number == jamAtNoteIn) {
        jamAtNoteIn = 0;
        places.get(Place.TRANSPORT).add(note);
        bunch.subList(number, bunch.size()).forEach(this::refuse);
        takeIfThere();
        tellStatus();
        return new InsertOutcome.Failed(hardware("note " + number + " sticks in the transport"));
      }
      boolean full =
          troubles.contains(Trouble.BIN_FULL)
              || places.get(Place.ESCROW).size() >= capabilities.maxNotes();
      if (note.quality == Quality.COUNTERFEIT) {
        places.get(Place.SUSPECT).add(note);
        note.value.ifPresent(value -> suspected.merge(value, 1, Integer::sum));
      } else if (note.quality == Quality.REFUSED || full) {
        refuse(note);
        rejected++;
      } else {
        places.get(Place.ESCROW).add(note);
        note.value.ifPresent(value -> kept.merge(value, 1, Integer::sum));
        note.value.ifPresent(value -> accepted.merge(value, 1, Integer::sum));
      }
    }
    suspected.forEach((value, count) -> suspect.merge(value, count, Integer::sum));
    takeIfThere();
    return kept.isEmpty() && suspected.isEmpty()
        ? new InsertOutcome.Nothing(rejected)
        : new InsertOutcome.Inserted(kept, suspected, rejected);
  }

  private void refuse(Note note) {
    places.get(Place.SLOT).add(note);
    slotWasFilled = true;
    refused++;
  }

  private StoreOutcome storeAll() {
    List<Note> escrow = places.get(Place.ESCROW);
    int number = 0;
    while (!escrow.isEmpty()) {
      Place to = ++number == jamAtNoteStored ? Place.TRANSPORT : Place.BIN;
      places.get(to).add(escrow.removeFirst());
      if (to == Place.TRANSPORT) {
        jamAtNoteStored = 0;
        state = CashInStatus.State.UNKNOWN;
        tellStatus();
        return new StoreOutcome.Unknown(hardware("note " + number + " sticks on its way in"));
      }
    }
    boolean nothing = accepted.isEmpty() && suspect.isEmpty() && refused == 0;
    state = nothing ? CashInStatus.State.NONE : CashInStatus.State.STORED;
    return new StoreOutcome.Stored(accepted);
  }

  private RetractOutcome retractAll() {
    boolean counted = isEmpty(Place.TRANSPORT);
    if (state == CashInStatus.State.ACTIVE || state == CashInStatus.State.RETURNED) {
      state = CashInStatus.State.RETRACTED;
    }
    List<Note> moved = new ArrayList<>();
    for (Place from : List.of(Place.SLOT, Place.ESCROW, Place.TRANSPORT)) {
      moved.addAll(places.get(from));
      moveAll(from, Place.RETRACT);
    }
    tellStatus();
    return new RetractOutcome.Retracted(
        counted && moved.stream().allMatch(note -> note.quality == Quality.GENUINE)
            ? Optional.of(byValue(moved))
            : Optional.empty());
  }

  private void putInIfWanted() {
    if (wanting == null || wanting.isOver() || inHand.isEmpty()) return;
    List<Note> bunch = inHand.removeFirst();
    inserted += bunch.size();
    wanting.complete(bunch);
  }

  private boolean seesSlot() {
    return !troubles.contains(Trouble.EXIT_SENSOR)
        && (capabilities.takenSensor() || !slotWasFilled);
  }

  private void takeIfThere() {
    boolean takes = meansToTake || !capabilities.takenSensor();
    if (!takes || isEmpty(Place.SLOT)) return;
    meansToTake = false;
    moveAll(Place.SLOT, Place.TAKEN);
    if (taking != null && !taking.isOver()) taking.complete(new TakeOutcome.Taken());
  }

  private boolean isStuck() {
    return !isEmpty(Place.TRANSPORT)
        || troubles.contains(Trouble.ESCROW_STUCK)
        || troubles.contains(Trouble.DEAD);
  }

  private boolean isEmpty(Place... some) {
    return Stream.of(some).allMatch(place -> places.get(place).isEmpty());
  }

  private void moveAll(Place from, Place to) {
    places.get(to).addAll(places.get(from));
    places.get(from).clear();
  }

  private CashUnit bin(String id, CashUnit.Kind kind, Place place, int capacity) {
    CashUnit.State how =
        place == Place.BIN && troubles.contains(Trouble.BIN_FULL)
            ? CashUnit.State.FULL
            : CashUnit.State.OK;
    List<Note> notes = places.get(place);
    return capabilities.countsBins()
        ? new CashUnit(id, kind, byValue(notes), notes.size(), capacity, how)
        : new CashUnit(id, kind, Map.of(), 0, capacity, how);
  }

  private static Note note(Money value) {
    return new Note(value.minor() / 100 + " " + value.currency());
  }

  private <T> Future<T> reply(Act act, T outcome, Function<Fault, T> unknown) {
    if (!losing.remove(act)) return Future.succeededFuture(outcome);
    losing.clear();
    loseWire();
    if (!staysAway) regainWire();
    staysAway = false;
    return Future.succeededFuture(
        unknown.apply(new Fault(Fault.Code.OFFLINE, "the wire went before the reply to " + act)));
  }

  private static Map<Money, Integer> byValue(List<Note> notes) {
    return notes.stream()
        .flatMap(note -> note.value.stream())
        .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.summingInt(_ -> 1)));
  }

  private static <T> Future<T> still(Function<Fault, T> outcome, String why) {
    return Future.succeededFuture(outcome.apply(hardware(why)));
  }

  private static Future<Void> no(String why) {
    return failed(Fault.Code.SEQUENCE, "cash-acceptor: " + why);
  }

  private static Fault sequence(String why) {
    return new Fault(Fault.Code.SEQUENCE, "cash-acceptor: " + why);
  }

  private static Fault hardware(String why) {
    return new Fault(Fault.Code.HARDWARE, "cash-acceptor: " + why);
  }

  private static Fault noReply() {
    return hardware("no reply came");
  }

  private static Fault noSensor() {
    return hardware("the sensor at the slot says nothing");
  }
}
