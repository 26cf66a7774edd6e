package sim.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;

/// The screens a run has seen and not yet walked past. Each is looked at once: what was seen before
/// the last match is gone.
final class Seen {
  // A customer who types makes one a key; nobody waits past this many.
  private static final int MOST = 500;

  private final Deque<JsonObject> screens = new ArrayDeque<>();
  private JsonObject now = new JsonObject();

  void add(JsonObject model) {
    if (!(model.getValue("screen") instanceof String) || seq(model) <= seq(now)) return;
    now = model;
    screens.add(model);
    if (screens.size() > MOST) screens.remove();
  }

  /// What is shown now.
  JsonObject now() {
    return now;
  }

  /// Walks to the first screen that fits; false, and none is lost, when there is none yet.
  boolean walkTo(Step.Sees wanted) {
    if (screens.stream().noneMatch(model -> fits(model, wanted))) return false;
    Iterator<JsonObject> each = screens.iterator();
    boolean found = false;
    while (!found) {
      found = fits(each.next(), wanted);
      each.remove();
    }
    return true;
  }

  private static boolean fits(JsonObject model, Step.Sees wanted) {
    return model.getString("screen").equals(wanted.screen())
        && wanted.typed().map(typed -> typed.equals(typed(model))).orElse(true)
        && wanted.shows().map(words -> text(model).contains(words)).orElse(true)
        && wanted.severity().map(s -> s.equals(model.getString("severity"))).orElse(true)
        && wanted.language().map(tag -> tag.equals(model.getString("lang"))).orElse(true);
  }

  /// The digits in a screen's entry, or how many of a PIN; `0` for none.
  private static String typed(JsonObject model) {
    JsonObject entry = model.getJsonObject("entry", new JsonObject());
    if (entry.containsKey("count")) return String.valueOf(entry.getInteger("count"));
    String digits = entry.getString("text", "").replaceAll("\\D", "");
    return digits.isEmpty() ? "0" : digits;
  }

  private static String text(JsonObject model) {
    return model.getString("title", "")
        + "\n"
        + model.getJsonArray("body", new JsonArray()).stream()
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
  }

  /// The function key beside an option of the screen shown now.
  Optional<String> keyBeside(String option) {
    return now.getJsonArray("options", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("id").equals(option) && each.getBoolean("enabled"))
        .map(each -> each.getString("fdk"))
        .findFirst();
  }

  /// In words: what was shown lately.
  String lately() {
    String names =
        screens.stream().map(model -> model.getString("screen")).collect(Collectors.joining(", "));
    String shown = text(now).strip().replace("\n", " · ");
    return (names.isEmpty() ? "no new screen" : names)
        + "; shown is "
        + now.getString("screen", "nothing")
        + (shown.isEmpty() ? "" : ": " + shown);
  }

  private static long seq(JsonObject model) {
    return model.getValue("seq") instanceof Number number ? number.longValue() : -1;
  }
}
