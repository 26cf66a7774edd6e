package atm.ledger;

/// How many commits the books have made durable.
public final class LedgerWatch {
  private LedgerWatch() {}

  public static long syncs(Ledger ledger) {
    return ledger.syncs();
  }
}
