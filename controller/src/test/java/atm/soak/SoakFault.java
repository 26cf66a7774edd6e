package atm.soak;

/// What soak found: a promise of the machine that did not hold, in a sentence.
final class SoakFault extends RuntimeException {
  SoakFault(String what) {
    super(what);
  }
}
