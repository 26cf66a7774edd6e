package atm.session;

import atm.device.CardReader.CardRead;
import atm.device.CardReader.Media;
import atm.device.DeviceException;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The machine's life, one customer after the other, on one virtual thread: deploy it with
/// `ThreadingModel.VIRTUAL_THREAD`. Undeploying it is a power cut: nothing is moved or undone, and
/// the next start settles what was open.
public final class Session extends VerticleBase {
  private static final Logger LOG = System.getLogger(Session.class.getName());

  /// How soon a machine that cannot serve looks again, though no device has changed.
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(10);

  /// How long the devices have to connect after a start before customers are served without them.
  private static final Duration DEVICES_START_WITHIN = Duration.ofSeconds(5);

  /// A card inside is read at once, or not at all.
  private static final Duration READS_WITHIN = Duration.ofSeconds(10);

  private final Machine machine;
  private final CashService cash;
  private Readiness readiness;
  private volatile boolean ended;

  public Session(Machine machine) {
    this.machine = machine;
    this.cash = new CashService(machine);
  }

  /// Why no cash is paid out now, in a sentence for the operator. Safe from any thread.
  public Optional<String> cashOffBecause() {
    return cash.offBecause();
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
    new Recovery(machine, nobody()).settle();
    readiness.resetFaulty();
    giveBackForgottenCard();
    cash.assess();
    if (!readiness.canServe()) {
      outOfService(change);
      return;
    }
    awaitCard(change)
        .ifPresent(read -> new Visit(machine, cash, new Customer(machine, newName())).serve(read));
  }

  private void outOfService(Future<Void> change) {
    nobody().show(new Screen.OutOfService());
    Timers.Countdown again = machine.timers().start(LOOKS_AGAIN);
    Future.any(change, again.over()).await();
    again.stop();
  }

  /// The next card; empty when something changed first, or the reader failed.
  private Optional<CardRead> awaitCard(Future<Void> change) {
    Screen idle = new Screen.Idle(cash.isOn(), machine.offersReceipts(), List.of());
    // Shown when the slot is open, so that whoever reads it can do as it says.
    Future<CardRead> read = machine.reader().read(Duration.ZERO, () -> nobody().show(idle));
    Promise<Void> first = Promise.promise();
    change.onComplete(_ -> first.tryComplete());
    read.onComplete(_ -> first.tryComplete());
    first.future().await();
    if (!read.isComplete()) machine.reader().cancel().otherwiseEmpty().await();
    try {
      // A card on its way in when the reading was cancelled is read all the same.
      return Optional.of(read.await());
    } catch (DeviceException failed) {
      if (!change.isComplete()) outOfService(change);
      return Optional.empty();
    }
  }

  /// A card that a power cut, or a reader that came back, left in the machine. One that the bank
  /// wants kept was on its way to the bin, and goes on there.
  private void giveBackForgottenCard() {
    if (!machine.reader().status().canServe()) return;
    Card card = new Card(machine, nobody(), "unknown");
    try {
      Media media = machine.reader().media().await();
      if (media != Media.INSIDE && media != Media.AT_EXIT) return;
      if (media == Media.INSIDE
          && wantsKept(machine.reader().read(READS_WITHIN, () -> {}).await())) {
        card.retain("the bank asked for it");
        card.tellIfKept(Notice.CARD_KEPT_STOLEN);
        return;
      }
    } catch (DeviceException silent) {
      return;
    }
    card.giveBack(Optional.of(new Screen.Message(Notice.CARD_FOUND)));
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
