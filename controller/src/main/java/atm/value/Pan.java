package atm.value;

/// A card number, ISO/IEC 7812. Prints masked, so that no log line can leak it.
public record Pan(String digits) {
  public Pan {
    if (!digits.matches("\\d{12,19}")) {
      throw new IllegalArgumentException("a PAN of " + digits.length() + " characters");
    }
  }

  public String lastFour() {
    return digits.substring(digits.length() - 4);
  }

  @Override
  public String toString() {
    return digits.substring(0, 6) + "******" + lastFour();
  }
}
