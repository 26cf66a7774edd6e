package atm.ledger;

import atm.value.Stan;
import java.util.List;

/// What readers outside the writer see: taken inside a commit, shown once that is on disk.
record Published(
    List<OpenWithdrawal> open,
    List<Stan> suspects,
    List<OpenDeposit> openDeposits,
    List<Stan> suspectDeposits,
    List<BookUnit> units,
    Head head) {
  Published {
    open = List.copyOf(open);
    suspects = List.copyOf(suspects);
    openDeposits = List.copyOf(openDeposits);
    suspectDeposits = List.copyOf(suspectDeposits);
    units = List.copyOf(units);
  }
}
