package atm.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The few system calls that reading an input device takes: a file channel of Java gives no
/// descriptor for `ioctl`, and cannot be woken without closing it. Linux; blocks.
final class LinuxInput {
  static final int EAGAIN = 11;

  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final short POLLIN = 1;
  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle IOCTL =
      handle(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle PIPE =
      handle("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle POLL =
      handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle READ =
      handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private LinuxInput() {}

  @SuppressWarnings("restricted") // the process is started with --enable-native-access
  private static MethodHandle handle(
      String name, FunctionDescriptor signature, Linker.Option... more) {
    Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), signature, options);
  }

  /// A call that ended with an error number.
  static final class CallFailed extends IOException {
    final int errno;

    CallFailed(String what, int errno) {
      super(what + ": error " + errno);
      this.errno = errno;
    }
  }

  @FunctionalInterface
  private interface Call {
    long on(MemorySegment state, Arena arena) throws Throwable;
  }

  private static long checked(String what, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      long result = call.on(state, arena);
      if (result < 0) throw new CallFailed(what, (int) ERRNO_VALUE.get(state, 0L));
      return result;
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException(what, impossible);
    }
  }

  static int open(String path) throws IOException {
    return (int)
        checked(
            "open",
            (s, arena) ->
                (int) OPEN.invokeExact(s, arena.allocateFrom(path), O_NONBLOCK | O_CLOEXEC));
  }

  static int ioctl(int fd, long request, MemorySegment argument) throws IOException {
    return (int) checked("ioctl", (s, _) -> (int) IOCTL.invokeExact(s, fd, request, argument));
  }

  /// The ends of a pipe: to read from, to write to.
  static int[] pipe() throws IOException {
    int[] ends = new int[2];
    checked(
        "pipe",
        (s, arena) -> {
          MemorySegment fds = arena.allocate(JAVA_INT, 2);
          int error = (int) PIPE.invokeExact(s, fds, O_CLOEXEC);
          ends[0] = fds.getAtIndex(JAVA_INT, 0);
          ends[1] = fds.getAtIndex(JAVA_INT, 1);
          return (long) error;
        });
    return ends;
  }

  /// Waits until there is something to be had of one of them, be it an error; whether it is not
  /// the second.
  static boolean awaitReadable(int first, int second) throws IOException {
    boolean[] woken = new boolean[1];
    checked(
        "poll",
        (s, arena) -> {
          // struct pollfd: int fd, short events, short revents
          MemorySegment fds = arena.allocate(16, 4);
          fds.set(JAVA_INT, 0, first);
          fds.set(JAVA_SHORT, 4, POLLIN);
          fds.set(JAVA_INT, 8, second);
          fds.set(JAVA_SHORT, 12, POLLIN);
          int result = (int) POLL.invokeExact(s, fds, 2L, -1);
          woken[0] = fds.get(JAVA_SHORT, 14) != 0;
          return (long) result;
        });
    return !woken[0];
  }

  /// What there is, up to `most` bytes; none at the end of a file.
  static byte[] read(int fd, int most) throws IOException {
    byte[][] bytes = new byte[1][];
    checked(
        "read",
        (s, arena) -> {
          MemorySegment into = arena.allocate(most);
          long read = (long) READ.invokeExact(s, fd, into, (long) most);
          bytes[0] = read < 0 ? new byte[0] : into.asSlice(0, read).toArray(JAVA_BYTE);
          into.fill((byte) 0); // keys typed are not left lying in memory that is given back
          return read;
        });
    return bytes[0];
  }

  static void writeOne(int fd) throws IOException {
    checked("write", (s, arena) -> (long) WRITE.invokeExact(s, fd, arena.allocate(1), 1L));
  }

  static void close(int fd) throws IOException {
    checked("close", (s, _) -> (int) CLOSE.invokeExact(s, fd));
  }
}
