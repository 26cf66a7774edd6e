package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;

import atm.value.Counts;
import atm.value.Mix;
import atm.value.Stan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The power goes while the books are being written: whatever part of the unsynced writes reached
/// the disk, what was acknowledged is there, and the books hold. The seed is printed by a failure;
/// `-Dseed=` runs it again, `-Dcuts=` makes more of them.
@Timeout(300)
class PowerLossTest {
  private static final long SEED = Long.getLong("seed", 1);
  private static final int CUTS = Integer.getInteger("cuts", 25);
  // A step makes about seven.
  private static final int WRITES_BETWEEN_CUTS = 14;

  /// What was true when the power went.
  private record Moment(int write, byte[] file, byte[] head, Set<String> acknowledged) {}

  @TempDir Path dir;
  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = new HashSet<>();
  private final List<Moment> moments = new ArrayList<>();
  private int writes;
  private int nextCut = 1;

  @BeforeAll
  static void registerTheDisk() {
    FilePath.register(new PowerlessDisk());
  }

  @AfterEach
  void nobodyWatches() {
    PowerlessDisk.unwatch(file());
  }

  private Path file() {
    return dir.resolve("live").resolve(Backup.DATABASE);
  }

  @Test
  void whatWasAcknowledgedSurvivesAPowerCut() throws Exception {
    Path live = dir.resolve("live");
    try (Ledger ledger =
        Ledger.open(
            live,
            keys(),
            Clock.systemUTC(),
            () -> {},
            LastSectorLast.SCHEME + ":" + PowerlessDisk.SCHEME)) {
      found(ledger);
      PowerlessDisk.watch(file(), cut -> beforeWrite(live, cut));
      for (int i = 0; moments.size() < CUTS; i++) withdraw(ledger, "r" + i);
    }
    PowerlessDisk.unwatch(file());

    int lostAnything = 0;
    for (Moment moment : moments) {
      Path found = Files.createDirectories(dir.resolve("cut-" + moment.write));
      Files.write(found.resolve("ledger.mv.db"), moment.file);
      Files.write(found.resolve(HeadFile.NAME), moment.head);
      String which = "seed " + SEED + ", cut before write " + moment.write;
      try (Ledger ledger = Machine.open(found)) {
        Set<String> there = new HashSet<>(await(ledger.commit(Books::history)));
        assertThat(there).as(which).containsAll(moment.acknowledged);
        assertThat(await(ledger.invariants())).as(which).isEmpty();
        if (there.size() < moment.acknowledged.size() + 1) lostAnything++;
      } catch (LedgerException refused) {
        throw new AssertionError(which + ": " + refused.getMessage(), refused);
      }
    }
    assertThat(lostAnything).as("cuts that took an unsynced step with them").isPositive();
  }

  private void beforeWrite(Path live, PowerlessDisk.Cut cut) {
    writes++;
    if (writes != nextCut) return;
    nextCut += 1 + random.nextInt(WRITES_BETWEEN_CUTS);
    try {
      moments.add(
          new Moment(
              writes,
              cut.found(random),
              Files.readAllBytes(live.resolve(HeadFile.NAME)),
              Set.copyOf(acknowledged)));
    } catch (Exception unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private void withdraw(Ledger ledger, String request) {
    Journal journal = ledger.journal();
    Stan stan = approve(ledger, request, TWENTY);
    acknowledged.add(stan + " APPROVED.");
    await(journal.dispenseIntent(stan, new Mix(Map.of("C1", 1)), TOKEN));
    acknowledged.add(stan + " DISPENSE_INTENT.");
    await(journal.stacked(stan, new Counts(Map.of("C1", 1)), Counts.NONE));
    acknowledged.add(stan + " STACKED.");
    await(journal.reversing(stan, Counts.NONE, Counts.NONE, "test"));
    acknowledged.add(stan + " REVERSING.");
    await(ledger.run(books -> books.withdrawals().reverse(stan, "test")));
    acknowledged.add(stan + " REVERSED.");
  }
}
