package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.CashAcceptor;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.ReturnOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.DeviceStatus;
import atm.driver.HarmedWire;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import sim.mechanics.When;
import sim.ssp.SspUnit;

/// A note that was told to leave the escrow and does not move, while it is time for the next poll
/// or hold before the unit has answered.
class StuckNoteTest {
  private static final Money TWENTY = Money.parse("20 EUR");
  private static final int STEPS_MAX = 2_000_000;

  /// Half of what a note has to arrive in.
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final HeldTime time = new HeldTime();
  private final HarmedWire wire =
      new HarmedWire(context, time, -1, true, HarmedWire.Harm.LOST, 0x01);
  private SimCashAcceptor mechanics;
  private CashAcceptor driver;
  private boolean late;

  @BeforeEach
  void start() {
    now(
        () -> {
          mechanics =
              new SimCashAcceptor(
                  new Pace(vertx, context, 0),
                  new StateFile(folder.resolve("acceptor")),
                  List.of(Denomination.parse("20 EUR")),
                  List.of(new DepositBin("D1", 100)),
                  AcceptorBuild.ONE_NOTE,
                  SspUnit.TAKING_FAULTS);
          SspUnit.validator(wire.line(), time::after).takes(mechanics);
          SspSettings settings =
              new SspSettings(0, EsspCipher.DEFAULT_FIXED_KEY, SspSettings.Route.CASHBOX);
          driver =
              new SspCashAcceptor(
                  new SspPort(vertx, () -> wire, time, settings),
                  new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(1)),
                  List.of(TWENTY),
                  new DeviceEntry.Bin("D1", 100),
                  SspSettings.Route.CASHBOX,
                  new CashInMemory(vertx, Optional.empty()));
          driver.open();
        });
    for (int step = 0; driver.status().state() != DeviceStatus.State.ONLINE; step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      step();
    }
  }

  @AfterEach
  void stop() {
    Awaiting.await(driver.close());
    Awaiting.await(vertx.close());
  }

  @Test
  void itIsToldOfAtOnceThatItDoesNotComeBackAndIsStoredWhenItIsFree() {
    takeIn();
    now(() -> mechanics.fault("escrow-stuck", When.NOW));

    assertThat(ended(inTimeForAPoll(1, driver::giveBack)))
        .isInstanceOf(ReturnOutcome.StillInEscrow.class);

    assertThat(late).as("it waited for what nobody asked").isFalse();
    now(() -> mechanics.clearFault("escrow-stuck"));
    assertThat(ended(driver.store())).isEqualTo(new StoreOutcome.Stored(Map.of(TWENTY, 1)));
    assertThat(inBox()).isEqualTo(1);
  }

  @Test
  void itIsToldOfAtOnceThatItDoesNotGoInAndGivenBackWhenItIsFree() {
    takeIn();
    now(() -> mechanics.fault("escrow-stuck", When.NOW));

    assertThat(ended(inTimeForAPoll(2, driver::store)))
        .isInstanceOf(StoreOutcome.StillInEscrow.class);

    assertThat(late).as("it waited for what nobody asked").isFalse();
    now(() -> mechanics.clearFault("escrow-stuck"));
    assertThat(ended(driver.giveBack())).isInstanceOf(ReturnOutcome.Returned.class);
    assertThat(inBox()).isZero();
  }

  private void takeIn() {
    ended(driver.begin());
    Future<InsertOutcome> inserted = driver.insert(Duration.ZERO, () -> {});
    for (int step = 0; !inserted.isComplete(); step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      now(
          () -> {
            if (mechanics.wantsNotes()) mechanics.insert(List.of(Paper.parse("20 EUR")));
          });
      step();
    }
    assertThat(inserted.result())
        .isEqualTo(new InsertOutcome.Inserted(Map.of(TWENTY, 1), Map.of(), 0));
  }

  /// Begins a movement, and lets time go on to the next poll while the word to move is on its way.
  ///
  /// @param commands how many it sends until then; the note is held once more before it is let in
  private <T> Future<T> inTimeForAPoll(int commands, Supplier<Future<T>> movement) {
    time.after(SOON, () -> late = true);
    now(() -> wire.onWrite(commands, time::pass));
    return movement.get();
  }

  private int inBox() {
    return now(() -> mechanics.units().stream().mapToInt(AcceptorUnit::count).sum());
  }

  private <T> T ended(Future<T> outcome) {
    for (int step = 0; !outcome.isComplete(); step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      step();
    }
    return Awaiting.await(outcome);
  }

  private void step() {
    now(
        () -> {
          boolean still = mechanics.busy().isEmpty() || mechanics.wantsNotes();
          if (still && wire.quiet()) time.pass();
        });
  }

  private void now(Runnable act) {
    now(
        () -> {
          act.run();
          return null;
        });
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
