package sim.xfs4iot;

import java.util.Set;

/// The one place where this dispenser gives notes out, by either of its names. Stateless.
final class Positions {
  static final String OUT = "outDefault";

  private static final Set<String> NAMES = Set.of(OUT, "outFront");

  private Positions() {}

  /// The position asked for, or the default; another one is `unsupportedPosition`.
  static String of(String asked) {
    if (asked == null) return OUT;
    if (!NAMES.contains(asked)) {
      throw CommandException.error("unsupportedPosition", "no position " + asked);
    }
    return asked;
  }
}
