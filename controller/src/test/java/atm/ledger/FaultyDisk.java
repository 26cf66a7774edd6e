package atm.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/// A disk whose n-th call fails, and, when it is full or broken for good, each after it: to open,
/// to write, to change a length, to sync. For one ledger at a time. `jdbc:h2:faulty:/…`
public final class FaultyDisk extends FilePathWrapper {
  static final String SCHEME = "faulty";

  enum Fault {
    /// Nothing more can be written; what is there can be read and synced.
    FULL("No space left on device", true),
    /// Every call fails from now on.
    BROKEN("Input/output error", true),
    /// One call fails, and the disk behaves as if nothing had been: what it lost is for us to know.
    ONCE("Input/output error", false);

    private final String words;
    private final boolean stays;

    Fault(String words, boolean stays) {
      this.words = words;
      this.stays = stays;
    }
  }

  private static volatile Fault fault = Fault.ONCE;
  private static volatile int calls;
  private static volatile int failsAt = Integer.MAX_VALUE;

  static {
    FilePath.register(new FaultyDisk());
  }

  /// From here on calls are counted, and the n-th fails.
  static synchronized void fail(Fault how, int n) {
    fault = how;
    calls = 0;
    failsAt = n;
  }

  static synchronized void mend() {
    failsAt = Integer.MAX_VALUE;
  }

  /// How many calls there were since the last `fail`.
  static int calls() {
    return calls;
  }

  static boolean failed() {
    return calls >= failsAt;
  }

  private static synchronized void call(boolean writes) throws IOException {
    if (fault == Fault.FULL && !writes) return;
    calls++;
    boolean fails = fault.stays ? calls >= failsAt : calls == failsAt;
    if (fails) throw new IOException(fault.words);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    call(false);
    return new PassingChannel(getBase().open(mode)) {
      @Override
      public int write(ByteBuffer from, long position) throws IOException {
        call(true);
        return super.write(from, position);
      }

      @Override
      protected void implTruncate(long size) throws IOException {
        call(true);
        super.implTruncate(size);
      }

      @Override
      public void force(boolean metaData) throws IOException {
        call(false);
        super.force(metaData);
      }
    };
  }
}
