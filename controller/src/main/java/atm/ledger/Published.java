package atm.ledger;

import java.util.List;

/// What readers outside the writer see: taken inside a commit, shown once that is on disk.
record Published(List<OpenWithdrawal> open, List<BookUnit> units, Head head) {
  Published {
    open = List.copyOf(open);
    units = List.copyOf(units);
  }
}
