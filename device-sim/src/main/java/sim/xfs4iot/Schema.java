package sim.xfs4iot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One node of the table's payload schemas, compiled once. Immutable; any thread may use it.
sealed interface Schema {
  /// Adds what is wrong with `value` to `found`. A null is the parent's affair, see [Members].
  void check(Object value, Path path, Complaints found);

  record Text(Set<String> words, Pattern pattern, boolean base64, boolean secret)
      implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      if (!(value instanceof String text)) {
        found.add(path, Complaints.kind(value), "a string");
      } else if (!words.isEmpty() && !words.contains(text)) {
        found.add(path, show(text), "one of " + new TreeSet<>(words));
      } else if (base64 && !Base64Text.is(text)) {
        found.add(path, text.length() + " characters", "base64 with padding");
      } else if (pattern != null && !Watched.matches(pattern, text)) {
        found.add(path, show(text), "text like " + pattern.pattern());
      }
    }

    private String show(String text) {
      return secret || base64 || text.length() > 60
          ? "a string of " + text.length() + " characters"
          : '"' + text + '"';
    }
  }

  record Numeric(boolean whole, BigDecimal min, BigDecimal max, Set<BigDecimal> values)
      implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      BigDecimal number = Numeric.of(value);
      if (number == null || whole && !isWhole(value)) {
        found.add(
            path,
            value instanceof Number ? value.toString() : Complaints.kind(value),
            whole ? "an integer" : "a number");
      } else if (min != null && number.compareTo(min) < 0) {
        found.add(path, number.toString(), "at least " + min);
      } else if (max != null && number.compareTo(max) > 0) {
        found.add(path, number.toString(), "at most " + max);
      } else if (!values.isEmpty() && !values.contains(number)) {
        found.add(path, number.toString(), "one of " + new TreeSet<>(values));
      }
    }

    private static boolean isWhole(Object value) {
      return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    }

    static BigDecimal of(Object value) {
      return switch (value) {
        case BigDecimal decimal -> decimal;
        case BigInteger integer -> new BigDecimal(integer);
        case Integer integer -> BigDecimal.valueOf(integer);
        case Long integer -> BigDecimal.valueOf(integer);
        case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
        case null, default -> null;
      };
    }
  }

  record Flag() implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      if (!(value instanceof Boolean)) found.add(path, Complaints.kind(value), "true or false");
    }
  }

  /// An object: properties by name, and perhaps a map for every other name.
  record Members(
      Map<String, Property> properties, Property others, Pattern otherNames, boolean closed)
      implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      Map<String, ?> members = Members.of(value);
      if (members == null) {
        found.add(path, Complaints.kind(value), "an object");
        return;
      }
      for (var property : properties.entrySet()) {
        if (property.getValue().required() && !members.containsKey(property.getKey())) {
          found.add(path.to(property.getKey()), "nothing", "a value: it is mandatory");
        }
      }
      members.forEach((name, member) -> member(name, member, path, found));
    }

    private void member(String name, Object value, Path path, Complaints found) {
      Property property = properties.get(name);
      if (property == null && others != null) {
        if (otherNames == null || Watched.matches(otherNames, name)) property = others;
        else found.add(path, "the name " + shorten(name), "names like " + otherNames.pattern());
      }
      if (property == others && property != null) {
        property.checkElement(value, path.to(shorten(name)), found);
      } else if (property != null) {
        property.check(value, path.to(shorten(name)), found);
      } else if (others == null && closed && found.strict()) {
        found.add(path.to(shorten(name)), "an unknown property", "one of " + properties.keySet());
      }
    }

    private static String shorten(String name) {
      return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }

    @SuppressWarnings("unchecked")
    static Map<String, ?> of(Object value) {
      return switch (value) {
        case JsonObject object -> object.getMap();
        case Map<?, ?> map -> (Map<String, ?>) map;
        case null, default -> null;
      };
    }
  }

  record Items(Property each) implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      List<?> items =
          switch (value) {
            case JsonArray array -> array.getList();
            case List<?> list -> list;
            case null, default -> null;
          };
      if (items == null) {
        found.add(path, Complaints.kind(value), "an array");
        return;
      }
      for (int i = 0; i < items.size() && !found.full(); i++) {
        each.checkElement(items.get(i), path.to(Integer.toString(i)), found);
      }
    }
  }

  /// Any of several shapes; the complaint is that of the last.
  record Either(List<Schema> shapes) implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      Complaints last = null;
      for (Schema shape : shapes) {
        last = new Complaints(found.strict());
        shape.check(value, path, last);
        if (last.list().isEmpty()) return;
      }
      if (last != null) last.list().forEach(found::add);
    }
  }

  record Anything() implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {}
  }

  /// A named type, looked up when needed because types may name each other in a ring. It ends
  /// with the value: the reader lets no value nest deeper than 64.
  record Reference(String name, Map<String, Property> types) implements Schema {
    @Override
    public void check(Object value, Path path, Complaints found) {
      types.get(name).check(value, path, found);
    }
  }

  /// A node where it is used: may it be null, must it be there.
  record Property(Schema schema, boolean nullable, boolean required) {
    void check(Object value, Path path, Complaints found) {
      if (value != null) schema.check(value, path, found);
      // A null says nothing, which every property that may be left out may also say; only the
      // writer is held to leaving it out.
      else if (required || found.strict() && !nullable) found.add(path, "null", "a value");
    }

    /// An element of a list or a map has no way to be left out: a null stands for nothing.
    void checkElement(Object value, Path path, Complaints found) {
      if (value == null && !nullable) found.add(path, "null", "a value");
      else check(value, path, found);
    }
  }

  /// Where in a message, told only when something is wrong there.
  record Path(Path parent, String step) {
    static final Path ROOT = new Path(null, "");

    Path to(String step) {
      return new Path(this, step);
    }

    @Override
    public String toString() {
      return parent == null ? step : parent == ROOT ? step : parent + "." + step;
    }
  }

  /// Compiles a node of `xfs4iot-messages.json`.
  static Property compile(JsonObject node, Map<String, Property> types) {
    boolean nullable = node.getBoolean("nullable", false);
    boolean required = node.getBoolean("req21", false) && !nullable;
    return new Property(schema(node, types), nullable, required);
  }

  private static Schema schema(JsonObject node, Map<String, Property> types) {
    if (node.containsKey("$ref")) return new Reference(node.getString("$ref"), types);
    Object type = node.getValue("type");
    if (type instanceof JsonArray several) {
      List<Schema> shapes = new ArrayList<>();
      for (Object one : several) shapes.add(typed((String) one, node, types));
      return new Either(List.copyOf(shapes));
    }
    return typed((String) type, node, types);
  }

  private static Schema typed(String type, JsonObject node, Map<String, Property> types) {
    return switch (type) {
      case "string" -> text(node);
      case "integer", "number" -> numeric(type.equals("integer"), node);
      case "boolean" -> new Flag();
      case "object" -> members(node, types);
      case "array" ->
          new Items(
              compile(node.getJsonObject("items", new JsonObject("{\"type\":\"any\"}")), types));
      case "any" -> new Anything();
      default -> throw new IllegalStateException("message table: unknown type " + type);
    };
  }

  private static Text text(JsonObject node) {
    boolean base64 = "base64".equals(node.getString("format"));
    Set<String> words = new TreeSet<>();
    for (Object word : node.getJsonArray("enum", new JsonArray())) words.add((String) word);
    // The base64 pattern is checked by hand: Java's matcher would overflow its stack on a megabyte.
    Pattern pattern = base64 ? null : pattern(node.getString("pattern"));
    return new Text(Set.copyOf(words), pattern, base64, node.getBoolean("sensitive", false));
  }

  private static Numeric numeric(boolean whole, JsonObject node) {
    Set<BigDecimal> values = new TreeSet<>();
    for (Object value : node.getJsonArray("enum", new JsonArray())) values.add(Numeric.of(value));
    return new Numeric(
        whole,
        Numeric.of(node.getValue("min")),
        Numeric.of(node.getValue("max")),
        Set.copyOf(values));
  }

  private static Members members(JsonObject node, Map<String, Property> types) {
    Map<String, Property> properties = new HashMap<>();
    JsonObject listed = node.getJsonObject("props", new JsonObject());
    for (String name : listed.fieldNames()) {
      properties.put(name, compile(listed.getJsonObject(name), types));
    }
    JsonObject map = node.getJsonObject("map");
    return new Members(
        Map.copyOf(properties),
        map == null ? null : compile(map, types),
        pattern(node.getString("keyPattern")),
        // An object of which the table tells nothing may hold anything.
        node.containsKey("props"));
  }

  /// In the table's dialect `$` is the very end; Java's would let a line feed follow.
  static Pattern pattern(String regex) {
    return regex == null ? null : Pattern.compile(regex.replace("$", "\\z"));
  }

  /// Text under a pattern that gives up after so many looks: a page range of the table,
  /// `([0-9]+|[0-9]+-[0-9]+)+`, takes 1.3 s of the event loop over 2048 digits, and more text
  /// overflows the matcher's stack.
  record Watched(String text, int[] looks) implements CharSequence {
    private static final int LENGTH_MAX = 2048; // the longest patterned text is a token, 1024
    private static final int LOOKS_MAX = 200_000; // a token needs some 5000

    static boolean matches(Pattern pattern, String text) {
      if (text.length() > LENGTH_MAX) return false;
      try {
        return pattern.matcher(new Watched(text, new int[1])).find();
      } catch (TooManyLooks e) {
        return false;
      }
    }

    @Override
    public char charAt(int index) {
      if (++looks[0] > LOOKS_MAX) throw new TooManyLooks();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    private static final class TooManyLooks extends RuntimeException {
      TooManyLooks() {
        super(null, null, false, false);
      }
    }
  }

  /// What was found wrong in one message, at most [#MAX] entries: a hostile one earns no essay.
  record Complaints(boolean strict, List<String> list) {
    private static final int MAX = 20;

    Complaints(boolean strict) {
      this(strict, new ArrayList<>());
    }

    boolean full() {
      return list.size() >= MAX;
    }

    void add(Path path, String seen, String wanted) {
      add(path + ": saw " + seen + ", wanted " + wanted);
    }

    void add(String complaint) {
      if (!full()) list.add(complaint);
    }

    static String kind(Object value) {
      return switch (value) {
        case null -> "null";
        case String _ -> "a string";
        case Boolean flag -> flag.toString();
        case Number number -> "the number " + Objects.toString(number);
        case JsonArray _ -> "an array";
        case List<?> _ -> "an array";
        default -> "an object";
      };
    }
  }
}
