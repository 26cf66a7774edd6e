package sim.wire;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few calls of the C library that make a pseudo-terminal, which Java has no word for. Linux.
final class LibC {
  static final int O_RDWR = 2;
  static final int O_NOCTTY = 0x100;
  static final int O_NONBLOCK = 0x800;

  /// `struct termios` has 60 bytes; some room for another libc.
  private static final int TERMIOS_BYTES = 256;

  private static final int EAGAIN = 11;
  private static final short POLLIN = 1;
  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENPT = call("posix_openpt", JAVA_INT);
  private static final MethodHandle GRANT = call("grantpt", JAVA_INT);
  private static final MethodHandle UNLOCK = call("unlockpt", JAVA_INT);
  private static final MethodHandle NAME = call("ptsname_r", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle GET_ATTRIBUTES = call("tcgetattr", JAVA_INT, ADDRESS);
  private static final MethodHandle SET_ATTRIBUTES = call("tcsetattr", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle MAKE_RAW =
      handle("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle CLOSE = call("close", JAVA_INT);
  private static final MethodHandle PIPE = call("pipe", ADDRESS);
  private static final MethodHandle POLL = call("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = transfer("read");
  private static final MethodHandle WRITE = transfer("write");
  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  private LibC() {}

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle transfer(String name) {
    return handle(name, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  @SuppressWarnings("restricted") // the process is started with --enable-native-access
  private static MethodHandle handle(
      String name, FunctionDescriptor signature, Linker.Option... more) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] options = java.util.Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), signature, options);
  }

  /// A call as `invoke` makes it; the state takes errno.
  @FunctionalInterface
  private interface Call {
    long on(MemorySegment state, Arena arena) throws Throwable;
  }

  private static long checked(String what, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      long result = call.on(state, arena);
      if (result < 0) {
        throw new CallFailed(what, (int) ERRNO_VALUE.get(state, 0L));
      }
      return result;
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException(what, impossible);
    }
  }

  /// A call that ended with an error number.
  static final class CallFailed extends IOException {
    private final int errno;

    CallFailed(String what, int errno) {
      super(what + ": error " + errno);
      this.errno = errno;
    }

    boolean wouldBlock() {
      return errno == EAGAIN;
    }
  }

  /// The master of a new pseudo-terminal that passes bytes on as they are.
  static int openPseudoTerminal() throws IOException {
    int master =
        (int)
            checked(
                "posix_openpt",
                (s, _) -> (int) OPENPT.invokeExact(s, O_RDWR | O_NOCTTY | O_NONBLOCK));
    try {
      checked("grantpt", (s, _) -> (int) GRANT.invokeExact(s, master));
      checked("unlockpt", (s, _) -> (int) UNLOCK.invokeExact(s, master));
      makeRaw(master);
      return master;
    } catch (IOException failed) {
      close(master);
      throw failed;
    }
  }

  /// No echo, no line editing, no signals: before anybody opened it.
  private static void makeRaw(int fd) throws IOException {
    checked(
        "tcsetattr",
        (s, arena) -> {
          MemorySegment termios = arena.allocate(TERMIOS_BYTES);
          if ((int) GET_ATTRIBUTES.invokeExact(s, fd, termios) < 0) return -1L;
          MAKE_RAW.invokeExact(s, termios);
          return (int) SET_ATTRIBUTES.invokeExact(s, fd, 0, termios);
        });
  }

  /// Where the other end of a pseudo-terminal is to be found.
  static String slaveName(int master) throws IOException {
    String[] name = new String[1];
    checked(
        "ptsname_r",
        (s, arena) -> {
          MemorySegment text = arena.allocate(128);
          int error = (int) NAME.invokeExact(s, master, text, 128L);
          name[0] = text.getString(0);
          return error == 0 ? 0L : -1L;
        });
    return name[0];
  }

  static int open(String path) throws IOException {
    return (int)
        checked(
            "open " + path,
            (s, arena) -> (int) OPEN.invokeExact(s, arena.allocateFrom(path), O_RDWR | O_NOCTTY));
  }

  /// The ends of a pipe: to read from, to write to.
  static int[] pipe() throws IOException {
    int[] ends = new int[2];
    checked(
        "pipe",
        (s, arena) -> {
          MemorySegment fds = arena.allocate(JAVA_INT, 2);
          int error = (int) PIPE.invokeExact(s, fds);
          ends[0] = fds.getAtIndex(JAVA_INT, 0);
          ends[1] = fds.getAtIndex(JAVA_INT, 1);
          return (long) error;
        });
    return ends;
  }

  /// Waits until one of them can be read; whether the first can.
  static boolean awaitReadable(int first, int second) throws IOException {
    boolean[] readable = new boolean[1];
    checked(
        "poll",
        (s, arena) -> {
          // struct pollfd: int fd, short events, short revents
          MemorySegment fds = arena.allocate(16);
          fds.set(JAVA_INT, 0, first);
          fds.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
          fds.set(JAVA_INT, 8, second);
          fds.set(ValueLayout.JAVA_SHORT, 12, POLLIN);
          int result = (int) POLL.invokeExact(s, fds, 2L, -1);
          readable[0] = fds.get(ValueLayout.JAVA_SHORT, 14) == 0;
          return (long) result;
        });
    return readable[0];
  }

  /// What there is, up to `most` bytes.
  static byte[] read(int fd, int most) throws IOException {
    byte[][] bytes = new byte[1][];
    checked(
        "read",
        (s, arena) -> {
          MemorySegment into = arena.allocate(most);
          long read = (long) READ.invokeExact(s, fd, into, (long) most);
          bytes[0] = read < 0 ? new byte[0] : into.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE);
          return read;
        });
    return bytes[0];
  }

  static void write(int fd, byte[] bytes) throws IOException {
    checked(
        "write",
        (s, arena) ->
            (long)
                WRITE.invokeExact(
                    s, fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), (long) bytes.length));
  }

  static void close(int fd) throws IOException {
    checked("close", (s, _) -> (int) CLOSE.invokeExact(s, fd));
  }
}
