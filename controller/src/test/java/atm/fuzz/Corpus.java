package atm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Good input of each target, and what once was trouble: `/fuzz/NAME`, a line each, in hex after
/// `hex:`, else as text. The files that we ship are seeds of their own readers.
final class Corpus {
  private Corpus() {}

  static List<byte[]> of(Target target) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (InputStream file = Corpus.class.getResourceAsStream("/fuzz/" + target.name())) {
      if (file != null) {
        new String(file.readAllBytes(), UTF_8).lines().forEach(line -> seeds.add(seed(line)));
      }
    }
    switch (target.name()) {
      case "devices-yaml", "simulator-yaml" ->
          seeds.add(Files.readAllBytes(Path.of("../devices.yaml")));
      case "scenario" ->
          seeds.add(
              Files.readAllBytes(
                  Path.of("../device-sim/src/main/resources/scenarios/withdrawal.yaml")));
      default -> {}
    }
    if (seeds.isEmpty()) throw new AssertionError("no good input of " + target.name());
    return seeds;
  }

  private static byte[] seed(String line) {
    if (line.startsWith("hex:")) {
      return HexFormat.of().parseHex(line.substring(4).replace(" ", ""));
    }
    return line.replace("\\n", "\n").getBytes(UTF_8);
  }
}
