package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.TreeSet;
import sim.mechanics.Denomination;

/// The answer of CashManagement.GetBankNoteTypes: what the item types stand for. Stateless.
final class BankNotes {
  private BankNotes() {}

  static JsonObject of(Collection<Denomination> notes) {
    JsonObject items = new JsonObject();
    int id = 1;
    for (Denomination note : new TreeSet<>(notes)) {
      JsonObject item =
          new JsonObject()
              .put("noteID", id++)
              .put("currency", note.currency())
              .put("value", note.value())
              .put("release", 1);
      items.put(CashUnits.type(note), new JsonObject().put("cashItem", item).put("enabled", true));
    }
    return new JsonObject().put("items", items);
  }
}
