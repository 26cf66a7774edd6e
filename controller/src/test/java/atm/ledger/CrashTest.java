package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.keys;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import atm.value.Money;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at any moment while four writers work, also while the books are being opened: what
/// was acknowledged is there, nothing is there that was not asked for, and the books hold.
/// `-Dkills=300` kills more often; the seed is printed by a failure, `-Dseed=` runs it again.
@Timeout(3600)
class CrashTest {
  private static final long SEED = Long.getLong("seed", 1);
  private static final int KILLS = Integer.getInteger("kills", 4);
  private static final int WRITERS = 4;
  // A start takes about this long, so that half of the kills by the clock meet the opening.
  private static final int START_MS = 1500;
  // About thirty a step.
  private static final int BYTES_MAX = 5000;

  @TempDir Path dir;
  private final Random random = new Random(SEED);

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Path folder = dir.resolve("books");
    Load.found(Machine.open(folder)).close();
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      String which = "seed " + SEED + ", kill " + kill;
      // The one by bytes first, so that even a short run has something to lose.
      List<String> lines =
          kill % 2 == 1
              ? killedAtByte(folder, 1 + random.nextInt(BYTES_MAX))
              : killedAfter(folder, random.nextInt(2 * START_MS));
      acknowledged.addAll(lines);

      try (Ledger ledger = Machine.open(folder)) {
        List<String> there = await(ledger.commit(Books::history));
        assertThat(there).as(which).doesNotHaveDuplicates();
        assertThat(new HashSet<>(there)).as(which).containsAll(acknowledged);
        assertThat(await(ledger.invariants())).as(which).isEmpty();
        // The invariants hold a credit against the notes; this, against what was asked for.
        Money together = await(ledger.commit(books -> Load.together(books)));
        assertThat(together).as(which).isEqualTo(Load.together(there));
      } catch (LedgerException refused) {
        throw new AssertionError(which + ": " + refused.getMessage(), refused);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS * 5);
  }

  private List<String> killedAtByte(Path books, int bytes) throws Exception {
    Process child = ChildProcess.start(Child.class, dir.resolve("child.err"), books.toString());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (InputStream out = child.getInputStream()) {
      said.write(out.readNBytes(bytes));
      // Through the handle: Process itself would close the pipe before we have read it all.
      child.toHandle().destroyForcibly();
      said.write(out.readAllBytes());
    }
    requireKilled(child);
    return linesOf(said);
  }

  private List<String> killedAfter(Path books, int ms) throws Exception {
    Process child = ChildProcess.start(Child.class, dir.resolve("child.err"), books.toString());
    CompletableFuture.delayedExecutor(ms, MILLISECONDS)
        .execute(() -> child.toHandle().destroyForcibly());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (InputStream out = child.getInputStream()) {
      said.write(out.readAllBytes());
    }
    requireKilled(child);
    return linesOf(said);
  }

  private void requireKilled(Process child) throws Exception {
    assertThat(child.waitFor(120, SECONDS)).isTrue();
    assertThat(child.exitValue())
        .as("killed, not ended: %s", Files.readString(dir.resolve("child.err")))
        .isEqualTo(137);
  }

  /// What it said before it was killed counts; the last line may be cut.
  private static List<String> linesOf(ByteArrayOutputStream said) {
    List<String> lines = new ArrayList<>();
    for (String line : said.toString(StandardCharsets.US_ASCII).split("\n")) {
      if (line.endsWith(".")) lines.add(line);
    }
    return lines;
  }

  /// Withdraws, deposits and transfers for as long as it lives.
  static final class Child {
    public static void main(String[] args) {
      Ledger ledger = Ledger.open(Path.of(args[0]), keys(), Clock.systemUTC());
      Load load = new Load(ledger, Child::say);
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random();
        Thread.ofPlatform()
            .start(
                () -> {
                  while (true) load.any(random);
                });
      }
    }

    private static synchronized void say(String step) {
      System.out.println(step);
      System.out.flush();
    }
  }
}
