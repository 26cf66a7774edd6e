package atm.session;

import atm.device.DeviceException;
import atm.ledger.OpenWithdrawal;
import atm.ledger.WithdrawalState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;

/// Settles what a crash, or a dispenser that went silent, left open. What the device does not
/// answer for stays open, and cash service off, until it does.
final class Recovery {
  private static final Logger LOG = System.getLogger(Recovery.class.getName());

  private final Machine machine;
  private final Customer customer;

  /// @param customer whoever may still stand at the machine
  Recovery(Machine machine, Customer customer) {
    this.machine = machine;
    this.customer = customer;
  }

  /// Settles what can be settled now.
  void settle() {
    machine.ledger().journal().open().forEach(this::settle);
  }

  private void settle(OpenWithdrawal open) {
    try {
      settled(open).ifPresent(settled -> note(open, settled));
    } catch (DeviceException silent) {
      // It has gone again; its coming back wakes the session, which tries anew.
    } catch (BankUnavailable refused) {
      // Stays open, so cash stays off; the card that may be inside has to come back all the same.
      LOG.log(Level.ERROR, "withdrawal " + open.stan() + " cannot be settled", refused);
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

  private void note(OpenWithdrawal open, Settled settled) {
    Map<String, String> details =
        Map.of(
            "withdrawal", open.stan().toString(),
            "found", open.state().toString(),
            "settled", settled.toString());
    BankUnavailable.answer(machine.ledger().journal().note("recovery", details));
  }
}
