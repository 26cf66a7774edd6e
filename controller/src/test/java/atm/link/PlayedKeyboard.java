package atm.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// An input device as a process of another make sees it: records come through a named pipe, and
/// the kernel that is asked about it is played. Only root may make a real one (`/dev/uinput`), and
/// few build machines have it.
public final class PlayedKeyboard implements Ioctl, AutoCloseable {
  private static final long KEY_MICROS = 50_000;

  private final Path folder;
  private final Path path;
  private final List<Boolean> grabs = Collections.synchronizedList(new ArrayList<>());
  private final Set<Integer> down = Collections.synchronizedSet(new TreeSet<>());
  private RandomAccessFile end;
  private long micros = 1_000_000;

  public PlayedKeyboard(Path folder) {
    this.folder = folder;
    this.path = folder.resolve("usb-Maker_Keypad-event-kbd");
    plug();
  }

  public URI at() {
    return URI.create("evdev:" + path);
  }

  /// Appears under its name; whoever opens it has missed nothing.
  public void plug() {
    try {
      Path fresh = folder.resolve("fresh");
      Process made = new ProcessBuilder("mkfifo", fresh.toString()).inheritIO().start();
      assertThat(made.waitFor()).isZero();
      // Open for both, so that opening does not wait for a reader.
      end = new RandomAccessFile(fresh.toFile(), "rw");
      Files.move(fresh, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  public void unplug() {
    try {
      Files.delete(path);
      end.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keys that are down when it is opened next.
  public void holds(Integer... codes) {
    down.clear();
    down.addAll(List.of(codes));
  }

  public void types(int... codes) {
    for (int code : codes) {
      press(code);
      release(code);
    }
  }

  public void press(int code) {
    key(code, 1);
  }

  public void release(int code) {
    key(code, 0);
  }

  public void repeat(int code) {
    key(code, 2);
  }

  private void key(int code, int value) {
    micros += KEY_MICROS;
    event(1, code, value);
    event(0, 0, 0);
  }

  /// The kernel's buffer overflowed.
  public void lose() {
    event(0, 3, 0);
    event(0, 0, 0);
  }

  /// So much later.
  public void later(long more) {
    micros += more;
  }

  public void event(int type, int code, int value) {
    write(record(micros, type, code, value));
  }

  public static byte[] record(long micros, int type, int code, int value) {
    return ByteBuffer.allocate(InputEvents.RECORD)
        .order(ByteOrder.nativeOrder())
        .putLong(micros / 1_000_000)
        .putLong(micros % 1_000_000)
        .putShort((short) type)
        .putShort((short) code)
        .putInt(value)
        .array();
  }

  public void write(byte[] bytes) {
    try {
      end.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What was asked of the kernel about it: to give it to one process alone, and to share it again.
  public List<Boolean> grabs() {
    return List.copyOf(grabs);
  }

  @Override
  public int call(int fd, long request, MemorySegment argument) {
    if (request == KeyConnector.EVIOCGRAB) {
      grabs.add(argument.address() != 0);
    } else if (request == KeyConnector.EVIOCGNAME) {
      argument.copyFrom(MemorySegment.ofArray("Maker Keypad\0".getBytes()));
    } else if (request == KeyConnector.EVIOCGKEY) {
      for (int code : Set.copyOf(down)) {
        byte bits = argument.get(ValueLayout.JAVA_BYTE, code / 8);
        argument.set(ValueLayout.JAVA_BYTE, code / 8, (byte) (bits | 1 << code % 8));
      }
    } else {
      throw new AssertionError("request " + Long.toHexString(request));
    }
    return 0;
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
