package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.key;
import static atm.ledger.Machine.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.ledger.Backup.Known;
import atm.ledger.LedgerException.Reason;
import atm.value.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The books in one file, taken while they are written to, and books made of it. `-Dbackups=200`
/// takes more of them; a failure prints the seed, `-Dseed=` runs it again.
@Timeout(3600)
class BackupTest {
  private static final long SEED = Long.getLong("seed", 1);
  private static final int BACKUPS = Integer.getInteger("backups", 6);
  private static final int WRITERS = 4;

  @TempDir Path dir;

  private Path books() {
    return dir.resolve("books");
  }

  private Path file() {
    return dir.resolve("books.zip");
  }

  private Path empty() {
    return dir.resolve("restored");
  }

  /// What was acknowledged before is in it, and what it has is a beginning of what came to be.
  @Test
  void whatIsRestoredIsABeginningOfWhatWasDone() throws Exception {
    record Taken(Path file, Backup.End end, List<String> before) {}
    List<Taken> taken = new ArrayList<>();
    List<String> all;
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> writers = new ArrayList<>();
    try (Ledger ledger = Load.found(Machine.open(books()))) {
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(SEED + i);
        Load load = new Load(ledger, said::add);
        writers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (!enough.get()) load.any(random);
                    }));
      }
      for (int i = 0; i < BACKUPS; i++) {
        int wanted = said.size() + 1 + new Random(SEED - i).nextInt(60);
        while (said.size() < wanted) Thread.onSpinWait();
        List<String> before;
        synchronized (said) {
          before = List.copyOf(said);
        }
        Path file = dir.resolve("backup-" + i + ".zip");
        taken.add(new Taken(file, ledger.backUp(file), before));
      }
      enough.set(true);
      for (Thread writer : writers) writer.join();
      all = await(ledger.commit(Books::history));
    }

    for (Taken each : taken) {
      String which = "seed " + SEED + ", " + each.file.getFileName();
      Path folder = dir.resolve(each.file.getFileName() + ".restored");
      assertThat(restore(each.file, folder)).as(which).isEqualTo(each.end);
      try (Ledger again = Machine.open(folder)) {
        List<String> there = await(again.commit(Books::history));
        assertThat(there).as(which).isEqualTo(all.subList(0, there.size()));
        assertThat(there).as(which).containsAll(each.before);
        assertThat(await(again.invariants())).as(which).isEmpty();
        Money together = await(again.commit(books -> Load.together(books)));
        assertThat(together).as(which).isEqualTo(Load.together(there));
      }
    }
    assertThat(all).hasSizeGreaterThan(BACKUPS * 5);
  }

  @Test
  void whatIsRestoredGoesOnAndSaysSo() {
    backedUp();

    Backup.End end = restore(file(), empty());

    try (Ledger again = Machine.open(empty())) {
      assertThat(again.journal().head().number()).isEqualTo(end.head().number() + 1);
      List<JournalEvent> since =
          await(again.commit(books -> books.eventsAfter(end.head().number(), 10)));
      assertThat(since).hasSize(1);
      assertThat(since.getFirst().kind()).isEqualTo("restored");
      assertThat(since.getFirst().details()).containsEntry("ended", end.head().shortForm());
      new Load(again, _ -> {}).withdraw();
      assertThat(await(again.invariants())).isEmpty();
    }
    assertThat(empty().resolve("restore.part")).doesNotExist();
  }

  /// From the first moment on, and not from the first start.
  @Test
  void whatIsRestoredAndLostAgainIsMissed() throws IOException {
    backedUp();
    restore(file(), empty());
    Files.delete(empty().resolve(Backup.DATABASE));

    assertRefused(() -> Machine.open(empty()), Reason.INCONSISTENT, "the books are gone");
  }

  /// As a power cut leaves it: parts, and not yet books.
  @Test
  void aRestoreThatWasCutShortIsBegunAnew() throws IOException {
    Backup.End end = backedUp();
    Path part = Files.createDirectories(empty().resolve("restore.part"));
    Files.writeString(part.resolve(Backup.DATABASE), "H2encrypt\n");
    Files.writeString(part.resolve(HeadFile.NAME), "");

    assertThat(restore(file(), empty())).isEqualTo(end);
    assertThat(part).doesNotExist();
    Machine.open(empty()).close();
  }

  @Test
  void itIsEncryptedAndNobodyElsesToRead() throws IOException {
    backedUp();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
        .contains("H2encrypt")
        .doesNotContain("Alice")
        .doesNotContain("1000000008");
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Files.writeString(file(), "photographs");
    try (Ledger ledger = Load.found(Machine.open(books()))) {
      assertThatThrownBy(() -> ledger.backUp(file())).hasMessageContaining("wanted a new file");
      assertThatThrownBy(() -> ledger.backUp(dir.resolve("nowhere").resolve("a.zip")))
          .hasMessageContaining("in a folder that is there");
      // A backup that fails is no reason to stop: the books are well.
      new Load(ledger, _ -> {}).withdraw();
    }
    assertThat(file()).hasContent("photographs");
    assertThat(filesIn(dir)).containsExactly("books", "books.zip");
  }

  @Test
  void booksThatAreThereAreNotReplaced() {
    backedUp();

    assertRefused(() -> restore(file(), books()), Reason.NOT_EMPTY, "there are books in");
    Machine.open(books()).close();
  }

  @Test
  void booksInUseAreNotReplacedEither() {
    backedUp();
    try (Ledger _ = Machine.open(empty())) {
      assertRefused(() -> restore(file(), empty()), Reason.IN_USE, "in use");
    }
  }

  @Test
  void anotherKeyRestoresNothing() throws IOException {
    backedUp();
    LedgerKeys other = new LedgerKeys(key(9), key(2));

    assertRefused(
        () -> Backup.restore(file(), empty(), other, Clock.systemUTC(), Optional.empty()),
        Reason.UNREADABLE,
        "the key");
    assertNothingIsRestored();
    restore(file(), empty());
  }

  /// Cut at any place, also behind the database, or garbled: nothing of it is taken for books.
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.3, 0.9, 0.998})
  void aFileThatIsCutRestoresNothing(double part) throws IOException {
    backedUp();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(whole, (int) (whole.length * part)));

    assertRefused(() -> restore(file(), empty()), Reason.UNREADABLE, file().toString());
    assertNothingIsRestored();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.1, 0.3, 0.5, 0.8})
  void aFileThatIsGarbledRestoresNothing(double place) throws IOException {
    backedUp();
    byte[] bytes = Files.readAllBytes(file());
    int at = (int) (bytes.length * place);
    bytes[at] ^= 0x40;
    Files.write(file(), bytes);

    assertRefused(() -> restore(file(), empty()), Reason.UNREADABLE, file().toString());
    assertNothingIsRestored();
  }

  @Test
  void whatIsNoBackupIsSaidSo() throws IOException {
    assertRefused(() -> restore(file(), empty()), Reason.NO_ACCESS, "there is no file");
    Files.writeString(file(), "photographs");
    assertRefused(() -> restore(file(), empty()), Reason.UNREADABLE, "no whole backup");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("../../escaped"));
      zip.write(1);
    }
    assertRefused(() -> restore(file(), empty()), Reason.UNREADABLE, "no whole backup");
    assertThat(dir.resolve("escaped")).doesNotExist();
  }

  /// Whoever packs older books with the head of newer ones, or the other way round.
  @Test
  void aHeadOfOtherBooksIsRefused() throws IOException {
    backedUp();
    Path older = dir.resolve("older.zip");
    try (Ledger ledger = Machine.open(books())) {
      ledger.backUp(older);
      new Load(ledger, _ -> {}).withdraw();
      ledger.backUp(dir.resolve("newer.zip"));
    }
    for (String[] mixed : List.of(pair("older", "newer"), pair("newer", "older"))) {
      Files.deleteIfExists(file());
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
        zip.putNextEntry(new ZipEntry(Backup.DATABASE));
        zip.write(entry(mixed[0], Backup.DATABASE));
        zip.putNextEntry(new ZipEntry(HeadFile.NAME));
        zip.write(entry(mixed[1], HeadFile.NAME));
      }
      assertRefused(() -> restore(file(), empty()), Reason.INCONSISTENT, "");
      assertNothingIsRestored();
    }
  }

  @Test
  void aHeadOnPaperTellsWhetherTheseAreTheBooks() throws IOException {
    Backup.End end = backedUp();
    Known same = Known.parse(end.head().shortForm());
    Known later = new Known(end.head().number() + 7, "00C0FFEE");
    Known other = new Known(end.head().number(), "00C0FFEE");

    assertRefused(() -> restore(other), Reason.INCONSISTENT, "is not " + end.head().number());
    assertNothingIsRestored();
    assertThat(restore(same)).isEqualTo(end);
    for (Path each : List.of(empty().resolve(Backup.DATABASE), empty().resolve(HeadFile.NAME))) {
      Files.delete(each);
    }
    assertThat(restore(later)).isEqualTo(end);
  }

  @Test
  void aHeadOnPaperIsReadAsItIsPrinted() {
    assertThat(Known.parse("1043-9f3a2c1b")).isEqualTo(new Known(1043, "9F3A2C1B"));
    assertThat(new Known(1, "9F3A2C1B").number()).isOne();
    for (String odd : List.of("0-9F3A2C1B", "1043", "1043-9F3A2C1", "1043-9F3A2C1G")) {
      assertThatThrownBy(() -> Known.parse(odd)).hasMessageContaining("as in 1043-9F3A2C1B");
    }
    assertThatThrownBy(() -> new Known(0, "9F3A2C1B")).hasMessageContaining("wanted a head");
    assertThatThrownBy(() -> new Known(7, "9f3a2c1b")).hasMessageContaining("wanted a head");
    Head head = new Head(7, "9F3A2C1B" + "0".repeat(56));
    assertThat(new Backup.End(head, Instant.EPOCH))
        .hasToString("event 7-9F3A2C1B of 1970-01-01T00:00:00Z");
  }

  /// Whoever took the name while the books were copied keeps it.
  @Test
  void aNameThatIsTakenMeanwhileIsLeftAlone() throws IOException {
    Backup.End end = backedUp();
    Path copied = Files.copy(file(), dir.resolve("copied"));
    Path taken = Files.writeString(dir.resolve("taken.zip"), "photographs");

    assertRefused(() -> pack(copied, end, taken), Reason.NO_ACCESS, "is there already");
    assertThat(taken).hasContent("photographs");
    new ZipOutputStream(Files.newOutputStream(copied)).close();
    assertThatThrownBy(() -> Backup.pack(copied, end, dir.resolve("new.zip")))
        .hasMessageContaining("has no database in it");
    assertThat(filesIn(dir)).containsExactly("books", "books.zip", "copied", "taken.zip");
  }

  private static void pack(Path copied, Backup.End end, Path file) {
    try {
      Backup.pack(copied, end, file);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Backup.End backedUp() {
    try (Ledger ledger = Load.found(Machine.open(books()))) {
      Load load = new Load(ledger, _ -> {});
      load.deposit();
      load.pay(false);
      return ledger.backUp(file());
    }
  }

  private static Backup.End restore(Path file, Path folder) {
    return Backup.restore(file, folder, keys(), Clock.systemUTC(), Optional.empty());
  }

  private Backup.End restore(Known known) {
    return Backup.restore(file(), empty(), keys(), Clock.systemUTC(), Optional.of(known));
  }

  private static String[] pair(String database, String head) {
    return new String[] {database, head};
  }

  private byte[] entry(String backup, String name) throws IOException {
    try (var zip = new java.util.zip.ZipFile(dir.resolve(backup + ".zip").toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  /// A folder that a restore was refused for is as good as new.
  private void assertNothingIsRestored() throws IOException {
    assertThat(empty().resolve(Backup.DATABASE)).doesNotExist();
    assertThat(empty().resolve(HeadFile.NAME)).isEmptyFile();
    assertThat(filesIn(empty())).containsExactly(HeadFile.NAME);
  }

  private static Set<String> filesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return new TreeSet<>(files.map(each -> each.getFileName().toString()).toList());
    }
  }

  private static void assertRefused(Runnable restore, Reason reason, String words) {
    assertThatThrownBy(restore::run)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(words)
        .extracting(e -> ((LedgerException) e).reason())
        .isEqualTo(reason);
  }
}
