package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` while four writers work: what was acknowledged is there, and the books hold.
@Timeout(120)
class CrashTest {
  private static final int ROUNDS = 3;
  private static final int WRITERS = 4;

  @TempDir Path dir;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    founded(dir).close();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = runAndKill(20 + random.nextInt(100));
      acknowledged.addAll(lines);

      try (Ledger ledger = Machine.open(dir)) {
        Set<String> there = new HashSet<>(await(ledger.commit(Books::history)));
        assertThat(there).as("seed %d, round %d", seed, round).containsAll(lines);
        assertThat(await(ledger.invariants())).as("seed %d", seed).isEmpty();
        // The invariants hold a credit against the notes; this, against what was acknowledged.
        long credited = there.stream().filter(line -> line.endsWith(" STORED.")).count();
        assertThat(balance(ledger).booked())
            .as("seed %d", seed)
            .isEqualTo(Money.parse("1000 EUR").plus(TWENTY.times(Math.toIntExact(credited))));
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 20);
  }

  private List<String> runAndKill(int acknowledgements) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                dir.toString())
            .redirectError(new File(dir.toFile(), "child.err"))
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
      String line = null;
      while (lines.size() < acknowledgements && (line = out.readLine()) != null) lines.add(line);
      // Through the handle: Process itself would close the pipe before we have read it all.
      child.toHandle().destroyForcibly();
      // What it had said before it was killed counts as well; the last line may be cut.
      String last = line;
      while ((line = out.readLine()) != null) {
        if (line.endsWith(".")) lines.add(line);
        last = line;
      }
      assertThat(last).as("the child never acknowledged anything").isNotNull();
    }
    assertThat(child.waitFor(120, SECONDS)).isTrue();
    assertThat(child.exitValue()).as("killed, not ended").isEqualTo(137);
    return lines;
  }

  /// Withdraws and deposits for as long as it lives, and says each step once that is on disk.
  static final class Child {
    public static void main(String[] args) {
      Ledger ledger = Ledger.open(Path.of(args[0]), keys(), Clock.systemUTC());
      for (int i = 0; i < WRITERS / 2; i++) {
        Thread.ofPlatform().start(() -> withdraw(ledger));
        Thread.ofPlatform().start(() -> deposit(ledger));
      }
    }

    private static void withdraw(Ledger ledger) {
      Journal journal = ledger.journal();
      while (true) {
        String request = UUID.randomUUID().toString();
        Stan stan = approve(ledger, request, TWENTY);
        say(stan, WithdrawalState.APPROVED);
        await(journal.dispenseIntent(stan, new Mix(Map.of("C1", 1)), TOKEN));
        say(stan, WithdrawalState.DISPENSE_INTENT);
        await(journal.stacked(stan, new Counts(Map.of("C1", 1)), Counts.NONE));
        say(stan, WithdrawalState.STACKED);
        await(journal.reversing(stan, Counts.NONE, Counts.NONE, "test"));
        say(stan, WithdrawalState.REVERSING);
        await(ledger.run(books -> books.withdrawals().reverse(stan, "test")));
        say(stan, WithdrawalState.REVERSED);
      }
    }

    private static void deposit(Ledger ledger) {
      Journal journal = ledger.journal();
      Map<Money, Integer> note = Map.of(TWENTY, 1);
      while (true) {
        Stan stan = Machine.deposit(ledger, UUID.randomUUID().toString());
        say(stan, DepositState.OPENED);
        await(journal.depositCounted(stan, note, Map.of()));
        say(stan, DepositState.COUNTED);
        await(journal.storeIntent(stan));
        say(stan, DepositState.STORE_INTENT);
        await(ledger.commit(books -> books.deposits().complete(stan, note)));
        say(stan, DepositState.STORED);
      }
    }

    private static synchronized void say(Stan stan, Enum<?> state) {
      System.out.println(stan + " " + state + ".");
      System.out.flush();
    }
  }
}
