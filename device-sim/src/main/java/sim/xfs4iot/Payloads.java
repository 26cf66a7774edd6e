package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Small helps for building payloads. Stateless; any thread.
final class Payloads {
  private Payloads() {}

  /// The object `name` inside `parent`, made when it is not there yet.
  static JsonObject part(JsonObject parent, String name) {
    JsonObject part = parent.getJsonObject(name);
    if (part == null) parent.put(name, part = new JsonObject());
    return part;
  }

  /// What of `now` differs from `before`, in the same shape; lists are told whole, and what is no
  /// more is a null.
  static JsonObject changes(JsonObject before, JsonObject now) {
    JsonObject changes = new JsonObject();
    for (String name : now.fieldNames()) {
      Object is = now.getValue(name);
      Object was = before.getValue(name);
      if (is instanceof JsonObject nested && was instanceof JsonObject old) {
        JsonObject inner = changes(old, nested);
        if (!inner.isEmpty()) changes.put(name, inner);
      } else if (is != null && !is.equals(was)) {
        changes.put(name, is);
      }
    }
    for (String name : before.fieldNames()) {
      if (!now.containsKey(name)) changes.putNull(name);
    }
    return changes;
  }

  /// An integer of a payload, however large it was written, or `otherwise` where there is none.
  static int bounded(JsonObject payload, String name, int otherwise) {
    Number number = payload.getNumber(name);
    if (number == null) return otherwise;
    BigDecimal value = Schema.Numeric.of(number);
    return value.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
  }

  /// The names of the properties that are true.
  static Set<String> trueFlags(JsonObject payload) {
    return payload.stream()
        .filter(member -> Boolean.TRUE.equals(member.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
