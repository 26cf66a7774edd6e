package atm.link;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// Writes what goes over all wires of this program to a file or a terminal, secrets masked, one
/// line a message: time, device, direction, content. What bytes it holds of one device, a test can
/// play again.
public final class WireRecording implements AutoCloseable {
  /// Held on to: the log manager forgets a logger that nobody holds, and its level with it.
  private final Logger wires = Logger.getLogger("atm.wire");

  private final Handler lines;

  private WireRecording(Handler lines) {
    this.lines = lines;
    lines.setLevel(Level.ALL);
    lines.setFormatter(new Line());
    wires.setLevel(Level.FINER);
    wires.addHandler(lines);
  }

  /// Writes each line at once, and only there: a terminal shows what is logged as well.
  public static WireRecording onto(PrintStream terminal) {
    Logger.getLogger("atm.wire").setUseParentHandlers(false);
    return new WireRecording(
        new StreamHandler(terminal, new Line()) {
          @Override
          public synchronized void publish(LogRecord message) {
            super.publish(message);
            flush();
          }
        });
  }

  /// Appends to the file from now on. A new one is readable by its owner only: masked is not
  /// public.
  public static WireRecording to(Path path) throws IOException {
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException there) {
      // appended to
    }
    return new WireRecording(new FileHandler(path.toString().replace("%", "%%"), true));
  }

  @Override
  public void close() {
    wires.removeHandler(lines);
    lines.close();
  }

  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord message) {
      return message.getInstant() + " " + message.getMessage() + System.lineSeparator();
    }
  }
}
