package atm.session;

import atm.device.PinPad;
import atm.host.Host;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.LoginScreen.NewPin;
import atm.screen.LoginScreen.Pin;
import atm.value.Pan;
import atm.value.PinBlock;
import java.util.List;
import java.util.Optional;

/// A PIN being typed. It goes from pad to bank encrypted; nothing here can read it.
final class PinEntry {
  private final Machine machine;
  private final Customer customer;

  PinEntry(Machine machine, Customer customer) {
    this.machine = machine;
    this.customer = customer;
  }

  /// The PIN that lets somebody in, encrypted for `pan`. Language and aids can be chosen first.
  ///
  /// @param triesLeft present after a wrong PIN
  PinBlock typed(Pan pan, Optional<Integer> triesLeft) {
    Preferences preferences = new Preferences(machine, customer);
    for (; ; ) {
      switch (customer.enterPin(
          boundTo(pan), typed -> new Pin(typed, triesLeft, otherLanguages(), true))) {
        case Choice.Language(String tag) -> customer.speak(tag);
        case Act.LANGUAGE -> preferences.chooseLanguage();
        case Act.AIDS -> preferences.chooseAids();
        default -> {
          return block(pan);
        }
      }
    }
  }

  /// One of the PINs of a change; empty when the customer goes a step back.
  Optional<PinBlock> typed(Host.Identity who, NewPin.Ask ask) {
    Pan pan = who.pinBlockPan();
    Choice choice = customer.enterPin(boundTo(pan), typed -> new NewPin(typed, ask));
    return choice == Act.BACK ? Optional.empty() : Optional.of(block(pan));
  }

  private PinPad.Binding boundTo(Pan pan) {
    return new PinPad.Binding(pan, machine.pinBlockFormat());
  }

  private PinBlock block(Pan pan) {
    return machine.pad().pinBlock(pan, machine.pinBlockFormat()).await();
  }

  private List<String> otherLanguages() {
    return machine.texts().tags().stream().filter(tag -> !tag.equals(customer.language())).toList();
  }
}
