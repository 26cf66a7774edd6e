package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.ledger.FaultyDisk.Fault;
import atm.ledger.LedgerException.Reason;
import atm.value.Money;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The n-th call to the disk fails, for each n from the opening of the books to their last commit
/// (for one in sixteen in the short run, `-Dfaults=every` for all): the process halts, once, or
/// refuses to start, with a sentence; nothing hangs, nothing that failed is acknowledged. Once the
/// disk is well the books open, hold, and have all that was acknowledged.
@Timeout(3600)
class DiskFaultTest {
  private static final boolean EVERY = "every".equals(System.getProperty("faults"));
  private static final long SEED = Long.getLong("seed", 1);
  private static final int STRIDE = 16;
  private static final String DISK = LastSectorLast.SCHEME + ":" + FaultyDisk.SCHEME;

  @TempDir Path dir;

  @AfterEach
  void mend() {
    FaultyDisk.mend();
  }

  @ParameterizedTest
  @EnumSource
  void whateverFailsNothingAcknowledgedIsLost(Fault fault) throws Exception {
    Path founded = dir.resolve("founded");
    Load.found(Machine.open(founded)).close();
    FaultyDisk.fail(fault, Integer.MAX_VALUE);
    assertThat(worked(copy(founded, "whole")).steps).isNotEmpty();
    int calls = FaultyDisk.calls();
    int refused = 0;
    int halted = 0;

    Random random = new Random(SEED);
    for (int n = first(random); n <= calls; n += stride(random)) {
      String which = "seed " + SEED + ", " + fault + ", call " + n + " of " + calls;
      Path folder = copy(founded, "fault-" + n);
      FaultyDisk.fail(fault, n);
      Worked worked = worked(folder);
      boolean failed = FaultyDisk.failed();
      FaultyDisk.mend();
      if (worked.refused) refused++;
      if (worked.halts > 0) halted++;
      assertThat(worked.halts).as(which).isLessThanOrEqualTo(1);
      // A call of the closing may fail unnoticed: all was acknowledged, and synced, before it.
      if (failed && !worked.all) assertThat(worked.refused || worked.halts == 1).as(which).isTrue();

      try (Ledger again = Machine.open(folder)) {
        List<String> there = await(again.commit(Books::history));
        assertThat(there).as(which).containsAll(worked.steps);
        assertThat(await(again.invariants())).as(which).isEmpty();
        Money together = await(again.commit(books -> Load.together(books)));
        assertThat(together).as(which).isEqualTo(Load.together(there));
        new Load(again, _ -> {}).withdraw();
      } catch (LedgerException lost) {
        throw new AssertionError(which + ": " + lost.getMessage(), lost);
      }
    }
    assertThat(halted + refused).as("faults that were noticed").isPositive();
  }

  /// In a new folder: nothing that cannot be finished is taken for books later.
  @ParameterizedTest
  @EnumSource
  void booksThatCouldNotBeMadeAreMadeOnceTheDiskIsWell(Fault fault) throws Exception {
    FaultyDisk.fail(fault, Integer.MAX_VALUE);
    open(dir.resolve("whole"), new AtomicInteger()).close();
    int calls = FaultyDisk.calls();
    Random random = new Random(SEED);
    for (int n = first(random); n <= calls; n += EVERY ? 1 : 4 * stride(random)) {
      Path folder = dir.resolve("new-" + n);
      FaultyDisk.fail(fault, n);
      try {
        open(folder, new AtomicInteger()).close();
      } catch (LedgerException refused) {
        assertThat(refused).hasMessageContaining(folder.toString());
      }
      FaultyDisk.mend();
      try (Ledger again = Load.found(Machine.open(folder))) {
        new Load(again, _ -> {}).withdraw();
        assertThat(await(again.invariants())).as("seed %d, %s, call %d", SEED, fault, n).isEmpty();
      }
    }
  }

  private static int first(Random random) {
    return EVERY ? 1 : 1 + random.nextInt(STRIDE);
  }

  private static int stride(Random random) {
    return EVERY ? 1 : 1 + random.nextInt(2 * STRIDE);
  }

  /// @param all whether everything asked for was acknowledged
  private record Worked(List<String> steps, boolean refused, int halts, boolean all) {}

  /// A day of these books, until the disk ends it.
  private static Worked worked(Path folder) {
    List<String> steps = new ArrayList<>();
    AtomicInteger halts = new AtomicInteger();
    Ledger ledger;
    try {
      ledger = open(folder, halts);
    } catch (LedgerException refused) {
      assertThat(refused).hasMessageContaining(folder.toString());
      return new Worked(steps, true, 0, false);
    }
    Load load = new Load(ledger, steps::add);
    boolean all = false;
    try (ledger) {
      load.withdraw();
      load.deposit();
      load.pay(false);
      all = true;
    } catch (LedgerException halted) {
      assertThat(halted.reason()).isEqualTo(Reason.CLOSED);
      assertThat(halts).hasValue(1);
      // And so for whoever comes after.
      assertThatThrownBy(() -> await(ledger.journal().note("late", Map.of())))
          .isInstanceOf(LedgerException.class);
    }
    return new Worked(steps, false, halts.get(), all);
  }

  private static Ledger open(Path folder, AtomicInteger halts) {
    return Ledger.open(folder, keys(), Clock.systemUTC(), halts::incrementAndGet, DISK);
  }

  private Path copy(Path founded, String name) throws Exception {
    Path folder = Files.createDirectory(dir.resolve(name));
    for (String file : List.of(Backup.DATABASE, HeadFile.NAME)) {
      Files.copy(founded.resolve(file), folder.resolve(file));
    }
    return folder;
  }
}
