package atm.value;

/// A customer's account number: ten digits, the last of them a Luhn check digit (ISO/IEC 7812-1
/// annex B), so that a mistyped digit is noticed before it reaches the bank. Prints masked.
public record AccountNumber(String digits) {
  public static final int DIGITS = 10;

  /// Whether `digits` make an account number, as far as its check digit tells.
  public static boolean isValid(String digits) {
    return digits.matches("\\d{10}") && Luhn.isValid(digits);
  }

  public AccountNumber {
    if (!digits.matches("\\d{10}")) {
      throw new IllegalArgumentException("an account number has 10 digits, not \"" + digits + "\"");
    }
    if (!Luhn.isValid(digits)) {
      throw new IllegalArgumentException(
          "the check digit of account number " + digits + " is wrong");
    }
  }

  /// The number that a PIN block is bound to where there is no card: this one, filled from the left
  /// to the thirteen digits that all of ISO 9564-1's formats can take.
  public Pan forPinBlock() {
    return new Pan("000" + digits);
  }

  public String masked() {
    return "******" + digits.substring(6);
  }

  @Override
  public String toString() {
    return masked();
  }
}
