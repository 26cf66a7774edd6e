package sim.xfs4iot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sim.xfs4iot.Schema.Complaints;
import sim.xfs4iot.Schema.Path;
import sim.xfs4iot.Schema.Property;

/// The table of every XFS4IoT message (`protocol/xfs4iot-messages.json`), compiled: says of a
/// message what is wrong with it, by path. The service asks it before it obeys, and tests ask it of
/// everything either side sends. Immutable; any thread may use it.
public final class MessageTable {
  /// How closely to look: a reader ignores payload properties it does not know and takes what older
  /// services send in the header; a writer has no such freedom.
  public enum Strictness {
    READING,
    WRITING
  }

  /// What a message is; the words of `header.type`.
  public enum Kind {
    COMMAND,
    ACKNOWLEDGE,
    EVENT,
    COMPLETION,
    UNSOLICITED;

    /// The word on the wire.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(Object word) {
      for (Kind kind : values()) if (kind.word().equals(word)) return Optional.of(kind);
      return Optional.empty();
    }
  }

  /// One message in one kind: its version and payload; `payload` is null when it carries none.
  record Shape(String version, Property payload, Set<Kind> alsoAs) {}

  private static final Set<String> TWO_MAJORS = Set.of("Common.Status", "Common.Capabilities");

  private final Map<String, Map<Kind, Shape>> messages = new HashMap<>();
  private final HeaderRules rules = new HeaderRules();

  private MessageTable(JsonObject table) {
    Map<String, Property> types = new HashMap<>();
    JsonObject named = table.getJsonObject("types");
    for (String name : named.fieldNames()) {
      types.put(name, Schema.compile(named.getJsonObject(name), types));
    }
    JsonObject interfaces = table.getJsonObject("interfaces");
    for (String name : interfaces.fieldNames()) {
      JsonObject listed = interfaces.getJsonObject(name);
      for (String message : listed.fieldNames()) {
        messages.put(name + "." + message, shapes(listed.getJsonObject(message), types));
      }
    }
  }

  /// The table on the class path.
  public static MessageTable load() {
    try (InputStream in =
        MessageTable.class.getResourceAsStream("/protocol/xfs4iot-messages.json")) {
      return new MessageTable(Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the XFS4IoT message table cannot be read", e);
    }
  }

  private static Map<Kind, Shape> shapes(JsonObject kinds, Map<String, Property> types) {
    Map<Kind, Shape> shapes = new HashMap<>();
    for (String word : kinds.fieldNames()) {
      JsonObject shape = kinds.getJsonObject(word);
      JsonObject payload = shape.getJsonObject("payload");
      Set<Kind> alsoAs =
          shape.getJsonArray("alsoAs", new JsonArray()).stream()
              .map(also -> Kind.of(also).orElseThrow())
              .collect(Collectors.toUnmodifiableSet());
      shapes.put(
          Kind.of(word).orElseThrow(),
          new Shape(
              shape.getString("v"),
              payload == null ? null : Schema.compile(payload, types),
              alsoAs));
    }
    return Map.copyOf(shapes);
  }

  /// What is wrong with `message`, envelope and payload; empty when nothing is.
  public List<String> complaints(JsonObject message, Strictness strictness) {
    Complaints found = new Complaints(strictness == Strictness.WRITING);
    Optional<Kind> kind = rules.check(message, found);
    if (kind.isEmpty() || !HeaderRules.isName(rules.name(message))) return found.list();
    String name = (String) rules.name(message);
    if (kind.get() == Kind.ACKNOWLEDGE) {
      if (message.getValue("payload") != null && found.strict()) {
        found.add("payload: saw one, wanted none in an acknowledge");
      }
      return found.list();
    }
    Optional<Shape> shape = shape(name, kind.get());
    if (shape.isEmpty() && kind.get() == Kind.EVENT && !found.strict()) {
      shape = shape(name, Kind.UNSOLICITED); // as KAL sends all of those
    }
    if (shape.isEmpty()) {
      // Who is asked for what nobody knows can only repeat the name.
      if (kind.get() == Kind.COMPLETION && isInvalidCommand(message)) return found.list();
      found.add(
          "header.name: saw " + name + ", wanted one of the table's, as " + kind.get().word());
      return found.list();
    }
    version(name, kind.get(), shape.get(), message, found);
    payload(shape.get(), message.getValue("payload"), found);
    if (kind.get() == Kind.COMPLETION && found.strict()) rules.errorCode(message, found);
    return found.list();
  }

  /// What is wrong with the payload of the command `name`, read with indulgence.
  List<String> commandPayload(String name, Object payload) {
    Complaints found = new Complaints(false);
    payload(messages.get(name).get(Kind.COMMAND), payload, found);
    return found.list();
  }

  /// The version of a message, if the table has it as that kind.
  public Optional<String> version(String name, Kind kind) {
    return shape(name, kind).map(Shape::version);
  }

  /// Whether the table has this command.
  boolean isCommand(String name) {
    return messages.getOrDefault(name, Map.of()).containsKey(Kind.COMMAND);
  }

  private Optional<Shape> shape(String name, Kind kind) {
    Map<Kind, Shape> kinds = messages.getOrDefault(name, Map.of());
    if (kinds.containsKey(kind)) return Optional.of(kinds.get(kind));
    return kinds.values().stream().filter(shape -> shape.alsoAs().contains(kind)).findAny();
  }

  private static boolean isInvalidCommand(JsonObject message) {
    return "invalidCommand".equals(message.getJsonObject("header").getValue("completionCode"));
  }

  private static void version(
      String name, Kind kind, Shape shape, JsonObject message, Complaints found) {
    if (!HeaderRules.isVersion(message.getJsonObject("header").getValue("version"))) return;
    String seen = message.getJsonObject("header").getString("version");
    Set<String> majors = new TreeSet<>(Set.of(major(shape.version())));
    if (kind == Kind.COMMAND && TWO_MAJORS.contains(name)) majors.addAll(Set.of("2", "3"));
    if (found.strict() && !majors.contains(major(seen))) {
      found.add("header.version: saw " + seen + ", wanted a major of " + majors + " for " + name);
    }
  }

  private static String major(String version) {
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }

  private static void payload(Shape shape, Object payload, Complaints found) {
    Object seen = payload == null ? Map.of() : payload;
    Path path = Path.ROOT.to("payload");
    if (shape.payload() != null) {
      shape.payload().check(seen, path, found);
    } else if (Schema.Members.of(seen) == null) {
      found.add(path, Complaints.kind(payload), "an object, null or nothing");
    } else if (found.strict() && !Schema.Members.of(seen).isEmpty()) {
      found.add(path, "properties", "none: this message carries no payload");
    }
  }
}
