package sim.xfs4iot;

import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import sim.xfs4iot.Amounts.Amount;

/// The device's half of end-to-end security (sheet, section 6): one command nonce at a time, the
/// token bound to it, and how much of its value is spent. All of it is memory, and gone with the
/// power. Server's event loop only.
final class EndToEndSecurity {
  /// An hour: a host that signs later than that has lost its customer.
  static final int NONCE_TIMEOUT_SECONDS = 3600;

  private final Vertx vertx;
  private final SecurityKeys keys;
  private final SecureRandom random;
  private final Consumer<String> cleared;

  private String nonce;
  private long timer;
  private DispenseToken bound;
  private final Map<String, Long> spent = new HashMap<>();

  /// `cleared` is told why, whenever a stored nonce is no more.
  EndToEndSecurity(Vertx vertx, SecurityKeys keys, SecureRandom random, Consumer<String> cleared) {
    this.vertx = vertx;
    this.keys = keys;
    this.random = random;
    this.cleared = cleared;
  }

  SecurityKeys keys() {
    return keys;
  }

  /// The stored nonce, or a new one: 128 random bits, so that none ever comes twice, not even
  /// over power cycles, without anything to write down.
  String commandNonce() {
    if (nonce == null) {
      byte[] bits = new byte[16];
      random.nextBytes(bits);
      nonce = HexFormat.of().withUpperCase().formatHex(bits);
      timer = vertx.setTimer(NONCE_TIMEOUT_SECONDS * 1000L, _ -> clear("timed out"));
    }
    return nonce;
  }

  void clear(String why) {
    if (nonce == null) return;
    forget();
    cleared.accept(why);
  }

  /// Without a word, as the power goes.
  void forget() {
    if (nonce != null) vertx.cancelTimer(timer);
    nonce = null;
    bound = null;
    spent.clear();
  }

  /// Checks a token for these amounts, in the order of section 6. Nothing is spent yet; the token
  /// that passes is *the* token of its nonce from now on.
  DispenseToken check(Object raw, Map<String, Long> amounts) {
    if (raw == null) throw refuse(CompletionCode.INVALID_TOKEN, "no token where one is needed");
    DispenseToken token = parse(raw);
    byte[] key =
        keys.host()
            .orElseThrow(
                () ->
                    refuse(
                        CompletionCode.INVALID_TOKEN_KEY_NO_VALUE,
                        "XFSAuthenticateHost is not loaded"));
    if (!token.isSignedWith(key)) {
      throw refuse(CompletionCode.INVALID_TOKEN_HMAC, "not signed by our host");
    }
    if (nonce == null) throw refuse(CompletionCode.NO_COMMAND_NONCE, "no nonce is stored");
    if (!MessageDigest.isEqual(nonce.getBytes(), token.nonce().getBytes())) {
      throw refuse(CompletionCode.INVALID_TOKEN_NONCE, "made for another nonce");
    }
    if (bound != null && !bound.text().equals(token.text())) {
      throw refuse(CompletionCode.INVALID_TOKEN, "another token was used for this nonce");
    }
    Map<String, Long> allowed = allowed(token);
    amounts.forEach((currency, minor) -> checkRest(currency, minor, allowed));
    bound = token;
    return token;
  }

  private static DispenseToken parse(Object raw) {
    try {
      if (raw instanceof String text) return DispenseToken.parse(text);
    } catch (IllegalArgumentException e) {
      throw refuse(CompletionCode.INVALID_TOKEN_FORMAT, e.getMessage());
    }
    throw refuse(CompletionCode.INVALID_TOKEN_FORMAT, "the token is no string");
  }

  private void checkRest(String currency, long minor, Map<String, Long> allowed) {
    Long most = allowed.get(currency);
    if (most == null) throw refuse(CompletionCode.INVALID_TOKEN, "not a token for " + currency);
    long rest = most - spent.getOrDefault(currency, 0L);
    if (minor > rest) {
      throw refuse(CompletionCode.INVALID_TOKEN, "the amount is above what the token has left");
    }
  }

  private static Map<String, Long> allowed(DispenseToken token) {
    Map<String, Long> allowed = new HashMap<>();
    for (var value : token.values().entrySet()) {
      if (!value.getKey().matches("DISPENSE[1-9][0-9]*")) continue;
      try {
        Amount amount = Amounts.ofToken(value.getValue());
        if (allowed.put(amount.currency(), amount.minor()) == null) continue;
      } catch (IllegalArgumentException e) {
        throw refuse(CompletionCode.INVALID_TOKEN, value.getKey() + ": " + e.getMessage());
      }
      throw refuse(CompletionCode.INVALID_TOKEN, "a currency stands in it twice");
    }
    return allowed;
  }

  /// Counts these amounts as dispensed, before the first note moves: a jam gives no value back.
  /// Returns whether the token's value is now used up; its nonce then is to be [#clear]ed.
  boolean spend(Map<String, Long> amounts) {
    amounts.forEach((currency, minor) -> spent.merge(currency, minor, Long::sum));
    return allowed(bound).entrySet().stream()
        .allMatch(each -> spent.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }

  /// The answer's token, over the caller's own nonce.
  String respond(String callersNonce, String fields) {
    byte[] key =
        keys.device()
            .orElseThrow(
                () ->
                    refuse(
                        CompletionCode.INVALID_TOKEN_KEY_NO_VALUE,
                        "XFSAuthenticateDevice is not loaded"));
    return DispenseToken.sign(callersNonce, fields, key).text();
  }

  private static CommandException refuse(CompletionCode code, String why) {
    return CommandException.of(code, why);
  }
}
