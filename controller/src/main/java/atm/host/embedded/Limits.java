package atm.host.embedded;

import atm.host.Host.Access;
import atm.value.Money;

/// What customers may do, by how they came in.
///
/// @param perEnvelope the most an envelope may be said to hold
public record Limits(Tier card, Tier withoutCard, Money perEnvelope) {
  /// Of one account.
  ///
  /// @param perDay withdrawals, however the customer came in, over any 24 hours
  /// @param perTransfer to somebody else; between a customer's own accounts only the balance counts
  /// @param transfersPerDay transfers to others, likewise
  public record Tier(Money perWithdrawal, Money perDay, Money perTransfer, Money transfersPerDay) {}

  Tier of(Access access) {
    return switch (access) {
      case CARD -> card;
      case ACCOUNT_NUMBER -> withoutCard;
    };
  }
}
