package sim.mechanics;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A device's own memory: one JSON file, replaced whole, so that a `kill -9` leaves the old one or
/// the new one. A write blocks the context for the length of one fsync, a few kilobytes each; one
/// that changes nothing is left out.
public final class StateFile {
  private final Path path;
  private Buffer written;

  public StateFile(Path path) {
    this.path = path;
  }

  /// What was saved last, or nothing before the first save.
  Optional<JsonObject> read() {
    try {
      return Optional.of(new JsonObject(Buffer.buffer(Files.readAllBytes(path))));
    } catch (java.nio.file.NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
    } catch (DecodeException e) {
      throw broken("not JSON: " + e.getMessage());
    }
  }

  void write(JsonObject state) {
    Buffer text = state.toBuffer();
    if (text.equals(written)) {
      return;
    }
    Path temp = path.resolveSibling(path.getFileName() + ".new");
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes());
    try (FileChannel file =
        FileChannel.open(
            temp,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
      Files.move(temp, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e, e);
    }
  }

  IllegalStateException broken(String why) {
    return new IllegalStateException(path + " is not a state of this device: " + why);
  }
}
