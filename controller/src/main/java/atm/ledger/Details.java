package atm.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The details of an event as text: `key=value`, a line each, in the order of the keys.
final class Details {
  // What a device says of its fault may be long; the journal keeps the beginning.
  private static final int VALUE_MAX = 300;
  static final int TEXT_MAX = 8000;

  private Details() {}

  static String text(Map<String, String> details) {
    String text =
        new TreeMap<>(details)
            .entrySet().stream()
                .map(e -> oneLine(e.getKey()) + "=" + oneLine(e.getValue()))
                .collect(Collectors.joining("\n"));
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "an event with details of " + text.length() + " characters, at most " + TEXT_MAX);
    }
    return text;
  }

  /// What [#text] was made of.
  static Map<String, String> map(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> pair.length < 2 ? "" : pair[1],
                (a, _) -> a,
                TreeMap::new));
  }

  private static String oneLine(String value) {
    String kept = value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX) + "…";
    return kept.replaceAll("\\p{Cntrl}", " ");
  }
}
