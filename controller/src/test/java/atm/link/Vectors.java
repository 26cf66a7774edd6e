package atm.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Exchanges of a protocol's `.vectors` file, by name: scripts for a `ScriptedLink`.
public final class Vectors {
  private final Map<String, List<String>> exchanges = new LinkedHashMap<>();

  public Vectors(String protocol) {
    String name = "";
    for (String line : lines("/protocol/" + protocol + ".vectors")) {
      if (line.startsWith("# ")) name = line.substring(2);
      else if (line.matches("[<>] .*")) {
        exchanges.computeIfAbsent(name, _ -> new ArrayList<>()).add(line);
      }
    }
  }

  public List<String> exchange(String name) {
    List<String> found = exchanges.get(name);
    if (found == null) throw new AssertionError("no exchange \"" + name + "\"");
    return List.copyOf(found);
  }

  /// The bytes of its first step, without the arrow.
  public String first(String name) {
    return exchange(name).getFirst().substring(2);
  }

  private static List<String> lines(String file) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Vectors.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      return in.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
