package atm.device;

import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A cash dispenser in memory. Each note is one object in exactly one place, so that none can be
/// made or lost, whatever is armed.
public final class FakeCashDispenser extends FakeDevice implements CashDispenser {
  public enum Trouble {
    /// The next note sticks in the transport, and nothing moves until it is cleared.
    JAM,
    /// Two notes come at once: both go to the reject bin, a third takes their place. Once.
    DOUBLE_NOTE,
    SHUTTER_JAM,
    RETRACT_JAM,
    /// Nobody can tell what is at the slot.
    EXIT_SENSOR,
    DEAD
  }

  public enum Act {
    DISPENSE,
    PRESENT,
    RETRACT,
    REJECT
  }

  public enum Place {
    STACKER,
    TRANSPORT,
    SLOT,
    TAKEN,
    REJECT,
    RETRACT
  }

  /// A note that remembers which cassette it came from.
  public record Note(String cassette, Money value) {}

  private record Cassette(String id, Money note, int initial, Deque<Note> notes) {}

  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, false, true, 40);

  private static final Capabilities DIRECT =
      new Capabilities(false, false, false, false, false, 40);

  private volatile boolean direct;
  private volatile boolean remembers;
  private final Map<String, Cassette> cassettes = new LinkedHashMap<>();
  private final Map<Place, List<Note>> places = new EnumMap<>(Place.class);
  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private final Set<Act> losing = EnumSet.noneOf(Act.class);
  private final Set<String> missing = new TreeSet<>();
  private boolean staysAway;
  private int jamAtNote;
  private int nonces;
  private Optional<String> nonce = Optional.empty();
  private LastDispense.State lastState = LastDispense.State.NOT_PRESENTED;
  private Counts lastCounts = Counts.NONE;
  private Counts lastRejected = Counts.NONE;
  private boolean meansToTake;
  private Wait<TakeOutcome> taking;

  /// A dispenser of EUR with C1 to C3, as in `devices.yaml`.
  public FakeCashDispenser(Vertx vertx) {
    super(vertx);
    for (Place place : Place.values()) places.put(place, new ArrayList<>());
    load("C1", Money.parse("10 EUR"), 1000);
    load("C2", Money.parse("20 EUR"), 2000);
    load("C3", Money.parse("50 EUR"), 1000);
  }

  // -- hands

  /// Puts a cassette with that many new notes in, instead of the one of the same name.
  public void load(String id, Money note, int count) {
    hand(
        () -> {
          Deque<Note> notes = new ArrayDeque<>();
          for (int i = 0; i < count; i++) notes.add(new Note(id, note));
          cassettes.put(id, new Cassette(id, note, count, notes));
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

  /// From now on it is a device without stacker, shutter, sensor and memory: each note falls into
  /// the customer's hand as it is picked.
  public void handsNotesOutAtOnce() {
    direct = true;
  }

  /// It has no stacker, but a memory of its last command, as an LCDM-4000.
  public void handsNotesOutAndRemembers() {
    direct = true;
    remembers = true;
  }

  public void arm(Trouble trouble) {
    hand(() -> troubles.add(trouble));
  }

  public void clear(Trouble trouble) {
    hand(() -> troubles.remove(trouble));
  }

  /// Note `number` of the next dispense sticks in the transport; `reject` gets it out again.
  public void jamAtNote(int number) {
    hand(() -> jamAtNote = number);
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

  public void removeCassette(String id) {
    hand(() -> missing.add(id));
  }

  /// Notes in a place, by their value.
  public Map<Money, Integer> notesAt(Place place) {
    return handReading(() -> byValue(places.get(place)));
  }

  public int notesIn(String cassette) {
    return handReading(() -> cassettes.get(cassette).notes().size());
  }

  /// All notes in the machine and in the customers' hands; the same for ever, but for `load`.
  public int allNotes() {
    return handReading(
        () ->
            cassettes.values().stream().mapToInt(c -> c.notes().size()).sum()
                + places.values().stream().mapToInt(List::size).sum());
  }

  // -- the device

  @Override
  public DeviceKind kind() {
    return DeviceKind.CASH_DISPENSER;
  }

  @Override
  public Capabilities capabilities() {
    return direct ? DIRECT : CAPABILITIES;
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command(() -> Future.succeededFuture(units()));
  }

  @Override
  public Future<Optional<String>> commandNonce() {
    return command(
        () -> {
          if (nonce.isEmpty()) nonce = Optional.of(String.format("%032X", ++nonces));
          if (direct) forgetDispense();
          return Future.succeededFuture(nonce);
        });
  }

  @Override
  public Future<DispenseOutcome> dispense(Mix mix, DispenseToken token) {
    Future<DispenseOutcome> act =
        command(
            () -> {
              Optional<Fault> no = refusal(mix, token);
              if (no.isPresent()) {
                return Future.succeededFuture(new DispenseOutcome.Refused(no.get()));
              }
              nonce = Optional.empty();
              lastState = LastDispense.State.NOT_PRESENTED;
              DispenseOutcome outcome = direct ? handOut(mix) : move(mix);
              if (!direct) lastCounts = counts(Place.STACKER);
              return reply(Act.DISPENSE, outcome, DispenseOutcome.Unknown::new);
            });
    return orWhenOffline(act, DispenseOutcome.Refused::new);
  }

  @Override
  public Future<PresentOutcome> present() {
    Future<PresentOutcome> act =
        command(
            () -> {
              if (direct) return Future.succeededFuture(new PresentOutcome.Presented());
              if (places.get(Place.STACKER).isEmpty()) {
                return notPresented(Fault.Code.SEQUENCE, "nothing is stacked");
              }
              if (isStuck() || troubles.contains(Trouble.SHUTTER_JAM)) {
                return notPresented(Fault.Code.HARDWARE, "the shutter does not open");
              }
              moveAll(Place.STACKER, Place.SLOT);
              lastState = LastDispense.State.PRESENTED;
              takeIfThere();
              return reply(
                  Act.PRESENT, new PresentOutcome.Presented(), PresentOutcome.Unknown::new);
            });
    return orWhenOffline(act, PresentOutcome.NotPresented::new);
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
                  if (troubles.contains(Trouble.EXIT_SENSOR)) {
                    taking.complete(new TakeOutcome.Unknown(noSensor()));
                  } else if (places.get(Place.SLOT).isEmpty()) {
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
              if (places.get(Place.SLOT).isEmpty()) {
                return Future.succeededFuture(new RetractOutcome.Taken());
              }
              if (isStuck() || troubles.contains(Trouble.RETRACT_JAM)) {
                return Future.succeededFuture(
                    new RetractOutcome.Unknown(hardware("the notes do not come back in")));
              }
              Map<Money, Integer> counted = byValue(places.get(Place.SLOT));
              moveAll(Place.SLOT, Place.RETRACT);
              return reply(
                  Act.RETRACT,
                  new RetractOutcome.Retracted(Optional.of(counted)),
                  RetractOutcome.Unknown::new);
            });
    return orWhenOffline(act, RetractOutcome.Unknown::new);
  }

  @Override
  public Future<RejectOutcome> reject() {
    Future<RejectOutcome> act =
        command(
            () -> {
              if (places.get(Place.STACKER).isEmpty() && places.get(Place.TRANSPORT).isEmpty()) {
                return Future.succeededFuture(new RejectOutcome.NothingThere());
              }
              if (isStuck()) {
                return Future.succeededFuture(
                    new RejectOutcome.StillInside(hardware("the transport does not move")));
              }
              moveAll(Place.STACKER, Place.REJECT);
              moveAll(Place.TRANSPORT, Place.REJECT);
              return reply(Act.REJECT, new RejectOutcome.Rejected(), RejectOutcome.Unknown::new);
            });
    return orWhenOffline(act, RejectOutcome.StillInside::new);
  }

  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    return command(
        () ->
            Future.succeededFuture(
                new LastDispense(
                    lastState,
                    lastCounts,
                    lastRejected,
                    direct || troubles.contains(Trouble.EXIT_SENSOR)
                        ? Optional.empty()
                        : Optional.of(places.get(Place.SLOT).isEmpty()),
                    !places.get(Place.STACKER).isEmpty() || !places.get(Place.TRANSPORT).isEmpty(),
                    Optional.empty())));
  }

  @Override
  DeviceStatus health() {
    if (troubles.contains(Trouble.DEAD)) return DeviceStatus.fault("hardware error");
    if (troubles.contains(Trouble.JAM)) return DeviceStatus.fault("a note sticks");
    return missing.isEmpty()
        ? DeviceStatus.online()
        : new DeviceStatus(
            DeviceStatus.State.ONLINE, "ready", List.of("cassettes missing: " + missing));
  }

  @Override
  void forget() {
    nonce = Optional.empty();
  }

  private Optional<Fault> refusal(Mix mix, DispenseToken token) {
    if (nonce.isEmpty() || !token.text().startsWith("NONCE=" + nonce.get() + ",")) {
      return Optional.of(new Fault(Fault.Code.SECURITY, "the token is not for this nonce"));
    }
    if (mix.notes() > CAPABILITIES.maxNotes()) {
      return Optional.of(new Fault(Fault.Code.UNSUPPORTED, mix.notes() + " notes at once"));
    }
    if (!places.get(Place.STACKER).isEmpty() || !places.get(Place.TRANSPORT).isEmpty()) {
      return Optional.of(new Fault(Fault.Code.SEQUENCE, "notes are still inside"));
    }
    if (troubles.contains(Trouble.DEAD)) return Optional.of(hardware("it does not move"));
    return mix.byCassette().entrySet().stream()
        .filter(wanted -> !canGive(wanted.getKey(), wanted.getValue()))
        .map(wanted -> hardware("cassette " + wanted.getKey() + " cannot give that"))
        .findFirst();
  }

  private boolean canGive(String cassette, int notes) {
    return cassettes.containsKey(cassette)
        && !missing.contains(cassette)
        && cassettes.get(cassette).notes().size() >= notes;
  }

  private DispenseOutcome move(Mix mix) {
    int number = 0;
    List<Note> rejected = new ArrayList<>();
    for (var wanted : mix.byCassette().entrySet()) {
      Deque<Note> cassette = cassettes.get(wanted.getKey()).notes();
      for (int i = 0; i < wanted.getValue(); i++) {
        if (troubles.remove(Trouble.DOUBLE_NOTE)) {
          for (int twin = 0; twin < 2; twin++) rejected.add(cassette.remove());
          places.get(Place.REJECT).addAll(rejected);
        }
        if (++number == jamAtNote || troubles.contains(Trouble.JAM)) {
          jamAtNote = 0;
          places.get(Place.TRANSPORT).add(cassette.remove());
          tellStatus();
          return new DispenseOutcome.Incomplete(
              counts(Place.STACKER, Place.TRANSPORT),
              new Counts(counts(rejected)),
              hardware("note " + number + " sticks in the transport"));
        }
        places.get(Place.STACKER).add(cassette.remove());
      }
    }
    return new DispenseOutcome.Stacked(counts(Place.STACKER), new Counts(counts(rejected)));
  }

  private DispenseOutcome handOut(Mix mix) {
    DispenseOutcome stacked = move(mix);
    Counts out = counts(Place.STACKER);
    moveAll(Place.STACKER, Place.TAKEN);
    remember(out, Counts.NONE);
    if (!(stacked instanceof DispenseOutcome.Incomplete(_, Counts rejected, Fault why))) {
      return stacked;
    }
    Map<String, Integer> kept = new TreeMap<>(rejected.byCassette());
    counts(Place.TRANSPORT).byCassette().forEach((id, n) -> kept.merge(id, n, Integer::sum));
    moveAll(Place.TRANSPORT, Place.REJECT);
    remember(out, new Counts(kept));
    return new DispenseOutcome.Short(out, new Counts(kept), why);
  }

  private void remember(Counts out, Counts rejected) {
    forgetDispense();
    if (!remembers) return;
    boolean nothing = out.notes() == 0;
    lastState = nothing ? LastDispense.State.NOT_PRESENTED : LastDispense.State.PRESENTED;
    lastCounts = out;
    lastRejected = rejected;
  }

  private void forgetDispense() {
    lastState = LastDispense.State.UNKNOWN;
    lastCounts = Counts.NONE;
    lastRejected = Counts.NONE;
  }

  private boolean isStuck() {
    return troubles.contains(Trouble.JAM) || troubles.contains(Trouble.DEAD);
  }

  private List<CashUnit> units() {
    List<CashUnit> units = new ArrayList<>();
    for (Cassette c : cassettes.values()) {
      int count = c.notes().size();
      CashUnit.State state =
          missing.contains(c.id())
              ? CashUnit.State.MISSING
              : count == 0 ? CashUnit.State.EMPTY : CashUnit.State.OK;
      units.add(
          new CashUnit(
              c.id(), CashUnit.Kind.CASSETTE, Optional.of(c.note()), c.initial(), count, state));
    }
    units.add(bin("REJECT", CashUnit.Kind.REJECT, Place.REJECT));
    units.add(bin("RETRACT", CashUnit.Kind.RETRACT, Place.RETRACT));
    return units;
  }

  private CashUnit bin(String id, CashUnit.Kind kind, Place place) {
    return new CashUnit(id, kind, Optional.empty(), 0, places.get(place).size(), CashUnit.State.OK);
  }

  private void moveAll(Place from, Place to) {
    places.get(to).addAll(places.get(from));
    places.get(from).clear();
  }

  private void takeIfThere() {
    if (!meansToTake || places.get(Place.SLOT).isEmpty()) return;
    meansToTake = false;
    moveAll(Place.SLOT, Place.TAKEN);
    if (taking != null && !taking.isOver()) taking.complete(new TakeOutcome.Taken());
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

  private Counts counts(Place... from) {
    List<Note> notes = new ArrayList<>();
    for (Place place : from) notes.addAll(places.get(place));
    return new Counts(counts(notes));
  }

  private static Map<String, Integer> counts(List<Note> notes) {
    return notes.stream()
        .collect(
            Collectors.groupingBy(Note::cassette, TreeMap::new, Collectors.summingInt(_ -> 1)));
  }

  private static Map<Money, Integer> byValue(List<Note> notes) {
    return notes.stream()
        .collect(Collectors.groupingBy(Note::value, TreeMap::new, Collectors.summingInt(_ -> 1)));
  }

  private static Future<PresentOutcome> notPresented(Fault.Code code, String why) {
    return Future.succeededFuture(
        new PresentOutcome.NotPresented(new Fault(code, "cash-dispenser: " + why)));
  }

  private static Fault hardware(String why) {
    return new Fault(Fault.Code.HARDWARE, "cash-dispenser: " + why);
  }

  private static Fault noSensor() {
    return hardware("the sensor at the slot says nothing");
  }
}
