package atm.ledger;

import atm.ledger.LedgerException.Reason;
import io.vertx.core.Future;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The books in one file: a zip with the database as it is on disk, encrypted, and the head of its
/// journal. Without `controller.keys` it is noise, and those are not in it. Blocks.
public final class Backup {
  public static final String DATABASE = "ledger.mv.db";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Where books end: their last event, and when that was.
  public record End(Head head, Instant at) {
    @Override
    public String toString() {
      return "event " + head.shortForm() + " of " + at;
    }
  }

  /// The start of an event's place in the chain, as receipts print it: `1043-9F3A2C1B`.
  public record Known(long number, String start) {
    public Known {
      if (number < 1 || !start.matches("[0-9A-F]{8}")) {
        throw new IllegalArgumentException("wanted a head as in 1043-9F3A2C1B");
      }
    }

    public static Known parse(String text) {
      if (!text.matches("[1-9]\\d{0,17}-[0-9A-Fa-f]{8}")) {
        throw new IllegalArgumentException("\"" + text + "\", wanted a head as in 1043-9F3A2C1B");
      }
      int dash = text.indexOf('-');
      return new Known(
          Long.parseLong(text.substring(0, dash)), text.substring(dash + 1).toUpperCase());
    }
  }

  private Backup() {}

  /// Puts what H2 copied and its head together, so that `file` is there as a whole or not at all.
  static void pack(Path copied, End end, Path file) throws IOException {
    Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part);
          ZipOutputStream zip = new ZipOutputStream(out);
          ZipInputStream in = new ZipInputStream(Files.newInputStream(copied))) {
        // What is encrypted does not get smaller.
        zip.setLevel(Deflater.NO_COMPRESSION);
        if (in.getNextEntry() == null) throw new IOException(copied + " has no database in it");
        zip.putNextEntry(new ZipEntry(DATABASE));
        in.transferTo(zip);
        zip.putNextEntry(new ZipEntry(HeadFile.NAME));
        zip.write(HeadFile.text(end.head()).getBytes(StandardCharsets.US_ASCII));
      }
      sync(part);
      // Takes the name only if nobody has it; the move then is one step.
      Files.createFile(file, OWNER_ONLY);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(file.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new LedgerException(Reason.NO_ACCESS, file + " is there already; wanted a new name", e);
    } finally {
      delete(part);
    }
  }

  /// Makes books from a backup in a folder that has none, and audits them first. Answers where they
  /// end, before the event that notes the restoring.
  ///
  /// @param known a later head, from a receipt say; books that contradict it are refused
  public static End restore(
      Path file, Path dataDir, LedgerKeys keys, Clock clock, Optional<Known> known) {
    Path folder = dataDir.toAbsolutePath().normalize();
    Path part = folder.resolve("restore.part");
    Database.createFolder(folder);
    // Its lock is the lock of the books: no controller starts here meanwhile.
    try (HeadFile headFile = HeadFile.open(folder)) {
      if (headFile.read().isPresent() || Files.exists(folder.resolve(DATABASE))) {
        throw new LedgerException(
            Reason.NOT_EMPTY,
            "there are books in " + folder + " already; restore into a folder without any");
      }
      // Left by a restore that was cut short.
      discard(part);
      try {
        return restore(file, part, headFile, keys, clock, known);
      } finally {
        discard(part);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new LedgerException(Reason.NO_ACCESS, file + " cannot be restored: " + e, e);
    }
  }

  private static End restore(
      Path file, Path part, HeadFile headFile, LedgerKeys keys, Clock clock, Optional<Known> known)
      throws IOException {
    Files.createDirectories(part);
    unpack(file, part);
    // Opening the books brings it up to date.
    String packed = Files.readString(part.resolve(HeadFile.NAME), StandardCharsets.US_ASCII);
    End end;
    Head head;
    try (Ledger ledger = Ledger.open(part, keys, clock, () -> {})) {
      end = done(ledger.commit(Books::end));
      requireSameEnd(file, packed, end);
      known.ifPresent(seen -> requireSameHistory(ledger, file, seen));
      done(ledger.journal().note("restored", Map.of("ended", end.head().shortForm())));
      head = ledger.journal().head();
    }
    Path folder = part.getParent();
    Files.move(part.resolve(DATABASE), folder.resolve(DATABASE), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    headFile.writeFirst(head);
    return end;
  }

  private static void unpack(Path file, Path folder) {
    List<String> wanted = List.of(DATABASE, HeadFile.NAME);
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (String name : wanted) {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
          throw new LedgerException(
              Reason.UNREADABLE, file + " is no whole backup: " + name + " is missing in it");
        }
        Files.copy(zip, folder.resolve(name));
        sync(folder.resolve(name));
      }
    } catch (NoSuchFileException e) {
      throw new LedgerException(Reason.NO_ACCESS, "there is no file " + file, e);
    } catch (ZipException | EOFException e) {
      throw new LedgerException(
          Reason.UNREADABLE, file + " is damaged, or no backup: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new LedgerException(Reason.NO_ACCESS, file + " cannot be read: " + e, e);
    }
  }

  /// The books may not go on beyond the head that was packed with them either.
  private static void requireSameEnd(Path file, String packed, End end) {
    if (!packed.equals(HeadFile.text(end.head()))) {
      throw new LedgerException(
          Reason.INCONSISTENT, file + ": its books end at " + end + ", its head says otherwise");
    }
  }

  private static void requireSameHistory(Ledger ledger, Path file, Known known) {
    String wanted = known.number() + "-" + known.start();
    done(ledger.commit(books -> books.eventAt(known.number())))
        .filter(there -> !there.shortForm().equals(wanted))
        .ifPresent(
            other -> {
              throw new LedgerException(
                  Reason.INCONSISTENT,
                  file + ": event " + other.shortForm() + " of its books is not " + wanted);
            });
  }

  /// Waits; what it fails with is thrown.
  static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException why) throw why;
      throw failed;
    }
  }

  /// Of no more use. Whatever keeps it there is no reason for a backup to fail.
  static void delete(Path file) {
    try {
      if (file != null) Files.deleteIfExists(file);
    } catch (IOException stays) {
      System.getLogger(Backup.class.getName())
          .log(System.Logger.Level.WARNING, file + " cannot be deleted", stays);
    }
  }

  private static void discard(Path part) {
    for (String name : List.of(DATABASE, HeadFile.NAME)) delete(part.resolve(name));
    delete(part);
  }

  private static void sync(Path path) throws IOException {
    StandardOpenOption how =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
