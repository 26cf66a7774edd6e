package lesson;

import static org.assertj.core.api.Assertions.assertThat;

import atm.link.Vectors;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import sim.mechanics.Faults;
import sim.wire.Line;

/// The played printer's half against the sheet's bytes: what it is asked, and what it answers.
class PlayedPrinterTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Vectors vectors = new Vectors("lesson-printer");
  private final Line line = new Line(new Faults());
  private final PlayedPrinter printer = new PlayedPrinter(line);

  @Test
  void itAnswersAsTheSheetSays() {
    answersAsIn("a good printer");
    answersAsIn("a receipt of two lines: \"20,00 €\" and \"Grüße\"");
    assertThat(printer.hanging()).containsExactly("20,00 €", "Grüße");
    printer.paper(false, true);
    answersAsIn("little paper and a receipt in its mouth");
    printer.take();
    printer.paper(true, false);
    answersAsIn("paper out");
    answersAsIn("a receipt for which there is no paper");
    assertThat(printer.hanging()).isEmpty();
  }

  private void answersAsIn(String exchange) {
    Buffer said = Buffer.buffer();
    line.attach(said::appendBuffer, () -> {});
    Buffer wanted = Buffer.buffer();
    for (String step : vectors.exchange(exchange)) {
      byte[] bytes = HEX.parseHex(step.substring(2));
      if (step.startsWith("> ")) line.arrived(Buffer.buffer(bytes));
      else wanted.appendBytes(bytes);
    }
    line.detach();
    assertThat(HEX.formatHex(said.getBytes()))
        .as(exchange)
        .isEqualTo(HEX.formatHex(wanted.getBytes()));
  }
}
