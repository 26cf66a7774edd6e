package sim.xfs4iot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Reads `protocol/xfs4iot.vectors`; its format stands at its top.
final class Vectors {
  private Vectors() {}

  /// The messages of the sections chosen by number, such as `9.1`.
  static Stream<String> messages(Predicate<String> section) {
    List<String> messages = new ArrayList<>();
    String number = "";
    for (String line : lines()) {
      if (line.startsWith("# 9.")) number = line.split(" ")[1];
      if (line.matches("[<>] .*") && section.test(number)) messages.add(line.substring(2));
    }
    if (messages.isEmpty()) throw new AssertionError("no such vectors");
    return messages.stream();
  }

  /// The lines that begin with a word, without it, split at blanks.
  static Stream<List<String>> of(String word) {
    List<List<String>> found =
        lines().stream()
            .filter(line -> line.startsWith(word + " "))
            .map(line -> List.of(line.substring(word.length() + 1).split(" ")))
            .toList();
    if (found.isEmpty()) throw new AssertionError("no vectors " + word);
    return found.stream();
  }

  private static List<String> lines() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Vectors.class.getResourceAsStream("/protocol/xfs4iot.vectors"),
                StandardCharsets.UTF_8))) {
      return in.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
