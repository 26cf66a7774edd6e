package atm.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Records of an input device: those of the sheet, cut anywhere, and such as are none.
class InputEventsTest {
  private static final class Heard implements KeyListener {
    private final StringJoiner words = new StringJoiner(" ").setEmptyValue("nothing");

    @Override
    public void pressed(int code, long atMicros) {
      words.add("+" + code);
    }

    @Override
    public void released(int code) {
      words.add("-" + code);
    }

    @Override
    public void lost() {
      words.add("!");
    }
  }

  static Stream<String> vectors() throws IOException {
    try (InputStream in = InputEventsTest.class.getResourceAsStream("/protocol/usb-keys.vectors")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("records "));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void asTheSheetSaysHoweverItIsCut(String line) throws Exception {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    String[] parts = line.substring("records ".length()).split(" = ");
    byte[] bytes = HexFormat.of().parseHex(parts[0].replace(" ", ""));
    for (int cut = 0; cut <= bytes.length; cut++) {
      Heard heard = new Heard();
      InputEvents events = new InputEvents(heard);
      events.feed(Arrays.copyOf(bytes, cut));
      events.feed(Arrays.copyOfRange(bytes, cut, bytes.length));

      assertThat(heard.words.toString()).as("cut at %d", cut).isEqualTo(parts[1]);
    }
  }

  @Test
  void whatWasTypedIsZeros() throws Exception {
    byte[] bytes = PlayedKeyboard.record(1, 1, 76, 1);
    new InputEvents(new Heard()).feed(bytes);

    assertThat(bytes).containsOnly(0);
  }

  @Test
  void recordsThatNoKeyboardSendsAreRefused() {
    refused(PlayedKeyboard.record(0, 0x20, 0, 0), "an event of type 32, wanted 0 to 31");
    refused(PlayedKeyboard.record(0, 1, 0x300, 1), "a key of code 768, wanted 0 to 767");
    refused(PlayedKeyboard.record(0, 1, 76, 3), "a key of value 3, wanted 0, 1 or 2");
  }

  private static void refused(byte[] record, String why) {
    assertThatThrownBy(() -> new InputEvents(new Heard()).feed(record))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(why);
  }

  @Test
  void traceShowsWhenAKeyWasPressedAndNotWhich() {
    byte[] record = PlayedKeyboard.record(7, 1, 76, 1);
    InputEvents.Mask mask = new InputEvents.Mask();
    String twice =
        WireTrace.hex(io.vertx.core.buffer.Buffer.buffer(record).appendBytes(record), mask);

    assertThat(twice).doesNotContain("4C");
    assertThat(twice.split(" "))
        .hasSize(48)
        .endsWith("01", "00", "**", "**", "**", "**", "**", "**");
  }
}
