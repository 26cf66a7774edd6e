package lesson;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import sim.wire.Line;

/// The printer of the sheet, played: what it says on its line, and hands that take paper and refill
/// it. Written from the sheet and not from the driver, so that one can be wrong without the other.
/// For one context.
final class PlayedPrinter {
  private static final Charset LATIN_9 = Charset.forName("ISO-8859-15");
  private static final int LINES_MAX = 90;
  private static final int LENGTH_MAX = 60;

  private final Line line;
  private final ByteArrayOutputStream coming = new ByteArrayOutputStream();
  private final List<String> printed = new ArrayList<>();
  private List<String> hanging = List.of();
  private boolean hangs;
  private boolean out;
  private boolean low;

  PlayedPrinter(Line line) {
    this.line = line;
    line.device(this::arrived);
  }

  List<String> hanging() {
    return hanging;
  }

  void take() {
    hanging = List.of();
    hangs = false;
    changed();
  }

  void paper(boolean isOut, boolean isLow) {
    out = isOut;
    low = isLow;
    changed();
  }

  private void arrived(Buffer bytes) {
    for (byte b : bytes.getBytes()) {
      if (b == '\n') {
        String said = coming.toString(LATIN_9);
        coming.reset();
        if (said.length() <= LENGTH_MAX) heard(said);
      } else {
        coming.write(b);
      }
    }
  }

  private void heard(String said) {
    if (said.equals("?")) {
      say("=" + flags());
    } else if (said.equals("X")) {
      printed.clear();
    } else if (said.startsWith("T") && printed.size() < LINES_MAX) {
      printed.add(said.substring(1));
    } else if (said.equals("C")) {
      cut();
    }
  }

  private void cut() {
    if (out) {
      say("N");
    } else {
      hanging = List.copyOf(printed);
      hangs = true;
      changed();
      say("K%02d".formatted(hanging.size()));
    }
    printed.clear();
  }

  private void changed() {
    say("!" + flags());
  }

  private String flags() {
    return (out ? "P" : "") + (low ? "L" : "") + (hangs ? "H" : "");
  }

  private void say(String words) {
    line.send(Buffer.buffer((words + "\n").getBytes(LATIN_9)));
  }
}
