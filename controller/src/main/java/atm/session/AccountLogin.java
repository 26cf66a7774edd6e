package atm.session;

import static atm.session.BankUnavailable.answer;

import atm.host.Host;
import atm.host.Host.Login;
import atm.screen.LoginScreen;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.screen.Screen.Processing;
import atm.value.AccountNumber;
import atm.value.PinBlock;
import java.util.Optional;

/// Account number and PIN, both typed: who is this. A number with a wrong check digit is asked for
/// again and never reaches the bank.
final class AccountLogin {
  private final Machine machine;
  private final Customer customer;

  AccountLogin(Machine machine, Customer customer) {
    this.machine = machine;
    this.customer = customer;
  }

  /// Who it is; empty when the bank does not let them in, which they have been told by then.
  Optional<Holder> login() {
    AccountNumber account = account();
    PinEntry entry = new PinEntry(machine, customer);
    Optional<Integer> triesLeft = Optional.empty();
    for (; ; ) {
      PinBlock pin = entry.typed(account.forPinBlock(), triesLeft);
      customer.show(new Processing(Processing.Work.BANK));
      switch (answer(machine.host().login(account, pin))) {
        case Login.Welcome(Host.Customer known) -> {
          Host.Identity identity = new Host.Identity.ByAccount(account);
          return Optional.of(new Holder(known, identity, Card.none(machine, customer)));
        }
        case Login.WrongPin(int left) -> triesLeft = Optional.of(left);
        case Login.TriesUsedUp _ -> {
          customer.tell(new Screen.Message(Notice.LOGIN_LOCKED));
          return Optional.empty();
        }
        case Login.Refused _ -> {
          customer.tell(new Screen.Message(Notice.LOGIN_REFUSED));
          return Optional.empty();
        }
      }
    }
  }

  private AccountNumber account() {
    for (boolean wrong = false; ; wrong = true) {
      boolean again = wrong;
      AccountEntry entry = new AccountEntry();
      customer.type(
          () -> new LoginScreen.Login(entry.typed(), entry.isWhole(), again && entry.isEmpty()),
          entry::press);
      if (entry.number().isPresent()) return entry.number().get();
    }
  }
}
