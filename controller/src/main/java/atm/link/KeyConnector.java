package atm.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// Opens an input device of Linux and takes it for itself alone, so that what is typed there
/// reaches neither console nor browser. By its name each time: under `/dev/input/by-id` it is
/// found again in whatever socket it is plugged. Runs on the context it is called on.
public final class KeyConnector {
  // input.h: _IOW('E', 0x90, int), _IOC(_IOC_READ, 'E', nr, length)
  static final long EVIOCGRAB = 0x40044590L;
  private static final int NAME_BYTES = 256;
  static final long EVIOCGNAME = 0x80004506L | (long) NAME_BYTES << 16;
  private static final int KEY_BYTES = (InputEvents.CODE_MAX + 1) / 8;
  static final long EVIOCGKEY = 0x80004518L | (long) KEY_BYTES << 16;

  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;

  private final String path;
  private final Vertx vertx;
  private final WireTrace trace;
  private final Ioctl ioctl;
  private final WorkerExecutor thread;

  /// @param ioctl how the kernel is asked
  public KeyConnector(URI at, Vertx vertx, WireTrace trace, Ioctl ioctl) {
    this.path = pathOf(at);
    this.vertx = vertx;
    this.trace = trace;
    this.ioctl = ioctl;
    this.thread =
        vertx.createSharedWorkerExecutor("evdev " + path + " " + System.identityHashCode(this), 1);
  }

  /// The device file of an address; throws with a sentence, for the file's reader, when it is none.
  public static String pathOf(URI at) {
    String path = at.getSchemeSpecificPart();
    if (!"evdev".equals(at.getScheme()) || !path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException(
          "at: " + at + ": wanted like evdev:/dev/input/by-id/usb-…-event-kbd");
    }
    return path;
  }

  /// A link to a device that is ours alone, or an `IOException` that says why not, at the latest
  /// after `within`.
  public Future<KeyLink> open(Duration within) {
    Context context = vertx.getOrCreateContext();
    Promise<KeyLink> open = Promise.promise();
    Future<Opened> opening = thread.executeBlocking(this::openNow);
    opening
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            device -> {
              trace.begun("evdev:" + path);
              open.complete(new KeyLink("evdev:" + path, device, context, trace, ioctl));
            },
            failure -> {
              // It may still open when nobody waits for it any more.
              opening.onSuccess(late -> thread.executeBlocking(() -> closed(late)));
              open.fail(
                  failure instanceof IOException known
                      ? known
                      : new IOException("evdev:" + path + ": " + failure.getMessage(), failure));
            });
    return open.future();
  }

  /// Ends an `open` under way.
  public Future<Void> close() {
    return thread.close();
  }

  /// @param pipe by which the reading thread is woken
  /// @param down codes of the keys that were down when it was opened
  record Opened(int fd, int[] pipe, String name, Set<Integer> down) {}

  private Opened openNow() throws IOException {
    int fd;
    try {
      fd = LinuxInput.open(path);
    } catch (LinuxInput.CallFailed failed) {
      throw new IOException("evdev:" + path + ": " + whyNot(failed.errno), failed);
    }
    try (Arena arena = Arena.ofConfined()) {
      ioctl.call(fd, EVIOCGRAB, MemorySegment.ofAddress(1));
      MemorySegment name = arena.allocate(NAME_BYTES);
      ioctl.call(fd, EVIOCGNAME, name.asSlice(0, NAME_BYTES - 1));
      // Also throws away what was typed before it was ours.
      MemorySegment keys = arena.allocate(KEY_BYTES);
      ioctl.call(fd, EVIOCGKEY, keys);
      return new Opened(fd, LinuxInput.pipe(), name.getString(0), down(keys));
    } catch (LinuxInput.CallFailed failed) {
      LinuxInput.close(fd);
      throw new IOException("evdev:" + path + ": " + whyNot(failed.errno), failed);
    } catch (IOException | RuntimeException failed) {
      LinuxInput.close(fd);
      throw failed;
    }
  }

  private static Set<Integer> down(MemorySegment keys) {
    Set<Integer> down = new TreeSet<>();
    for (int code = 0; code <= InputEvents.CODE_MAX; code++) {
      if ((keys.get(ValueLayout.JAVA_BYTE, code / 8) >> code % 8 & 1) == 1) down.add(code);
    }
    return down;
  }

  private static Void closed(Opened late) throws IOException {
    LinuxInput.close(late.fd());
    for (int end : late.pipe()) LinuxInput.close(end);
    return null;
  }

  static String whyNot(int errno) {
    return switch (errno) {
      case ENOENT -> "there is no such device";
      case EACCES -> "permission denied; the user has to be in the group that owns it (input)";
      case EBUSY -> "in use by another program";
      case ENODEV -> "unplugged";
      case ENOTTY, EINVAL -> "is no input device";
      default -> "cannot be opened, error " + errno;
    };
  }
}
