package atm.driver.zt598;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.driver.LinkFaults;
import atm.driver.Supervised;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// A ZT588 or ZT598. Working keys reach it encrypted under the master key; that one a person loads
/// into a unit with erased keys, with the maker's tool. Not done, because the sheet leaves it open
/// or the link has no unit for it: authentication of the host, the scan table, the search for the
/// speed, DSR.
final class Zt598PinPad extends Supervised<PadUnit> implements PinPad {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// How often a unit is asked, idle or with its keys on, to find out that it has gone.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  /// Of the sheet.
  private static final Duration RESET_TAKES = Duration.ofSeconds(3);

  private static final Capabilities CAPABILITIES = new Capabilities(true, PadKeys.KEYS);

  private static final DeviceStatus NO_KEYS =
      new DeviceStatus(
          DeviceStatus.State.ONLINE,
          "ready",
          List.of("it has no keys: load the master key with the maker's tool"));

  private final ByteConnector connector;
  private final Deadlines deadlines;
  private final PadSettings settings;
  private final PadKeys keyBytes;
  private final Set<PadEntry> entries = new HashSet<>();
  private Optional<String> pinKey = Optional.empty();

  /// Whether a PIN is in the unit, and what it was said to be for, where that was said.
  private boolean pinIsIn;

  private Optional<Binding> pinIsFor = Optional.empty();
  private Runnable stopLooking = () -> {};

  Zt598PinPad(
      Vertx vertx,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      PadSettings settings) {
    super(vertx, DeviceKind.PIN_PAD, backoff);
    this.connector = connector;
    this.deadlines = deadlines;
    this.settings = settings;
    this.keyBytes = new PadKeys(settings.functionKeys());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Set<PinBlock.Format> pinBlockFormats() {
    return PadModel.FORMATS;
  }

  // Entries.

  @Override
  public Future<PinEntered> enterPin(
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    if (settings.model() == PadModel.ZT588) {
      return failed(Fault.Code.UNSUPPORTED, "wants the account before the PIN is typed");
    }
    return enterPin(Optional.empty(), minDigits, maxDigits, fdks, within, live, digits);
  }

  @Override
  public Future<PinEntered> enterPin(
      Binding binding,
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    Optional<Fault> refusal = PadModel.whyNot(binding);
    if (refusal.isPresent()) return Future.failedFuture(new DeviceException(refusal.get()));
    return enterPin(Optional.of(binding), minDigits, maxDigits, fdks, within, live, digits);
  }

  private Future<PinEntered> enterPin(
      Optional<Binding> binding,
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    PadEntry.Pin entry = new PadEntry.Pin(keyBytes, fdks, maxDigits, digits);
    Function<PadUnit, Future<PadReply>> start =
        unit -> unit.startPin(binding, minDigits, maxDigits, within);
    return entry("PIN entry", entry, start, within, live)
        .map(
            end -> {
              if (end != Key.ENTER) return new PinEntered.EndedBy(end);
              pinIsIn = true;
              pinIsFor = binding;
              return new PinEntered.Complete(entry.count());
            });
  }

  @Override
  public Future<Key> readKeys(
      Set<Key> keys, Set<Key> ends, Duration within, Runnable live, Consumer<Key> pressed) {
    PadEntry entry = new PadEntry.Open(keyBytes, keys, ends, pressed);
    return entry("keys", entry, PadUnit::inputOn, within, live);
  }

  private Future<Key> entry(
      String what,
      PadEntry entry,
      Function<PadUnit, Future<PadReply>> start,
      Duration within,
      Runnable live) {
    // Two turns of the context in this order, so that a cancel from now on finds it.
    anyway(() -> Future.succeededFuture(entries.add(entry)));
    return command(what, unit -> run(unit, entry, start, within, live))
        .onComplete(
            _ ->
                anyway(
                    () -> {
                      entries.remove(entry);
                      entry.isOver();
                      return Future.succeededFuture();
                    }));
  }

  private Future<Key> run(
      PadUnit unit,
      PadEntry entry,
      Function<PadUnit, Future<PadReply>> start,
      Duration within,
      Runnable live) {
    pinIsIn = false;
    if (entry.end().isComplete()) return entry.end();
    return heard(unit, start.apply(unit))
        .compose(
            _ -> {
              if (entry.end().isComplete()) return entry.end();
              entry.runOut(deadlines, within);
              listen(unit, entry);
              live.run();
              return entry.end();
            })
        .transform(
            ended -> {
              unit.onKey(_ -> {});
              boolean complete = entry instanceof PadEntry.Pin && ended.result() == Key.ENTER;
              return complete ? entry.end() : off(unit, ended);
            });
  }

  private void listen(PadUnit unit, PadEntry entry) {
    switch (entry) {
      case PadEntry.Pin pin -> unit.onKey(pin::pressed);
      case PadEntry.Open open -> {
        unit.onKey(
            code -> {
              // Its own time limit is no end of ours.
              if (code == PadKeys.ENDED_BY_UNIT) assure(unit, open);
              else open.pressed(code);
            });
        assureLater(unit, open);
      }
    }
  }

  /// Input on while it is on changes nothing, and tells whether the unit is still there.
  private void assure(PadUnit unit, PadEntry entry) {
    if (entry.end().isComplete()) return;
    heard(unit, unit.inputOn()).onFailure(gone -> entry.stop(DeviceException.faultOf(gone)));
  }

  /// Until the entry has ended, which on an idle machine takes as long as nobody comes.
  private void assureLater(PadUnit unit, PadEntry entry) {
    deadlines.after(
        LOOK_EVERY,
        () -> {
          if (entry.end().isComplete()) return;
          assure(unit, entry);
          assureLater(unit, entry);
        });
  }

  /// Keys off before anybody else has a turn: no digit may come in clear when the next one types a
  /// PIN.
  private Future<Key> off(PadUnit unit, AsyncResult<Key> ended) {
    return heard(unit, unit.inputOff())
        .transform(
            off -> {
              if (ended.failed()) return Future.failedFuture(ended.cause());
              return off.succeeded()
                  ? Future.succeededFuture(ended.result())
                  : Future.failedFuture(off.cause());
            });
  }

  @Override
  public Future<Void> cancel() {
    return anyway(
        () -> {
          List<PadEntry> all = List.copyOf(entries);
          all.forEach(entry -> entry.stop(Fault.Code.CANCELED, "entry cancelled"));
          return Future.join(all.stream().map(PadEntry::over).toList()).mapEmpty();
        });
  }

  // PIN blocks and keys.

  @Override
  public Future<PinBlock> pinBlock(Pan pan, PinBlock.Format format) {
    Binding binding = new Binding(pan, format);
    Optional<Fault> refusal = PadModel.whyNot(binding);
    if (refusal.isPresent()) return Future.failedFuture(new DeviceException(refusal.get()));
    return command("PIN block", unit -> pinBlock(unit, binding));
  }

  private Future<PinBlock> pinBlock(PadUnit unit, Binding binding) {
    if (!pinIsIn) return failed(Fault.Code.SEQUENCE, "no PIN was typed");
    pinIsIn = false;
    if (!pinIsFor.map(binding::equals).orElse(true)) {
      return failed(Fault.Code.SEQUENCE, "the PIN was typed for another account or format");
    }
    if (pinKey.isEmpty()) return failed(Fault.Code.SECURITY, "no PIN key is loaded");
    String name = pinKey.get();
    return heard(unit, unit.pinBlock(binding))
        .map(block -> new PinBlock(binding.format(), name, block));
  }

  @Override
  public Future<Void> importKey(WrappedKey key) {
    byte[] value = key.value();
    if (!key.algorithm().equals("T") || value.length != 16 && value.length != 24) {
      return failed(
          Fault.Code.UNSUPPORTED,
          "takes TDES keys of 16 or 24 bytes, not " + key + " of algorithm " + key.algorithm());
    }
    return command("import key", unit -> importKey(unit, key));
  }

  private Future<Void> importKey(PadUnit unit, WrappedKey key) {
    return heard(unit, unit.loadKey(key))
        .compose(
            comesOut -> {
              pinKey = Optional.of(key.name()).filter(_ -> comesOut);
              return comesOut
                  ? Future.succeededFuture()
                  : failed(Fault.Code.SECURITY, "the check value of " + key + " does not come out");
            });
  }

  /// As far as is known: whether one slot is loaded, a unit does not tell. A ZT588 tells that it
  /// has none at all; of any other loss the next use tells.
  @Override
  public Future<Boolean> hasKey(String name) {
    return command("has key", unit -> look(unit).map(_ -> pinKey.equals(Optional.of(name))));
  }

  // The unit.

  @Override
  public Future<Void> reset() {
    return command(
        "reset",
        unit ->
            heard(unit, unit.reset())
                .compose(_ -> pause(RESET_TAKES))
                .compose(_ -> begin(unit))
                .mapEmpty());
  }

  private Future<Void> pause(Duration length) {
    Promise<Void> over = Promise.promise();
    deadlines.after(length, over::complete);
    return over.future();
  }

  @Override
  protected Future<PadUnit> connect() {
    return connector.open(CONNECT_WITHIN).map(link -> new PadUnit(link, deadlines, settings));
  }

  @Override
  protected Future<DeviceStatus> prepare(PadUnit unit) {
    unit.link.ended().onSuccess(why -> lost(unit, LinkFaults.of(kind(), why)));
    return begin(unit)
        .recover(
            failure ->
                unit.link.ended().isComplete()
                    ? Future.failedFuture(failure)
                    // It is there, and says why it cannot.
                    : Future.succeededFuture(
                        DeviceStatus.fault(DeviceException.faultOf(failure).detail())))
        .onSuccess(_ -> lookLater(unit));
  }

  @Override
  protected Future<Void> disconnect(PadUnit unit, Fault why) {
    stopLooking.run();
    List.copyOf(entries).forEach(entry -> entry.stop(why));
    unit.link.fail(new IOException(why.detail()));
    return unit.link.close();
  }

  @Override
  protected Future<Void> release() {
    return connector.close();
  }

  private Future<DeviceStatus> begin(PadUnit unit) {
    pinKey = Optional.empty();
    pinIsIn = false;
    return heard(unit, unit.set()).compose(_ -> look(unit));
  }

  private Future<DeviceStatus> look(PadUnit unit) {
    return heard(unit, unit.information())
        .map(
            reply -> {
              DeviceStatus now = DeviceStatus.online();
              if (settings.model() == PadModel.ZT588) {
                identify(reply.identity());
                if (reply.saysNoKeys()) {
                  pinKey = Optional.empty();
                  now = NO_KEYS;
                }
              }
              publish(now);
              return now;
            });
  }

  private void lookLater(PadUnit unit) {
    stopLooking =
        deadlines.after(
            LOOK_EVERY,
            () ->
                command("status", this::look)
                    .onComplete(
                        _ -> {
                          if (!unit.link.ended().isComplete()) lookLater(unit);
                        }));
  }

  /// A unit that does not answer is not there; one that refuses is.
  private <T> Future<T> heard(PadUnit unit, Future<T> answer) {
    return answer.recover(
        failure -> {
          if (failure instanceof PadRefusal refusal) return refused(refusal);
          Fault why = LinkFaults.of(kind(), failure);
          lost(unit, why);
          return Future.failedFuture(new DeviceException(why));
        });
  }

  private <T> Future<T> refused(PadRefusal refusal) {
    if (refusal.isAboutKeys()) pinKey = Optional.empty();
    if (refusal.isLasting()) publish(DeviceStatus.fault(refusal.getMessage()));
    return failed(refusal.faultCode(), refusal.getMessage());
  }

  private <T> Future<T> failed(Fault.Code code, String why) {
    return Future.failedFuture(new DeviceException(fault(code, why)));
  }

  private Fault fault(Fault.Code code, String why) {
    return new Fault(code, kind() + ": " + why);
  }
}
