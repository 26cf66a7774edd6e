package atm.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/// H2's file on a disk whose power may be cut. H2 takes a chunk for whole by its first and its last
/// bytes, so one whose middle did not reach the disk would be read, and be garbage. Here the last
/// sector of a chunk, which ends it, is written once the rest is on disk: a chunk is there as a
/// whole, or not at all. Costs a second sync a commit. `jdbc:h2:last-sector-last:/…`
public final class LastSectorLast extends FilePathWrapper {
  static final String SCHEME = "last-sector-last";

  // What a disk writes as a whole, or not at all.
  private static final int SECTOR = 512;
  // The encryption's header, then two of the store, which have check sums and each other.
  private static final long CHUNKS_FROM = 3 * 4096;

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(getBase().open(mode));
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel base;

    Channel(FileChannel base) {
      this.base = base;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      int length = from.remaining();
      if (position < CHUNKS_FROM || length <= SECTOR) return all(from, position);
      int end = from.limit();
      from.limit(end - SECTOR);
      all(from, position);
      base.force(false);
      from.limit(end);
      all(from, position + length - SECTOR);
      return length;
    }

    private int all(ByteBuffer from, long position) throws IOException {
      int length = from.remaining();
      for (long at = position; from.hasRemaining(); ) at += base.write(from, at);
      return length;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return base.read(to, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      base.force(metaData);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      base.truncate(size);
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
