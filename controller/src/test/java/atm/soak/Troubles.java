package atm.soak;

import atm.soak.FaultyWire.Harm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What goes wrong in one visit: with a device, on the wire, with the power at a write of the
/// books. Most of it where money is at stake for what the customer wants.
record Troubles(
    Optional<Mechanical> hands, Optional<FaultyWire.Fault> wire, Optional<AtWrite> write) {
  static final Troubles NONE = new Troubles(Optional.empty(), Optional.empty(), Optional.empty());

  /// When the screen of that name is shown for the n-th time.
  record Moment(String screen, int nth) {
    @Override
    public String toString() {
      return nth == 1 ? "at " + screen : "at " + screen + " number " + nth;
    }
  }

  /// @param kind a fault of the device, or `unplug`, `power-cut`
  record Mechanical(String device, String kind, String when, Moment moment) {
    @Override
    public String toString() {
      return device + " " + kind + " " + when + " " + moment;
    }
  }

  /// The power goes just before the books are written to for the n-th time.
  ///
  /// @param again counted from when the power is back, once more; 0 for not at all
  record AtWrite(Power.Of of, Moment moment, int nth, int again) {
    @Override
    public String toString() {
      return "power of "
          + of
          + " goes before write "
          + nth
          + " "
          + moment
          + (again > 0 ? ", and again before write " + again : "");
    }
  }

  /// A device's faults, and the screens at which its work begins.
  private record Kinds(String device, List<String> kinds, List<String> byNote, List<String> at) {}

  private static final Kinds DISPENSER =
      new Kinds(
          "cash-dispenser",
          List.of(
              "jam",
              "double",
              "shutter-jam",
              "exit-sensor",
              "reply-lost",
              "retract-jam",
              "dead",
              "cassette-missing:C2",
              "unplug",
              "unplug",
              "power-cut",
              "power-cut"),
          List.of("jam", "double", "dead"),
          List.of("confirm", "processing", "take-card", "take-cash", "take-cash", "take-cash"));
  private static final Kinds ACCEPTOR =
      new Kinds(
          "cash-acceptor",
          List.of(
              "jam",
              "store-jam",
              "escrow-stuck",
              "shutter-jam",
              "exit-sensor",
              "bin-full",
              "bin-missing:D1",
              "retract-jam",
              "reply-lost",
              "dead",
              "unplug",
              "unplug",
              "power-cut",
              "power-cut"),
          List.of("jam", "store-jam", "dead"),
          List.of("menu", "insert-cash", "insert-cash", "count-cash", "processing", "take-cash"));
  private static final Kinds READER =
      new Kinds(
          "card-reader",
          List.of("jam", "unreadable", "dead", "unplug", "power-cut"),
          List.of(),
          List.of("idle", "pin", "processing", "take-card"));
  private static final Kinds PAD =
      new Kinds(
          "pin-pad",
          List.of("dead", "stuck-key", "key-lost", "unplug", "power-cut"),
          List.of(),
          List.of("pin", "menu", "amount"));
  private static final Kinds PRINTER =
      new Kinds(
          "receipt-printer",
          List.of("paper-low", "paper-out", "jam", "dead", "unplug", "power-cut"),
          List.of(),
          List.of("menu", "take-card", "take-cash", "take-receipt"));

  private static final List<Harm> HARMS = List.of(Harm.values());

  /// After which nobody knows what was done.
  private static final List<Harm> LOSSES =
      List.of(Harm.DROP, Harm.CUT, Harm.POWER_CUT, Harm.DEVICES_CUT, Harm.BLACKOUT);

  private static final String REJECT = "CashDispenser.Reject";
  private static final String RETRACT = "CashManagement.Retract";
  private static final Mechanical SHUTTER =
      new Mechanical("cash-dispenser", "shutter-jam", "always", new Moment("confirm", 1));

  private static final String AGAIN = "power of controller once more";
  private static final String COMMAND = " command";
  private static final List<String> PAYING =
      List.of(
          "Common.GetCommandNonce",
          "CashDispenser.Dispense",
          "CashDispenser.Dispense",
          "CashDispenser.Dispense",
          "CashDispenser.Present",
          "CashDispenser.Present",
          REJECT,
          REJECT,
          REJECT,
          RETRACT,
          RETRACT,
          "CashManagement.ItemsTakenEvent",
          "CashManagement.ItemsTakenEvent",
          "CashManagement.ItemsTakenEvent",
          "CashDispenser.GetPresentStatus");
  private static final List<String> TAKING =
      List.of(
          "CashAcceptor.CashInStart",
          "CashAcceptor.CashIn",
          "CashAcceptor.CashIn",
          "CashAcceptor.CashInEnd",
          "CashAcceptor.CashInEnd",
          "CashAcceptor.CashInRollback",
          RETRACT,
          "CashManagement.ItemsTakenEvent",
          "CashAcceptor.GetCashInStatus");
  private static final List<String> OTHERS =
      List.of(
          "Common.Status",
          "CardReader.Move",
          "CardReader.ReadRawData",
          "CardReader.MediaRemovedEvent",
          "Keyboard.PinEntry",
          "Keyboard.DataEntry",
          "PinPad.GetPinBlock",
          "Printer.PrintRaw",
          "",
          "");

  /// A word for each kind there is.
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (Kinds of : List.of(DISPENSER, ACCEPTOR, READER, PAD, PRINTER)) {
      of.kinds.stream().distinct().forEach(kind -> all.add(of.device + " " + kind));
    }
    for (Harm harm : Harm.values()) all.add("wire " + Soak.word(harm));
    for (Power.Of of : List.of(Power.Of.CONTROLLER, Power.Of.BOTH)) all.add(write(of));
    all.add(AGAIN);
    return all;
  }

  private static String write(Power.Of of) {
    return "power of " + Soak.word(of) + " at a write";
  }

  /// What came to pass in a visit, in the words of `all`.
  ///
  /// @param struck whether what was meant for the wire did
  /// @param atWrites how often the power went at a write
  List<String> happened(Mishaps mishaps, boolean struck, int atWrites) {
    List<String> happened = new ArrayList<>();
    hands.filter(mishaps::happened).ifPresent(h -> happened.add(h.device + " " + h.kind));
    wire.filter(_ -> struck).ifPresent(w -> happened.add("wire " + Soak.word(w.harm())));
    if (atWrites > 0) happened.add(write(write.orElseThrow().of));
    if (atWrites > 1) happened.add(AGAIN);
    return happened;
  }

  boolean none() {
    return hands.isEmpty() && wire.isEmpty() && write.isEmpty();
  }

  /// In three visits of twenty nothing does.
  static Troubles of(RandomGenerator dice, List<Plan.Wish> wishes) {
    int which = dice.nextInt(20);
    boolean hands = which >= 3 && which < 10 || which >= 18;
    boolean wire = which >= 10 && which < 16 || which == 18;
    boolean write = which == 16 || which == 17 || which == 19;
    Optional<FaultyWire.Fault> fault =
        wire ? Optional.of(onTheWire(dice, wishes)) : Optional.empty();
    if (fault.filter(f -> f.name().startsWith(REJECT)).isPresent() && dice.nextInt(3) > 0) {
      return new Troubles(Optional.of(SHUTTER), fault, Optional.empty());
    }
    return new Troubles(
        hands ? Optional.of(mechanical(dice, wishes)) : Optional.empty(),
        fault,
        write ? Optional.of(atWrite(dice, wishes)) : Optional.empty());
  }

  /// Who makes the machine say what is to be harmed, if not everybody does.
  Optional<Plan.Kind> needs() {
    return wire.flatMap(
        fault -> {
          if (fault.name().startsWith(RETRACT)) return Optional.of(Plan.Kind.FORGETS_CASH);
          // Or the shutter does, and has the notes rejected as well.
          if (fault.name().startsWith(REJECT) && hands.isEmpty()) {
            return Optional.of(Plan.Kind.FORGETS_CARD);
          }
          return Optional.empty();
        });
  }

  private static Mechanical mechanical(RandomGenerator dice, List<Plan.Wish> wishes) {
    int which = dice.nextInt(10);
    Kinds kinds =
        switch (which) {
          case 7 -> READER;
          case 8 -> PAD;
          case 9 -> PRINTER;
          default -> {
            if (!wishes.contains(Plan.Wish.WITHDRAW)) yield ACCEPTOR;
            yield wishes.contains(Plan.Wish.DEPOSIT) && dice.nextBoolean() ? ACCEPTOR : DISPENSER;
          }
        };
    String kind = Plan.oneOf(dice, kinds.kinds);
    boolean byNote = kinds.byNote.contains(kind);
    String when =
        switch (dice.nextInt(4)) {
          case 0 -> "now";
          case 1 -> byNote ? "at-note:" + (1 + dice.nextInt(5)) : "always";
          default -> byNote ? "at-note:" + (1 + dice.nextInt(5)) : "once";
        };
    return new Mechanical(kinds.device, kind, when, moment(dice, kinds.at));
  }

  private static Moment moment(RandomGenerator dice, List<String> screens) {
    String screen = Plan.oneOf(dice, screens);
    return new Moment(screen, screen.equals("processing") ? 1 + dice.nextInt(3) : 1);
  }

  private static FaultyWire.Fault onTheWire(RandomGenerator dice, List<Plan.Wish> wishes) {
    Harm harm = Plan.oneOf(dice, dice.nextBoolean() ? HARMS : LOSSES);
    int which = dice.nextInt(10);
    List<String> names =
        which < 2
            ? OTHERS
            : !wishes.contains(Plan.Wish.WITHDRAW)
                    || which < 6 && wishes.contains(Plan.Wish.DEPOSIT)
                ? TAKING
                : PAYING;
    String name = Plan.oneOf(dice, names);
    int at = dice.nextInt(1 << 20);
    if (name.isEmpty()) {
      return new FaultyWire.Fault(harm, name, dice.nextBoolean(), 1 + dice.nextInt(150), at);
    }
    boolean event = name.endsWith("Event");
    String type =
        event
            ? ""
            : Plan.oneOf(dice, List.of(COMMAND, " acknowledge", " completion", " completion"));
    int nth = dice.nextInt(4) == 0 ? 2 : 1;
    return new FaultyWire.Fault(harm, name + type, type.equals(COMMAND), nth, at);
  }

  private static AtWrite atWrite(RandomGenerator dice, List<Plan.Wish> wishes) {
    List<String> screens =
        wishes.contains(Plan.Wish.WITHDRAW)
            ? List.of("confirm", "processing", "take-card", "take-cash")
            : wishes.contains(Plan.Wish.DEPOSIT)
                ? List.of("insert-cash", "count-cash", "processing")
                : List.of("pin", "menu", "confirm");
    return new AtWrite(
        dice.nextInt(3) == 0 ? Power.Of.BOTH : Power.Of.CONTROLLER,
        moment(dice, screens),
        1 + dice.nextInt(25),
        dice.nextInt(3) == 0 ? 1 + dice.nextInt(40) : 0);
  }

  @Override
  public String toString() {
    return hands.map(h -> "; " + h).orElse("")
        + wire.map(w -> "; " + w).orElse("")
        + write.map(w -> "; " + w).orElse("");
  }
}
