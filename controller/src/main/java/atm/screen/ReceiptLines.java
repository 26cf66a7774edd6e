package atm.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lines of one width, filled from the top, in characters that a printer's code page has.
final class ReceiptLines {
  /// What typography has and a code page lacks: no-break spaces are holes in many a printer's font.
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("\u00a0", " "),
          Map.entry("\u202f", " "),
          Map.entry("\u2212", "-"),
          Map.entry("–", "-"),
          Map.entry("×", "x"),
          Map.entry("…", ".."),
          Map.entry("’", "'"),
          Map.entry("‘", "'"),
          Map.entry("“", "\""),
          Map.entry("”", "\""),
          Map.entry("„", "\""));

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  ReceiptLines(int columns) {
    this.columns = columns;
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  void blank() {
    lines.add("");
  }

  void centre(String text) {
    String line = clipped(plain(text));
    lines.add(" ".repeat((columns - line.length()) / 2) + line);
  }

  /// A label at the left and its value at the right, on two lines when they do not fit on one.
  void pair(String label, String value) {
    String left = clipped(plain(label));
    String right = clipped(plain(value));
    int gap = columns - left.length() - right.length();
    if (gap >= 1) {
      lines.add(left + " ".repeat(gap) + right);
    } else {
      lines.add(left);
      lines.add(" ".repeat(columns - right.length()) + right);
    }
  }

  void paragraph(String text) {
    StringBuilder line = new StringBuilder();
    for (String word : plain(text).split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) line.append(' ');
      line.append(clipped(word));
    }
    lines.add(line.toString());
  }

  private String clipped(String text) {
    return text.length() <= columns ? text : text.substring(0, columns);
  }

  private static String plain(String text) {
    String plain = text;
    for (Map.Entry<String, String> entry : PLAIN.entrySet()) {
      plain = plain.replace(entry.getKey(), entry.getValue());
    }
    return plain;
  }
}
