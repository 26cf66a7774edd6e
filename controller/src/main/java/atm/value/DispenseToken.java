package atm.value;

/// The host's signed order to pay cash, XFS4IoT end-to-end security: the device, not this program,
/// decides whether it holds. One token serves one withdrawal.
public record DispenseToken(String text) {
  public DispenseToken {
    if (text.length() > 1024 || !text.matches("[!-~]+")) {
      throw new IllegalArgumentException("a token of " + text.length() + " characters");
    }
    if (!text.matches(".*,HMACSHA256=[0-9A-F]{64}")) {
      throw new IllegalArgumentException("a token that does not end in its HMAC");
    }
  }

  /// The token's own HMAC, by which the device names the dispense it last made (DISPENSEID).
  public String id() {
    return text.substring(text.length() - 64);
  }

  @Override
  public String toString() {
    return "dispense token " + id().substring(0, 8);
  }
}
