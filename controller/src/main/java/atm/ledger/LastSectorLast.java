package atm.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/// H2's file on a disk whose power may be cut. H2 takes a chunk for whole by its first and its last
/// bytes, so one whose middle did not reach the disk would be read, and be garbage. Here the last
/// sector of a chunk, which ends it, is written once the rest is on disk: a chunk is there as a
/// whole, or not at all. Costs a second sync a commit. What H2 does not pass on, `Calls` tells: how
/// long the disk has been at a call, and whether one failed. `jdbc:h2:last-sector-last:/…`
public final class LastSectorLast extends FilePathWrapper {
  static final String SCHEME = "last-sector-last";

  // What a disk writes as a whole, or not at all.
  private static final int SECTOR = 512;
  // The encryption's header, then two of the store, which have check sums and each other.
  static final long CHUNKS_FROM = 3 * 4096;
  // No chunk is smaller.
  static final long CHUNK_MIN = 4096;

  /// How the disk does with one file.
  static final class Calls {
    private final Map<Thread, Long> since = new ConcurrentHashMap<>();
    private volatile IOException failure;

    /// How long the slowest present call has taken; zero when there is none.
    Duration busy() {
      long now = System.nanoTime();
      return since.values().stream()
          .map(began -> Duration.ofNanos(now - began))
          .max(Comparator.naturalOrder())
          .orElse(Duration.ZERO);
    }

    /// Throws what the disk said when a call failed. H2 may close its file then, and take a sync of
    /// what is not there any more for done.
    void requireNoFailure() throws IOException {
      if (failure != null) throw new IOException(failure.getMessage(), failure);
    }

    private <T> T timed(Call<T> call) throws IOException {
      since.put(Thread.currentThread(), System.nanoTime());
      try {
        return call.of();
      } catch (IOException failed) {
        failure = failed;
        throw failed;
      } finally {
        since.remove(Thread.currentThread());
      }
    }
  }

  private interface Call<T> {
    T of() throws IOException;
  }

  // As many as there are files of books that a program opens; a machine has one.
  private static final Map<String, Calls> CALLS = new ConcurrentHashMap<>();

  /// Of a file that is about to be opened: what was before is forgotten.
  static Calls watch(String file) {
    Calls calls = new Calls();
    CALLS.put(file, calls);
    return calls;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    Calls calls = CALLS.computeIfAbsent(toString(), _ -> new Calls());
    FileChannel base = calls.timed(() -> getBase().open(mode));
    return new Channel(base, calls);
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel base;
    private final Calls calls;

    Channel(FileChannel base, Calls calls) {
      this.base = base;
      this.calls = calls;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      int length = from.remaining();
      if (position < CHUNKS_FROM || length <= SECTOR) return all(from, position);
      // H2 finds the chunk before this one from the end of the file, which has to be whole as well.
      if (base.size() < position + length) {
        all(ByteBuffer.allocate(SECTOR), position + length - SECTOR);
      }
      int end = from.limit();
      from.limit(end - SECTOR);
      all(from, position);
      force(false);
      from.limit(end);
      all(from, position + length - SECTOR);
      return length;
    }

    private int all(ByteBuffer from, long position) throws IOException {
      int length = from.remaining();
      for (long at = position; from.hasRemaining(); ) {
        long place = at;
        at += calls.timed(() -> base.write(from, place));
      }
      return length;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return calls.timed(() -> base.read(to, position));
    }

    @Override
    public void force(boolean metaData) throws IOException {
      calls.timed(
          () -> {
            base.force(metaData);
            return null;
          });
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      calls.timed(() -> base.truncate(size));
    }

    @Override
    public long size() throws IOException {
      return base.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      base.close();
    }
  }
}
