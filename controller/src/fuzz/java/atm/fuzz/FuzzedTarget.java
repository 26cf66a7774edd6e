package atm.fuzz;

/// What Jazzer calls: the target that `-Datm.fuzz.target` names. Whatever it throws is a finding.
public final class FuzzedTarget {
  static final String PROPERTY = "atm.fuzz.target";

  private static final Target TARGET = Targets.named(System.getProperty(PROPERTY));

  private FuzzedTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    TARGET.read(bytes);
  }
}
