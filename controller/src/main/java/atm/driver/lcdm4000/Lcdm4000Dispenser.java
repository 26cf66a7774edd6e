package atm.driver.lcdm4000;

import atm.config.DeviceEntry.Cassette;
import atm.device.DeviceException;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.DirectDispenser;
import atm.driver.LinkFaults;
import atm.driver.lcdm4000.Lcdm4000Reply.Counted;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.frame.Once;
import atm.value.Counts;
import atm.value.Mix;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// An LCDM-4000. It remembers its last command, so a dispense of which no reply came can be asked
/// for, also after a crash of ours; before a next one is written down, another command is made the
/// last. A dispense goes over the wire once in its life.
final class Lcdm4000Dispenser extends DirectDispenser<Lcdm4000Wire> {
  private static final Lcdm4000Error GOOD = new Lcdm4000Error(0);

  private final List<Cassette> cassettes;
  private final TreeSet<String> empty = new TreeSet<>();
  private Lcdm4000Error last = GOOD;
  private Lcdm4000Reply.Status seen;

  Lcdm4000Dispenser(
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      List<Cassette> cassettes) {
    super(vertx, connector, deadlines, backoff, cassettes);
    this.cassettes = cassettes;
  }

  @Override
  protected Lcdm4000Wire wire(ByteLink link, Deadlines deadlines) {
    return new Lcdm4000Wire(link, deadlines);
  }

  /// Purges nothing: that would be the last command then.
  @Override
  protected Future<DeviceStatus> begin(Lcdm4000Wire wire) {
    return look(wire).map(_ -> health());
  }

  @Override
  protected Future<Lcdm4000Reply.Status> look(Lcdm4000Wire wire) {
    return heard(wire, wire.status())
        .map(
            status -> {
              seen = status;
              publish(health());
              return status;
            });
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return command("cash units", wire -> look(wire).map(_ -> units()));
  }

  @Override
  protected Future<Lcdm4000Error> expectOrder(Lcdm4000Wire wire) {
    return anotherCommandIsLast(wire);
  }

  @Override
  protected Future<DispenseOutcome> dispense(Lcdm4000Wire wire, Mix mix) {
    return anotherCommandIsLast(wire)
        // This answer shows that no earlier one is still on its way.
        .compose(_ -> look(wire))
        .compose(
            status -> {
              if (!health().canServe() || missing(mix)) {
                return refused(fault(Fault.Code.HARDWARE, "cannot give that: " + health()));
              }
              return wire.dispense(notes(mix)).compose(once -> settled(wire, mix, once));
            });
  }

  /// From here on, a dispense as the last command is the one that comes now.
  private Future<Lcdm4000Error> anotherCommandIsLast(Lcdm4000Wire wire) {
    return heard(wire, wire.last())
        .compose(
            before ->
                before.wasDispense()
                    ? heard(wire, wire.purge())
                    : Future.succeededFuture(before.moved().error()));
  }

  private Future<DispenseOutcome> settled(Lcdm4000Wire wire, Mix mix, Once once) {
    return switch (once) {
      case Once.Replied(Buffer reply, _) -> ended(wire, once, replied(mix, reply));
      case Once.NotBegun(String why, Buffer answer) ->
          ended(wire, once, byMemory(mix, answer, why));
      case Once.Lost(IOException why) ->
          wire.last()
              .map(
                  memory ->
                      memory.wasDispense()
                          ? outcome(mix, memory.moved())
                          : unknown(LinkFaults.of(kind(), why)))
              .otherwise(_ -> unknown(LinkFaults.of(kind(), why)))
              .compose(outcome -> ended(wire, once, outcome));
    };
  }

  private Future<DispenseOutcome> ended(Lcdm4000Wire wire, Once once, DispenseOutcome outcome) {
    // What else was said on this line meanwhile is not to be heard as an answer to a later command.
    if (once.isClean()) publish(health());
    else lost(wire, fault(Fault.Code.PROTOCOL, "the line was disturbed during a dispense"));
    return Future.succeededFuture(outcome);
  }

  private DispenseOutcome replied(Mix mix, Buffer reply) {
    try {
      return outcome(mix, Lcdm4000Reply.Moved.of(reply));
    } catch (IOException garbled) {
      return unknown(LinkFaults.of(kind(), garbled));
    }
  }

  private DispenseOutcome byMemory(Mix mix, Buffer answer, String why) {
    try {
      Lcdm4000Reply.Last memory = Lcdm4000Reply.Last.of(answer);
      return memory.wasDispense()
          ? outcome(mix, memory.moved())
          : new DispenseOutcome.Refused(fault(Fault.Code.PROTOCOL, why));
    } catch (IOException garbled) {
      return unknown(LinkFaults.of(kind(), garbled));
    }
  }

  /// By what left through the exit, and not by what was asked.
  private DispenseOutcome outcome(Mix mix, Lcdm4000Reply.Moved moved) {
    Map<String, Integer> presented = new TreeMap<>();
    Map<String, Integer> rejected = new TreeMap<>();
    for (int i = 0; i < cassettes.size(); i++) {
      String id = cassettes.get(i).id();
      Counted counted = moved.counted().get(i);
      int asked = mix.byCassette().getOrDefault(id, 0);
      if (counted.exited() > asked) {
        return unknown(
            fault(Fault.Code.HARDWARE, counted.exited() + " notes of " + asked + " came out"));
      }
      presented.put(id, counted.exited());
      rejected.put(id, counted.rejected());
      if (moved.error().isPickUp() && counted.exited() < asked) empty.add(id);
    }
    if (!moved.error().isPickUp()) last = moved.error();
    Counts out = new Counts(presented);
    if (out.byCassette().equals(mix.byCassette())) {
      return new DispenseOutcome.Stacked(out, new Counts(rejected));
    }
    Fault why = fault(Fault.Code.HARDWARE, moved.error().meaning());
    return moved.error().leavesCountsSure()
        ? new DispenseOutcome.Short(out, new Counts(rejected), why)
        : unknown(why);
  }

  private static DispenseOutcome unknown(Fault why) {
    return new DispenseOutcome.Unknown(why);
  }

  /// Notes on the path go to the reject tray.
  @Override
  public Future<RejectOutcome> reject() {
    return this.<RejectOutcome>command(
            "reject",
            wire ->
                look(wire)
                    .compose(
                        before ->
                            before.notesOnPath()
                                ? purge(wire).map(_ -> rejected())
                                : Future.succeededFuture(new RejectOutcome.NothingThere())))
        .otherwise(failure -> new RejectOutcome.Unknown(DeviceException.faultOf(failure)));
  }

  private RejectOutcome rejected() {
    return seen.notesOnPath()
        ? new RejectOutcome.StillInside(fault(Fault.Code.HARDWARE, health().detail()))
        : new RejectOutcome.Rejected();
  }

  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    return command("last dispense", wire -> heard(wire, wire.last()).map(this::remembered));
  }

  /// That its last command was another does not say that there was no dispense: a loss of power may
  /// have taken its memory.
  private LastDispense remembered(Lcdm4000Reply.Last memory) {
    Lcdm4000Error error = memory.moved().error();
    if (!memory.wasDispense() || !error.isGood() && !error.leavesCountsSure()) {
      return remembered(LastDispense.State.UNKNOWN, Counts.NONE, Counts.NONE);
    }
    Map<String, Integer> out = new TreeMap<>();
    Map<String, Integer> rejected = new TreeMap<>();
    for (int i = 0; i < cassettes.size(); i++) {
      Counted counted = memory.moved().counted().get(i);
      out.put(cassettes.get(i).id(), counted.exited());
      rejected.put(cassettes.get(i).id(), counted.rejected());
    }
    Counts presented = new Counts(out);
    return remembered(
        presented.notes() == 0 ? LastDispense.State.NOT_PRESENTED : LastDispense.State.PRESENTED,
        presented,
        new Counts(rejected));
  }

  private LastDispense remembered(LastDispense.State state, Counts counts, Counts rejected) {
    return new LastDispense(
        state, counts, rejected, Optional.empty(), seen.notesOnPath(), Optional.empty());
  }

  @Override
  public Future<Void> reset() {
    return command(
        "reset",
        wire ->
            purge(wire)
                .compose(
                    _ ->
                        health().canServe()
                            ? Future.succeededFuture()
                            : Future.failedFuture(
                                new DeviceException(
                                    fault(Fault.Code.HARDWARE, health().detail())))));
  }

  private Future<Lcdm4000Reply.Status> purge(Lcdm4000Wire wire) {
    return heard(wire, wire.purge())
        .compose(
            error -> {
              last = error;
              if (error.isGood()) empty.clear();
              return look(wire);
            });
  }

  private DeviceStatus health() {
    Lcdm4000Error worst = last.isGood() && !seen.error().isPickUp() ? seen.error() : last;
    if (!worst.isGood()) return DeviceStatus.fault(worst.meaning());
    if (seen.notesOnPath()) return DeviceStatus.fault("notes or dirt on the path");
    List<String> warnings =
        units().stream()
            .filter(unit -> unit.state() != CashUnit.State.OK)
            .map(
                unit ->
                    "cassette " + unit.id() + " " + unit.state().name().toLowerCase(Locale.ROOT))
            .toList();
    return new DeviceStatus(DeviceStatus.State.ONLINE, "ready", warnings);
  }

  /// Cassettes and the reject tray. The device does not count what is in them.
  private List<CashUnit> units() {
    List<CashUnit> units = new ArrayList<>();
    for (int i = 0; i < cassettes.size(); i++) {
      Cassette c = cassettes.get(i);
      units.add(
          new CashUnit(
              c.id(), CashUnit.Kind.CASSETTE, Optional.of(c.note()), c.count(), 0, state(i)));
    }
    units.add(
        new CashUnit("REJECT", CashUnit.Kind.REJECT, Optional.empty(), 0, 0, CashUnit.State.OK));
    return units;
  }

  private CashUnit.State state(int place) {
    if (!seen.fitted().get(place)) return CashUnit.State.MISSING;
    if (empty.contains(cassettes.get(place).id())) return CashUnit.State.EMPTY;
    return seen.nearEnd().get(place) ? CashUnit.State.LOW : CashUnit.State.OK;
  }

  private boolean missing(Mix mix) {
    for (int i = 0; i < cassettes.size(); i++) {
      boolean wanted = mix.byCassette().containsKey(cassettes.get(i).id());
      if (wanted && !seen.fitted().get(i)) return true;
    }
    return false;
  }

  private int[] notes(Mix mix) {
    int[] notes = new int[Lcdm4000Frames.CASSETTES];
    for (int i = 0; i < cassettes.size(); i++) {
      notes[i] = mix.byCassette().getOrDefault(cassettes.get(i).id(), 0);
    }
    return notes;
  }
}
