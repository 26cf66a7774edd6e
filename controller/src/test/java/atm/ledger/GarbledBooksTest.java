package atm.ledger;

import static atm.ledger.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.ledger.LedgerException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A file of books that was harmed at any place is refused with a sentence, or, where the harm hit
/// nothing that counts, is the same books to the last event; never other ones, least of all empty.
/// `-Dharms=2000` harms it more often; the seed is printed by a failure, `-Dseed=` runs it again.
@Timeout(3600)
class GarbledBooksTest {
  private static final long SEED = Long.getLong("seed", 1);
  private static final int HARMS = Integer.getInteger("harms", 40);
  private static final int SECTOR = 512;

  enum Harm {
    ONE_BIT,
    NOISE,
    ZEROS,
    SECTORS_SWAPPED,
    CUT,
    GROWN,
    HEAD_FILE
  }

  @TempDir Path dir;
  private final Random random = new Random(SEED);

  @Test
  void harmedBooksAreRefusedOrTheSame() throws Exception {
    Path whole = dir.resolve("whole");
    Head head;
    List<String> history;
    try (Ledger ledger = Load.found(Machine.open(whole))) {
      Load load = new Load(ledger, _ -> {});
      for (int i = 0; i < 30; i++) load.any(random);
      head = ledger.journal().head();
      history = await(ledger.commit(Books::history));
    }
    byte[] file = Files.readAllBytes(whole.resolve(Backup.DATABASE));
    byte[] headFile = Files.readAllBytes(whole.resolve(HeadFile.NAME));

    List<String> refused = new ArrayList<>();
    for (int i = 0; i < HARMS; i++) {
      Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
      String which = "seed " + SEED + ", harm " + i + ": " + harm;
      Path folder = Files.createDirectory(dir.resolve("harm-" + i));
      boolean ofHead = harm == Harm.HEAD_FILE;
      Files.write(folder.resolve(Backup.DATABASE), ofHead ? file : harmed(file, harm));
      Files.write(folder.resolve(HeadFile.NAME), ofHead ? harmedHead(headFile) : headFile);
      try (Ledger ledger = Machine.open(folder)) {
        assertThat(ledger.journal().head()).as(which).isEqualTo(head);
        assertThat(await(ledger.commit(Books::history))).as(which).isEqualTo(history);
        assertThat(await(ledger.invariants())).as(which).isEmpty();
      } catch (LedgerException refusal) {
        assertThat(refusal.reason()).as(which).isIn(Reason.UNREADABLE, Reason.INCONSISTENT);
        assertThat(refusal.getMessage().lines()).as(which).hasSize(1);
        refused.add(refusal.getMessage());
      } catch (RuntimeException unexplained) {
        throw new AssertionError(which, unexplained);
      }
    }
    assertThat(refused).as("seed %d", SEED).hasSizeGreaterThan(HARMS / 4);
  }

  private byte[] harmed(byte[] file, Harm harm) {
    byte[] harmed = file.clone();
    int at = random.nextInt(file.length);
    int length = Math.min(1 + random.nextInt(4 * SECTOR), file.length - at);
    switch (harm) {
      case ONE_BIT -> harmed[at] ^= (byte) (1 << random.nextInt(8));
      case NOISE -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, harmed, at, length);
      }
      case ZEROS -> Arrays.fill(harmed, at, at + length, (byte) 0);
      case SECTORS_SWAPPED -> {
        int one = random.nextInt(file.length / SECTOR) * SECTOR;
        int other = random.nextInt(file.length / SECTOR) * SECTOR;
        System.arraycopy(file, one, harmed, other, SECTOR);
        System.arraycopy(file, other, harmed, one, SECTOR);
      }
      case CUT -> harmed = Arrays.copyOf(file, at);
      case GROWN -> harmed = Arrays.copyOf(file, file.length + length);
      case HEAD_FILE -> throw new IllegalArgumentException("not of this file");
    }
    return harmed;
  }

  /// Another digit, or cut; cut to nothing it is as if there never had been one, and the books
  /// open.
  private byte[] harmedHead(byte[] headFile) {
    if (random.nextBoolean()) return Arrays.copyOf(headFile, random.nextInt(headFile.length));
    byte[] harmed = headFile.clone();
    int at = random.nextInt(harmed.length - 1);
    harmed[at] = (byte) (harmed[at] == '0' ? '1' : '0');
    return harmed;
  }
}
