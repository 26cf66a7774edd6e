package atm.value;

/// The check digit of card and account numbers, ISO/IEC 7812-1 annex B.
public final class Luhn {
  private Luhn() {}

  public static boolean isValid(String digits) {
    int sum = 0;
    for (int fromRight = 0; fromRight < digits.length(); fromRight++) {
      int digit = digits.charAt(digits.length() - 1 - fromRight) - '0';
      int weighted = fromRight % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
