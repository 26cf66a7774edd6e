package atm.host.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The published vectors of `vectors/bank.vectors`, by kind.
record Vectors(String kind, Map<String, String> values) {
  static Stream<Vectors> of(String kind) {
    List<Vectors> found =
        lines().filter(l -> l.startsWith(kind + "\t")).map(Vectors::parse).toList();
    if (found.isEmpty()) throw new AssertionError("no vectors of kind " + kind);
    return found.stream();
  }

  private static Stream<String> lines() {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/bank.vectors")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Vectors parse(String line) {
    String[] fields = line.split("\t");
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < fields.length; i++) {
      int equals = fields[i].indexOf('=');
      values.put(fields[i].substring(0, equals), fields[i].substring(equals + 1));
    }
    return new Vectors(fields[0], values);
  }

  String text(String name) {
    if (!values.containsKey(name)) throw new AssertionError(this + " has no " + name);
    return values.get(name);
  }

  byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }
}
