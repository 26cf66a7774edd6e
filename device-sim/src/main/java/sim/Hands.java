package sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import sim.mechanics.Card;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.Key;
import sim.mechanics.Paper;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.When;

/// The acts of hands by name, as protocol/back-door.md lists them. Runs on the mechanics' context.
final class Hands {
  /// No such device or action.
  static final class Unknown extends RuntimeException {
    Unknown(String message) {
      super(message);
    }
  }

  /// What can be done to each device: protocol/back-door.md.
  static final Map<String, Set<String>> ACTS = acts();

  private final Map<String, SimDevice> devices;
  private final Map<String, Card> cards;

  Hands(Collection<SimDevice> devices, List<Customer> customers) {
    this.devices = devices.stream().collect(Collectors.toMap(SimDevice::name, Function.identity()));
    this.cards =
        customers.stream().collect(Collectors.toMap(Customer::id, customer -> customer.card()));
  }

  private static Map<String, Set<String>> acts() {
    Map<String, Set<String>> acts = new TreeMap<>();
    acts.put("card-reader", Set.of("insert", "take", "empty"));
    acts.put("pin-pad", Set.of("press"));
    acts.put("cash-dispenser", Set.of("take"));
    acts.put("cash-acceptor", Set.of("insert", "take", "empty"));
    acts.put("receipt-printer", Set.of("take", "refill"));
    acts.replaceAll(
        (_, own) -> {
          Set<String> all = new TreeSet<>(own);
          all.addAll(Set.of("fault", "unplug", "plug", "power-cut"));
          return all;
        });
    return acts;
  }

  /// Does the act. [Unknown] for a name nobody has, [IllegalArgumentException] for a wrong body,
  /// [ImpossibleAct] for what cannot be done now.
  void act(String deviceName, String action, JsonObject body) {
    SimDevice device = devices.get(deviceName);
    if (device == null) {
      throw new Unknown("no device '" + shown(deviceName) + "', there is " + devices.keySet());
    }
    boolean done =
        switch (device) {
          case SimCardReader reader -> cardReader(reader, action, body);
          case SimPinPad pad -> pinPad(pad, action, body);
          case SimCashDispenser dispenser -> dispenser(dispenser, action, body);
          case SimCashAcceptor acceptor -> acceptor(acceptor, action, body);
          case SimReceiptPrinter printer -> printer(printer, action, body);
        };
    if (!done && !any(device, action, body)) {
      throw new Unknown("a " + deviceName + " has no action '" + shown(action) + "'");
    }
  }

  private boolean cardReader(SimCardReader reader, String action, JsonObject body) {
    switch (action) {
      case "insert" -> {
        allow(body, "card");
        Card card = cards.get(text(body, "card"));
        if (card == null) {
          throw new IllegalArgumentException("no card '" + shown(text(body, "card")) + "'");
        }
        if (reader.card().filter(in -> in.id().equals(card.id())).isPresent()) {
          throw new ImpossibleAct("card-reader: the card " + card.id() + " is in it already");
        }
        if (reader.retained().stream().anyMatch(kept -> kept.id().equals(card.id()))) {
          throw new ImpossibleAct("card-reader: the card " + card.id() + " was retained");
        }
        reader.insert(card);
      }
      case "take" -> {
        allow(body);
        reader.take();
      }
      case "empty" -> {
        allow(body);
        reader.emptyBin();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean pinPad(SimPinPad pad, String action, JsonObject body) {
    if (!action.equals("press")) {
      return false;
    }
    allow(body, "key");
    pad.press(Key.of(text(body, "key")));
    return true;
  }

  private static boolean dispenser(SimCashDispenser dispenser, String action, JsonObject body) {
    if (!action.equals("take")) {
      return false;
    }
    allow(body);
    dispenser.take();
    return true;
  }

  private static boolean acceptor(SimCashAcceptor acceptor, String action, JsonObject body) {
    switch (action) {
      case "insert" -> {
        allow(body, "notes");
        acceptor.insert(papers(body));
      }
      case "take" -> {
        allow(body);
        acceptor.take();
      }
      case "empty" -> {
        allow(body, "bin");
        acceptor.empty(text(body, "bin"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static List<Paper> papers(JsonObject body) {
    if (!(body.getValue("notes") instanceof JsonArray notes)) {
      throw new IllegalArgumentException("the field 'notes' wants a list of texts");
    }
    List<Paper> papers = new ArrayList<>();
    for (Object note : notes) {
      if (!(note instanceof String words)) {
        throw new IllegalArgumentException("the field 'notes' wants a list of texts");
      }
      papers.add(Paper.parse(shown(words)));
    }
    return papers;
  }

  private static boolean printer(SimReceiptPrinter printer, String action, JsonObject body) {
    switch (action) {
      case "take" -> {
        allow(body);
        printer.take();
      }
      case "refill" -> {
        allow(body);
        printer.refill();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean any(SimDevice device, String action, JsonObject body) {
    switch (action) {
      case "fault" -> fault(device, body);
      case "unplug" -> {
        allow(body);
        device.unplug();
      }
      case "plug" -> {
        allow(body);
        device.plug();
      }
      case "power-cut" -> {
        allow(body);
        device.powerCut();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void fault(SimDevice device, JsonObject body) {
    allow(body, "kind", "when", "clear");
    String kind = text(body, "kind");
    When when = body.containsKey("when") ? When.parse(text(body, "when")) : When.NOW;
    switch (body.getValue("clear", false)) {
      case Boolean clear when clear -> device.clearFault(kind);
      case Boolean _ -> device.fault(kind, when);
      case null, default -> throw new IllegalArgumentException("clear wants true or false");
    }
  }

  private static void allow(JsonObject body, String... fields) {
    for (String field : body.fieldNames()) {
      if (!Set.of(fields).contains(field)) {
        throw new IllegalArgumentException(
            "unknown field '" + shown(field) + "', there is " + List.of(fields));
      }
    }
  }

  private static String text(JsonObject body, String field) {
    if (body.getValue(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("the field '" + field + "' wants a text");
  }

  /// What a stranger wrote, short enough to be said back.
  private static String shown(String word) {
    return word.length() <= 40 ? word : word.substring(0, 40) + "…";
  }
}
