package atm.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;

/// A file that passes everything on to another; a test's disk changes what it wants changed.
abstract class PassingChannel extends FileBaseDefault {
  private final FileChannel base;

  PassingChannel(FileChannel base) {
    this.base = base;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    return base.write(from, position);
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
