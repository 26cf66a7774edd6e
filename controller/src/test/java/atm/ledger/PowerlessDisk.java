package atm.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/// A disk for H2 whose power can be cut at any write. After a `force` all is safe, in memory, so
/// the disk below is not synced; of what was written since, each sector holds what any of the
/// writes to it left there, or what it held before, and the file has any of the lengths it had.
/// `jdbc:h2:powerless:/…`
public final class PowerlessDisk extends FilePathWrapper {
  static final String SCHEME = "powerless";
  private static final int SECTOR = 512;

  /// Told before each write to a file of this kind, with what a power cut now would find.
  interface Watcher {
    void beforeWrite(Cut cut);
  }

  private static final Map<String, Watcher> WATCHERS = new ConcurrentHashMap<>();
  private static final Map<String, Channel> OPEN = new ConcurrentHashMap<>();

  /// @param file of one database, however often it is opened
  static void watch(Path file, Watcher each) {
    WATCHERS.put(file.toString(), each);
  }

  static void unwatch(Path file) {
    WATCHERS.remove(file.toString());
  }

  /// What is there if the power goes at this moment.
  static byte[] found(Path file, Random random) {
    return OPEN.get(file.toString()).found(random);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel base = getBase().open(mode);
    String file = getBase().toString();
    if (!file.endsWith(".mv.db")) return base;
    Channel channel = new Channel(file, base);
    OPEN.put(file, channel);
    return channel;
  }

  /// One write, or a change of length: bytes from a place on, and how long the file is then.
  private record Change(int from, byte[] bytes, int length) {}

  /// The disk as a power cut finds it.
  static final class Cut {
    private final byte[] safe;
    private final int safeLength;
    private final List<Change> since;

    private Cut(byte[] safe, int safeLength, List<Change> since) {
      this.safe = safe;
      this.safeLength = safeLength;
      this.since = since;
    }

    /// One of the files that may be there after the cut.
    byte[] found(Random random) {
      int kept = random.nextInt(since.size() + 1);
      int length = kept == 0 ? safeLength : since.get(kept - 1).length;
      byte[] found = Arrays.copyOf(Arrays.copyOf(safe, Math.min(length, safeLength)), length);
      for (int sector = 0; sector < length; sector += SECTOR) {
        int reached = random.nextInt(since.size() + 1);
        for (Change change : since.subList(0, reached)) {
          int from = Math.max(sector, change.from);
          int to = Math.min(Math.min(sector + SECTOR, length), change.from + change.bytes.length);
          if (from < to) System.arraycopy(change.bytes, from - change.from, found, from, to - from);
        }
      }
      return found;
    }
  }

  private static final class Channel extends FileBaseDefault {
    private final String file;
    private final FileChannel base;
    private final List<Change> since = new ArrayList<>();

    /// With room to grow, so that not each sync copies the file.
    private byte[] safe;

    private int safeLength;

    Channel(String file, FileChannel base) throws IOException {
      this.file = file;
      this.base = base;
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(base.size()));
      while (all.hasRemaining() && base.read(all, all.position()) > 0) {}
      this.safe = all.array();
      this.safeLength = safe.length;
    }

    private void tell() {
      WATCHERS.getOrDefault(file, _ -> {}).beforeWrite(cut());
    }

    synchronized byte[] found(Random random) {
      return cut().found(random);
    }

    private Cut cut() {
      return new Cut(safe, safeLength, since);
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      tell();
      byte[] bytes = new byte[from.remaining()];
      from.duplicate().get(bytes);
      int written = base.write(from, position);
      if (written != bytes.length) throw new IOException("a short write");
      since.add(new Change(Math.toIntExact(position), bytes, length()));
      return written;
    }

    @Override
    protected synchronized void implTruncate(long size) throws IOException {
      tell();
      base.truncate(size);
      since.add(new Change(0, new byte[0], length()));
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
      tell();
      int length = length();
      if (length > safe.length) safe = Arrays.copyOf(safe, 2 * length);
      // What lay beyond the end is gone, should the file grow again.
      if (length < safeLength) Arrays.fill(safe, length, safeLength, (byte) 0);
      safeLength = length;
      for (Change change : since) {
        int count = Math.min(change.bytes.length, length - change.from);
        if (count > 0) System.arraycopy(change.bytes, 0, safe, change.from, count);
      }
      since.clear();
    }

    private int length() throws IOException {
      return Math.toIntExact(base.size());
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return base.read(to, position);
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
      OPEN.remove(file, this);
      base.close();
    }
  }
}
