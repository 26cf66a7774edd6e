package sim.scenario;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import sim.SettingsException.Mistake;

/// What is wrong with a scenario file, all of it.
public final class ScenarioException extends Exception {
  private final List<Mistake> mistakes;

  ScenarioException(List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .sorted(Comparator.comparingInt(Mistake::line))
            .map(mistake -> "line " + mistake.line() + ": " + mistake.sentence())
            .collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
