package atm.driver;

/// A driver cannot be used, with the reason in one sentence: its jar is broken, it was made for
/// another controller, or there are two of its name.
public final class DriverException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DriverException(String sentence) {
    super(sentence);
  }

  DriverException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
