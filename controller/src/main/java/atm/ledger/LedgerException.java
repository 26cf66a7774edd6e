package atm.ledger;

/// Why the books cannot be opened, or no longer be written: a reason for programs, a sentence for
/// people. Books that cannot be trusted are never opened as empty ones.
public final class LedgerException extends RuntimeException {
  public enum Reason {
    /// Another process, or another part of this one, has them open.
    IN_USE,
    /// The folder or the files cannot be read or written.
    NO_ACCESS,
    /// The key does not fit, or the file is not ours or damaged: an encrypted file cannot tell.
    UNREADABLE,
    OTHER_VERSION,
    /// They can be read, and contradict themselves or what is known of them outside.
    INCONSISTENT,
    /// There are books where some were to be restored.
    NOT_EMPTY,
    /// Too much waits to be written.
    OVERLOADED,
    CLOSED
  }

  private final Reason reason;

  LedgerException(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  LedgerException(Reason reason, String sentence, Throwable cause) {
    super(sentence, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
