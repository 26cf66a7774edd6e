package sim.escpos;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Consumer;

/// Reads what a controller sends to a printer: lines of text, and commands. Commands that change
/// how a line looks are read past; what a command carries as data (pictures, codes) is never
/// kept, so no length can fill the memory.
final class EscPosStream {
  /// Something the printer is to do, in the order of the stream.
  sealed interface Act {
    record Initialise() implements Act {}

    record Line(String text) implements Act {}

    record Feed(int lines) implements Act {}

    record Cut() implements Act {}

    /// A VKP80III: cut, hold out, and after some seconds (0: never) retract or eject.
    record Present(boolean retracts, int seconds) implements Act {}

    /// A question that is answered in turn.
    record Ask(int command, int n) implements Act {}

    /// Automatic status, by its bits.
    record Automatic(int bits) implements Act {}
  }

  /// The longest head of a command, up to where its length is known.
  private static final int HEAD_MAX = 8;

  /// More text without a line feed is longer than any paper is wide.
  private static final int TEXT_MAX = 255;

  private static final Map<Integer, String> PAGES =
      Map.ofEntries(
          Map.entry(0, "IBM437"),
          Map.entry(2, "IBM850"),
          Map.entry(3, "IBM860"),
          Map.entry(4, "IBM863"),
          Map.entry(5, "IBM865"),
          Map.entry(16, "windows-1252"),
          Map.entry(17, "IBM866"),
          Map.entry(18, "IBM852"),
          Map.entry(19, "IBM00858"));

  private final Consumer<Act> acts;
  private final Consumer<Integer> statusAsked;
  private final Consumer<Integer> recovery;
  private final byte[] head = new byte[HEAD_MAX];
  private final StringBuilder text = new StringBuilder();
  private int length;
  private long skip;
  private boolean skipsToZero;
  private Charset page = Charset.forName("IBM437");

  /// @param statusAsked `10 04 n`, at once and out of turn
  /// @param recovery `10 05 n`, at once and out of turn
  EscPosStream(Consumer<Act> acts, Consumer<Integer> statusAsked, Consumer<Integer> recovery) {
    this.acts = acts;
    this.statusAsked = statusAsked;
    this.recovery = recovery;
  }

  void received(Buffer bytes) {
    for (int i = 0; i < bytes.length(); i++) received(bytes.getByte(i));
  }

  /// Forgets half a command and half a line.
  void clear() {
    length = 0;
    skip = 0;
    skipsToZero = false;
    text.setLength(0);
  }

  private void received(byte b) {
    if (skipsToZero) {
      skipsToZero = b != 0;
    } else if (skip > 0) {
      skip--;
    } else if (length > 0) {
      head[length++] = b;
      command();
    } else if (b == 0x1B || b == 0x1C || b == 0x1D || b == 0x10) {
      head[length++] = b;
    } else if (b == '\n') {
      line();
    } else if ((b & 0xFF) >= 0x20) {
      text.append(new String(new byte[] {b}, page));
      if (text.length() == TEXT_MAX) line();
    }
  }

  private void line() {
    acts.accept(new Act.Line(text.toString()));
    text.setLength(0);
  }

  private void command() {
    int second = at(1);
    int whole =
        switch (at(0)) {
          case 0x10 -> 3;
          case 0x1B -> afterEsc(second);
          case 0x1D -> afterGs(second);
          default -> afterFs(second);
        };
    if (length < whole) return;
    execute(second);
    length = 0;
  }

  private static int afterEsc(int second) {
    return switch (second) {
      case 0x40, 0x32, 0x69, 0x6D, 0x76, 0x46 -> 2;
      case 0x70 -> 5;
      default -> 3;
    };
  }

  private int afterGs(int second) {
    return switch (second) {
      case 0x4C, 0x57, 0x6B, 0xE6, 0xE7 -> 4;
      case 0x56 -> length > 2 && (at(2) == 65 || at(2) == 66) ? 4 : 3;
      case 0x28 -> 5;
      case 0x76 -> 8;
      case 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xF6, 0xF8 -> 2;
      default -> 3;
    };
  }

  private int afterFs(int second) {
    return switch (second) {
      case 0x50, 0xC0 -> 6;
      case 0x42 -> length > 2 && at(2) == 0x46 ? 4 : 3;
      default -> 3;
    };
  }

  private void execute(int second) {
    switch (at(0) << 8 | second) {
      case 0x1004 -> statusAsked.accept(at(2));
      case 0x1005 -> recovery.accept(at(2));
      case 0x1B40 -> {
        text.setLength(0);
        acts.accept(new Act.Initialise());
      }
      case 0x1B64 -> acts.accept(new Act.Feed(at(2)));
      case 0x1B74 -> page = Charset.forName(PAGES.getOrDefault(at(2), "IBM437"));
      case 0x1B69, 0x1B6D, 0x1D56 -> acts.accept(new Act.Cut());
      case 0x1B76 -> acts.accept(new Act.Ask(second, 0));
      case 0x1D49, 0x1D72 -> acts.accept(new Act.Ask(second, at(2)));
      case 0x1D61, 0x1DE0 -> acts.accept(new Act.Automatic(at(2)));
      case 0x1DE1, 0x1DE2, 0x1DE3, 0x1DE4, 0x1DE5 -> acts.accept(new Act.Ask(second, 0));
      case 0x1C50 -> acts.accept(new Act.Present(at(4) == 0x52, at(5)));
      case 0x1D6B -> {
        // The older forms end with a zero, the newer ones say how long they are.
        skipsToZero = at(2) <= 6 && at(3) != 0;
        skip = at(2) <= 6 ? 0 : at(3);
      }
      case 0x1D28 -> skip = at(3) | at(4) << 8;
      case 0x1D76 -> skip = (long) (at(4) | at(5) << 8) * (at(6) | at(7) << 8);
      default -> {}
    }
  }

  private int at(int i) {
    return head[i] & 0xFF;
  }
}
