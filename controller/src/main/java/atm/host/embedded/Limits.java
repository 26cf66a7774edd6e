package atm.host.embedded;

import atm.value.Money;

/// What an account may have withdrawn.
///
/// @param perDay over any 24 hours
public record Limits(Money perWithdrawal, Money perDay) {}
