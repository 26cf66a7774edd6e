package atm.fuzz;

/// Where Jazzer comes in: `./atm fuzz TARGET` names the parser by `-Dfuzz.target=`.
public final class JazzerEntry {
  private static final Target TARGET = Targets.named(System.getProperty("fuzz.target", ""));

  private JazzerEntry() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    if (bytes.length <= TARGET.bytesMax()) TARGET.read(bytes);
  }
}
