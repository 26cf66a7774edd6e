package atm.ledger;

import atm.fuzz.Folder;
import atm.fuzz.Target;
import java.util.List;

/// The journal's head beside the books, as somebody may have left it.
public final class HeadFileTargets {
  private HeadFileTargets() {}

  public static List<Target> all() {
    return List.of(Target.of("journal-head", LedgerException.class, HeadFileTargets::read));
  }

  private static void read(byte[] bytes) {
    try (HeadFile file = HeadFile.open(Folder.file(HeadFile.NAME, bytes).getParent())) {
      file.read().ifPresent(Target.said());
    }
  }
}
