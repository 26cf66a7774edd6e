package sim.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sim.escpos.EscPosStream.Act;

/// The printer's half against the bytes of other people's tests.
class EscPosStreamTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final List<String> seen = new ArrayList<>();
  private final EscPosStream stream =
      new EscPosStream(
          act -> seen.add(words(act)),
          n -> seen.add("status %X".formatted(n)),
          n -> seen.add("recovery " + n));

  @ParameterizedTest
  @ValueSource(strings = {"escpos.vectors", "vkp80.vectors"})
  void whatItIsSentMeansWhatTheVectorsSay(String file) throws IOException {
    for (String[] vector : vectors(file)) {
      seen.clear();
      stream.received(Buffer.buffer(HEX.parseHex(vector[0])));

      assertThat(String.join("; ", seen)).as(vector[0]).isEqualTo(vector[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"escpos.vectors", "vkp80.vectors"})
  void soItDoesByteByByte(String file) throws IOException {
    for (String[] vector : vectors(file)) {
      seen.clear();
      for (byte b : HEX.parseHex(vector[0])) stream.received(Buffer.buffer().appendByte(b));

      assertThat(String.join("; ", seen)).as(vector[0]).isEqualTo(vector[1]);
    }
  }

  @Test
  void aMegabyteOfGarbageIsReadToItsEndAndForgotten() {
    byte[] garbage = new byte[1 << 20];
    new Random(11).nextBytes(garbage);
    stream.received(Buffer.buffer(garbage));
    stream.clear();
    seen.clear();
    stream.received(Buffer.buffer("after\n"));

    assertThat(seen).containsExactly("line after");
  }

  private static List<String[]> vectors(String file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                EscPosStreamTest.class.getResourceAsStream("/protocol/" + file),
                StandardCharsets.UTF_8))) {
      List<String[]> found =
          in.lines()
              .filter(line -> line.startsWith("stream "))
              .map(line -> line.substring("stream ".length()).split(" = "))
              .toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  private static String words(Act act) {
    return switch (act) {
      case Act.Initialise _ -> "initialise";
      case Act.Line(String text) -> "line " + text;
      case Act.Feed(int lines) -> "feed " + lines;
      case Act.Cut _ -> "cut";
      case Act.Present(boolean retracts, int seconds) ->
          "present %s after %d s".formatted(retracts ? "retract" : "eject", seconds);
      case Act.Ask(int command, int n) -> "ask %02X %d".formatted(command, n);
      case Act.Automatic(int bits) -> "automatic %02X".formatted(bits);
    };
  }
}
