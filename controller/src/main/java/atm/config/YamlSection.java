package atm.config;

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

/// One mapping of a YAML file, read key by key. What is wrong is noted with its line and reading
/// goes on with a stand-in, so that the whole file is checked at once.
final class YamlSection {
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> unread = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Mistake> mistakes;

  private YamlSection(String path, int line, List<Mistake> mistakes) {
    this.path = path;
    this.line = line;
    this.mistakes = mistakes;
  }

  static YamlSection of(String path, Node node, List<Mistake> mistakes) {
    YamlSection section = new YamlSection(path, lineOf(node), mistakes);
    if (!(node instanceof MappingNode mapping)) {
      mistakes.add(
          new Mistake(lineOf(node), section.named("wants keys with values, not " + shown(node))));
      return section;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
      int at = lineOf(tuple.getKeyNode());
      if (section.values.put(key, tuple.getValueNode()) != null) {
        mistakes.add(new Mistake(at, section.named("has " + key + " twice")));
      }
      section.unread.put(key, at);
    }
    return section;
  }

  /// One without keys, whose mistakes nobody hears of: for stand-ins.
  static YamlSection none() {
    return new YamlSection("", 1, new ArrayList<>());
  }

  int line() {
    return line;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /// The text at `key` as `read` makes it; a missing or wrong one is a mistake and gives `standIn`.
  <T> T required(String key, T standIn, Function<String, T> read) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      mistakes.add(new Mistake(line, named("lacks " + key)));
      return standIn;
    }
    return scalar(key, node.get(), standIn, read);
  }

  /// As `required`, but a missing one silently gives `otherwise`.
  <T> T optional(String key, T otherwise, Function<String, T> read) {
    return take(key).map(node -> scalar(key, node, otherwise, read)).orElse(otherwise);
  }

  Optional<YamlSection> section(String key) {
    return take(key).map(node -> of(path.isEmpty() ? key : path + "." + key, node, mistakes));
  }

  /// The sections of the list at `key`; none when it is missing.
  List<YamlSection> sections(String key) {
    return items(key).stream()
        .map(item -> of((path.isEmpty() ? "" : path + ".") + key, item, mistakes))
        .toList();
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof ScalarNode text) texts.add(text.getValue());
      else mistake(item, key, "wants plain words, not " + shown(item));
    }
    return texts;
  }

  /// The keys and words of the section at `key`; none when it is missing.
  Map<String, String> words(String key) {
    Map<String, String> words = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            section ->
                List.copyOf(section.values.keySet())
                    .forEach(k -> words.put(k, section.required(k, "", Function.identity()))));
    return words;
  }

  private List<Node> items(String key) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) return List.of();
    if (node.get() instanceof SequenceNode list) return list.getValue();
    mistake(node.get(), key, "wants a list, not " + shown(node.get()));
    return List.of();
  }

  /// Notes what nobody asked for. Call it last.
  void refuseUnread() {
    unread.forEach(
        (key, at) ->
            mistakes.add(
                new Mistake(
                    at, named("does not know " + key + "; it knows " + String.join(", ", asked)))));
  }

  void mistake(String sentence) {
    mistakes.add(new Mistake(line, named(sentence)));
  }

  void mistakeAt(String key, String sentence) {
    Node node = values.get(key);
    mistakes.add(new Mistake(node == null ? line : lineOf(node), named(key + " " + sentence)));
  }

  private <T> T scalar(String key, Node node, T standIn, Function<String, T> read) {
    if (!(node instanceof ScalarNode text)) {
      mistake(node, key, "wants one value, not " + shown(node));
      return standIn;
    }
    try {
      return read.apply(text.getValue());
    } catch (IllegalArgumentException wrong) {
      mistake(node, key, "is wrong: " + wrong.getMessage());
      return standIn;
    }
  }

  private Optional<Node> take(String key) {
    if (!asked.contains(key)) asked.add(key);
    unread.remove(key);
    return Optional.ofNullable(values.get(key));
  }

  private void mistake(Node node, String key, String sentence) {
    mistakes.add(new Mistake(lineOf(node), named(key + " " + sentence)));
  }

  private String named(String sentence) {
    return (path.isEmpty() ? "the file" : path) + " " + sentence;
  }

  private static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  private static String shown(Node node) {
    return switch (node) {
      case ScalarNode text when text.getValue().isEmpty() -> "nothing";
      case ScalarNode text -> "\"" + text.getValue() + "\"";
      case SequenceNode _ -> "a list";
      default -> "keys";
    };
  }
}
