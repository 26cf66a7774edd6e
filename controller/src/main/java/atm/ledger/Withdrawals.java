package atm.ledger;

import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.util.Map;
import java.util.Optional;

/// The bookings of a withdrawal.
final class Withdrawals {
  void dispenseIntent(Stan stan, Mix mix, DispenseToken token) {}

  void stacked(Stan stan, Counts stacked, Counts rejected) {}

  void presentIntent(Stan stan) {}

  void presented(Stan stan) {}

  void retractIntent(Stan stan) {}

  void retracted(Stan stan, Optional<Map<Money, Integer>> counted) {}

  void reversing(Stan stan, Counts inside, Counts rejected, String why) {}

  void suspect(Stan stan, String why) {}
}
