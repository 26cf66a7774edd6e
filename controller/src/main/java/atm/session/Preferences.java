package atm.session;

import atm.screen.Choice;
import atm.screen.Screen;
import java.util.function.Function;

/// What a customer sets for the visit: the language, and what helps to read, to hear and to be in
/// time.
final class Preferences {
  private final Machine machine;
  private final Customer customer;
  private final Function<Screen, Choice> ask;

  Preferences(Machine machine, Customer customer) {
    this(machine, customer, customer::ask);
  }

  /// @param ask answers with what was chosen on a screen
  Preferences(Machine machine, Customer customer, Function<Screen, Choice> ask) {
    this.machine = machine;
    this.customer = customer;
    this.ask = ask;
  }

  void chooseLanguage() {
    if (ask.apply(new Screen.Language(machine.texts().tags()))
        instanceof Choice.Language(String tag)) {
      customer.speak(tag);
    }
  }

  /// One after the other, until the customer goes back.
  void chooseAids() {
    while (ask.apply(new Screen.Reading(customer.aids()))
        instanceof Choice.Turn(var aid, boolean on)) {
      customer.use(customer.aids().with(aid, on));
    }
  }
}
