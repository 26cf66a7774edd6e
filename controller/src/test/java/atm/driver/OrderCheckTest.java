package atm.driver;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry.Cassette;
import atm.device.Fault;
import atm.device.TestTokens;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Where the device checks no token its driver does: 5,000 orders that our host did not sign for
/// just this, and each is refused; its own is taken, once. The seed is printed by a failure,
/// `-Dseed=` makes the same ones again.
class OrderCheckTest {
  private static final long SEED = Long.getLong("seed", 1);
  private static final int ORDERS = 5000;
  private static final Mix MIX = new Mix(Map.of("C1", 2, "C2", 2));

  enum Attack {
    FORGED,
    OTHER_KEY,
    NEARLY_THE_KEY,
    REPLAYED,
    FOREIGN_NONCE,
    OVER_VALUE,
    UNDER_VALUE,
    OTHER_CURRENCY,
    CUT,
    BIT_FLIPPED,
    REORDERED,
    GROWN
  }

  private final Random random = new Random(SEED);
  private final OrderCheck check =
      new OrderCheck(
          "cash-dispenser",
          List.of(
              new Cassette("C1", Money.parse("10 EUR"), 100),
              new Cassette("C2", Money.parse("20 EUR"), 100)));

  @Test
  void onlyTheHostsOrderIsTaken() {
    check.trust(TestTokens.hostKey());
    DispenseToken used = TestTokens.token(check.nonce(), "60.00EUR");
    assertThat(check.refusal(MIX, used)).isEmpty();

    Map<Attack, Integer> made = new EnumMap<>(Attack.class);
    for (int i = 0; i < ORDERS; i++) {
      Attack attack = Attack.values()[random.nextInt(Attack.values().length)];
      String nonce = check.nonce();
      String good = TestTokens.token(nonce, "60.00EUR").text();
      String order = attack == Attack.REPLAYED ? used.text() : hostile(attack, nonce, good);
      Mix mix = attack == Attack.OVER_VALUE ? new Mix(Map.of("C2", 4)) : MIX;
      String which = "seed " + SEED + ", " + attack + ": " + order;
      if (attack != Attack.OVER_VALUE) assertThat(order).as(which).isNotEqualTo(good);
      made.merge(attack, 1, Integer::sum);
      // Text that is no token at all cannot even be put into one.
      token(order)
          .map(token -> check.refusal(mix, token).orElseThrow(() -> new AssertionError(which)))
          .ifPresent(why -> assertThat(why.code()).as(which).isEqualTo(Fault.Code.SECURITY));
    }
    assertThat(made).hasSize(Attack.values().length);

    DispenseToken good = TestTokens.token(check.nonce(), "60.00EUR");
    assertThat(check.refusal(MIX, good)).isEmpty();
    assertThat(check.refusal(MIX, good)).isPresent();
  }

  @Test
  void withoutAKeyNoOrderIsTaken() {
    assertThat(check.refusal(MIX, TestTokens.token(check.nonce(), "60.00EUR")).orElseThrow())
        .isEqualTo(
            new Fault(
                Fault.Code.SECURITY, "cash-dispenser: there is no key to check an order with"));
  }

  /// Genuine as the order may be: there is no such cassette, or not a note to pay.
  @Test
  void whatIsNotInTheMachineIsNotPaid() {
    check.trust(TestTokens.hostKey());
    for (Mix mix : List.of(new Mix(Map.of("C9", 3)), new Mix(Map.of("C1", 2, "C9", 2)))) {
      assertThat(check.refusal(mix, TestTokens.token(check.nonce(), "60.00EUR")))
          .contains(
              new Fault(
                  Fault.Code.UNSUPPORTED,
                  "cash-dispenser: cannot be asked for " + mix.byCassette()));
    }
    Mix nothing = new Mix(Map.of());
    assertThat(check.refusal(nothing, TestTokens.token(check.nonce(), "60.00EUR")))
        .contains(new Fault(Fault.Code.UNSUPPORTED, "cash-dispenser: cannot be asked for {}"));
  }

  private static Optional<DispenseToken> token(String text) {
    try {
      return Optional.of(new DispenseToken(text));
    } catch (IllegalArgumentException noToken) {
      return Optional.empty();
    }
  }

  private String hostile(Attack attack, String nonce, String good) {
    return switch (attack) {
      case FORGED -> good.substring(0, good.length() - 64) + hex(32);
      case OTHER_KEY -> TestTokens.token(nonce, "60.00EUR", bytes(32)).text();
      case NEARLY_THE_KEY -> {
        byte[] key = TestTokens.hostKey();
        key[random.nextInt(key.length)] ^= (byte) (1 << random.nextInt(8));
        yield TestTokens.token(nonce, "60.00EUR", key).text();
      }
      case FOREIGN_NONCE -> TestTokens.token(hex(16), "60.00EUR").text();
      case REPLAYED, OVER_VALUE -> good;
      case UNDER_VALUE -> TestTokens.token(nonce, random.nextInt(60) + ".00EUR").text();
      case OTHER_CURRENCY -> TestTokens.token(nonce, "60.00USD").text();
      case CUT -> {
        int from = random.nextInt(good.length());
        int to = from + 1 + random.nextInt(good.length() - from);
        yield good.substring(0, from) + good.substring(to);
      }
      case BIT_FLIPPED -> {
        byte[] flipped = good.getBytes(StandardCharsets.ISO_8859_1);
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        yield new String(flipped, StandardCharsets.ISO_8859_1);
      }
      case REORDERED -> {
        List<String> fields = Arrays.asList(good.split(","));
        while (String.join(",", fields).equals(good)) Collections.shuffle(fields, random);
        yield String.join(",", fields);
      }
      case GROWN -> {
        int at = random.nextInt(good.length() + 1);
        yield good.substring(0, at) + ",DISPENSE2=9999.00EUR" + good.substring(at);
      }
    };
  }

  private String hex(int count) {
    return HexFormat.of().withUpperCase().formatHex(bytes(count));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
