package atm.link;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Writes what goes over all wires of this program to a file, secrets masked, one line a message:
/// time, device, direction, content. What bytes a file holds of one device, a test can play again.
public final class WireRecording implements AutoCloseable {
  /// Held on to: the log manager forgets a logger that nobody holds, and its level with it.
  private final Logger wires = Logger.getLogger("atm.wire");

  private final FileHandler file;

  private WireRecording(FileHandler file) {
    this.file = file;
    file.setLevel(Level.ALL);
    file.setFormatter(new Line());
    wires.setLevel(Level.FINER);
    wires.addHandler(file);
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
    wires.removeHandler(file);
    file.close();
  }

  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord message) {
      return message.getInstant() + " " + message.getMessage() + System.lineSeparator();
    }
  }
}
