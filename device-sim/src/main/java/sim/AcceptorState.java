package sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Banknote;
import sim.mechanics.Denomination;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;

/// An acceptor as a person before it would see it, in the JSON of protocol/back-door.md.
final class AcceptorState {
  private AcceptorState() {}

  static void put(SimCashAcceptor acceptor, JsonObject state) {
    JsonArray bins = new JsonArray();
    for (AcceptorUnit unit : acceptor.units()) {
      if (unit.role() == AcceptorUnit.Role.DEPOSIT) {
        bins.add(
            new JsonObject()
                .put("id", unit.id())
                .put("unit", unit.unit())
                .put("capacity", unit.capacity())
                .put("count", unit.count())
                .put("notes", counts(unit.contents()))
                .put("status", word(unit.status())));
      }
    }
    state
        .put(
            "accepts",
            new JsonArray(acceptor.known().stream().map(Denomination::toString).toList()))
        .put("light", light(acceptor))
        .put("shutter", word(acceptor.shutter()))
        .put("slot", notes(acceptor.slotNotes()))
        .put("transport", notes(acceptor.transport()))
        .put("escrow", notes(acceptor.escrow()))
        .put("bins", bins)
        .put("suspect", counts(acceptor.unit(AcceptorUnit.Role.SUSPECT).contents()))
        .put("retract", counts(acceptor.unit(AcceptorUnit.Role.RETRACT).contents()))
        .put("inserted", counts(acceptor.inserted()))
        .put("returned", counts(acceptor.returned()))
        .put("refused", counts(acceptor.refused()))
        .put("emptied", counts(acceptor.emptied()))
        .put("transaction", word(acceptor.last().state()))
        .put("busy", acceptor.wantsNotes() ? null : acceptor.busy().orElse(null));
  }

  private static String light(SimCashAcceptor acceptor) {
    if (!acceptor.powered()) {
      return "off";
    }
    if (acceptor.wantsNotes()) {
      return "insert";
    }
    if (acceptor.busy().isPresent()) {
      return "busy";
    }
    return acceptor.slotNotes().isEmpty() ? "off" : "take";
  }

  private static JsonArray notes(List<Banknote> notes) {
    JsonArray list = new JsonArray();
    for (Banknote note : notes) {
      Paper paper = note.paper();
      boolean isMoney = paper.note() != null && paper.condition() != Paper.Condition.COUNTERFEIT;
      list.add(
          new JsonObject()
              .put("id", note.id())
              .put("note", paper.toString())
              .put("value", isMoney ? paper.note().minor() : 0));
    }
    return list;
  }

  private static JsonObject counts(Map<Paper, Integer> counts) {
    JsonObject json = new JsonObject();
    counts.forEach((paper, n) -> json.put(paper.toString(), n));
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
