package atm.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ProtocolException;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// An input device that is open and ours alone. A thread of its own waits for the kernel; what the
/// keys do is told on the context. Its end is told once, with the cause.
public final class KeyLink {
  /// As many records as a fast reader types in one go.
  private static final int READ_MAX = 64 * InputEvents.RECORD;

  /// Pieces the context has not taken yet. With more, the kernel's own buffer fills, and it says
  /// itself what it lost.
  private static final int UNTAKEN_MAX = 16;

  private final String at;
  private final KeyConnector.Opened device;
  private final Context context;
  private final WireTrace trace;
  private final Ioctl ioctl;
  private final Semaphore untaken = new Semaphore(UNTAKEN_MAX);
  private final Promise<IOException> ended = Promise.promise();
  private final Promise<Void> closed = Promise.promise();
  private InputEvents events = new InputEvents(new Nobody());
  private IOException end;

  KeyLink(String at, KeyConnector.Opened device, Context context, WireTrace trace, Ioctl ioctl) {
    this.at = at;
    this.device = device;
    this.context = context;
    this.trace = trace;
    this.ioctl = ioctl;
    Thread.ofPlatform().daemon().name(at).start(this::listen);
  }

  /// What the device calls itself.
  public String name() {
    return device.name();
  }

  /// Codes of the keys that were down when it was opened.
  public Set<Integer> downAtFirst() {
    return device.down();
  }

  /// Set it in the turn in which the link is handed over, and nothing is missed.
  public void onKeys(KeyListener listener) {
    events = new InputEvents(listener);
  }

  /// Completes when the link has ended, with why; never fails.
  public Future<IOException> ended() {
    return ended.future();
  }

  /// Ends the link for `why`: `ended` completes in this turn.
  public void fail(IOException why) {
    if (end != null) return;
    end = why;
    trace.noted(why.getMessage());
    try {
      LinuxInput.writeOne(device.pipe()[1]);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    untaken.release();
    ended.complete(why);
  }

  /// Ends the link, and completes when the device is let go and the thread is over.
  public Future<Void> close() {
    fail(new IOException(at + ": closed by us"));
    return closed.future();
  }

  private void listen() {
    IOException why = null;
    try {
      while (LinuxInput.awaitReadable(device.fd(), device.pipe()[0])) {
        byte[] bytes = read();
        if (bytes.length == 0) continue;
        untaken.acquireUninterruptibly();
        context.runOnContext(_ -> receive(bytes));
      }
    } catch (LinuxInput.CallFailed failed) {
      why = new IOException(at + ": " + KeyConnector.whyNot(failed.errno), failed);
    } catch (IOException failed) {
      why = failed;
    }
    letGo(why);
  }

  private byte[] read() throws IOException {
    try {
      byte[] bytes = LinuxInput.read(device.fd(), READ_MAX);
      if (bytes.length == 0) throw new IOException(at + ": unplugged");
      return bytes;
    } catch (LinuxInput.CallFailed failed) {
      if (failed.errno == LinuxInput.EAGAIN) return new byte[0];
      throw failed;
    }
  }

  /// The device first: who plugs it in again must be able to have it at once. The pipe goes where
  /// `fail` cannot write to it any more.
  private void letGo(IOException why) {
    try {
      ioctl.call(device.fd(), KeyConnector.EVIOCGRAB, MemorySegment.NULL);
    } catch (IOException gone) {
      // An unplugged device is held by nobody.
    }
    closeQuietly(device.fd());
    context.runOnContext(
        _ -> {
          if (why != null) fail(why);
          for (int fd : device.pipe()) closeQuietly(fd);
          closed.complete();
        });
  }

  private static void closeQuietly(int fd) {
    try {
      LinuxInput.close(fd);
    } catch (IOException gone) {
      // The descriptor is free all the same (close(2)).
    }
  }

  private void receive(byte[] bytes) {
    untaken.release();
    if (end != null) return;
    trace.received(Buffer.buffer(bytes));
    try {
      events.feed(bytes);
    } catch (ProtocolException wrong) {
      fail(new ProtocolException(at + ": " + wrong.getMessage()));
    } catch (RuntimeException wrong) {
      fail(new IOException(at + ": what was typed could not be handled", wrong));
    }
  }

  private static final class Nobody implements KeyListener {
    @Override
    public void pressed(int code, long atMicros) {}

    @Override
    public void released(int code) {}

    @Override
    public void lost() {}
  }
}
