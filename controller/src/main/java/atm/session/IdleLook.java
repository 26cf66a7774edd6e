package atm.session;

import io.vertx.core.Future;
import java.time.Duration;

/// Holds the boxes against the books each minute while nobody is served: notes that move then move
/// without any entry, and no device has a word for that. Sees the disk fill, and have room again,
/// too. Wakes the session, which stops the service and says why. Safe from any thread.
final class IdleLook {
  /// Often enough for somebody to be sent who still finds who did it; a question each is no load.
  static final Duration EVERY = Duration.ofMinutes(1);

  private final Machine machine;
  private final CashService cash;
  private final DepositService deposits;
  private final Readiness readiness;
  private final boolean diskFilled;
  private volatile boolean ended;
  private volatile Timers.Countdown next;

  IdleLook(Machine machine, CashService cash, DepositService deposits, Readiness readiness) {
    this.machine = machine;
    this.cash = cash;
    this.deposits = deposits;
    this.readiness = readiness;
    this.diskFilled = diskFills();
  }

  IdleLook begin() {
    Timers.Countdown countdown = machine.timers().start(EVERY);
    next = countdown;
    countdown.over().onSuccess(_ -> look());
    return this;
  }

  void end() {
    ended = true;
    next.stop();
  }

  private void look() {
    if (ended) return;
    Future<Boolean> notes = cash.differs();
    Future<Boolean> bins = deposits.differs();
    Future.join(notes, bins)
        .onComplete(
            _ -> {
              if (ended) return;
              boolean disk = diskFills() != diskFilled;
              if (disk || isTrue(notes) || isTrue(bins)) readiness.changed();
              else begin();
            });
  }

  private boolean diskFills() {
    return machine.diskFills().isPresent();
  }

  /// A device that does not answer has told so by its status.
  private static boolean isTrue(Future<Boolean> answer) {
    return answer.succeeded() && answer.result();
  }
}
