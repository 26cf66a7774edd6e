package atm.session;

import atm.device.CardReader;
import atm.device.CardReader.EjectOutcome;
import atm.device.CardReader.RetainOutcome;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.screen.Notice;
import atm.screen.Screen;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The card of the visit that runs: where it is, and how it goes back. Given back at most once.
final class Card {
  enum Whereabouts {
    /// There never was one.
    NONE,
    /// Read in passing: its holder never let go of it.
    IN_HAND,
    INSIDE,
    TAKEN,
    RETAINED,
    /// It does not move, or nobody knows.
    STUCK,
    /// Where its holder could have taken it, of a reader that cannot retain it.
    LEFT
  }

  private static final String UNKNOWN = "unknown";

  private final Machine machine;
  private final Customer customer;
  private final String name;
  private Whereabouts whereabouts;
  private boolean toBeRetained;
  private boolean told;

  private Card(Machine machine, Customer customer, String name, Whereabouts whereabouts) {
    this.machine = machine;
    this.customer = customer;
    this.name = name;
    this.whereabouts = whereabouts;
  }

  /// The one that was just read.
  ///
  /// @param name how the journal calls it: its last four digits, if they could be read
  static Card read(Machine machine, Customer customer, String name) {
    boolean held = machine.reader().capabilities().holds();
    return new Card(machine, customer, name, held ? Whereabouts.INSIDE : Whereabouts.IN_HAND);
  }

  /// One that nobody of this visit has put in.
  static Card found(Machine machine, Customer customer) {
    return new Card(machine, customer, UNKNOWN, Whereabouts.INSIDE);
  }

  /// For somebody who came without.
  static Card none(Machine machine, Customer customer) {
    return new Card(machine, customer, "none", Whereabouts.NONE);
  }

  /// For receipts; empty where there is no card.
  Optional<String> lastFour() {
    return whereabouts == Whereabouts.NONE ? Optional.empty() : Optional.of(name);
  }

  Whereabouts whereabouts() {
    return whereabouts;
  }

  boolean isInside() {
    return whereabouts == Whereabouts.INSIDE;
  }

  /// Whether it can still be given back, or said of it that it is not.
  boolean isHere() {
    return isInside() || whereabouts == Whereabouts.IN_HAND;
  }

  /// Whether it was to go to the retain bin and did not move.
  boolean isToBeRetained() {
    return toBeRetained && whereabouts == Whereabouts.STUCK;
  }

  /// Whether it did not come back to its holder.
  boolean isKept() {
    return switch (whereabouts) {
      case RETAINED, STUCK -> true;
      case NONE, IN_HAND, INSIDE, TAKEN, LEFT -> false;
    };
  }

  /// Gives the card back so that the cash can follow; whether the holder has it now.
  boolean takenBeforeCash() {
    giveBack(true, Optional.empty());
    return !isKept() && whereabouts != Whereabouts.LEFT;
  }

  /// Ends the visit for a reason: with the card on its way out, where there is one.
  void end(Screen.Message because) {
    if (isInside()) giveBack(Optional.of(because));
    else customer.tell(because);
  }

  /// Gives the card back, if it is still inside, and says why. A card left at the exit is retained:
  /// the next customer must not find it. Whoever has it in hand is told alone.
  void giveBack(Optional<Screen.Message> because) {
    if (whereabouts == Whereabouts.IN_HAND) because.ifPresent(customer::tell);
    else giveBack(false, because);
  }

  private void giveBack(boolean cashFollows, Optional<Screen.Message> because) {
    if (!isInside()) return;
    switch (outcome(reader().eject(), EjectOutcome.Stuck::new)) {
      case EjectOutcome.AtExit _ -> awaitTaking(cashFollows, because);
      case EjectOutcome.NoCard _ -> whereabouts = Whereabouts.TAKEN;
      case EjectOutcome.Stuck(Fault why) -> stuck(why);
    }
  }

  private void awaitTaking(boolean cashFollows, Optional<Screen.Message> because) {
    Duration within = customer.timeouts().takeCard();
    int seconds = Math.toIntExact(within.toSeconds());
    customer.show(new Screen.TakeCard(cashFollows, because, seconds), within);
    try {
      if (reader().taken(within).await()) whereabouts = Whereabouts.TAKEN;
      else if (reader().capabilities().retains()) retain("it was not taken");
      else leave();
    } catch (DeviceException lost) {
      stuck(lost.fault());
    }
  }

  /// The machine serves nobody else until it is gone, and asks for it again and again; noted once,
  /// by the visit whose card it is.
  private void leave() {
    whereabouts = Whereabouts.LEFT;
    if (!name.equals(UNKNOWN)) note("card-left", "it was not taken, and cannot be retained");
  }

  /// Keeps the card for its bank, and tells the holder; where the reader cannot, the journal says
  /// that it should have been kept.
  void keepForTheBank(String why, Notice notice) {
    if (reader().capabilities().retains()) {
      retain(why);
      tellIfKept(notice);
    } else {
      note("card-not-retained", why);
      giveBack(Optional.of(new Screen.Message(Notice.CARD_BLOCKED)));
    }
  }

  /// Moves the card into the retain bin.
  void retain(String why) {
    toBeRetained = true;
    switch (outcome(reader().retain(), RetainOutcome.Stuck::new)) {
      case RetainOutcome.Retained _ -> {
        whereabouts = Whereabouts.RETAINED;
        note("card-retained", why);
      }
      case RetainOutcome.NoCard _ -> whereabouts = Whereabouts.TAKEN;
      case RetainOutcome.Stuck(Fault fault) -> stuck(fault);
    }
  }

  /// Tries again what stuck before, which has been noted then.
  void retainAfterAll() {
    toBeRetained = true;
    RetainOutcome outcome = outcome(reader().retain(), RetainOutcome.Stuck::new);
    if (outcome instanceof RetainOutcome.Stuck) whereabouts = Whereabouts.STUCK;
    else whereabouts = Whereabouts.RETAINED;
    if (outcome instanceof RetainOutcome.Retained) note("card-retained", "it moves again");
  }

  /// Says so where the card did not come back to its holder. Once.
  void tellIfKept(Notice whyRetained) {
    if (told) return;
    told = true;
    switch (whereabouts) {
      case RETAINED -> customer.tell(new Screen.Message(whyRetained));
      case STUCK -> customer.tell(new Screen.Message(Notice.CARD_STUCK));
      case NONE, IN_HAND, INSIDE, TAKEN, LEFT -> {}
    }
  }

  private void stuck(Fault why) {
    whereabouts = Whereabouts.STUCK;
    Trouble trouble = Trouble.of(DeviceKind.CARD_READER, why);
    BankUnavailable.answer(
        trouble.note(machine.ledger().journal(), "card-stuck", Map.of("card", name)));
  }

  private void note(String kind, String why) {
    BankUnavailable.answer(machine.ledger().journal().note(kind, Map.of("card", name, "why", why)));
  }

  private CardReader reader() {
    return machine.reader();
  }

  /// A card has to be accounted for: a failure is an outcome too.
  private static <T> T outcome(Future<T> act, Function<Fault, T> unknown) {
    return act.otherwise(failure -> unknown.apply(DeviceException.faultOf(failure))).await();
  }
}
