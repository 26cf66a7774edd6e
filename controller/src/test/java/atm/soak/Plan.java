package atm.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What one seed makes of a visit: who comes, what they want, and what goes wrong meanwhile.
///
/// @param customer which of the wallet, by place
/// @param wishes what they want, one after the other
/// @param hands what is done to a device before the visit begins
record Plan(
    long seed,
    int customer,
    Kind kind,
    boolean withoutCard,
    List<Wish> wishes,
    Optional<Mechanical> hands,
    Optional<FaultyWire.Fault> wire) {
  /// How somebody behaves.
  enum Kind {
    CAREFUL,
    /// Presses keys before they are asked for, and cancels.
    IMPATIENT,
    FORGETS_CARD,
    FORGETS_CASH,
    WRONG_PIN,
    WALKS_AWAY,
    /// Answers when asked whether more time is needed.
    SLOW,
    /// Presses whatever can be pressed.
    CURIOUS
  }

  enum Wish {
    WITHDRAW,
    DEPOSIT,
    TRANSFER,
    BALANCE,
    CHANGE_PIN
  }

  /// @param kind a fault of the device, or `unplug`, `power-cut`
  /// @param atScreen after how many screens of the visit
  record Mechanical(String device, String kind, String when, int atScreen) {
    @Override
    public String toString() {
      return device + " " + kind + " " + when + " at screen " + atScreen;
    }
  }

  private static final List<String> DISPENSER =
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
          "power-cut");
  private static final List<String> ACCEPTOR =
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
          "power-cut");
  private static final List<String> READER =
      List.of("jam", "unreadable", "dead", "unplug", "power-cut");
  private static final List<String> PAD =
      List.of("dead", "stuck-key", "key-lost", "unplug", "power-cut");
  private static final List<String> PRINTER =
      List.of("paper-low", "paper-out", "jam", "dead", "unplug", "power-cut");

  /// The messages between which money is at stake, and all others.
  private static final List<String> MESSAGES =
      List.of(
          "CashDispenser.Dispense",
          "CashDispenser.Dispense",
          "CashDispenser.Present",
          "CashDispenser.Present",
          "CashDispenser.Reject",
          "CashDispenser.GetPresentStatus",
          "CashManagement.Retract",
          "CashManagement.ItemsTaken",
          "CashAcceptor.CashInStart",
          "CashAcceptor.CashIn",
          "CashAcceptor.CashInEnd",
          "CashAcceptor.CashInRollback",
          "CashAcceptor.GetCashInStatus",
          "Storage.GetStorage",
          "Common.Status",
          "Common.GetCommandNonce",
          "CardReader.Move",
          "CardReader.ReadRawData",
          "CardReader.MediaRemoved",
          "Keyboard.PinEntry",
          "Keyboard.DataEntry",
          "PinPad.GetPinBlock",
          "",
          "",
          "");

  /// @param welcome of the wallet, by place: customers whose cards the bank takes
  static Plan of(long seed, int customers, List<Integer> welcome) {
    RandomGenerator dice = new SplittableRandom(seed);
    Kind kind = oneOf(dice, Kind.values());
    // Half of the people are careful: what is broken should be the machine.
    if (dice.nextInt(10) < 4) kind = Kind.CAREFUL;
    List<Wish> wishes = new ArrayList<>();
    for (int n = 1 + dice.nextInt(2); n > 0; n--) {
      int which = dice.nextInt(20);
      Wish wish =
          which < 9
              ? Wish.WITHDRAW
              : which < 14
                  ? Wish.DEPOSIT
                  : which < 17 ? Wish.TRANSFER : which < 19 ? Wish.BALANCE : Wish.CHANGE_PIN;
      // One transfer a visit, so that what must have become of it is plain.
      if (wish != Wish.TRANSFER || !wishes.contains(wish)) wishes.add(wish);
    }
    int trouble = dice.nextInt(10);
    return new Plan(
        seed,
        dice.nextInt(8) == 0 ? dice.nextInt(customers) : oneOf(dice, welcome),
        kind,
        dice.nextInt(20) == 0,
        wishes,
        trouble < 4 ? Optional.of(mechanical(dice, wishes)) : Optional.empty(),
        trouble >= 3 && trouble < 7 ? Optional.of(onTheWire(dice)) : Optional.empty());
  }

  private static Mechanical mechanical(RandomGenerator dice, List<Wish> wishes) {
    int which = dice.nextInt(10);
    boolean pays = wishes.contains(Wish.WITHDRAW);
    String device =
        which < 5
            ? pays ? "cash-dispenser" : "cash-acceptor"
            : which < 7
                ? "cash-acceptor"
                : which < 8 ? "card-reader" : which < 9 ? "pin-pad" : "receipt-printer";
    String kind =
        oneOf(
            dice,
            switch (device) {
              case "cash-dispenser" -> DISPENSER;
              case "cash-acceptor" -> ACCEPTOR;
              case "card-reader" -> READER;
              case "pin-pad" -> PAD;
              default -> PRINTER;
            });
    boolean byNote =
        device.equals("cash-dispenser") && List.of("jam", "double", "dead").contains(kind)
            || device.equals("cash-acceptor") && List.of("jam", "store-jam", "dead").contains(kind);
    String when =
        switch (dice.nextInt(4)) {
          case 0 -> "now";
          case 1 -> byNote ? "at-note:" + (1 + dice.nextInt(5)) : "always";
          default -> byNote ? "at-note:" + (1 + dice.nextInt(5)) : "once";
        };
    return new Mechanical(device, kind, when, dice.nextInt(24));
  }

  private static FaultyWire.Fault onTheWire(RandomGenerator dice) {
    FaultyWire.Harm harm = oneOf(dice, FaultyWire.Harm.values());
    if (dice.nextInt(4) == 0) harm = FaultyWire.Harm.POWER_CUT;
    String name = oneOf(dice, MESSAGES);
    int most = name.isEmpty() ? 150 : name.startsWith("Cash") ? 2 : 6;
    return new FaultyWire.Fault(
        harm, name, dice.nextBoolean(), 1 + dice.nextInt(most), dice.nextInt(1 << 20));
  }

  static <T> T oneOf(RandomGenerator dice, T[] of) {
    return of[dice.nextInt(of.length)];
  }

  static <T> T oneOf(RandomGenerator dice, List<T> of) {
    return of.get(dice.nextInt(of.size()));
  }

  @Override
  public String toString() {
    return "seed %d: %s customer %d%s wants %s%s%s"
        .formatted(
            seed,
            kind,
            customer,
            withoutCard ? " without card" : "",
            wishes,
            hands.map(h -> "; " + h).orElse(""),
            wire.map(w -> "; " + w).orElse(""));
  }
}
