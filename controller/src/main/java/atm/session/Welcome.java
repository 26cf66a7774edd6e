package atm.session;

import atm.device.CardReader;
import atm.device.CardReader.CardRead;
import atm.device.DeviceException;
import atm.screen.Choice;
import atm.screen.Choice.Act;
import atm.screen.Screen;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The machine between two visits: waits for a card, or for somebody without one, and lets whoever
/// comes choose language and aids first. What they chose is forgotten in silence.
final class Welcome {
  sealed interface Arrival {
    record WithCard(CardRead read) implements Arrival {}

    record WithoutCard() implements Arrival {}
  }

  private final Machine machine;
  private final CashService cash;
  private Customer guest;

  Welcome(Machine machine, CashService cash) {
    this.machine = machine;
    this.cash = cash;
    forget();
  }

  /// Whoever stands there now, as far as they have said.
  Customer guest() {
    return guest;
  }

  /// The next one is somebody else.
  void forget() {
    guest = new Customer(machine, "");
  }

  /// Who comes; empty when `change` came first, and when reader or pad failed.
  Optional<Arrival> await(Future<?> change) {
    Promise<Void> slotOpen = Promise.promise();
    Promise<Void> inserted = Promise.promise();
    Future<CardRead> read =
        reader().read(Duration.ZERO, slotOpen::tryComplete, inserted::tryComplete);
    Future<Void> happens = firstOf(change, inserted.future(), read);
    // Shown when the slot is open, so that whoever reads it can do as it says.
    firstOf(slotOpen.future(), happens).await();
    boolean withoutCard = wantsNoCard(happens);
    if (inserted.future().isComplete()) guest.show(new Screen.ReadingCard());
    else if (!read.isComplete()) reader().cancel().otherwiseEmpty().await();
    try {
      // A card on its way in when the reading was cancelled is read all the same.
      return Optional.of(new Arrival.WithCard(read.await()));
    } catch (DeviceException canceledOrFailed) {
      return withoutCard ? Optional.of(new Arrival.WithoutCard()) : Optional.empty();
    }
  }

  private boolean wantsNoCard(Future<Void> happens) {
    try {
      return converse(happens);
    } catch (DeviceException padFailed) {
      return false;
    }
  }

  /// Whether somebody asks to begin without a card, before something happens.
  private boolean converse(Future<Void> happens) {
    while (!happens.isComplete()) {
      Choice choice = asks(idle(), happens).orElse(Act.CANCEL);
      if (choice == Act.WITHOUT_CARD) return true;
      Preferences preferences =
          new Preferences(machine, guest, screen -> asks(screen, happens).orElse(Act.BACK));
      if (choice == Act.LANGUAGE) preferences.chooseLanguage();
      else if (choice == Act.AIDS) preferences.chooseAids();
      else if (!happens.isComplete()) forget();
    }
    return false;
  }

  private Optional<Choice> asks(Screen screen, Future<Void> happens) {
    boolean nobodyYet = screen instanceof Screen.Idle && guest.isLikeEverybody();
    return guest.offer(screen, nobodyYet ? Duration.ZERO : guest.timeouts().entry(), happens);
  }

  private Screen idle() {
    return new Screen.Idle(
        cash.isOn(),
        machine.offersReceipts(),
        !reader().capabilities().holds(),
        List.of(Act.WITHOUT_CARD, Act.LANGUAGE, Act.AIDS));
  }

  /// Completes with the first of them, however it ends.
  private static Future<Void> firstOf(Future<?>... futures) {
    Promise<Void> first = Promise.promise();
    for (Future<?> each : futures) each.onComplete(_ -> first.tryComplete());
    return first.future();
  }

  private CardReader reader() {
    return machine.reader();
  }
}
