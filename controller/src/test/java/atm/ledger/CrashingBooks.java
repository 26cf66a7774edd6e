package atm.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.store.fs.FilePath;

/// Books on a disk that loses what was not synced, whose process halts at one step: before its
/// sync, or after it and before anybody is told. For a process that is there to be killed.
public final class CrashingBooks implements Medium {
  // The disk is never at fault here, and the machine may be busy with something else.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Database database;
  private final String step;
  private final boolean synced;
  private final Consumer<String> halt;
  private final Set<String> steps = new HashSet<>();
  private boolean armed;

  private CrashingBooks(Database database, String step, boolean synced, Consumer<String> halt) {
    this.database = database;
    this.step = step;
    this.synced = synced;
    this.halt = halt;
  }

  /// @param step an event's kind, such as `withdrawal.STACKED`; none is called ""
  /// @param synced whether it halts after that step's sync, or before
  /// @param halt ends the process, with a word about why
  public static Ledger open(
      Path folder,
      LedgerKeys keys,
      Clock clock,
      String step,
      boolean synced,
      Consumer<String> halt) {
    FilePath.register(new UnsyncedLost());
    Database database =
        Database.open(folder, keys, clock, LastSectorLast.SCHEME + ":" + UnsyncedLost.SCHEME);
    CrashingBooks books = new CrashingBooks(database, step, synced, halt);
    UnsyncedLost.beforeSync(
        () -> {
          if (books.armed) halt.accept(step + " before its sync");
        });
    return new Ledger(database, new Writer(books, PATIENCE, () -> halt.accept("the disk failed")));
  }

  @Override
  public <T> T attempt(Function<Books, T> work) throws WorkFailed {
    return database.attempt(
        books -> {
          long before = books.head().number();
          T result = work.apply(books);
          if (books.head().number() > before) {
            books.eventsAfter(before, 100).forEach(event -> steps.add(event.kind()));
          }
          return result;
        });
  }

  @Override
  public void commit() {
    boolean here = steps.contains(step);
    steps.clear();
    armed = here && !synced;
    database.commit();
    if (here && synced) halt.accept(step + " after its sync");
    if (here) halt.accept(step + " without any sync");
  }

  @Override
  public Backup.End copyTo(Path file) {
    return database.copyTo(file);
  }

  @Override
  public Duration busy() {
    return database.busy();
  }

  @Override
  public void close() {
    database.close();
  }
}
