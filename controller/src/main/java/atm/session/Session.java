package atm.session;

import atm.device.CardReader.CardRead;
import atm.device.CardReader.Media;
import atm.device.DeviceException;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.session.Welcome.Arrival;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// The machine's life, one customer after the other, on one virtual thread: deploy it with
/// `ThreadingModel.VIRTUAL_THREAD`. Undeploying it is a power cut: nothing is moved or undone, and
/// the next start settles what was open.
public final class Session extends VerticleBase {
  private static final Logger LOG = System.getLogger(Session.class.getName());

  /// How soon a machine that cannot serve looks again, though no device has changed.
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(10);

  /// How soon a bank that left a withdrawal or a deposit open is asked again. No part moves for it,
  /// but whoever chooses a language at that moment has to begin anew.
  private static final Duration ASKS_BANK_AGAIN = Duration.ofMinutes(1);

  /// How long the devices have to connect after a start before customers are served without them.
  private static final Duration DEVICES_START_WITHIN = Duration.ofSeconds(5);

  /// A card inside is read at once, or not at all.
  private static final Duration READS_WITHIN = Duration.ofSeconds(10);

  /// So often a card that cannot be read is tried before its holder is sent to the bank.
  private static final int UNREADABLE_TRIES = 3;

  /// Who puts in a card that cannot be read after a longer while is somebody else.
  private static final Duration TRIES_WITHIN = Duration.ofMinutes(2);

  private final Machine machine;
  private final CashService cash;
  private final DepositService deposits;
  private final Welcome welcome;
  private Readiness readiness;
  private volatile boolean ended;

  /// How often in a row a card could not be read, and when the last time.
  private int unreadable;

  private Instant lastUnreadable = Instant.EPOCH;

  /// Whether a card sticks on its way to the bin.
  private boolean retainsLater;

  public Session(Machine machine) {
    this.machine = machine;
    this.cash = new CashService(machine);
    this.deposits = new DepositService(machine);
    this.welcome = new Welcome(machine, cash);
  }

  /// Why no cash is paid out now, in a sentence for the operator. Safe from any thread.
  public Optional<String> cashOffBecause() {
    return cash.offBecause();
  }

  /// Why no deposit is taken now, in a sentence for the operator. Safe from any thread.
  public Optional<String> depositsOffBecause() {
    return deposits.offBecause();
  }

  /// Looks at devices and books anew before the next customer: for after a person has counted,
  /// filled or mended something. Safe from any thread.
  public void lookAgain() {
    readiness.changed();
  }

  @Override
  public Future<?> start() {
    readiness = new Readiness(machine);
    context.runOnContext(_ -> serve());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    ended = true;
    return Future.succeededFuture();
  }

  private void serve() {
    Timers.Countdown patience = machine.timers().start(DEVICES_START_WITHIN);
    nobody().show(new Screen.Starting());
    readiness.awaitDevices(patience);
    while (!ended) {
      try {
        serveOne();
      } catch (Exception wrong) {
        // An await that is interrupted throws InterruptedException unannounced: undeployed.
        if (wrong instanceof InterruptedException || ended) return;
        LOG.log(Level.ERROR, "the session failed; looking again soon", wrong);
        outOfService(readiness.nextChange());
      }
    }
  }

  private void serveOne() {
    // Taken before looking, so that no change is missed while looking.
    Future<Void> change = readiness.nextChange();
    boolean bankOwes = new Recovery(machine, nobody()).settle();
    readiness.resetFaulty();
    giveBackForgottenCard();
    cash.assess();
    deposits.assess();
    if (!readiness.canServe()) {
      outOfService(change);
      return;
    }
    Timers.Countdown again = machine.timers().start(bankOwes ? ASKS_BANK_AGAIN : Duration.ZERO);
    Future<?> wake = Future.any(change, again.over());
    IdleLook look = new IdleLook(machine, cash, deposits, readiness).begin();
    Optional<Arrival> arrival = welcome.await(wake);
    look.end();
    again.stop();
    if (arrival.isPresent()) serve(arrival.get());
    else if (!wake.isComplete()) outOfService(change);
  }

  private void serve(Arrival arrival) {
    Visit visit = new Visit(machine, cash, deposits, welcome.guest().begins(newName()));
    switch (arrival) {
      case Arrival.WithCard(CardRead.Unreadable _) -> {
        boolean lastTry = countUnreadable() == UNREADABLE_TRIES;
        retainsLater = visit.withUnreadableCard(lastTry).isToBeRetained();
        // Whoever tries again has chosen language and aids already.
        if (!lastTry) return;
      }
      case Arrival.WithCard(CardRead.Card(Track2 track2)) ->
          retainsLater = visit.withCard(track2).isToBeRetained();
      case Arrival.WithoutCard _ -> visit.withoutCard();
    }
    unreadable = 0;
    welcome.forget();
  }

  private int countUnreadable() {
    Instant now = machine.clock().instant();
    if (now.isAfter(lastUnreadable.plus(TRIES_WITHIN))) unreadable = 0;
    lastUnreadable = now;
    return ++unreadable;
  }

  private void outOfService(Future<Void> change) {
    Timers.Countdown again = machine.timers().start(LOOKS_AGAIN);
    nobody().show(new Screen.OutOfService());
    Future.any(change, again.over()).await();
    again.stop();
  }

  /// A card that a power cut, or a reader that came back, left in the machine. One that was on its
  /// way to the bin goes on there.
  private void giveBackForgottenCard() {
    if (!machine.reader().status().canServe()) return;
    Card card = Card.found(machine, nobody());
    try {
      Media media = machine.reader().media().await();
      if (media != Media.INSIDE && media != Media.AT_EXIT) {
        retainsLater &= media != Media.NONE;
        return;
      }
      if (retainsLater) {
        card.retainAfterAll();
        retainsLater = card.isToBeRetained();
        return;
      }
      if (media == Media.INSIDE
          && wantsKept(machine.reader().read(READS_WITHIN, () -> {}).await())) {
        card.keepForTheBank("the bank asked for it", Notice.CARD_KEPT_STOLEN);
        return;
      }
    } catch (DeviceException silent) {
      return;
    }
    // Whose it is, does not matter where it will not be kept.
    boolean kept = machine.reader().capabilities().retains();
    card.giveBack(Optional.of(new Screen.Message(Notice.CARD_FOUND)).filter(_ -> kept));
    retainsLater = card.isToBeRetained();
  }

  private boolean wantsKept(CardRead read) {
    return switch (read) {
      case CardRead.Card(Track2 track2) -> BankUnavailable.answer(machine.host().wantsKept(track2));
      case CardRead.Unreadable _ -> false;
    };
  }

  private Customer nobody() {
    return new Customer(machine, "");
  }

  private static String newName() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  }
}
