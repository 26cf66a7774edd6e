package atm.console;

import atm.value.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What an operator sees: how the machine is, what it holds by the books, and what waits for a
/// person.
///
/// @param notes the denominations to count by
public record OperatorView(
    String machine,
    boolean inService,
    String reason,
    List<Money> notes,
    List<Matter> matters,
    List<Box> boxes) {
  /// Something that waits for a person.
  ///
  /// @param kind which act ends it: `envelope`, `suspect-withdrawal` …
  /// @param account masked
  public record Matter(
      String reference, String kind, String account, Money amount, Instant since) {}

  /// One denomination in a cassette or bin.
  public record Box(String id, boolean cassette, Money note, long count) {}

  JsonObject json() {
    return new JsonObject()
        .put("machine", machine)
        .put("inService", inService)
        .put("reason", reason)
        .put("notes", new JsonArray(notes.stream().map(Money::toString).toList()))
        .put("matters", new JsonArray(matters.stream().map(OperatorView::json).toList()))
        .put("boxes", new JsonArray(boxes.stream().map(OperatorView::json).toList()));
  }

  private static JsonObject json(Matter matter) {
    return new JsonObject()
        .put("reference", matter.reference)
        .put("kind", matter.kind.toLowerCase(Locale.ROOT))
        .put("account", matter.account)
        .put("amount", matter.amount.toString())
        .put("since", matter.since.toString());
  }

  private static JsonObject json(Box box) {
    return new JsonObject()
        .put("id", box.id)
        .put("cassette", box.cassette)
        .put("note", box.note.toString())
        .put("count", box.count);
  }
}
