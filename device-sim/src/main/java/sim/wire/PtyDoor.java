package sim.wire;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A line behind a pseudo-terminal, under a name of ours: whoever opens that finds a serial port.
/// Closing it is what pulling out an adapter is: the port hangs up and its name is gone.
public final class PtyDoor implements Door {
  private static final int READ_MAX = 4096;

  private final Context context;
  private final Path name;
  private final Line line;
  private Terminal terminal;

  public PtyDoor(Context context, Path name, Line line) {
    this.context = context;
    this.name = name;
    this.line = line;
  }

  @Override
  public Future<Void> open() {
    try {
      if (Files.exists(name) && !Files.isSymbolicLink(name)) {
        throw new IOException(name + " is there already, and not a name of a terminal");
      }
      terminal = new Terminal();
      line.attach(terminal::write, this::cut);
      return Future.succeededFuture();
    } catch (IOException failed) {
      return Future.failedFuture(failed);
    }
  }

  @Override
  public Future<Void> close() {
    Terminal old = terminal;
    terminal = null;
    line.detach();
    if (old == null) return Future.succeededFuture();
    try {
      old.close();
      return Future.succeededFuture();
    } catch (IOException failed) {
      return Future.failedFuture(failed);
    }
  }

  /// Out and in again.
  private void cut() {
    close().compose(_ -> open());
  }

  /// One pseudo-terminal and the thread that reads it.
  private final class Terminal {
    private final int master = LibC.openPseudoTerminal();

    /// Held open by us too, or each time that the other side closes the port the master would say
    /// that it hung up.
    private final int slave = LibC.open(LibC.slaveName(master));

    private final int[] wake = LibC.pipe();
    private final CountDownLatch readOut = new CountDownLatch(1);

    Terminal() throws IOException {
      Path parent = name.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Path fresh = parent.resolve(name.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, Path.of(LibC.slaveName(master)));
      // In one step, so that nobody finds the name missing who was told that it is there.
      Files.move(fresh, name, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      Thread.ofPlatform().daemon().name("pty " + name.getFileName()).start(this::read);
    }

    private void read() {
      try {
        while (LibC.awaitReadable(master, wake[0])) {
          byte[] bytes = LibC.read(master, READ_MAX);
          context.runOnContext(
              _ -> {
                if (terminal == this) line.arrived(Buffer.buffer(bytes));
              });
        }
      } catch (IOException hungUp) {
        // Nothing more will come; `close` lets go of the rest.
      } finally {
        readOut.countDown();
      }
    }

    void write(Buffer bytes) {
      try {
        LibC.write(master, bytes.getBytes());
      } catch (LibC.CallFailed full) {
        // Nobody reads at the other end, and what does not fit is lost, as on a real line.
        if (!full.wouldBlock()) throw new java.io.UncheckedIOException(full);
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
    }

    void close() throws IOException {
      Path slaveFile = Path.of(LibC.slaveName(master));
      if (Files.isSymbolicLink(name) && Files.readSymbolicLink(name).equals(slaveFile)) {
        Files.delete(name);
      }
      LibC.write(wake[1], new byte[] {0});
      try {
        readOut.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      for (int fd : new int[] {master, slave, wake[0], wake[1]}) LibC.close(fd);
    }
  }
}
