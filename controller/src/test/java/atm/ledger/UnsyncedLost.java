package atm.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/// A disk for H2 that keeps to itself what was not synced: a process that halts has lost it, as if
/// the power had been cut. `jdbc:h2:unsynced-lost:/…`
public final class UnsyncedLost extends FilePathWrapper {
  static final String SCHEME = "unsynced-lost";

  private static volatile Runnable beforeSync = () -> {};

  /// Calls `what` before each sync from now on.
  static void beforeSync(Runnable what) {
    beforeSync = what;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel base = getBase().open(mode);
    return getBase().toString().endsWith(".mv.db") ? new Channel(base) : base;
  }

  private record Change(int from, byte[] bytes) {}

  private static final class Channel extends FileBaseDefault {
    private final FileChannel base;
    private byte[] now;
    private final List<Change> unsynced = new ArrayList<>();

    Channel(FileChannel base) throws IOException {
      this.base = base;
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(base.size()));
      while (all.hasRemaining() && base.read(all, all.position()) > 0) {}
      now = all.array();
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      int at = Math.toIntExact(position);
      if (at + bytes.length > now.length) now = Arrays.copyOf(now, at + bytes.length);
      System.arraycopy(bytes, 0, now, at, bytes.length);
      unsynced.add(new Change(at, bytes));
      return bytes.length;
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) {
      if (position >= now.length) return -1;
      int at = Math.toIntExact(position);
      int length = Math.min(to.remaining(), now.length - at);
      to.put(now, at, length);
      return length;
    }

    @Override
    protected synchronized void implTruncate(long size) {
      now = Arrays.copyOf(now, Math.toIntExact(size));
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
      beforeSync.run();
      for (Change change : unsynced) {
        ByteBuffer bytes = ByteBuffer.wrap(change.bytes);
        for (long at = change.from; bytes.hasRemaining(); ) at += base.write(bytes, at);
      }
      unsynced.clear();
      if (base.size() > now.length) base.truncate(now.length);
      base.force(metaData);
    }

    @Override
    public synchronized long size() {
      return now.length;
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return base.tryLock(position, size, shared);
    }

    // H2 closes a file it has not synced; what closes is no crash.
    @Override
    protected synchronized void implCloseChannel() throws IOException {
      for (Change change : unsynced) base.write(ByteBuffer.wrap(change.bytes), change.from);
      if (base.size() > now.length) base.truncate(now.length);
      base.close();
    }
  }
}
