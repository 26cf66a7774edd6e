package atm.device;

/// Why a device could not do as asked: a code for programs, a sentence for people. The detail
/// says what was seen, where, and what was wanted, and never holds a secret.
public record Fault(Code code, String detail) {
  public enum Code {
    /// The time given for the operation is over.
    TIMEOUT,
    /// The caller cancelled it.
    CANCELED,
    /// The wire is down or the device does not answer.
    OFFLINE,
    /// The device reports a fault of its own: a jam, a missing cassette, no paper.
    HARDWARE,
    /// The device said something its protocol does not allow.
    PROTOCOL,
    /// The operation makes no sense in the device's present state.
    SEQUENCE,
    /// This device cannot do that.
    UNSUPPORTED,
    /// The device refused the order as not authentic.
    SECURITY
  }

  @Override
  public String toString() {
    return code + ": " + detail;
  }
}
