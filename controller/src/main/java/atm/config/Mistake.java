package atm.config;

/// One thing wrong with the file: where it stands, and what was seen and wanted there.
public record Mistake(int line, String sentence) implements Comparable<Mistake> {
  @Override
  public int compareTo(Mistake other) {
    return Integer.compare(line, other.line);
  }
}
