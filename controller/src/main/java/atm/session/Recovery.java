package atm.session;

import atm.device.DeviceException;
import atm.ledger.Journal;
import atm.ledger.OpenDeposit;
import atm.ledger.OpenWithdrawal;
import atm.ledger.WithdrawalState;
import atm.value.Stan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Settles what a crash, or a device that went silent, left open. What the device does not answer
/// for stays open, and the service off that needs it, until it does.
final class Recovery {
  private static final Logger LOG = System.getLogger(Recovery.class.getName());

  private final Machine machine;
  private final Customer customer;

  /// @param customer whoever may still stand at the machine
  Recovery(Machine machine, Customer customer) {
    this.machine = machine;
    this.customer = customer;
  }

  /// Settles what can be settled now; whether the bank did not answer about some of it, so that it
  /// has to be asked again.
  boolean settle() {
    boolean bankOwes = false;
    for (OpenWithdrawal open : journal().open()) {
      bankOwes |=
          settle(
              "withdrawal",
              open.stan(),
              open.state(),
              () -> settled(open).filter(end -> end != Settled.OPEN).map(Settled::toString));
    }
    for (OpenDeposit open : journal().openDeposits()) {
      bankOwes |=
          settle(
              "deposit",
              open.stan(),
              open.state(),
              () ->
                  settled(open)
                      .filter(end -> !(end instanceof DepositEnd.Open))
                      .map(DepositEnd::word));
    }
    return bankOwes;
  }

  /// Whether the bank did not answer.
  ///
  /// @param how answers with how it ended, in a word; empty while it is still open
  private boolean settle(String what, Stan stan, Enum<?> found, Supplier<Optional<String>> how) {
    try {
      Optional<String> settled = how.get();
      if (settled.isEmpty()) return false;
      Map<String, String> details =
          Map.of(what, stan.toString(), "found", found.toString(), "settled", settled.get());
      BankUnavailable.answer(journal().note("recovery", details));
      return false;
    } catch (DeviceException silent) {
      // It has gone again; its coming back wakes the session, which tries anew.
      return false;
    } catch (BankUnavailable refused) {
      // Stays open, so the service stays off; a card that may be inside has to come back all the
      // same.
      LOG.log(Level.ERROR, what + " " + stan + " cannot be settled", refused);
      return true;
    }
  }

  private Optional<Settled> settled(OpenWithdrawal open) {
    // Needs no dispenser: the one that was there may have been taken out of the machine since.
    if (open.state() == WithdrawalState.REQUESTED || open.state() == WithdrawalState.APPROVED) {
      return Optional.of(Settlement.neverBegun(machine, open.stan()));
    }
    return machine
        .dispenser()
        .filter(dispenser -> Readiness.answers(dispenser.status()))
        .map(dispenser -> new Settlement(machine, dispenser, customer).settle(open));
  }

  /// Nobody who inserted notes before a crash is known to stand there still.
  private Optional<DepositEnd> settled(OpenDeposit open) {
    return machine
        .acceptor()
        .filter(acceptor -> Readiness.answers(acceptor.status()))
        .map(acceptor -> new DepositSettlement(machine, acceptor, customer, false).settle(open));
  }

  private Journal journal() {
    return machine.ledger().journal();
  }
}
