package atm.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.h2.store.fs.FilePath;

/// Books whose power can go while the process lives on: what their disk would hold then is kept,
/// and put in place once whoever wrote them has been stopped.
public final class PowerlessBooks {
  // The disk is never at fault here, and the computer may be busy with something else.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static {
    FilePath.register(new PowerlessDisk());
  }

  private PowerlessBooks() {}

  /// @param beforeWrite told before each write and each sync, on the writer's thread
  /// @param halt told when the books can no longer be written
  public static Ledger open(
      Path folder, LedgerKeys keys, Clock clock, Runnable beforeWrite, Runnable halt) {
    PowerlessDisk.watch(file(folder), _ -> beforeWrite.run());
    Database database =
        Database.open(folder, keys, clock, LastSectorLast.SCHEME + ":" + PowerlessDisk.SCHEME);
    return new Ledger(database, new Writer(database, PATIENCE, halt));
  }

  private static Path file(Path folder) {
    return folder.toAbsolutePath().normalize().resolve(Backup.DATABASE);
  }

  /// The disk of books that are open, as the power leaves it.
  public record Remains(byte[] books, byte[] head) {
    /// The head is read first: on a disk it may be older than the books, and never newer.
    ///
    /// @param random decides what of the unsynced writes was made
    public static Remains now(Path folder, Random random) {
      try {
        byte[] head = Files.readAllBytes(folder.resolve(HeadFile.NAME));
        return new Remains(PowerlessDisk.found(file(folder), random), head);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    /// Once the books are closed.
    public void putBack(Path folder) throws IOException {
      Files.write(file(folder), books);
      Files.write(folder.resolve(HeadFile.NAME), head);
    }
  }
}
