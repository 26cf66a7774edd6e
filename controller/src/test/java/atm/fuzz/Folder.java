package atm.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A folder for the life of the process, for readers of files: they are given thousands, so in
/// memory where there is such a place.
public final class Folder {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path FOLDER = made();
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private Folder() {}

  /// A file of that name with these bytes in place of any before.
  public static Path file(String name, byte[] bytes) {
    try {
      return Files.write(at(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same, for its owner alone.
  public static Path secret(String name, byte[] bytes) {
    try {
      Path file = at(name);
      if (Files.notExists(file)) Files.createFile(file, OWNER_ONLY);
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path at(String name) {
    return FOLDER.resolve(name);
  }

  private static Path made() {
    try {
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "fuzz")
              : Files.createTempDirectory("fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) Files.deleteIfExists(each);
    } catch (IOException leftToTheSystem) {
      // It is a temporary folder.
    }
  }
}
