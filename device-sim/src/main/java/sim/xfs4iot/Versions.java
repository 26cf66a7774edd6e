package sim.xfs4iot;

import java.util.List;
import java.util.Set;
import sim.xfs4iot.MessageTable.Kind;

/// Which versions of a command we take (sheet, section 5): any minor up to ours of a major we
/// offer. Stateless; any thread.
final class Versions {
  /// KAL's clients start with 2.0 of these, others with 3.0; neither has a payload to differ in.
  private static final Set<String> TWO_MAJORS = Set.of("Common.Status", "Common.Capabilities");

  private Versions() {}

  /// What Capabilities lists for the command.
  static List<String> offered(MessageTable table, String command) {
    return TWO_MAJORS.contains(command)
        ? List.of("2.0", "3.0")
        : List.of(table.version(command, Kind.COMMAND).orElseThrow());
  }

  static boolean accepts(MessageTable table, String command, String version) {
    return offered(table, command).stream()
        .anyMatch(
            ours ->
                major(ours).equals(major(version))
                    && (TWO_MAJORS.contains(command) || minor(version) <= minor(ours)));
  }

  static String major(String version) {
    return version.substring(0, version.indexOf('.'));
  }

  private static long minor(String version) {
    // The header rules bound a version to 20 characters; a minor beyond a long is above ours.
    String digits = version.substring(version.indexOf('.') + 1);
    return digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
