package atm.session;

/// The customer wants no more, or is gone: what runs ends, and the card goes back. Never thrown
/// once a withdrawal is approved.
final class CustomerLeft extends RuntimeException {
  enum How {
    CANCELED,
    TIMED_OUT
  }

  private final How how;

  CustomerLeft(How how) {
    super(how.toString(), null, false, false);
    this.how = how;
  }

  How how() {
    return how;
  }
}
