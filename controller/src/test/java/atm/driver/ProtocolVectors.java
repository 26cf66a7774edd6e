package atm.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Reads a `.vectors` file of a protocol made of bytes; its format stands at its top.
public final class ProtocolVectors {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  /// A line of the kind asked for: what stands before and after its equals sign.
  public record Vector(String given, String wanted) {}

  private ProtocolVectors() {}

  /// The lines of one kind, at least one.
  public static Stream<Vector> of(String file, String kind) {
    List<Vector> found =
        lines(file).stream()
            .filter(line -> line.startsWith(kind + " "))
            .map(line -> line.substring(kind.length() + 1).split(" = ", 2))
            .map(halves -> new Vector(halves[0], halves.length == 2 ? halves[1] : ""))
            .toList();
    if (found.isEmpty()) throw new AssertionError(file + " has no vectors " + kind);
    return found.stream();
  }

  public static byte[] bytes(String hex) {
    return hex.equals("-") ? new byte[0] : HEX.parseHex(hex);
  }

  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  private static List<String> lines(String file) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                ProtocolVectors.class.getResourceAsStream("/protocol/" + file),
                StandardCharsets.UTF_8))) {
      return in.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
