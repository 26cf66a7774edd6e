package atm.host.embedded;

/// Which PINs are too easy to guess: all digits the same; a run up or down by one (3456, 4321, and
/// over the end as 7890 or 9012); and, of four digits, a year from 1900 to 2099. That forbids 230
/// of ten thousand PINs. A thief's first three guesses are among them.
final class PinPolicy {
  private PinPolicy() {}

  /// @param pin digits as ASCII
  static boolean isWeak(byte[] pin) {
    return isRun(pin, 0) || isRun(pin, 1) || isRun(pin, 9) || isYear(pin);
  }

  /// Whether each digit is the one before plus `step`, modulo ten.
  private static boolean isRun(byte[] pin, int step) {
    for (int i = 1; i < pin.length; i++) {
      if ((pin[i] - '0') != (pin[i - 1] - '0' + step) % 10) return false;
    }
    return true;
  }

  private static boolean isYear(byte[] pin) {
    if (pin.length != 4) return false;
    int century = (pin[0] - '0') * 10 + (pin[1] - '0');
    return century == 19 || century == 20;
  }
}
