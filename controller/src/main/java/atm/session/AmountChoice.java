package atm.session;

import atm.cash.Mixer;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Screen;
import atm.screen.WithdrawalScreen.Amount;
import atm.screen.WithdrawalScreen.Declined;
import atm.screen.WithdrawalScreen.Declined.Why;
import atm.screen.WithdrawalScreen.FastCash;
import atm.screen.WithdrawalScreen.NotPayable;
import atm.screen.WithdrawalScreen.TooMuch;
import atm.value.Money;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lets the customer choose an amount that the machine can pay, by one key or typed.
final class AmountChoice {
  private static final int KEYS = 6;

  /// In tenths of the smallest note's decade (of a twenty: in ones), the most wanted first; the
  /// first six that the notes make get a key.
  private static final List<Integer> WANTED =
      List.of(20, 50, 100, 200, 150, 300, 40, 60, 80, 10, 400, 500, 1000, 5);

  private final Customer customer;
  private final Mixer mixer;
  private final Money withdrawable;
  private final Why limit;

  /// @param limit why no more than `withdrawable`
  AmountChoice(Customer customer, Mixer mixer, Money withdrawable, Why limit) {
    this.customer = customer;
    this.mixer = mixer;
    this.withdrawable = withdrawable;
    this.limit = limit;
  }

  Money choose() {
    return payable(fromKeys());
  }

  /// Another amount, typed.
  Money again() {
    return payable(typed());
  }

  /// After a refusal of the bank, which would grant `most`.
  Money afterRefusal(Why why, Money most) {
    return payable(instead(why, most));
  }

  private Optional<Money> instead(Why why, Money most) {
    return chosen(customer.ask(new Declined(why, payableUpTo(most))));
  }

  private Optional<Money> payableUpTo(Money most) {
    return mixer.canPay(most) ? Optional.of(most) : mixer.nearestBelow(most);
  }

  private Money payable(Optional<Money> asked) {
    Optional<Money> amount = asked;
    for (; ; ) {
      if (amount.isEmpty()) amount = typed();
      else if (amount.get().isMoreThan(withdrawable)) amount = instead(limit, withdrawable);
      else if (!mixer.canPay(amount.get())) amount = nearest(amount.get());
      else return amount.get();
    }
  }

  private Optional<Money> fromKeys() {
    return chosen(customer.ask(new FastCash(keys())));
  }

  private Optional<Money> nearest(Money asked) {
    Optional<Money> below = mixer.nearestBelow(asked);
    Optional<Money> above = mixer.nearestAbove(asked);
    if (above.isEmpty() && below.isPresent()) {
      return chosen(customer.ask(new TooMuch(below.get())));
    }
    return chosen(
        customer.ask(
            new NotPayable(asked, below, above.filter(more -> !more.isMoreThan(withdrawable)))));
  }

  private Optional<Money> typed() {
    AmountEntry entry = new AmountEntry(withdrawable.currency());
    Screen.Notes notes = Screen.Notes.kinds(mixer.notes());
    Choice choice = customer.type(() -> new Amount(entry.typed(), notes), entry::press);
    return choice == Act.BACK ? fromKeys() : entry.amount();
  }

  private static Optional<Money> chosen(Choice choice) {
    return choice instanceof Choice.Amount(Money money) ? Optional.of(money) : Optional.empty();
  }

  /// Each stays at its place for everybody; what cannot be had now is shown, but not offered.
  private SortedMap<Money, Boolean> keys() {
    SortedMap<Money, Boolean> keys = new TreeMap<>();
    for (int wanted : WANTED) {
      Money money = new Money(wanted * decade() / 10, withdrawable.currency());
      if (keys.size() < KEYS && mixer.canPay(money)) {
        keys.put(money, !money.isMoreThan(withdrawable));
      }
    }
    return keys;
  }

  /// The power of ten at or below the smallest note: of 20.00 it is 10.00.
  private long decade() {
    long decade = 1;
    while (decade * 10 <= mixer.notes().getFirst().minor()) decade *= 10;
    return decade;
  }
}
