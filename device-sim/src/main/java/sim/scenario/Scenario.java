package sim.scenario;

import java.util.List;
import java.util.Optional;

/// A visit to the machine, written down.
///
/// @param name a few words
/// @param about one sentence: what happens
/// @param watch one sentence for the guided tour: what to look at; the scenarios that have one are
///     the tour
public record Scenario(String name, String about, Optional<String> watch, List<Step> steps) {
  public Scenario {
    steps = List.copyOf(steps);
  }
}
