package sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import sim.SettingsException.Mistake;

/// One mapping of a YAML file of ours, read key by key. What is wrong is noted with its line and
/// reading goes on with a stand-in, so that all mistakes are found at once.
public final class YamlSection {
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> unread = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Mistake> mistakes;

  public YamlSection(String path, Node node, List<Mistake> mistakes) {
    this.path = path;
    this.line = lineOf(node);
    this.mistakes = mistakes;
    if (!(node instanceof MappingNode mapping)) {
      mistake("wants keys with values");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode text ? text.getValue() : "?";
      int at = lineOf(tuple.getKeyNode());
      if (values.put(key, tuple.getValueNode()) != null) {
        mistakes.add(new Mistake(at, named("has " + key + " twice")));
      }
      unread.put(key, at);
    }
  }

  /// The text at `key` as `read` makes it; a missing or wrong one is a mistake and gives null.
  public <T> T required(String key, Function<String, T> read) {
    Optional<Node> node = value(key);
    if (node.isEmpty()) {
      mistake("lacks " + key);
      return null;
    }
    return scalar(key, node.get(), read);
  }

  /// As [#required], but a missing one silently gives `otherwise`.
  public <T> T optional(String key, T otherwise, Function<String, T> read) {
    return value(key).map(node -> scalar(key, node, read)).orElse(otherwise);
  }

  public Optional<YamlSection> section(String key) {
    return value(key).map(node -> new YamlSection(within(key), node, mistakes));
  }

  /// The sections of the list at `key`; none when it is missing.
  public List<YamlSection> sections(String key) {
    return items(key).stream().map(item -> new YamlSection(within(key), item, mistakes)).toList();
  }

  /// The words of the list at `key`, or nothing when it is missing.
  public Optional<List<String>> words(String key) {
    return value(key)
        .map(
            _ ->
                items(key).stream()
                    .map(item -> scalar(key, item, Function.identity()))
                    .filter(word -> word != null)
                    .toList());
  }

  /// The items of the list at `key` as they stand there; none when it is missing.
  public List<Node> nodes(String key) {
    return items(key);
  }

  private List<Node> items(String key) {
    return switch (value(key).orElse(null)) {
      case null -> List.of();
      case SequenceNode list -> list.getValue();
      case Node _ -> {
        mistakeAt(key, "wants a list");
        yield List.of();
      }
    };
  }

  /// Notes what nobody asked for. Call it last.
  public void refuseUnread() {
    unread.forEach(
        (key, at) ->
            mistakes.add(
                new Mistake(
                    at, named("does not know " + key + "; it knows " + String.join(", ", asked)))));
  }

  public void mistake(String sentence) {
    mistakes.add(new Mistake(line, named(sentence)));
  }

  public void mistakeAt(String key, String sentence) {
    Node node = values.get(key);
    mistakes.add(new Mistake(node == null ? line : lineOf(node), named(key + " " + sentence)));
  }

  private <T> T scalar(String key, Node node, Function<String, T> read) {
    if (!(node instanceof ScalarNode text)) {
      mistakes.add(new Mistake(lineOf(node), named(key + " wants one value")));
      return null;
    }
    try {
      return read.apply(text.getValue());
    } catch (IllegalArgumentException wrong) {
      mistakes.add(new Mistake(lineOf(node), named(key + " is wrong: " + wrong.getMessage())));
      return null;
    }
  }

  private Optional<Node> value(String key) {
    if (!asked.contains(key)) {
      asked.add(key);
    }
    unread.remove(key);
    return Optional.ofNullable(values.get(key));
  }

  private String within(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String named(String sentence) {
    return (path.isEmpty() ? "the file" : path) + " " + sentence;
  }

  private static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }
}
