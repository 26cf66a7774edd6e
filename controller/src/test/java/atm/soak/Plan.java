package atm.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What one seed makes of a visit: who comes, what they want, and what goes wrong meanwhile.
///
/// @param customer which of the wallet, by place
/// @param wishes what they want, one after the other
record Plan(
    long seed, int customer, Kind kind, boolean withoutCard, List<Wish> wishes, Troubles troubles) {
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

  /// @param welcome of the wallet, by place: customers whose cards the bank takes
  static Plan of(long seed, int customers, List<Integer> welcome) {
    RandomGenerator dice = new SplittableRandom(seed);
    List<Wish> wishes =
        new ArrayList<>(List.of(dice.nextInt(8) < 5 ? Wish.WITHDRAW : Wish.DEPOSIT));
    // One transfer a visit, so that what must have become of it is plain.
    if (dice.nextInt(3) == 0) wishes.add(dice.nextInt(2), oneOf(dice, Wish.values()));
    Troubles troubles = Troubles.of(dice, wishes);
    return new Plan(
        seed,
        dice.nextInt(16) == 0 ? dice.nextInt(customers) : oneOf(dice, welcome),
        // Whose answer is to be lost has to be asked first.
        troubles.needs().orElse(kind(dice, troubles)),
        dice.nextInt(20) == 0,
        wishes,
        troubles);
  }

  /// The same visit to a machine that works.
  Plan untroubled() {
    return new Plan(seed, customer, kind, withoutCard, wishes, Troubles.NONE);
  }

  /// Where the machine is to fail, most people do as they are told: they come so far that it can.
  private static Kind kind(RandomGenerator dice, Troubles troubles) {
    if (dice.nextInt(10) < (troubles.none() ? 4 : 6)) return Kind.CAREFUL;
    return oneOf(dice, Kind.values());
  }

  static <T> T oneOf(RandomGenerator dice, T[] of) {
    return of[dice.nextInt(of.length)];
  }

  static <T> T oneOf(RandomGenerator dice, List<T> of) {
    return of.get(dice.nextInt(of.size()));
  }

  @Override
  public String toString() {
    return "seed %d: %s customer %d%s wants %s%s"
        .formatted(seed, kind, customer, withoutCard ? " without card" : "", wishes, troubles);
  }
}
