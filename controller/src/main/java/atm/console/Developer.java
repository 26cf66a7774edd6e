package atm.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a developer beside the simulated machine may see of the books, and nobody else: served only
/// where a simulator is configured. Read-only; no PIN, card number, key or token is in it.
public interface Developer {
  /// Calls `listener`, from any thread, whenever there may be something new to look at.
  void onChange(Runnable listener);

  /// The books now, and the journal's events after `number`, at most the last `most`.
  Future<Look> look(long number, int most);

  /// @param boxes every account that stands for notes in a place of the machine
  /// @param totals what all accounts of a kind without notes come to, in minor units
  /// @param unsettled how many transactions the books still wait to settle
  record Look(
      List<Event> events,
      List<Box> boxes,
      Map<String, Long> totals,
      String currency,
      int unsettled) {
    JsonObject json() {
      JsonObject sums = new JsonObject();
      totals.forEach(sums::put);
      return new JsonObject()
          .put("events", new JsonArray(events.stream().map(Event::json).toList()))
          .put("boxes", new JsonArray(boxes.stream().map(Box::json).toList()))
          .put("totals", sums)
          .put("currency", currency)
          .put("unsettled", unsettled);
    }
  }

  /// @param stan of the transaction it belongs to, or empty
  record Event(
      long number, Instant at, String kind, String stan, Map<String, String> details, String seal) {
    // The journal has no secrets by its own contract; what still looks like a card number, a key
    // or a token does not get from here into a browser.
    private static final Pattern SECRET =
        Pattern.compile("\\p{XDigit}{24,}|\\d{12,}|[A-Za-z0-9+/]{32,}={0,2}");

    JsonObject json() {
      JsonObject told = new JsonObject();
      details.forEach(
          (key, value) ->
              told.put(
                  key, key.equals("token") ? "••••" : SECRET.matcher(value).replaceAll("••••")));
      return new JsonObject()
          .put("number", number)
          .put("at", at.toString())
          .put("kind", kind)
          .put("stan", stan)
          .put("details", told)
          .put("seal", seal);
    }
  }

  /// @param name of the account, such as `cassette:C1`
  /// @param note such as `20 EUR`
  record Box(String name, String kind, String note, long count) {
    JsonObject json() {
      return new JsonObject()
          .put("name", name)
          .put("kind", kind)
          .put("note", note)
          .put("count", count);
    }
  }
}
