package atm.session;

import atm.host.Host;
import atm.screen.AccountScreen.AccountChoice;
import atm.screen.AccountScreen.AccountChoice.Purpose;
import atm.screen.Choice;
import atm.value.AccountNumber;
import java.util.List;
import java.util.Optional;

/// Lets the customer choose an account, where there are several.
final class Accounts {
  private Accounts() {}

  /// Empty when the customer goes a step back.
  static Optional<AccountNumber> choose(Customer customer, Holder holder, Purpose purpose) {
    List<Host.Account> accounts = holder.who().accounts();
    if (accounts.size() == 1) return Optional.of(accounts.getFirst().number());
    List<Choice.Account> choices =
        accounts.stream().map(a -> new Choice.Account(a.number(), a.kind())).toList();
    return customer.ask(new AccountChoice(purpose, choices)) instanceof Choice.Account chosen
        ? Optional.of(chosen.number())
        : Optional.empty();
  }
}
