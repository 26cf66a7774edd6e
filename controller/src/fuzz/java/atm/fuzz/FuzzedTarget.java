package atm.fuzz;

/// What Jazzer calls: the target that `-Datm.fuzz.target` names. Whatever it throws is a finding.
public final class FuzzedTarget {
  static final String PROPERTY = "atm.fuzz.target";

  private static Target target;

  private FuzzedTarget() {}

  /// Loads all classes of all targets, which must not count as the time that an input takes.
  public static void fuzzerInitialize() {
    target = Targets.named(System.getProperty(PROPERTY));
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    target.read(bytes);
  }
}
