package atm.session;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.PinPad.Key;
import atm.screen.Display.Touch;
import atm.screen.ScreenModel;

/// What one person does at the machine, step by step. Each step first waits for the screen it
/// belongs to.
final class CustomerStory {
  private final StoryAtm atm;
  private final StoryAtm.Person person;

  CustomerStory(StoryAtm atm, StoryAtm.Person person) {
    this.atm = atm;
    this.person = person;
  }

  CustomerStory insertsCard() {
    atm.reader.insert(person.card());
    atm.seesScreen("pin");
    return this;
  }

  /// From the idle machine, by account number and PIN.
  CustomerStory comesWithoutCard() {
    return chooses("idle", "without-card").typesAccount("login", person.account().digits());
  }

  CustomerStory typesAccount(String screen, String digits) {
    atm.seesScreen(screen);
    atm.looksAway();
    types(digits);
    return this;
  }

  /// Notes, as soon as the slot is open.
  CustomerStory inserts(String... notes) {
    atm.seesScreen("insert-cash");
    atm.looksAway();
    atm.acceptor.putIn(notes);
    return this;
  }

  /// Notes that were refused or given back.
  CustomerStory takesNotesBack() {
    atm.seesScreen("take-cash");
    atm.looksAway();
    atm.acceptor.takeNotes();
    return this;
  }

  /// A word that goes by itself.
  CustomerStory isTold(String words) {
    atm.seesWords(words);
    return this;
  }

  CustomerStory typesPin() {
    return typesPin(person.pin());
  }

  CustomerStory typesPin(String pin) {
    atm.seesScreen("pin");
    atm.looksAway();
    atm.pad.typePin(pin);
    return this;
  }

  /// Presses the key beside the option with that id on `screen`.
  CustomerStory chooses(String screen, String option) {
    ScreenModel model = seesOption(screen, option);
    atm.looksAway();
    atm.pad.press(Key.valueOf(String.valueOf(fdk(model, option))));
    return this;
  }

  /// Touches it instead.
  CustomerStory touches(String screen, String option) {
    ScreenModel model = seesOption(screen, option);
    atm.looksAway();
    assertThat(atm.display.touch(new Touch(model.seq(), fdk(model, option)))).isTrue();
    return this;
  }

  CustomerStory presses(String screen, Key... keys) {
    atm.seesScreen(screen);
    atm.looksAway();
    atm.pad.press(keys);
    return this;
  }

  /// To the screen on which an amount is typed.
  CustomerStory asksForOtherAmount() {
    return chooses("menu", "withdraw").chooses("fast-cash", "other-amount");
  }

  CustomerStory typesAmount(String euros) {
    atm.seesScreen("amount");
    atm.looksAway();
    types(euros);
    return this;
  }

  private void types(String digits) {
    for (char digit : digits.toCharArray()) atm.pad.press(Key.values()[digit - '0']);
    atm.pad.press(Key.ENTER);
  }

  /// From the menu through the confirmation, without receipt.
  CustomerStory asksFor(String euros) {
    return asksForOtherAmount().typesAmount(euros).confirms().wantsNoReceipt();
  }

  CustomerStory confirms() {
    return chooses("confirm", "confirm");
  }

  CustomerStory wantsNoReceipt() {
    return chooses("receipt-choice", "no");
  }

  CustomerStory wantsReceipt() {
    return chooses("receipt-choice", "yes");
  }

  CustomerStory takesCard() {
    atm.seesScreen("take-card");
    atm.looksAway();
    atm.reader.takeCard();
    return this;
  }

  CustomerStory takesCash() {
    atm.seesScreen("take-cash");
    atm.looksAway();
    atm.dispenser.takeNotes();
    return this;
  }

  CustomerStory takesReceipt() {
    atm.seesScreen("take-receipt");
    atm.looksAway();
    atm.printer.takeReceipt();
    return this;
  }

  /// Leaves what comes out, and answers nothing any more, once `screen` is shown.
  CustomerStory walksAwayAt(String screen) {
    atm.seesScreen(screen);
    atm.looksAway();
    atm.reader.walkAway();
    atm.pad.walkAway();
    atm.dispenser.walkAway();
    atm.acceptor.walkAway();
    atm.printer.walkAway();
    return this;
  }

  CustomerStory sees(String words) {
    atm.seesWords(words);
    return this;
  }

  CustomerStory seesScreen(String name) {
    atm.seesScreen(name);
    return this;
  }

  private ScreenModel seesOption(String screen, String option) {
    return atm.sees(
        screen + " with " + option,
        model ->
            model.screen().equals(screen)
                && model.options().stream().anyMatch(o -> o.id().equals(option)));
  }

  private static char fdk(ScreenModel model, String option) {
    return model.options().stream()
        .filter(o -> o.id().equals(option))
        .findFirst()
        .orElseThrow(() -> new AssertionError(option + " is not on " + model))
        .fdk();
  }
}
