package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.cash.Mixer;
import atm.device.CashDispenser;
import atm.host.Host;
import atm.host.Host.Authorisation;
import atm.host.Host.Decline;
import atm.screen.AccountScreen.AccountChoice.Purpose;
import atm.screen.Choice.Act;
import atm.screen.Notice;
import atm.screen.Receipt;
import atm.screen.Receipt.Withdrawal.Outcome;
import atm.screen.Screen;
import atm.screen.Screen.Notes;
import atm.screen.Screen.Processing;
import atm.screen.WithdrawalScreen.Confirm;
import atm.screen.WithdrawalScreen.Declined.Why;
import atm.value.AccountNumber;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One withdrawal, from the choice of an amount to the receipt.
final class Withdrawal {
  private final Machine machine;
  private final CashDispenser dispenser;
  private final Customer customer;
  private final Holder holder;
  private final Card card;

  Withdrawal(Machine machine, CashDispenser dispenser, Customer customer, Holder holder) {
    this.machine = machine;
    this.dispenser = dispenser;
    this.customer = customer;
    this.holder = holder;
    this.card = holder.card();
  }

  /// Whether it ended the visit, and the card is on its way out or gone; not so when the customer
  /// went back to the menu before.
  ///
  /// @param mixer of the notes of this moment; nobody else takes any meanwhile
  boolean run(Mixer mixer) {
    Optional<AccountNumber> chosen = Accounts.choose(customer, holder, Purpose.WITHDRAW);
    if (chosen.isEmpty()) return false;
    AccountNumber account = chosen.get();
    Host.Balance balance = answer(machine.host().balance(holder.who(), account));
    if (balance.limitedBy() == Decline.ACCOUNT_CLOSED) return closed();
    AmountChoice choice =
        new AmountChoice(customer, mixer, balance.withdrawable(), onScreen(balance.limitedBy()));
    Money amount = choice.choose();
    for (; ; ) {
      Mix mix = mixer.mix(amount).orElseThrow();
      if (!confirms(amount, mix, mixer)) {
        amount = choice.again();
        continue;
      }
      boolean receipt = new ReceiptDesk(machine, customer).isWanted();
      switch (authorise(account, amount)) {
        case Authorisation.Approved(Stan stan) -> {
          pay(stan, account, amount, mix, mixer, receipt);
          return true;
        }
        case Authorisation.Declined(Decline why, _) when why == Decline.ACCOUNT_CLOSED -> {
          return closed();
        }
        case Authorisation.Declined(Decline why, Money most) ->
            amount = choice.afterRefusal(onScreen(why), most);
      }
    }
  }

  private boolean closed() {
    card.end(new Screen.Message(Notice.ACCOUNT_CLOSED));
    return true;
  }

  private boolean confirms(Money amount, Mix mix, Mixer mixer) {
    return customer.ask(new Confirm(amount, new Notes(notes(mix.byCassette(), mixer))))
        == Act.CONFIRM;
  }

  private Authorisation authorise(AccountNumber account, Money amount) {
    customer.show(new Processing(Processing.Work.BANK));
    return answer(machine.host().authorise(customer.newRequest(), holder.who(), account, amount));
  }

  private void pay(
      Stan stan, AccountNumber account, Money amount, Mix mix, Mixer mixer, boolean receipt) {
    Payout payout = new Payout(machine, dispenser, customer, card);
    Settled settled = payout.pay(stan, amount, mix);
    boolean inPart = settled == Settled.PAID_IN_PART;
    SortedMap<Money, Integer> notes =
        notes(inPart ? payout.handedOut().byCassette() : mix.byCassette(), mixer);
    switch (settled) {
      case PAID -> {}
      case PAID_IN_PART -> tellOf(Notice.CASH_SHORT, Optional.of(stan));
      case REVERSED -> tellOf(Notice.CASH_FAILED, Optional.empty());
      case RETRACTED -> tellOf(Notice.CASH_NOT_TAKEN, Optional.of(stan));
      case SUSPECT, OPEN -> tellOf(Notice.CASH_UNCLEAR, Optional.of(stan));
    }
    if (!receipt || settled == Settled.REVERSED) return;
    ReceiptDesk desk = new ReceiptDesk(machine, customer);
    desk.give(
        new Receipt.Withdrawal(
            desk.issue(card),
            stan,
            account,
            inPart ? worth(notes, amount) : amount,
            notes,
            onPaper(settled)));
  }

  /// With the card on its way out, if it is still inside; a reference stays a while longer. A card
  /// that was kept is told of by itself, and that no cash was paid with it.
  private void tellOf(Notice notice, Optional<Stan> reference) {
    Screen.Message message = new Screen.Message(notice, reference);
    boolean told = card.isInside();
    if (told) card.giveBack(Optional.of(message));
    if (reference.isPresent() || !told && !card.isKept()) customer.tell(message);
  }

  private static SortedMap<Money, Integer> notes(Map<String, Integer> byCassette, Mixer mixer) {
    SortedMap<Money, Integer> notes = new TreeMap<>();
    Map<String, Money> noteOf = mixer.noteByCassette();
    byCassette.forEach(
        (cassette, count) -> {
          if (count > 0) notes.merge(noteOf.get(cassette), count, Integer::sum);
        });
    return notes;
  }

  private static Money worth(Map<Money, Integer> notes, Money asked) {
    return notes.entrySet().stream()
        .map(each -> each.getKey().times(each.getValue()))
        .reduce(Money.zero(asked.currency()), Money::plus);
  }

  private static Why onScreen(Decline why) {
    return switch (why) {
      case OVER_BALANCE -> Why.BALANCE;
      case OVER_WITHDRAWAL_LIMIT -> Why.WITHDRAWAL_LIMIT;
      case OVER_DAILY_LIMIT -> Why.DAILY_LIMIT;
      case ACCOUNT_CLOSED -> throw new IllegalArgumentException("a closed account grants nothing");
    };
  }

  private static Outcome onPaper(Settled settled) {
    return switch (settled) {
      case PAID, PAID_IN_PART -> Outcome.PAID;
      case RETRACTED -> Outcome.NOT_TAKEN;
      case SUSPECT, OPEN -> Outcome.UNCLEAR;
      case REVERSED -> throw new IllegalArgumentException("nothing to put on paper");
    };
  }
}
