package atm.ledger;

import atm.ledger.LedgerException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// `journal.head`: the chain's head beside the database, so that a database that lost its tail, or
/// is gone, is noticed. Written after each sync, never before one, and itself not synced: after a
/// power cut it may be older than the chain, but never newer. Its lock is the lock of the books.
final class HeadFile implements AutoCloseable {
  static final String NAME = "journal.head";
  private static final int LENGTH = 20 + 1 + 64 + 1;

  private final Path path;
  private final FileChannel channel;

  private HeadFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static HeadFile open(Path dataDir) {
    Path path = dataDir.resolve(NAME);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) return new HeadFile(path, channel);
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Said below, as for any other process.
    } catch (IOException e) {
      throw new LedgerException(
          Reason.NO_ACCESS, "the books in " + dataDir + " cannot be opened: " + e, e);
    }
    closeQuietly(channel);
    throw new LedgerException(
        Reason.IN_USE, "the books in " + dataDir + " are in use by another controller");
  }

  /// The head written last; empty when there never were books here.
  Optional<Head> read() {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(LENGTH + 1);
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
      if (text.isEmpty()) return Optional.empty();
      // The largest number has nineteen digits; a larger one is damage too.
      if (!text.matches("0\\d{19} [0-9A-F]{64}\n") || tooLarge(text)) {
        throw new LedgerException(
            Reason.INCONSISTENT,
            path + " is damaged: " + text.length() + " characters, wanted a number and an HMAC");
      }
      return Optional.of(new Head(Long.parseLong(text.substring(0, 20)), text.substring(21, 85)));
    } catch (IOException e) {
      throw new LedgerException(Reason.NO_ACCESS, path + " cannot be read: " + e, e);
    }
  }

  private static boolean tooLarge(String text) {
    return text.substring(1, 20).compareTo(Long.toString(Long.MAX_VALUE)) > 0;
  }

  /// One write of a fixed length over the old content: a killed process leaves the old or the new.
  void write(Head head) throws IOException {
    channel.write(ByteBuffer.wrap(text(head).getBytes(StandardCharsets.US_ASCII)), 0);
  }

  static String text(Head head) {
    return String.format("%020d %s\n", head.number(), head.mac());
  }

  /// The first one has to survive a power cut: it is what says that there are books.
  void writeFirst(Head head) throws IOException {
    write(head);
    channel.force(true);
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) channel.close();
    } catch (IOException nothingToSave) {
      // What it held is written, or was never acknowledged.
    }
  }
}
