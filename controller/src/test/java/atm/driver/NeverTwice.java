package atm.driver;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.driver.HarmedWire.Harm;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.link.HeldTime;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.Pace;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.StateFile;
import sim.wire.Line;
import sim.wire.LineTimers;

/// The proof that a dispense is never made twice and never denied: each byte of its exchange, in
/// either direction, is cut off, lost, delayed, doubled and changed in turn, and what the driver
/// says is held against the notes that are out. Driver and simulated device talk on one thread, and
/// time passes only when both have nothing left to do.
public abstract class NeverTwice {
  private static final Mix MIX = new Mix(Map.of("C1", 2, "C2", 2));
  private static final Counts ALL = new Counts(Map.of("C1", 2, "C2", 2));

  /// More than any exchange takes; beyond it something waits for ever.
  private static final int STEPS_MAX = 20_000;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private int runs;

  /// Lets the device speak over the line.
  protected abstract void play(SimCashDispenser dispenser, Line line, LineTimers timers);

  protected abstract CashDispenser drive(
      Vertx vertx,
      List<DeviceEntry.Cassette> cassettes,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff);

  /// The whole command for two notes from each of two cassettes.
  protected abstract byte[] dispenseCommand();

  /// How often the order went out, by all that the driver said.
  protected int sentDispenses(Buffer said) {
    String all = new String(said.getBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    String one = new String(dispenseCommand(), java.nio.charset.StandardCharsets.ISO_8859_1);
    return (all.length() - all.replace(one, "").length()) / one.length();
  }

  /// With the customer, or within reach.
  protected int notesOut(SimCashDispenser dispenser) {
    return dispenser.tray().size();
  }

  /// What a changed byte is changed by.
  protected List<Integer> changes() {
    return List.of(0x01, 0x10, 0x13, 0x80, 0xFF);
  }

  /// Every so many bytes; a protocol whose exchanges are long may leave the rest to a longer run.
  protected int stride() {
    return 1;
  }

  @AfterEach
  void stop() {
    Awaiting.await(vertx.close());
  }

  @Test
  void undisturbedItIsPaid() {
    Run run = new Run(-1, true, Harm.LOST, 0);

    assertThat(run.dispense()).isEqualTo(new DispenseOutcome.Stacked(ALL, Counts.NONE));
    assertThat(run.sentDispenses()).isEqualTo(1);
    run.close();
  }

  @Test
  void noHarmToAnyByteOfWhatTheDriverSaysMakesADispenseTwice() {
    harmEveryByte(true);
  }

  @Test
  void noHarmToAnyByteOfWhatTheDeviceSaysMakesADispenseTwice() {
    harmEveryByte(false);
  }

  private void harmEveryByte(boolean ofDriver) {
    Run whole = new Run(-1, ofDriver, Harm.LOST, 0);
    whole.dispense();
    int bytes = ofDriver ? whole.wire.sent() : whole.wire.received();
    whole.close();
    for (int at = 0; at < bytes; at += stride()) {
      for (Harm harm : Harm.values()) {
        for (int change : harm == Harm.CHANGED ? changes() : List.of(0)) {
          try (Run run = new Run(at, ofDriver, harm, change)) {
            run.holdsTheTruth();
          }
        }
      }
    }
  }

  /// One dispense, with one byte harmed.
  private final class Run implements AutoCloseable {
    private final String what;
    private final HeldTime time = new HeldTime();
    private final SimCashDispenser dispenser;
    private final CashDispenser driver;
    private final HarmedWire wire;

    Run(int at, boolean ofDriver, Harm harm, int change) {
      what =
          "byte %d of the %s: %s %02X".formatted(at, ofDriver ? "driver" : "device", harm, change);
      dispenser =
          now(
              () ->
                  new SimCashDispenser(
                      new Pace(vertx, context, 0),
                      new StateFile(folder.resolve("run" + runs++)),
                      List.of(
                          new Cassette("C1", Denomination.parse("10 EUR"), 100),
                          new Cassette("C2", Denomination.parse("20 EUR"), 100))));
      wire = new HarmedWire(context, time, at, ofDriver, harm, change);
      now(
          () -> {
            play(dispenser, wire.line(), time::after);
            return null;
          });
      driver =
          drive(
              vertx,
              List.of(
                  new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 100),
                  new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 100)),
              wire,
              time,
              new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(1)));
      ((ChecksOrders) driver).trust(TestTokens.hostKey());
      now(
          () -> {
            driver.open();
            return null;
          });
      backInService();
    }

    DispenseOutcome dispense() {
      String nonce = Awaiting.await(driver.commandNonce()).orElseThrow();
      now(
          () -> {
            wire.arm();
            return null;
          });
      Future<DispenseOutcome> outcome = driver.dispense(MIX, TestTokens.token(nonce, "60.00EUR"));
      for (int step = 0; !outcome.isComplete(); step++) {
        assertThat(step).as(what + ": an end").isLessThan(STEPS_MAX);
        now(
            () -> {
              // Mechanics that move go on by themselves; else only time can.
              boolean quiet = dispenser.busy().isEmpty() && wire.quiet();
              return !quiet || outcome.isComplete() || time.pass();
            });
      }
      now(
          () -> {
            wire.disarm();
            return null;
          });
      return outcome.result();
    }

    void holdsTheTruth() {
      DispenseOutcome said = dispense();
      backInService();
      int out = now(() -> notesOut(dispenser));

      assertThat(sentDispenses()).as(what + ": sent").isLessThanOrEqualTo(1);
      assertThat(out).as(what + ": out").isIn(0, 4);
      switch (said) {
        case DispenseOutcome.Stacked(Counts all, Counts rejected) -> {
          assertThat(all).as(what).isEqualTo(ALL);
          assertThat(rejected).as(what).isEqualTo(Counts.NONE);
          assertThat(out).as(what).isEqualTo(4);
        }
        case DispenseOutcome.Refused _ -> assertThat(out).as(what + ": " + said).isZero();
        case DispenseOutcome.Unknown _ -> {}
        case DispenseOutcome.Short _, DispenseOutcome.Incomplete _ ->
            throw new AssertionError(what + ": " + said);
      }
    }

    /// Whatever was still on its way has come, and the device serves again.
    private void backInService() {
      for (int step = 0; driver.status().state() != DeviceStatus.State.ONLINE; step++) {
        assertThat(step).as(what + ": back, but " + driver.status()).isLessThan(STEPS_MAX);
        now(() -> !(dispenser.busy().isEmpty() && wire.quiet()) || time.pass());
      }
    }

    int sentDispenses() {
      return NeverTwice.this.sentDispenses(wire.said());
    }

    @Override
    public void close() {
      Awaiting.await(driver.close());
    }
  }

  private <T> T now(Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(work.call());
          } catch (Exception | AssertionError failed) {
            done.fail(failed);
          }
        });
    return Awaiting.await(done.future());
  }
}
