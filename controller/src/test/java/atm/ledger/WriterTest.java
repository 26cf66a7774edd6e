package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.ledger.LedgerException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The one writer: what waits together is written together, and a disk that fails ends it.
@Timeout(60)
class WriterTest {
  @TempDir Path dir;

  @Test
  void whatWaitsSharesOneSync() {
    try (Ledger ledger = founded(dir)) {
      CountDownLatch go = new CountDownLatch(1);
      Future<Void> first = ledger.run(books -> waitFor(go));
      List<Future<Void>> waiting = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        waiting.add(ledger.journal().note("test", Map.of("i", "" + i)));
      }
      long before = ledger.syncs();
      long events = ledger.journal().head().number();
      go.countDown();
      waiting.forEach(Await::await);
      await(first);

      // One for all of them; a second if the first work was a group of its own.
      assertThat(ledger.syncs() - before).isLessThanOrEqualTo(2).isPositive();
      assertThat(ledger.journal().head().number() - events).isEqualTo(64);
    }
  }

  @Test
  void aWorkThatFailsTakesNothingOfItsNeighboursAlong() {
    try (Ledger ledger = founded(dir)) {
      CountDownLatch go = new CountDownLatch(1);
      ledger.run(books -> waitFor(go));
      Future<Void> before = ledger.journal().note("before", Map.of());
      Future<Void> broken =
          ledger.run(
              books -> {
                books.loadCassette("C1", TWENTY, 7);
                throw new IllegalStateException("changed my mind");
              });
      Future<Void> after = ledger.journal().note("after", Map.of());
      go.countDown();

      await(before);
      await(after);
      assertThatThrownBy(() -> await(broken)).hasMessage("changed my mind");
      assertThat(count(ledger, "C1", TWENTY)).isEqualTo(100);
      assertThat(await(ledger.invariants())).isEmpty();
    }
  }

  /// A rule of the tables that a work breaks is its own fault, and not the disk's.
  @Test
  void aWorkThatBreaksARuleOfTheTablesFailsAlone() {
    AtomicInteger halts = new AtomicInteger();
    try (Ledger ledger =
        found(Ledger.open(dir, keys(), Clock.systemUTC(), halts::incrementAndGet))) {
      Customers.Person alice = new Customers.Person("alice", "Another Alice", "en", List.of());

      assertThatThrownBy(() -> await(ledger.run(books -> books.customers().add(alice))))
          .isInstanceOf(Sql.SqlFailure.class);
      await(ledger.journal().note("after", Map.of()));
      assertThat(halts).hasValue(0);
    }
  }

  @Test
  void readingSyncsNothing() {
    try (Ledger ledger = founded(dir)) {
      long before = ledger.syncs();
      balance(ledger);
      assertThat(ledger.syncs()).isEqualTo(before);
    }
  }

  @Test
  void whoListensIsToldOfWhatWasWrittenAndOfNothingElse() {
    try (Ledger ledger = founded(dir)) {
      List<Head> told = new ArrayList<>();
      ledger.onCommit(() -> told.add(ledger.journal().head()));
      await(ledger.journal().note("test", Map.of()));
      balance(ledger);
      await(ledger.run(books -> {}));

      assertThat(told).containsExactly(ledger.journal().head());
    }
  }

  /// A place that cannot be written to is the backup's trouble alone.
  @Test
  void aCopyThatCannotBeMadeSaysSoAndTheBooksGoOn() {
    try (Database database = Database.open(dir, keys(), Clock.systemUTC(), LastSectorLast.SCHEME);
        Writer writer = new Writer(database, Writer.PATIENCE, () -> {})) {
      Future<Backup.End> copy = writer.copyTo(Files.createFile(dir.resolve("a")).resolve("b"));

      assertThatThrownBy(() -> await(copy))
          .hasMessageContaining("cannot be copied to")
          .extracting(e -> ((LedgerException) e).reason())
          .isEqualTo(Reason.NO_ACCESS);
      await(writer.submit(note("after")));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// Asked for together with a commit that fails: there is nothing whole to copy any more.
  @Test
  void nothingIsCopiedOnceTheDiskHasFailed() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger commits = new AtomicInteger();
    try (Database database = Database.open(dir, keys(), Clock.systemUTC(), LastSectorLast.SCHEME);
        Writer writer =
            new Writer(
                new Failing(
                    database,
                    () -> {
                      if (commits.incrementAndGet() == 1) return;
                      throw new IllegalStateException("input/output error");
                    }),
                Writer.PATIENCE,
                () -> {})) {
      writer.submit(
          _ -> {
            started.countDown();
            waitFor(go);
            return null;
          });
      waitFor(started);
      Future<Void> note = writer.submit(note("lost"));
      Future<Backup.End> copy = writer.copyTo(dir.resolve("copy.zip"));
      go.countDown();

      assertThatThrownBy(() -> await(note)).isInstanceOf(LedgerException.class);
      assertThatThrownBy(() -> await(copy)).hasMessage("the books are closed");
      assertThat(dir.resolve("copy.zip")).doesNotExist();
    }
  }

  @Test
  void theAnswerComesOnTheCallersContext() {
    Vertx vertx = Vertx.vertx();
    try (Ledger ledger = founded(dir)) {
      Promise<Boolean> same = Promise.promise();
      var context = vertx.getOrCreateContext();
      context.runOnContext(
          _ ->
              ledger
                  .journal()
                  .note("test", Map.of())
                  .onComplete(_ -> same.complete(Vertx.currentContext() == context)));
      assertThat(await(same.future())).isTrue();
    } finally {
      await(vertx.close());
    }
  }

  /// As when a program is stopped while one of its parts still writes.
  @Test
  void aCallerWhoIsGoneTakesNobodysAnswerAlong() {
    Vertx vertx = Vertx.vertx();
    try (Ledger ledger = founded(dir)) {
      CountDownLatch go = new CountDownLatch(1);
      ledger.run(books -> waitFor(go));
      CountDownLatch asked = new CountDownLatch(1);
      vertx
          .getOrCreateContext()
          .runOnContext(
              _ -> {
                ledger.journal().note("gone", Map.of());
                asked.countDown();
              });
      waitFor(asked);
      Future<Void> stays = ledger.journal().note("stays", Map.of());
      await(vertx.close());
      go.countDown();

      await(stays);
      await(ledger.journal().note("after", Map.of()));
    }
  }

  @Test
  void aFailedSyncHaltsAndAcknowledgesNothing() {
    CountDownLatch halted = new CountDownLatch(1);
    try (Database database = Database.open(dir, keys(), Clock.systemUTC(), LastSectorLast.SCHEME);
        Writer writer =
            new Writer(
                new Failing(
                    database,
                    () -> {
                      throw new IllegalStateException("no space left on device");
                    }),
                Writer.PATIENCE,
                halted::countDown)) {
      Future<Void> note = writer.submit(note("first"));

      assertThatThrownBy(() -> await(note))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("only the next start can say");
      assertThat(halted.getCount()).isZero();
      assertThatThrownBy(() -> await(writer.submit(note("second"))))
          .extracting(e -> ((LedgerException) e).reason())
          .isEqualTo(Reason.CLOSED);
    }
  }

  @Test
  void aSyncThatTakesTooLongHaltsWhileItStillRuns() throws Exception {
    CountDownLatch halted = new CountDownLatch(1);
    CountDownLatch diskAnswers = new CountDownLatch(1);
    try (Database database = Database.open(dir, keys(), Clock.systemUTC(), LastSectorLast.SCHEME);
        Writer writer =
            new Writer(
                new Failing(database, () -> waitFor(diskAnswers)),
                Duration.ofMillis(50),
                halted::countDown)) {
      Future<Void> note = writer.submit(note("slow"));

      assertThat(halted.await(10, SECONDS)).isTrue();
      assertThat(note.isComplete()).isFalse();
      // The disk answers after all; too late to be believed.
      diskAnswers.countDown();
      assertThatThrownBy(() -> await(note)).isInstanceOf(LedgerException.class);
    }
  }

  /// In a call that is no commit, as a read is.
  @Test
  void aDiskThatHangsInTheMidstOfAWorkHalts() throws Exception {
    Duration patience = Duration.ofMillis(50);
    AtomicReference<Duration> busy = new AtomicReference<>(Duration.ZERO);
    CountDownLatch halted = new CountDownLatch(1);
    CountDownLatch diskAnswers = new CountDownLatch(1);
    try (Database database = Database.open(dir, keys(), Clock.systemUTC(), LastSectorLast.SCHEME);
        Writer writer =
            new Writer(new Failing(database, () -> {}, busy::get), patience, halted::countDown)) {
      Future<Void> work =
          writer.submit(
              _ -> {
                busy.set(patience.plusNanos(1));
                waitFor(diskAnswers);
                return null;
              });

      assertThat(halted.await(10, SECONDS)).isTrue();
      diskAnswers.countDown();
      assertThatThrownBy(() -> await(work)).hasMessageContaining("only the next start can say");
    }
  }

  /// What comes while a commit is under way is for the next one, and there is none.
  @Test
  void whoeverWaitsBehindACommitThatFailsIsToldSo() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Database database = Database.open(dir, keys(), Clock.systemUTC(), LastSectorLast.SCHEME);
        Writer writer =
            new Writer(
                new Failing(
                    database,
                    () -> {
                      started.countDown();
                      waitFor(go);
                      throw new IllegalStateException("input/output error");
                    }),
                Writer.PATIENCE,
                () -> {})) {
      Future<Void> first = writer.submit(note("first"));
      waitFor(started);
      Future<Void> next = writer.submit(note("next"));
      go.countDown();

      assertThatThrownBy(() -> await(first)).hasMessageContaining("only the next start can say");
      assertThatThrownBy(() -> await(next)).hasMessage("the books are closed");
    }
  }

  @Test
  void moreThanCanWaitIsRefusedAtOnce() {
    try (Ledger ledger = founded(dir)) {
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch started = new CountDownLatch(1);
      ledger.run(
          books -> {
            started.countDown();
            waitFor(go);
          });
      waitFor(started);
      List<Future<Void>> waiting = new ArrayList<>();
      for (int i = 0; i < Writer.WAITING_MAX; i++) waiting.add(ledger.run(books -> {}));
      Future<Void> tooMany = ledger.run(books -> {});

      assertThatThrownBy(() -> await(tooMany))
          .extracting(e -> ((LedgerException) e).reason())
          .isEqualTo(Reason.OVERLOADED);
      go.countDown();
      waiting.forEach(Await::await);
    }
  }

  @Test
  void closingWritesWhatWaitsAndRefusesTheRest() {
    Ledger ledger = founded(dir);
    Future<Void> last = ledger.journal().note("last", Map.of());
    ledger.close();

    await(last);
    assertThatThrownBy(() -> await(ledger.journal().note("late", Map.of())))
        .hasMessage("the books are closed");
    ledger.close();
  }

  /// Whoever is in a hurry waits all the same, and may be in a hurry after.
  @Test
  void anInterruptedClosingWritesWhatWaitsAndCloses() {
    Ledger ledger = founded(dir);
    Future<Void> last = ledger.journal().note("last", Map.of());
    Thread.currentThread().interrupt();
    ledger.close();

    assertThat(Thread.interrupted()).isTrue();
    await(last);
    Machine.open(dir).close();
  }

  private static Function<Books, Void> note(String kind) {
    return books -> {
      books.note(kind, Map.of());
      return null;
    };
  }

  static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(20, SECONDS)) throw new AssertionError("waited in vain");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// The real database, on a disk with a mind of its own.
  private record Failing(Database database, Runnable disk, Supplier<Duration> busyFor)
      implements Medium {
    Failing(Database database, Runnable disk) {
      this(database, disk, database::busy);
    }

    @Override
    public <T> T attempt(Function<Books, T> work) throws WorkFailed {
      return database.attempt(work);
    }

    @Override
    public void commit() {
      disk.run();
      database.commit();
    }

    @Override
    public Backup.End copyTo(Path file) {
      return database.copyTo(file);
    }

    @Override
    public Duration busy() {
      return busyFor.get();
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
