package atm.ledger;

import java.util.Map;

/// The books as one commit sees them.
public final class Books {
  Withdrawals withdrawals() {
    throw new UnsupportedOperationException();
  }

  void note(String kind, Map<String, String> details) {
    throw new UnsupportedOperationException();
  }
}
