package atm.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A file that cannot be used, with every mistake in it, so that one reading mends them all.
public final class ConfigException extends Exception {
  private final transient List<Mistake> mistakes;

  public ConfigException(Path file, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .sorted()
            .map(m -> file.getFileName() + ":" + m.line() + ": " + m.sentence())
            .collect(Collectors.joining("\n")));
    this.mistakes = mistakes.stream().sorted().toList();
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
