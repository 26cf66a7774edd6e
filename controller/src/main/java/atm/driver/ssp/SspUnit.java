package atm.driver.ssp;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.driver.Polling;
import atm.driver.ssp.SspEvent.Kind;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One unit at the end of a link: introduced, its key agreed, and polled from then on. Its events
/// and its loss are told; what they mean is the devices' business. A poll lets a note in the escrow
/// into the box, so while one lies there holds take the place of polls. Runs on the link's context.
final class SspUnit {
  /// The guides want a poll each 200 ms to 1 s; a unit that is not polled disables itself.
  static final Duration POLL_EVERY = Duration.ofMillis(250);

  private static final String POLL = "poll";

  /// How often a unit that was just told to start again is called before it counts as not there.
  static final int SYNC_TRIES_AFTER_RESET = 20;

  /// The version of which the sheet has the replies; from 6 on, values carry their currency.
  private static final int PROTOCOL = 7;

  private static final Set<Kind> BUSY =
      EnumSet.of(
          Kind.DISPENSING,
          Kind.HELD,
          Kind.FLOATING,
          Kind.EMPTYING,
          Kind.SMART_EMPTYING,
          Kind.INITIALISING,
          // It moves some notes to the cashbox then.
          Kind.JAM_RECOVERY,
          Kind.STACKING,
          Kind.REJECTING);

  /// Who is told of what a unit does.
  interface Listener {
    void happened(SspUnit unit, List<SspEvent> events);

    void lost(SspUnit unit, Fault why);
  }

  private final DeviceKind kind;
  private final ByteLink link;
  private final SspLine line;
  private final long fixedKey;
  private final Deadlines deadlines;
  private final Listener listener;
  private Future<SspData.Setup> ready;
  private Runnable stopPolling = () -> {};
  private boolean serving;
  private boolean holding;

  /// Holds that the unit has not answered yet.
  private int holdsAsked;

  /// The note in the escrow has been told to go, and the unit has not answered to that yet.
  private boolean sending;

  private boolean ended;

  SspUnit(
      DeviceKind kind,
      ByteLink link,
      SspSettings settings,
      Deadlines deadlines,
      Listener listener) {
    this.kind = kind;
    this.link = link;
    this.fixedKey = settings.fixedKey();
    this.deadlines = deadlines;
    this.listener = listener;
    this.line = new SspLine(kind, link, settings.address(), deadlines);
    link.ended().onSuccess(this::linkEnded);
  }

  SspLine line() {
    return line;
  }

  /// Introduced, standing still, taking no notes in, enabled and polled; what it says of itself.
  /// Done once, whoever asks first.
  ///
  /// @param syncTries how often it is called before it counts as not there
  Future<SspData.Setup> ready(SecureRandom random, int syncTries) {
    if (ready == null) {
      ready =
          introduce(random, syncTries)
              .compose(setup -> findNote().compose(_ -> standStill()).map(setup))
              .compose(setup -> enable().map(setup))
              .onSuccess(
                  _ -> {
                    serving = true;
                    pollLater();
                  });
    }
    return ready;
  }

  /// Brings both ends together under a new key. Whatever was sealed before, and still on its way,
  /// is void from then on.
  private Future<SspData.Setup> introduce(SecureRandom random, int syncTries) {
    KeyExchange keys = KeyExchange.fresh(random);
    return line.synchronise(syncTries)
        .compose(_ -> line.succeed("set generator", SspData.command(0x4A, keys.generatorBytes())))
        .compose(_ -> line.succeed("set modulus", SspData.command(0x4B, keys.modulusBytes())))
        .compose(_ -> line.succeed("key exchange", SspData.command(0x4C, keys.ours())))
        .compose(
            theirs -> {
              if (theirs.length != 9) throw line.refused("key exchange", theirs);
              long agreed = keys.agreed(Arrays.copyOfRange(theirs, 1, 9));
              line.seal(new EsspCipher(EsspCipher.key(fixedKey, agreed), random));
              return line.succeed("protocol version", SspData.command(0x06, PROTOCOL));
            })
        .compose(_ -> line.succeed("setup request", SspData.command(0x05)))
        .map(reply -> SspData.setup(reply).orElseThrow(() -> line.refused("setup request", reply)));
  }

  /// Before the first poll: a note that lies in the escrow from before must not go in by it. Where
  /// there is none, none comes in from here on.
  private Future<Void> findNote() {
    return hold()
        .compose(held -> held ? Future.<Void>succeededFuture() : setInhibits(SspData.NO_CHANNELS));
  }

  /// An order outlives the connection it came by; until two polls tell of no movement, no count is
  /// the last. A note in the escrow stands still.
  Future<Void> standStill() {
    return Polling.until(
            () ->
                isStill()
                    .compose(still -> still ? isStill() : Future.succeededFuture(false))
                    .map(still -> still ? Optional.of(true) : Optional.<Boolean>empty()))
        .mapEmpty();
  }

  private Future<Boolean> isStill() {
    if (holding) return Future.succeededFuture(true);
    return poll()
        .compose(
            events -> {
              boolean busy =
                  events.stream()
                      .anyMatch(
                          e -> BUSY.contains(e.kind()) || e.kind() == Kind.READ && e.detail() == 0);
              return pause().map(!busy);
            });
  }

  private Future<Void> pause() {
    Promise<Void> due = Promise.promise();
    deadlines.after(POLL_EVERY, due::complete);
    return due.future();
  }

  /// Enabled it stays; whether it takes notes is for its inhibits to say.
  Future<Void> enable() {
    return holding ? Future.succeededFuture() : line.succeed("enable", SspData.ENABLE).mapEmpty();
  }

  /// @param channels a bit for each that is to be taken, channel 1 the lowest
  Future<Void> setInhibits(int channels) {
    return line.succeed("set inhibits", SspData.inhibits(channels)).mapEmpty();
  }

  /// Whether it has been made ready, and is polled.
  boolean isServing() {
    return serving && !ended;
  }

  /// @param store whether such notes go to the payout's store from now on, or to the cashbox
  Future<Void> route(Collection<Money> notes, boolean store) {
    Future<Void> routed = Future.succeededFuture();
    for (Money note : notes) {
      byte[] command = store ? SspData.routeToStore(note) : SspData.routeToCashbox(note);
      routed = routed.compose(_ -> line.succeed("set route", command).mapEmpty());
    }
    return routed;
  }

  // -- the escrow

  /// Whether a note lies in the escrow.
  boolean isHolding() {
    return holding;
  }

  /// Keeps a note in the escrow for another ten seconds; whether there is one. Sent before all that
  /// waits, because after a note was read the next command may already let it in.
  /// A poll that waits, or comes before the answer, would let in what is to be held.
  Future<Boolean> hold() {
    holdsAsked++;
    line.takeBack(POLL);
    return line.askNext("hold", SspData.HOLD)
        .onComplete(_ -> holdsAsked--)
        .map(
            answer -> {
              boolean held = SspData.isOk(answer);
              // A unit that takes no notes does not know what to hold.
              if (!held && !SspData.isUnable(answer)) throw line.refused("hold", answer);
              holding = held;
              return held;
            });
  }

  /// Lets the note in the escrow go in. Sent again when no reply comes, in the very same packet:
  /// the unit then repeats its reply. What follows is told by events.
  Future<Void> accept() {
    sending = true;
    return line.succeed("accept", SspData.POLL)
        .onComplete(_ -> sending = false)
        .onSuccess(_ -> holding = false)
        .map(SspEvent::all)
        .map(this::told)
        .mapEmpty();
  }

  /// Sends the note in the escrow back; why not, where the unit refuses and has it still. What
  /// follows is told by events.
  Future<Optional<Fault>> reject() {
    sending = true;
    return line.ask("reject", SspData.REJECT)
        .onComplete(_ -> sending = false)
        .compose(
            answer -> {
              if (SspData.isOk(answer)) {
                holding = false;
                return Future.succeededFuture(Optional.empty());
              }
              // It may have gone by itself meanwhile.
              Fault why = line.refused("reject", answer).fault();
              return hold().map(there -> there ? Optional.of(why) : Optional.empty());
            });
  }

  /// From here on no note comes in. While one is held nothing but holds is sent; the unit takes no
  /// other then anyway.
  Future<Void> takeNoMore() {
    return holding
        ? Future.succeededFuture()
        : setInhibits(SspData.NO_CHANNELS).compose(_ -> enable());
  }

  // -- polls

  /// One poll, and what it told; nothing while a note is held.
  private Future<List<SspEvent>> poll() {
    return holding || holdsAsked > 0
        ? hold().map(List.of())
        : line.succeed(POLL, SspData.POLL)
            .map(reply -> reply == SspLine.TAKEN_BACK ? List.of() : told(SspEvent.all(reply)));
  }

  private List<SspEvent> told(List<SspEvent> events) {
    boolean restarted = false;
    for (SspEvent event : events) {
      if (event.kind() == Kind.READ) holding = event.detail() > 0;
      restarted |= event.kind() == Kind.RESET;
    }
    if (ended) return events;
    if (holding) hold().onFailure(failure -> lose(DeviceException.faultOf(failure)));
    listener.happened(this, events);
    if (restarted && serving) {
      lose(new Fault(Fault.Code.OFFLINE, kind + ": the unit restarted"));
    }
    return events;
  }

  private void pollLater() {
    if (!ended) stopPolling = deadlines.after(POLL_EVERY, this::pollNow);
  }

  /// Of a note on its way only a poll tells. A hold that waits behind the word that it should go
  /// would keep one there that did not, and what the unit says of it unasked.
  private void pollNow() {
    if (sending) pollLater();
    else poll().onComplete(_ -> pollLater(), failure -> lose(DeviceException.faultOf(failure)));
  }

  // -- its end

  /// Gives the unit up: after doubt, only a new beginning tells what is true. Completes when the
  /// port is let go.
  Future<Void> lose(Fault why) {
    if (!ended) {
      ended = true;
      stopPolling.run();
      line.end(why);
      listener.lost(this, why);
    }
    return link.close();
  }

  /// After doubt only a unit met anew tells what is true.
  Fault doubted(Throwable failure) {
    Fault why = DeviceException.faultOf(failure);
    lose(why);
    return why;
  }

  private void linkEnded(IOException why) {
    lose(new Fault(Fault.Code.OFFLINE, kind + ": " + why.getMessage()));
  }
}
