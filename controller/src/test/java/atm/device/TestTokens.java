package atm.device;

import atm.value.DispenseToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Dispense tokens as a host signs them (XFS4IoT end-to-end security).
public final class TestTokens {
  /// The key of the protocol sheet's worked example.
  public static final String HOST_KEY =
      "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";

  private TestTokens() {}

  public static byte[] hostKey() {
    return HexFormat.of().parseHex(HOST_KEY);
  }

  public static DispenseToken token(String nonce, String amount) {
    return token(nonce, amount, hostKey());
  }

  public static DispenseToken token(String nonce, String amount, byte[] key) {
    String end = ",DISPENSE1=" + amount + ",HMACSHA256=";
    int length = "NONCE=,TOKENFORMAT=1,TOKENLENGTH=0000".length() + nonce.length() + end.length();
    String signed = "NONCE=%s,TOKENFORMAT=1,TOKENLENGTH=%04d%s".formatted(nonce, length + 64, end);
    return new DispenseToken(signed + hmac(signed, key));
  }

  private static String hmac(String signed, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hmac = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().withUpperCase().formatHex(hmac);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
