package atm.session;

import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.ledger.OpenWithdrawal;
import atm.ledger.WithdrawalState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

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
    for (OpenWithdrawal open : machine.ledger().journal().open()) {
      machine.dispenser().ifPresent(dispenser -> settle(open, dispenser));
    }
  }

  private void settle(OpenWithdrawal open, CashDispenser dispenser) {
    boolean needsDevice =
        open.state() != WithdrawalState.REQUESTED && open.state() != WithdrawalState.APPROVED;
    if (needsDevice && !Readiness.answers(dispenser.status())) return;
    try {
      Settled settled = new Settlement(machine, dispenser, customer).settle(open);
      BankUnavailable.answer(
          machine
              .ledger()
              .journal()
              .note(
                  "recovery",
                  Map.of(
                      "withdrawal", open.stan().toString(),
                      "found", open.state().toString(),
                      "settled", settled.toString())));
    } catch (DeviceException silent) {
      // It has gone again; its coming back wakes the session, which tries anew.
    } catch (BankUnavailable refused) {
      // Stays open, so cash stays off; the card that may be inside has to come back all the same.
      LOG.log(Level.ERROR, "withdrawal " + open.stan() + " cannot be settled", refused);
    }
  }
}
