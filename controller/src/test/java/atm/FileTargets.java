package atm;

import atm.Keys.KeyFileException;
import atm.fuzz.Folder;
import atm.fuzz.Target;
import atm.host.embedded.HostKeys;
import atm.ledger.LedgerKeys;
import java.nio.file.Path;
import java.util.List;

/// Files that people make, and the kernel's list of what is plugged in.
public final class FileTargets {
  private static final byte[] KEY = new byte[32];
  private static final Keys KEYS =
      new Keys(new LedgerKeys(KEY, KEY), new HostKeys(new byte[16], KEY, KEY, KEY, KEY, KEY));

  private FileTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("controller-keys", KeyFileException.class, FileTargets::keys),
        Target.of("operators", KeyFileException.class, FileTargets::operators),
        new Target("input-devices", 1 << 16, _ -> false, FileTargets::inputs));
  }

  private static void keys(byte[] bytes) {
    Keys keys = Keys.load(Folder.secret(Keys.CONTROLLER_FILE, bytes).getParent());
    if (keys.toString().matches(".*\\p{XDigit}{32}.*")) throw new AssertionError("a key is told");
  }

  private static void operators(byte[] bytes) {
    new Operators(Folder.file(Operators.FILE, bytes).getParent(), KEYS)
        .names()
        .forEach(Target.said());
  }

  private static void inputs(byte[] bytes) {
    Sockets.inputs(Folder.file("devices", bytes), Path.of("none")).forEach(Target.said());
  }
}
