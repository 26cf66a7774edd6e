package atm.session;

import java.time.Duration;

/// How long the machine waits for a customer.
///
/// @param entry at a PIN, a menu or an amount, after each key anew
/// @param moreTime how long before the end of `entry` a customer is asked whether more is needed;
/// at most half of it
/// @param message how long a word that needs no answer stays; an error stays twice as long
public record CustomerTimeouts(
    Duration entry,
    Duration moreTime,
    Duration takeCard,
    Duration takeCash,
    Duration takeReceipt,
    Duration message) {
  public CustomerTimeouts {
    Duration half = entry.dividedBy(2);
    if (moreTime.compareTo(half) > 0) moreTime = half;
  }

  Duration untilMoreTime() {
    return entry.minus(moreTime);
  }

  /// For who needs longer to read, to reach or to hear.
  CustomerTimeouts doubled() {
    return new CustomerTimeouts(
        entry.multipliedBy(2),
        moreTime.multipliedBy(2),
        takeCard.multipliedBy(2),
        takeCash.multipliedBy(2),
        takeReceipt.multipliedBy(2),
        message.multipliedBy(2));
  }
}
