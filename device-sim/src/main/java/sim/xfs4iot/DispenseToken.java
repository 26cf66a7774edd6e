package sim.xfs4iot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A token of XFS4IoT end-to-end security, well formed (sheet, section 6): `NONCE=…,TOKENFORMAT=1,
/// TOKENLENGTH=nnnn,KEY=value…,HMACSHA256=…`. Whether it is genuine is another question, see
/// [#isSignedWith]. Immutable; any thread.
record DispenseToken(String text, String nonce, Map<String, String> values, String hmac) {
  private static final int LENGTH_MAX = 1024;
  private static final int HMAC_DIGITS = 64;
  private static final Pattern SHAPE =
      Pattern.compile(
          "NONCE=([0-9A-F]{32}|[0-9]+),TOKENFORMAT=1,TOKENLENGTH=[0-9]{4},"
              + "(?:[A-Z0-9]++=[^,=]++,)++HMACSHA256=[0-9A-F]{64}");

  /// Reads a token; [IllegalArgumentException] says what is wrong with its form.
  static DispenseToken parse(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a token of " + text.length() + " characters, wanted at most " + LENGTH_MAX);
    }
    if (!text.chars().allMatch(c -> c >= 0x21 && c <= 0x7E) || !SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not of a token's form");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split(",")) {
      int equals = part.indexOf('=');
      if (values.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("a key stands in it twice");
      }
    }
    int length = Integer.parseInt(values.get("TOKENLENGTH"));
    if (length != text.length()) {
      throw new IllegalArgumentException(
          "TOKENLENGTH " + length + ", but it has " + text.length() + " characters");
    }
    return new DispenseToken(text, values.get("NONCE"), values, values.get("HMACSHA256"));
  }

  /// Signs an answer: `fields` are `KEY=value,` in order, after the length.
  static DispenseToken sign(String nonce, String fields, byte[] key) {
    String head = "NONCE=" + nonce + ",TOKENFORMAT=1,TOKENLENGTH=";
    String tail = "," + fields + "HMACSHA256=";
    int length = head.length() + 4 + tail.length() + HMAC_DIGITS;
    String signed = head + String.format("%04d", length) + tail;
    return parse(signed + HexFormat.of().withUpperCase().formatHex(hmac(signed, key)));
  }

  /// Whether the HMAC is of this key; takes the same time wherever it differs.
  boolean isSignedWith(byte[] key) {
    String signed = text.substring(0, text.length() - HMAC_DIGITS);
    return MessageDigest.isEqual(hmac(signed, key), HexFormat.of().parseHex(hmac));
  }

  private static byte[] hmac(String text, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HmacSHA256 in this JVM", e);
    }
  }

  @Override
  public String toString() {
    return "DispenseToken[" + text.length() + " characters]";
  }
}
