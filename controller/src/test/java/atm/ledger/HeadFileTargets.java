package atm.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.fuzz.Folder;
import atm.fuzz.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of the books, as somebody may have left them.
public final class HeadFileTargets {
  private static final LedgerKeys KEYS = new LedgerKeys(new byte[32], new byte[32]);

  private HeadFileTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("journal-head", LedgerException.class, HeadFileTargets::read),
        new Target("backup", 1 << 16, LedgerException.class::isInstance, HeadFileTargets::backup),
        Target.of(
            "known-head",
            IllegalArgumentException.class,
            bytes -> Target.said(Backup.Known.parse(new String(bytes, UTF_8)))));
  }

  /// Whatever it is, nothing of it is left where it was to be restored.
  private static void backup(byte[] bytes) throws IOException {
    Path into = Folder.at("restored");
    try {
      Backup.restore(Folder.file("backup", bytes), into, KEYS, Clock.systemUTC(), Optional.empty());
    } finally {
      try (Stream<Path> left = Files.list(into)) {
        List<String> names = left.map(path -> path.getFileName().toString()).toList();
        if (!List.of(HeadFile.NAME).equals(names)) throw new AssertionError("left: " + names);
      }
    }
  }

  private static void read(byte[] bytes) {
    try (HeadFile file = HeadFile.open(Folder.file(HeadFile.NAME, bytes).getParent())) {
      file.read().ifPresent(Target.said());
    }
  }
}
