package atm.value;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  /// Whether the HMAC is of this key; takes the same time wherever it differs.
  public boolean isSignedWith(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = text.substring(0, text.length() - id().length());
      return MessageDigest.isEqual(
          mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)), HexFormat.of().parseHex(id()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return "dispense token " + id().substring(0, 8);
  }
}
