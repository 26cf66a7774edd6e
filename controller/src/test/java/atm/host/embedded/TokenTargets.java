package atm.host.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import atm.fuzz.Target;
import atm.value.DispenseToken;
import atm.value.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a dispenser says of its last dispense; also with an HMAC made good, as only a hostile
/// device could.
public final class TokenTargets {
  private static final byte[] KEY = new byte[32];
  private static final DispenseTokens TOKENS = new DispenseTokens(KEY, KEY);
  private static final DispenseToken ORDER = TOKENS.order(Optional.of("00"), Money.parse("60 EUR"));

  private TokenTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("pin-block", IllegalArgumentException.class, TokenTargets::pinBlock),
        Target.of("dispenser-answer", IllegalArgumentException.class, TokenTargets::answer),
        Target.of(
            "nonce",
            IllegalArgumentException.class,
            b -> TOKENS.order(Optional.of(new String(b, UTF_8)), Money.parse("60 EUR"))));
  }

  /// As it comes out of the pad, under whatever key.
  private static void pinBlock(byte[] bytes) {
    byte[] block = Arrays.copyOf(bytes, 16);
    int digits = PinBlocks.decodePinField4(block).length;
    if (digits < 4 || digits > 12) throw new AssertionError(digits + " digits");
    PinBlocks.decodeClear(Arrays.copyOf(block, 8), 0, "4000001234567899");
    PinBlocks.decodeClear(Arrays.copyOf(block, 8), 3, "4000001234567899");
  }

  private static void answer(byte[] bytes) {
    String token = new String(bytes, UTF_8);
    Target.said(TOKENS.check(token, "01", ORDER));
    int at = token.lastIndexOf('=');
    if (at < 0) return;
    String signed = token.substring(0, at + 1).replace("ORDER", ORDER.id());
    String hmac =
        java.util.HexFormat.of()
            .withUpperCase()
            .formatHex(Crypto.hmacSha256(KEY, signed.getBytes(US_ASCII)));
    Target.said(TOKENS.check(signed + hmac, "01", ORDER));
  }
}
