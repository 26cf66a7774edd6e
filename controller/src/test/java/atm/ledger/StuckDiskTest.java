package atm.ledger;

import static atm.ledger.Machine.keys;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A disk that stops answering in the middle of a call: after five seconds the process is gone, and
/// nothing that hung was acknowledged. In a process of its own, since it ends that.
@Timeout(300)
class StuckDiskTest {
  enum Stuck {
    /// While it syncs.
    SYNC,
    /// While a commit is written.
    WRITE,
    /// While work is done that is too large for memory, so that H2 writes before the commit.
    LARGE_WORK
  }

  @TempDir Path dir;

  /// All at once, since each has its five seconds to wait for.
  @Test
  void aDiskThatHangsEndsTheProcess() throws Exception {
    Map<Stuck, Process> children = new EnumMap<>(Stuck.class);
    for (Stuck stuck : Stuck.values()) {
      Path folder = Files.createDirectory(dir.resolve(stuck.name()));
      Path errors = folder.resolve("child.err");
      children.put(stuck, ChildProcess.start(Child.class, errors, folder.toString(), stuck.name()));
    }
    for (var each : children.entrySet()) {
      isEnded(each.getValue(), dir.resolve(each.getKey().name()));
    }
  }

  private static void isEnded(Process child, Path folder) throws Exception {
    try {
      assertThat(child.waitFor(120, SECONDS)).as("ended by itself").isTrue();
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String log = Files.readString(folder.resolve("child.err"));
      assertThat(child.exitValue()).as(log).isEqualTo(Ledger.HALTED);
      assertThat(log).contains("the books can no longer be written: halting", "5000 ms");
      assertThat(said).isEqualTo("before the disk hangs\n");
    } finally {
      child.destroyForcibly();
    }
    Machine.open(folder.resolve("books")).close();
  }

  static final class Child {
    public static void main(String[] args) {
      FilePath.register(new StuckDisk());
      Ledger ledger =
          Ledger.open(
              Path.of(args[0]).resolve("books"),
              keys(),
              Clock.systemUTC(),
              () -> Runtime.getRuntime().halt(Ledger.HALTED),
              LastSectorLast.SCHEME + ":" + StuckDisk.SCHEME);
      Await.await(ledger.journal().note("first", Map.of()));
      System.out.println("before the disk hangs");
      Stuck stuck = Stuck.valueOf(args[1]);
      StuckDisk.hangsAt = stuck == Stuck.SYNC ? Stuck.SYNC : Stuck.WRITE;
      int notes = stuck == Stuck.LARGE_WORK ? 200_000 : 1;
      Await.await(
          ledger.run(
              books -> {
                for (int i = 0; i < notes; i++) books.note("second", Map.of("i", "" + i));
                if (stuck == Stuck.LARGE_WORK) System.out.println("never wrote before the commit");
              }));
      System.out.println("acknowledged what hangs");
    }
  }

  /// A disk that, once told so, never comes back from a call. `jdbc:h2:stuck:/…`
  public static final class StuckDisk extends FilePathWrapper {
    static final String SCHEME = "stuck";
    static volatile Stuck hangsAt;

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      return new PassingChannel(getBase().open(mode)) {
        @Override
        public int write(ByteBuffer from, long position) throws IOException {
          if (hangsAt == Stuck.WRITE) hang();
          return super.write(from, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
          if (hangsAt == Stuck.SYNC) hang();
          super.force(metaData);
        }
      };
    }

    private static void hang() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException nobody) {
        throw new IllegalStateException(nobody);
      }
    }
  }
}
