package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.CashAcceptor;
import atm.device.CashAcceptor.CashInStatus;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.DeviceStatus;
import atm.driver.HarmedWire;
import atm.driver.HarmedWire.Harm;
import atm.link.Backoff;
import atm.link.HeldTime;
import atm.value.Money;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.AcceptorBuild;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.Pace;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.StateFile;
import sim.ssp.SspUnit;

/// The proof that a note is credited once if it is in the box, and never if it is not: each byte
/// from the opening of the slot to the word that the note is stored, in either direction, is cut
/// off, lost, delayed, doubled and changed in turn, and what the driver says is held against where
/// the note is. Afterwards another note is taken, undisturbed. For a validator without a payout.
class NeverTwiceDepositTest {
  private static final Money TWENTY = Money.parse("20 EUR");
  private static final Money FIFTY = Money.parse("50 EUR");

  /// More than any exchange takes; beyond it something waits for ever.
  private static final int STEPS_MAX = 20_000;

  /// All of them take four minutes: `-Dssp.stride=1`.
  private static final int STRIDE = Integer.getInteger("ssp.stride", 41);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private int runs;

  @AfterEach
  void stop() {
    Awaiting.await(vertx.close());
  }

  @Test
  void undisturbedItIsStored() {
    try (Run run = new Run(-1, true, Harm.LOST)) {
      assertThat(run.deposit("20 EUR")).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
      assertThat(run.inBox()).isEqualTo(1);
    }
  }

  @Test
  void noHarmToAnyByteOfWhatTheDriverSaysLosesOrDoublesACredit() {
    harmEveryByte(true);
  }

  @Test
  void noHarmToAnyByteOfWhatTheDeviceSaysLosesOrDoublesACredit() {
    harmEveryByte(false);
  }

  private void harmEveryByte(boolean ofDriver) {
    int bytes;
    try (Run whole = new Run(-1, ofDriver, Harm.LOST)) {
      whole.deposit("20 EUR");
      bytes = ofDriver ? whole.wire.sent() : whole.wire.received();
    }
    for (int at = 0; at < bytes; at += STRIDE) {
      for (Harm harm : Harm.values()) {
        try (Run run = new Run(at, ofDriver, harm)) {
          run.holdsTheTruth();
        }
      }
    }
  }

  /// One note, with one byte harmed.
  private final class Run implements AutoCloseable {
    private final String what;
    private final HeldTime time = new HeldTime();
    private final SimCashAcceptor mechanics;
    private final CashAcceptor driver;
    private final HarmedWire wire;

    Run(int at, boolean ofDriver, Harm harm) {
      what = "byte %d of the %s: %s".formatted(at, ofDriver ? "driver" : "device", harm);
      mechanics =
          now(
              () ->
                  new SimCashAcceptor(
                      new Pace(vertx, context, 0),
                      new StateFile(folder.resolve("run" + runs++)),
                      List.of(Denomination.parse("20 EUR"), Denomination.parse("50 EUR")),
                      List.of(new DepositBin("D1", 100)),
                      AcceptorBuild.ONE_NOTE,
                      SspUnit.TAKING_FAULTS));
      wire = new HarmedWire(context, time, at, ofDriver, harm, 0x01);
      now(() -> SspUnit.validator(wire.line(), time::after).takes(mechanics));
      SspSettings settings =
          new SspSettings(0, EsspCipher.DEFAULT_FIXED_KEY, SspSettings.Route.CASHBOX);
      driver =
          new SspCashAcceptor(
              new SspPort(vertx, () -> wire, time, settings),
              new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(1)),
              List.of(TWENTY, FIFTY),
              new DeviceEntry.Bin("D1", 100),
              SspSettings.Route.CASHBOX,
              new CashInMemory(vertx, Optional.empty()));
      now(
          () -> {
            driver.open();
            return null;
          });
      backInService();
    }

    /// Empty-handed where the note did not come as far as the escrow.
    StoreOutcome deposit(String note) {
      ended(driver.begin(), "");
      now(
          () -> {
            wire.arm();
            return null;
          });
      InsertOutcome inserted = ended(driver.insert(Duration.ZERO, () -> {}), note);
      StoreOutcome outcome =
          inserted instanceof InsertOutcome.Inserted
              ? ended(driver.store(), "")
              : new StoreOutcome.Unknown(
                  new atm.device.Fault(atm.device.Fault.Code.HARDWARE, inserted.toString()));
      now(
          () -> {
            wire.disarm();
            return null;
          });
      return outcome;
    }

    void holdsTheTruth() {
      StoreOutcome said = deposit("20 EUR");
      backInService();
      CashInStatus last = ended(driver.lastCashIn(), "");
      boolean held = now(() -> !mechanics.escrow().isEmpty());
      int inBox = inBox();

      assertThat(inBox).as(what).isIn(0, 1);
      switch (said) {
        case StoreOutcome.Stored(Map<Money, Integer> notes) -> {
          assertThat(notes).as(what).isEqualTo(Map.of(TWENTY, 1));
          assertThat(inBox).as(what).isEqualTo(1);
          assertThat(last.state()).as(what).isEqualTo(CashInStatus.State.STORED);
        }
        // Or, after ten seconds without a wire, back with the customer.
        case StoreOutcome.StillInEscrow _ -> assertThat(inBox).as(what).isZero();
        case StoreOutcome.Unknown _ -> {}
      }
      switch (last.state()) {
        case STORED -> {
          assertThat(last.notes()).as(what).isEqualTo(Map.of(TWENTY, 1));
          assertThat(inBox).as(what + ": " + said).isEqualTo(1);
        }
        case ACTIVE -> {
          assertThat(inBox).as(what + ": " + said + last).isZero();
          assertThat(held).as(what + ": " + said + last).isEqualTo(!last.notes().isEmpty());
        }
        case RETURNED -> assertThat(inBox + (held ? 1 : 0)).as(what + ": " + said).isZero();
        case UNKNOWN -> {}
        case NONE, RETRACTED, RESET -> throw new AssertionError(what + ": " + last);
      }
      worksOn(last, inBox);
    }

    /// Whatever was in doubt is not counted for who comes next.
    private void worksOn(CashInStatus last, int inBox) {
      boolean holdsIt = last.state() == CashInStatus.State.ACTIVE && !last.notes().isEmpty();
      if (holdsIt) {
        assertThat(ended(driver.store(), ""))
            .as(what)
            .isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
      } else if (last.state() == CashInStatus.State.ACTIVE) {
        ended(driver.giveBack(), "");
      }
      now(
          () -> {
            if (!mechanics.slotNotes().isEmpty()) mechanics.take();
            return null;
          });
      ended(driver.begin(), "");
      assertThat(ended(driver.insert(Duration.ZERO, () -> {}), "50 EUR"))
          .as(what)
          .isEqualTo(new InsertOutcome.Inserted(Map.of(FIFTY, 1), Map.of(), 0));
      assertThat(ended(driver.store(), ""))
          .as(what)
          .isEqualTo(new StoreOutcome.Stored(Map.of(FIFTY, 1)));
      assertThat(inBox()).as(what).isEqualTo(inBox + (holdsIt ? 2 : 1));
    }

    int inBox() {
      return now(() -> mechanics.units().stream().mapToInt(AcceptorUnit::count).sum());
    }

    /// How it ends; meanwhile `note` is put in, once, as soon as the slot is open.
    private <T> T ended(Future<T> outcome, String note) {
      boolean[] in = {note.isEmpty()};
      for (int step = 0; !outcome.isComplete(); step++) {
        assertThat(step).as(what + ": an end").isLessThan(STEPS_MAX);
        now(
            () -> {
              if (!in[0] && mechanics.wantsNotes()) {
                mechanics.insert(List.of(Paper.parse(note)));
                in[0] = true;
              }
              return !quiet() || outcome.isComplete() || time.pass();
            });
      }
      return Awaiting.await(outcome);
    }

    private void backInService() {
      for (int step = 0; driver.status().state() != DeviceStatus.State.ONLINE; step++) {
        assertThat(step).as(what + ": back, but " + driver.status()).isLessThan(STEPS_MAX);
        now(() -> !quiet() || time.pass());
      }
    }

    /// Mechanics that move go on by themselves; else only time can.
    private boolean quiet() {
      boolean still = mechanics.busy().isEmpty() || mechanics.wantsNotes();
      return still && wire.quiet();
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
