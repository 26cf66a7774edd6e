package atm.host.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atm.host.Host.DispenserAnswer;
import atm.value.DispenseToken;
import atm.value.Money;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Signs orders to a dispenser and checks its signed answers: XFS4IoT end-to-end security, token
/// format 1 (protocol sheet, section 6).
final class DispenseTokens {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int HMAC_DIGITS = 64;
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?=[!-~]{0,1024}$)NONCE=[0-9A-F]+,TOKENFORMAT=1,TOKENLENGTH=[0-9]{4},"
              + "(?:[A-Z0-9]+=[^,=]+,)+HMACSHA256=[0-9A-F]{64}");
  private static final Pattern NONCE = Pattern.compile("[0-9A-F]{1,64}");
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}(?:\\.\\d{1,3})?[A-Z]{3}");

  private final SecureRandom random = new SecureRandom();
  private final byte[] hostKey;
  private final byte[] deviceKey;

  DispenseTokens(byte[] hostKey, byte[] deviceKey) {
    this.hostKey = hostKey.clone();
    this.deviceKey = deviceKey.clone();
  }

  /// @param nonce the device's; one that gives none checks none, so then it is ours
  DispenseToken order(Optional<String> nonce, Money amount) {
    String given = nonce.orElseGet(this::newNonce);
    if (!NONCE.matcher(given).matches()) {
      throw new IllegalArgumentException(
          "a command nonce of " + given.length() + " characters is not 1 to 64 of 0-9 and A-F");
    }
    return new DispenseToken(
        signed(
            hostKey,
            "NONCE=" + given,
            "DISPENSE1=" + amount.decimal() + amount.currency().getCurrencyCode()));
  }

  private String newNonce() {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    return HEX.formatHex(nonce);
  }

  static String signed(byte[] key, String nonce, String values) {
    String end = "," + values + ",HMACSHA256=";
    String before = nonce + ",TOKENFORMAT=1,TOKENLENGTH=";
    int length = before.length() + 4 + end.length() + HMAC_DIGITS;
    String unsigned = before + String.format("%04d", length) + end;
    return unsigned + HEX.formatHex(Crypto.hmacSha256(key, unsigned.getBytes(US_ASCII)));
  }

  DispenserAnswer check(String token, String nonce, DispenseToken order) {
    if (!FORMAT.matcher(token).matches()) return notGenuine("it is no token of format 1");
    int signedPart = token.length() - HMAC_DIGITS;
    byte[] wanted = Crypto.hmacSha256(deviceKey, token.substring(0, signedPart).getBytes(US_ASCII));
    if (!MessageDigest.isEqual(wanted, HEX.parseHex(token.substring(signedPart)))) {
      return notGenuine("its HMAC is not the device's");
    }
    Map<String, String> values = new HashMap<>();
    for (String each : token.split(",")) {
      int equals = each.indexOf('=');
      if (values.put(each.substring(0, equals), each.substring(equals + 1)) != null) {
        return notGenuine("a key stands in it twice");
      }
    }
    if (Integer.parseInt(values.get("TOKENLENGTH")) != token.length()) {
      return notGenuine("its length is not " + values.get("TOKENLENGTH"));
    }
    if (!values.get("NONCE").equals(nonce)) return notGenuine("it answers another question");
    return answer(values, order);
  }

  private static DispenserAnswer answer(Map<String, String> values, DispenseToken order) {
    String id = values.get("DISPENSEID");
    String dispensed = values.get("DISPENSED1");
    // A device that knows of no dispense at all names none; one that tells of a dispense it cannot
    // name may be telling of ours.
    if (id == null && dispensed == null) return new DispenserAnswer.AboutAnother();
    if (id == null) return notGenuine("it does not say which dispense it tells of");
    if (!id.equals(order.id())) return new DispenserAnswer.AboutAnother();
    if (values.containsKey("DISPENSED2")) return notGenuine("it tells of two currencies");
    if (dispensed == null || !AMOUNT.matcher(dispensed).matches()) {
      return notGenuine("it does not say how much was dispensed");
    }
    Optional<Boolean> presented = yesOrNo(values.get("PRESENTED1"));
    Optional<Boolean> retracted = yesOrNo(values.get("RETRACTED1"));
    if (presented.isEmpty() || retracted.isEmpty()) {
      return notGenuine("it does not say whether the notes were presented and retracted");
    }
    try {
      int currency = dispensed.length() - 3;
      Money money =
          Money.parse(dispensed.substring(0, currency) + " " + dispensed.substring(currency));
      return new DispenserAnswer.Genuine(money, presented.get(), retracted.get());
    } catch (IllegalArgumentException e) {
      return notGenuine(e.getMessage());
    }
  }

  private static Optional<Boolean> yesOrNo(String value) {
    if ("YES".equals(value)) return Optional.of(true);
    if ("NO".equals(value)) return Optional.of(false);
    return Optional.empty();
  }

  private static DispenserAnswer notGenuine(String why) {
    return new DispenserAnswer.NotGenuine(why);
  }
}
