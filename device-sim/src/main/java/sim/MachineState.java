package sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import sim.mechanics.Bin;
import sim.mechanics.Card;
import sim.mechanics.CashUnit;
import sim.mechanics.Denomination;
import sim.mechanics.Key;
import sim.mechanics.Note;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;

/// The machine as a person before it would see it, in the JSON of protocol/back-door.md.
final class MachineState {
  private MachineState() {}

  static JsonObject of(
      long seq, double speed, Collection<SimDevice> devices, List<Customer> customers) {
    JsonObject state = new JsonObject().put("seq", seq).put("speed", speed);
    JsonObject kinds = new JsonObject();
    JsonArray wallet = new JsonArray();
    customers.forEach(customer -> wallet.add(customer(customer, devices)));
    state.put("wallet", wallet);
    for (SimDevice device : devices) {
      state.put(device.name(), device(device));
      JsonArray list = new JsonArray();
      device
          .faults()
          .kinds()
          .forEach(
              kind ->
                  list.add(new JsonObject().put("kind", kind.kind()).put("label", kind.label())));
      kinds.put(device.name(), list);
    }
    return state.put("kinds", kinds);
  }

  private static JsonObject customer(Customer customer, Collection<SimDevice> devices) {
    String where = "wallet";
    for (SimDevice device : devices) {
      if (device instanceof SimCardReader reader) {
        if (reader.card().filter(card -> card.id().equals(customer.id())).isPresent()) {
          where = "reader";
        } else if (reader.retained().stream().anyMatch(c -> c.id().equals(customer.id()))) {
          where = "retained";
        }
      }
    }
    return new JsonObject()
        .put("id", customer.id())
        .put("holder", customer.holder())
        .put("last4", customer.last4())
        .put(
            "expires",
            "%02d/%02d"
                .formatted(customer.expires().getMonthValue(), customer.expires().getYear() % 100))
        .put("pin", customer.pin())
        .put("state", customer.state())
        .put("account", customer.account())
        .put("where", where);
  }

  private static JsonObject device(SimDevice device) {
    JsonObject state =
        new JsonObject()
            .put("model", device.getClass().getSimpleName())
            .put("power", device.powered() ? "on" : "off")
            .put("plugged", device.plugged());
    switch (device) {
      case SimCardReader reader -> cardReader(reader, state);
      case SimPinPad pad -> pinPad(pad, state);
      case SimCashDispenser dispenser -> dispenser(dispenser, state);
      case SimCashAcceptor acceptor -> AcceptorState.put(acceptor, state);
      case SimReceiptPrinter printer -> printer(printer, state);
    }
    JsonArray faults = new JsonArray();
    device
        .faults()
        .armed()
        .forEach(
            fault ->
                faults.add(
                    new JsonObject()
                        .put("kind", fault.kind())
                        .put("when", fault.when().toString())));
    return state.put("faults", faults);
  }

  private static void cardReader(SimCardReader reader, JsonObject state) {
    String media =
        switch (reader.media()) {
          case NOT_PRESENT -> "notPresented";
          case ENTERING -> "entering";
          case PRESENT -> "present";
          case JAMMED -> "jammed";
        };
    state
        .put("media", media)
        .put("card", reader.card().map(Card::id).orElse(null))
        .put("light", word(reader.light()))
        .put("retained", new JsonArray(reader.retained().stream().map(Card::id).toList()));
  }

  private static void pinPad(SimPinPad pad, JsonObject state) {
    state
        .put("entry", word(pad.entry()))
        .put(
            "activeKeys", new JsonArray(pad.activeKeys().stream().sorted().map(Key::word).toList()))
        .put("digits", pad.digits());
  }

  private static void dispenser(SimCashDispenser dispenser, JsonObject state) {
    JsonArray cassettes = new JsonArray();
    Map<Denomination, Integer> none = new TreeMap<>();
    for (CashUnit unit : dispenser.units()) {
      if (unit.role() == CashUnit.Role.CASSETTE) {
        none.put(unit.note(), 0);
        cassettes.add(
            new JsonObject()
                .put("id", unit.id())
                .put("unit", unit.unit())
                .put("note", unit.note().toString())
                .put("initial", unit.loaded())
                .put("count", unit.count())
                .put("status", word(unit.status())));
      }
    }
    state
        .put("cassettes", cassettes)
        .put("stacker", notes(dispenser.stacker()))
        .put("shutter", dispenser.isWatched() ? word(dispenser.shutter()) : "none")
        .put("tray", notes(dispenser.tray()))
        .put("transport", notes(dispenser.transport()))
        .put("taken", counts(none, dispenser.taken()))
        .put("reject", counts(none, dispenser.unit(Bin.REJECT).contents()))
        .put("retract", counts(none, dispenser.unit(Bin.RETRACT).contents()))
        .put("busy", dispenser.busy().orElse(null));
  }

  private static void printer(SimReceiptPrinter printer, JsonObject state) {
    String light =
        printer.busy().isPresent() ? "busy" : printer.slot().isPresent() ? "take" : "off";
    state
        .put("paper", word(printer.paper()))
        .put("slot", printer.slot().map(lines -> new JsonObject().put("lines", lines)).orElse(null))
        .put("light", light)
        .put("taken", printer.taken());
  }

  private static JsonArray notes(List<Note> notes) {
    JsonArray list = new JsonArray();
    for (Note note : notes) {
      list.add(
          new JsonObject()
              .put("id", note.id())
              .put("note", note.note().toString())
              .put("value", note.note().minor()));
    }
    return list;
  }

  private static JsonObject counts(
      Map<Denomination, Integer> none, Map<Denomination, Integer> counts) {
    Map<Denomination, Integer> all = new TreeMap<>(none);
    all.putAll(counts);
    JsonObject json = new JsonObject();
    all.forEach((note, n) -> json.put(note.toString(), n));
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
