package atm.soak;

import atm.ledger.PowerlessBooks.Remains;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// What keeps controller and devices running, and fails them. Whoever has lost it says nothing more
/// to anybody from then on, and has on disk what was there; only later it is stopped and started
/// again. Goes on any thread, comes back on the one who watches.
final class Power {
  enum Of {
    CONTROLLER,
    DEVICES,
    BOTH
  }

  private final Path folder;
  private final Runnable silence;
  private final IntFunction<Future<?>> loseDevices;
  private final Consumer<String> tell;
  private final AtomicBoolean gone = new AtomicBoolean();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger writesLeft = new AtomicInteger();
  private final AtomicInteger atWrites = new AtomicInteger();
  private volatile Of writeTakes = Of.CONTROLLER;
  private volatile Random random = new Random(0);
  private volatile Remains remains;
  private volatile boolean devicesAreOut;

  /// @param silence lets no message pass any more
  /// @param loseDevices so many ticks later, what moves in them stops
  Power(Path folder, Runnable silence, IntFunction<Future<?>> loseDevices, Consumer<String> tell) {
    this.folder = folder;
    this.silence = silence;
    this.loseDevices = loseDevices;
    this.tell = tell;
  }

  /// Goes just before the books are written to so many times from now.
  void goesAtWrite(int nth, Of of) {
    writeTakes = of;
    writesLeft.set(nth);
  }

  void staysFromNowOn() {
    writesLeft.set(0);
  }

  /// A new visit begins.
  void seed(long seed) {
    random = new Random(seed);
    atWrites.set(0);
  }

  /// How often it went at a write in this visit.
  int atWrites() {
    return atWrites.get();
  }

  void beforeWrite() {
    if (writesLeft.get() > 0 && writesLeft.decrementAndGet() == 0 && goes(writeTakes, 0)) {
      atWrites.incrementAndGet();
    }
  }

  /// Answers whether there was any to go.
  ///
  /// @param ticks of the mechanics that still pass
  boolean goes(Of of, int ticks) {
    if (!gone.compareAndSet(false, true)) return false;
    pending.set(2);
    silence.run();
    tell.accept("the power goes: " + of);
    if (of != Of.CONTROLLER) {
      loseDevices
          .apply(ticks)
          .onComplete(
              _ -> {
                devicesAreOut = true;
                pending.decrementAndGet();
              });
    } else {
      pending.decrementAndGet();
    }
    if (of != Of.DEVICES) remains = Remains.now(folder, random);
    pending.decrementAndGet();
    return true;
  }

  /// Whether it is on its way out, or out.
  boolean isGoing() {
    return gone.get();
  }

  /// Whether all is dark that will be.
  boolean isOut() {
    return gone.get() && pending.get() == 0;
  }

  boolean controllerIsOut() {
    return remains != null;
  }

  boolean devicesAreOut() {
    return devicesAreOut;
  }

  Remains remains() {
    return remains;
  }

  void isBack() {
    remains = null;
    devicesAreOut = false;
    gone.set(false);
  }
}
