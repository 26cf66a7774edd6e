package atm.ledger;

import atm.value.AccountNumber;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.util.Optional;

/// A withdrawal that is not settled: one that runs now, or one that `Recovery` has to settle.
///
/// @param mix what the dispenser was asked for; empty before the intent to dispense
/// @param token the order that went with it
/// @param stacked notes that left their cassettes for it, as the device counted them, without the
///     rejected
public record OpenWithdrawal(
    Stan stan,
    WithdrawalState state,
    AccountNumber account,
    Money amount,
    Optional<Mix> mix,
    Optional<DispenseToken> token,
    Counts stacked) {}
