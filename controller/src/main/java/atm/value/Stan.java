package atm.value;

/// The number of one transaction of this machine (ISO 8583 field 11, system trace audit number),
/// counted upward for the life of its books; a wire that has six digits sends the last six.
public record Stan(long number) implements Comparable<Stan> {
  public Stan {
    if (number < 1) throw new IllegalArgumentException("transaction number " + number);
  }

  @Override
  public int compareTo(Stan other) {
    return Long.compare(number, other.number);
  }

  /// At least six digits, as printed on receipts.
  @Override
  public String toString() {
    return String.format("%06d", number);
  }
}
