package atm.ledger;

/// The two keys that the books need and do not hold: the file's, and the journal chain's. Prints
/// neither.
public record LedgerKeys(byte[] database, byte[] journal) {
  public static final int BYTES = 32;

  public LedgerKeys {
    database = checked("database", database);
    journal = checked("journal", journal);
  }

  private static byte[] checked(String name, byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          "a " + name + " key of " + key.length + " bytes, wanted " + BYTES);
    }
    return key.clone();
  }

  @Override
  public byte[] database() {
    return database.clone();
  }

  @Override
  public byte[] journal() {
    return journal.clone();
  }

  @Override
  public String toString() {
    return "the ledger's keys";
  }
}
