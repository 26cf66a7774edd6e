package atm.driver.ssp;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.link.ByteLink;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// One unit at the end of a link: introduced, its key agreed, and polled from then on. Its events
/// and its loss are told; what they mean is the device's business. Runs on the link's context.
final class SspUnit {
  /// The guides want a poll each 200 ms to 1 s; a unit that is not polled disables itself.
  static final Duration POLL_EVERY = Duration.ofMillis(250);

  /// The version of which the sheet has the replies; from 6 on, values carry their currency.
  private static final int PROTOCOL = 7;

  private final DeviceKind kind;
  private final ByteLink link;
  private final SspLine line;
  private final long fixedKey;
  private final Deadlines deadlines;
  private Consumer<List<SspEvent>> happened = _ -> {};
  private Consumer<Fault> lost = _ -> {};
  private Runnable stopPolling = () -> {};
  private int polls;
  private boolean ended;

  SspUnit(DeviceKind kind, ByteLink link, SspSettings settings, Deadlines deadlines) {
    this.kind = kind;
    this.link = link;
    this.fixedKey = settings.fixedKey();
    this.deadlines = deadlines;
    this.line = new SspLine(kind, link, settings.address(), deadlines);
    link.ended().onSuccess(this::linkEnded);
  }

  SspLine line() {
    return line;
  }

  /// Brings both ends together under a new key, and answers what the unit says of itself.
  /// Whatever was sealed before, and still on its way, is void from then on.
  ///
  /// @param syncTries how often it is called before it counts as not there
  Future<SspData.Setup> introduce(SecureRandom random, int syncTries) {
    stopPolling.run();
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

  /// One poll, and what it told.
  Future<List<SspEvent>> poll() {
    return line.succeed("poll", SspData.command(0x07)).map(SspEvent::all);
  }

  /// Completes when the next poll is due.
  Future<Void> pause() {
    Promise<Void> due = Promise.promise();
    deadlines.after(POLL_EVERY, due::complete);
    return due.future();
  }

  /// To be told once, with why, that the unit is lost.
  void onLost(Consumer<Fault> handler) {
    lost = handler;
  }

  /// Polls until the unit is introduced anew or given up; a failure loses it.
  void keepPolling(Consumer<List<SspEvent>> handler) {
    happened = handler;
    pollLater();
  }

  private void pollLater() {
    if (ended) return;
    stopPolling = deadlines.after(POLL_EVERY, this::pollNow);
  }

  private void pollNow() {
    int mine = ++polls;
    stopPolling = () -> polls++;
    poll()
        .onComplete(
            events -> {
              // The unit was introduced anew, or given up, while the reply was on its way.
              if (ended || mine != polls) return;
              happened.accept(events);
              pollLater();
            },
            failure -> lose(DeviceException.faultOf(failure)));
  }

  /// Gives the unit up: after doubt, only a new beginning tells what is true.
  void lose(Fault why) {
    if (ended) return;
    Consumer<Fault> told = lost;
    end(why);
    told.accept(why);
  }

  Future<Void> close(Fault why) {
    end(why);
    return link.close();
  }

  private void end(Fault why) {
    ended = true;
    stopPolling.run();
    lost = _ -> {};
    line.end(why);
  }

  private void linkEnded(IOException why) {
    lose(new Fault(Fault.Code.OFFLINE, kind + ": " + why.getMessage()));
  }
}
