package atm.ledger;

import atm.fuzz.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The journal's head beside the books, as somebody may have left it.
public final class HeadFileTargets {
  private HeadFileTargets() {}

  public static List<Target> all() {
    return List.of(Target.of("journal-head", LedgerException.class, HeadFileTargets::read));
  }

  private static void read(byte[] bytes) throws IOException {
    Path folder = Folder.PATH;
    Files.write(folder.resolve("journal.head"), bytes);
    try (HeadFile file = HeadFile.open(folder)) {
      file.read().ifPresent(Target.said());
    }
  }

  /// One for the life of the process: the parsers of files read thousands of them.
  public static Path folder() {
    return Folder.PATH;
  }

  private static final class Folder {
    static final Path PATH = made();

    private static Path made() {
      try {
        Path folder = Files.createTempDirectory("fuzz");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> emptied(folder)));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void emptied(Path folder) {
      try {
        for (String name : List.of("journal.head", "devices.yaml", "")) {
          Files.deleteIfExists(folder.resolve(name));
        }
      } catch (IOException leftToTheSystem) {
        // It is a temporary folder.
      }
    }
  }
}
