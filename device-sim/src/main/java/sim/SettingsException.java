package sim;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with devices.yaml, all of it.
public final class SettingsException extends Exception {
  /// One mistake, and the line it stands on.
  public record Mistake(int line, String sentence) {}

  private final List<Mistake> mistakes;

  SettingsException(Path file, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .sorted(Comparator.comparingInt(Mistake::line))
            .map(mistake -> file + ":" + mistake.line() + ": " + mistake.sentence())
            .collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
