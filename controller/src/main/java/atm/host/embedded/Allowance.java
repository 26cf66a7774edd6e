package atm.host.embedded;

import atm.host.Host.Decline;
import atm.host.Host.TransferDecline;
import atm.ledger.Books;
import atm.value.AccountNumber;
import atm.value.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What one account may give now, by its balance, its limits, and what the ledger says it gave in
/// the last 24 hours. Good for one commit.
final class Allowance {
  private static final Duration DAY = Duration.ofHours(24);

  private final Limits.Tier limits;
  private final Books.Balance balance;
  private final Money withdrawalsLeft;
  private final Money transfersLeft;

  Allowance(Books books, Limits.Tier limits, AccountNumber account) {
    this.limits = limits;
    this.balance = books.balance(account);
    Instant since = books.now().minus(DAY);
    Money zero = Money.zero(balance.available().currency());
    this.withdrawalsLeft =
        rest(limits.perDay(), books.withdrawals().withdrawnSince(account, since, zero));
    this.transfersLeft =
        rest(limits.transfersPerDay(), books.payments().paidSince(account, since, zero));
  }

  private static Money rest(Money limit, Money used) {
    return used.isMoreThan(limit) ? Money.zero(limit.currency()) : limit.minus(used);
  }

  Books.Balance balance() {
    return balance;
  }

  Money withdrawable() {
    return least(balance.available(), limits.perWithdrawal(), withdrawalsLeft);
  }

  /// @param toOthers whether it leaves the customer's hands: between one's own accounts only the
  /// balance counts
  Money transferable(boolean toOthers) {
    return toOthers
        ? least(balance.available(), limits.perTransfer(), transfersLeft)
        : least(balance.available());
  }

  private Money least(Money... of) {
    if (balance.closed()) return Money.zero(balance.available().currency());
    return Stream.of(of).min(Money::compareTo).orElseThrow();
  }

  Optional<Decline> againstWithdrawal(Money amount) {
    if (amount.isZero()) throw new IllegalArgumentException("a withdrawal of nothing");
    if (balance.closed()) return Optional.of(Decline.ACCOUNT_CLOSED);
    if (amount.isMoreThan(balance.available())) return Optional.of(Decline.OVER_BALANCE);
    if (amount.isMoreThan(limits.perWithdrawal())) {
      return Optional.of(Decline.OVER_WITHDRAWAL_LIMIT);
    }
    if (amount.isMoreThan(withdrawalsLeft)) return Optional.of(Decline.OVER_DAILY_LIMIT);
    return Optional.empty();
  }

  Optional<TransferDecline> againstTransfer(Money amount, boolean toOthers) {
    if (amount.isZero()) throw new IllegalArgumentException("a transfer of nothing");
    if (balance.closed()) return Optional.of(TransferDecline.ACCOUNT_CLOSED);
    if (amount.isMoreThan(balance.available())) return Optional.of(TransferDecline.OVER_BALANCE);
    if (!toOthers) return Optional.empty();
    if (amount.isMoreThan(limits.perTransfer())) {
      return Optional.of(TransferDecline.OVER_TRANSFER_LIMIT);
    }
    if (amount.isMoreThan(transfersLeft)) return Optional.of(TransferDecline.OVER_DAILY_LIMIT);
    return Optional.empty();
  }
}
