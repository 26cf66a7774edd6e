package sim.scenario;

import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import sim.SettingsException.Mistake;
import sim.YamlSection;
import sim.mechanics.Key;

/// Reads a scenario file, and notes every mistake in it (protocol/scenario.md).
public final class ScenarioReader {
  /// A long visit has fifty steps, and a file of them a tenth of this.
  public static final int BYTES_MAX = 64 * 1024;

  private static final int STEPS_MAX = 500;
  private static final Duration WITHIN_MAX = Duration.ofMinutes(10);

  private final Map<String, Set<String>> acts;
  private final List<Mistake> mistakes = new ArrayList<>();

  private ScenarioReader(Map<String, Set<String>> acts) {
    this.acts = acts;
  }

  /// @param acts what hands can do, by device
  public static Scenario read(String text, Map<String, Set<String>> acts) throws ScenarioException {
    ScenarioReader reader = new ScenarioReader(acts);
    Scenario scenario = reader.scenario(compose(text));
    if (!reader.mistakes.isEmpty()) throw new ScenarioException(reader.mistakes);
    return scenario;
  }

  private static Node compose(String text) throws ScenarioException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(BYTES_MAX);
    options.setNestingDepthLimit(10);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) throw wrong(1, "the file is empty");
      return root;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw wrong(line, "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw wrong(1, "cannot be read: " + e.getMessage());
    }
  }

  private static ScenarioException wrong(int line, String sentence) {
    return new ScenarioException(List.of(new Mistake(line, sentence)));
  }

  private Scenario scenario(Node root) {
    YamlSection file = new YamlSection("", root, mistakes);
    String name = file.required("scenario", matching(".{1,60}", "a few words"));
    String about = file.optional("about", "", matching(".{1,300}", "one sentence"));
    String watch = file.optional("watch", "", matching(".{1,300}", "one sentence"));
    List<Step> steps = new ArrayList<>();
    List<Node> written = file.nodes("steps");
    for (Node step : written) {
      step(step).ifPresent(steps::add);
    }
    if (written.isEmpty()) file.mistakeAt("steps", "wants at least one step");
    if (written.size() > STEPS_MAX) file.mistakeAt("steps", "has over " + STEPS_MAX + " steps");
    file.refuseUnread();
    int last = written.isEmpty() ? 1 : lineOf(written.getLast());
    steps.add(new Step.Agreement(last));
    return new Scenario(name, about, Optional.of(watch).filter(w -> !w.isEmpty()), steps);
  }

  private Optional<Step> step(Node node) {
    int line = lineOf(node);
    if (!(node instanceof MappingNode mapping)
        || mapping.getValue().size() != 1
        || !(mapping.getValue().getFirst().getKeyNode() instanceof ScalarNode key)) {
      return mistake(line, "a step is one thing, such as \"sees: idle\"");
    }
    NodeTuple tuple = mapping.getValue().getFirst();
    Node value = tuple.getValueNode();
    return switch (key.getValue()) {
      case "sees" -> sees(line, value);
      case "types" -> word(value, "types").flatMap(text -> types(line, text));
      case "types pin of" -> word(value, "types pin of").map(card -> new Step.Pin(line, card));
      case "presses" -> word(value, "presses").flatMap(text -> presses(line, text));
      case "chooses" -> word(value, "chooses").map(option -> new Step.Chooses(line, option));
      case "money" -> money(line, value);
      case String act -> act(line, act, value);
    };
  }

  private Optional<Step> types(int line, String text) {
    if (!text.matches("\\d{1,20}")) return mistake(line, "types wants 1 to 20 digits, in quotes");
    return Optional.of(
        new Step.Keys(line, text.chars().mapToObj(digit -> "" + (char) digit).toList()));
  }

  private Optional<Step> presses(int line, String text) {
    List<String> keys = List.of(text.trim().split("\\s+"));
    try {
      keys.forEach(Key::of);
    } catch (IllegalArgumentException e) {
      return mistake(line, "presses: " + e.getMessage());
    }
    return Optional.of(new Step.Keys(line, keys));
  }

  private Optional<Step> sees(int line, Node value) {
    if (value instanceof ScalarNode name) {
      try {
        return Optional.of(sees(line, screen(name.getValue()), Step.EYES));
      } catch (IllegalArgumentException e) {
        return mistake(line, "sees: " + e.getMessage());
      }
    }
    YamlSection section = new YamlSection("sees", value, mistakes);
    String screen = section.required("screen", ScenarioReader::screen);
    Optional<String> typed = text(section, "typed", "\\d{1,20}", "digits, or how many of a PIN");
    Optional<String> shows = text(section, "shows", ".{1,200}", "words");
    Optional<String> severity =
        text(section, "severity", "info|success|warning|error", "info, success, warning or error");
    Optional<String> language = text(section, "language", "[A-Za-z-]{2,20}", "a tag such as de");
    Duration within = section.optional("within", Step.EYES, ScenarioReader::within);
    section.refuseUnread();
    return Optional.of(new Step.Sees(line, screen, typed, shows, severity, language, within));
  }

  private static Step sees(int line, String screen, Duration within) {
    return new Step.Sees(
        line,
        screen,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        within);
  }

  private static Optional<String> text(
      YamlSection section, String key, String pattern, String wanted) {
    return Optional.ofNullable(section.optional(key, null, matching(pattern, wanted)));
  }

  private Optional<Step> money(int line, Node value) {
    YamlSection section = new YamlSection("money", value, mistakes);
    Map<String, Amounts.Amount> machine = amounts(section, "machine", Boxes.PLACES);
    Map<String, Amounts.Amount> books = amounts(section, "books", Boxes.ACCOUNTS);
    Duration within = section.optional("within", Step.EYES, ScenarioReader::within);
    section.refuseUnread();
    List<String> currencies =
        java.util.stream.Stream.of(machine, books)
            .flatMap(each -> each.values().stream())
            .map(Amounts.Amount::currency)
            .distinct()
            .toList();
    if (currencies.size() != 1) {
      return mistake(line, "money wants amounts of one currency, has " + currencies);
    }
    return Optional.of(
        new Step.Money(line, minor(machine), minor(books), currencies.getFirst(), within));
  }

  private static Map<String, Long> minor(Map<String, Amounts.Amount> amounts) {
    Map<String, Long> minor = new LinkedHashMap<>();
    amounts.forEach((name, amount) -> minor.put(name, amount.minor()));
    return minor;
  }

  private Map<String, Amounts.Amount> amounts(
      YamlSection money, String key, Collection<String> known) {
    Map<String, Amounts.Amount> amounts = new LinkedHashMap<>();
    money
        .section(key)
        .ifPresent(
            section -> {
              for (String name : known) {
                Amounts.Amount amount = section.optional(name, null, Amounts::parse);
                if (amount != null) amounts.put(name, amount);
              }
              section.refuseUnread();
            });
    return amounts;
  }

  private Optional<Step> act(int line, String written, Node value) {
    String[] words = written.trim().split("\\s+");
    Set<String> actions = acts.get(words[0]);
    if (actions == null) {
      return mistake(
          line,
          "does not know \""
              + written
              + "\"; there is sees, types, types pin of, presses, chooses,"
              + " money, and an act of "
              + String.join(", ", acts.keySet()));
    }
    if (words.length != 2 || !actions.contains(words[1])) {
      return mistake(
          line,
          "does not know \"" + written + "\"; " + words[0] + " has " + String.join(", ", actions));
    }
    return body(value).map(body -> new Step.Act(line, words[0], words[1], body));
  }

  /// The body of an act: JSON, written as YAML.
  private Optional<JsonObject> body(Node value) {
    if (value.getTag() == Tag.NULL) return Optional.of(new JsonObject());
    if (!(value instanceof MappingNode)) {
      mistakes.add(new Mistake(lineOf(value), "an act wants its fields, such as { card: alice }"));
      return Optional.empty();
    }
    try {
      return Optional.of(new JsonObject(Plain.map((MappingNode) value)));
    } catch (YAMLException | ClassCastException e) {
      mistakes.add(new Mistake(lineOf(value), "an act's fields are texts, numbers and lists"));
      return Optional.empty();
    }
  }

  private Optional<String> word(Node value, String of) {
    if (value instanceof ScalarNode text && !text.getValue().isBlank()) {
      return Optional.of(text.getValue());
    }
    mistakes.add(new Mistake(lineOf(value), of + " wants one word"));
    return Optional.empty();
  }

  private <T> Optional<T> mistake(int line, String sentence) {
    mistakes.add(new Mistake(line, sentence));
    return Optional.empty();
  }

  private static String screen(String text) {
    return matching("[a-z][a-z-]{1,30}", "a screen such as take-cash").apply(text);
  }

  private static Duration within(String text) {
    if (!text.matches("\\d{1,3} s")) {
      throw new IllegalArgumentException("\"" + text + "\", wanted such as 90 s");
    }
    Duration within = Duration.ofSeconds(Integer.parseInt(text.substring(0, text.length() - 2)));
    if (within.isZero() || within.compareTo(WITHIN_MAX) > 0) {
      throw new IllegalArgumentException("\"" + text + "\", wanted 1 s to 600 s");
    }
    return within;
  }

  private static Function<String, String> matching(String pattern, String wanted) {
    return text -> {
      if (!text.matches(pattern)) throw new IllegalArgumentException("wanted " + wanted);
      return text;
    };
  }

  private static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  /// YAML's plain values, through SnakeYAML's own safe rules.
  private static final class Plain extends SafeConstructor {
    private Plain() {
      super(new LoaderOptions());
    }

    static Map<String, Object> map(MappingNode node) {
      Map<String, Object> plain = new LinkedHashMap<>();
      for (NodeTuple tuple : node.getValue()) {
        plain.put(
            ((ScalarNode) tuple.getKeyNode()).getValue(),
            new Plain().constructDocument(tuple.getValueNode()));
      }
      return plain;
    }
  }
}
