package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.util.Map;

/// A deposit that is not settled: one that runs now, or one that `Recovery` has to settle.
///
/// @param escrow by denomination, what was counted into the escrow and is booked nowhere else yet
/// @param counterfeit by denomination, what the device kept as suspected counterfeit meanwhile
public record OpenDeposit(
    Stan stan,
    DepositState state,
    AccountNumber account,
    Map<Money, Integer> escrow,
    Map<Money, Integer> counterfeit) {
  public OpenDeposit {
    escrow = Map.copyOf(escrow);
    counterfeit = Map.copyOf(counterfeit);
  }
}
