package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Only the host can make cash move: 5,000 orders over the wire that it did not sign for just this,
/// and not one moves a note. `-Dtokens=` sends more; the seed is printed by a failure, `-Dseed=`
/// sends the same ones again.
class TokenAttackTest {
  private static final long SEED = Long.getLong("seed", 1);
  private static final int TOKENS = Integer.getInteger("tokens", 5000);
  // More at once would only fill the server's queue.
  private static final int AT_ONCE = 50;

  private static final Set<String> REFUSALS =
      Set.of(
          "invalidToken",
          "invalidTokenFormat",
          "invalidTokenHMAC",
          "invalidTokenNonce",
          "invalidData");

  enum Attack {
    FORGED,
    OTHER_KEY,
    NEARLY_THE_KEY,
    DEVICE_KEY,
    REPLAYED,
    FOREIGN_NONCE,
    OVER_VALUE,
    OTHER_CURRENCY,
    CUT_AT_THE_END,
    CUT_AT_THE_START,
    CUT_INSIDE,
    BIT_FLIPPED,
    REORDERED,
    GROWN,
    TWO_IN_ONE,
    LOWER_CASE,
    NO_TEXT
  }

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private TestMachine machine;
  private TestClient client;
  private String used;
  private String nonce;
  private String good;

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void onlyTheHostsOrderMovesNotes() {
    machine = new TestMachine(folder);
    client = machine.client("cash-dispenser");
    JsonObject first = Cash.dispense(client, 50, 1, 2);
    used = first.getString("token");
    client.succeed("CashDispenser.Dispense", first);
    client.succeed("CashDispenser.Present");
    machine.hands(machine.dispenser::take);
    nonce = client.succeed("Common.GetCommandNonce").getString("commandNonce");
    good = Cash.token(nonce, "50.00EUR");
    String before = state();
    JsonObject lastBefore = client.succeed("CashDispenser.GetPresentStatus");

    Map<Attack, Integer> sent = new EnumMap<>(Attack.class);
    for (int i = 0; i < TOKENS; i += AT_ONCE) {
      List<Attack> attacks = new ArrayList<>();
      for (int id = 0; id < AT_ONCE; id++) {
        Attack attack = Attack.values()[random.nextInt(Attack.values().length)];
        attacks.add(attack);
        sent.merge(attack, 1, Integer::sum);
        JsonObject payload =
            attack == Attack.OVER_VALUE
                ? over().put("token", good)
                : Cash.request(50, 1, 2).put("token", hostile(attack));
        client.raw(
            TestClient.command("CashDispenser.Dispense", "3.0", 1_000_000 + i + id)
                .put("payload", payload)
                .encode());
      }
      for (int id = 0; id < AT_ONCE; id++) {
        client.acknowledge(1_000_000 + i + id);
        assertThat(TestClient.code(client.completion(1_000_000 + i + id)))
            .as("seed %d, %s", SEED, attacks.get(id))
            .isIn(REFUSALS);
      }
      assertThat(state()).as("seed %d, %s", SEED, attacks).isEqualTo(before);
    }
    assertThat(sent).hasSize(Attack.values().length);
    assertThat(client.succeed("CashDispenser.GetPresentStatus")).isEqualTo(lastBefore);

    // The host's own order still holds, and holds once.
    JsonObject order = Cash.request(50, 1, 2).put("token", good);
    client.succeed("CashDispenser.Dispense", order);
    assertThat(machine.hands(() -> machine.dispenser.stacker())).hasSize(3);
    client.succeed("CashDispenser.Present");
    machine.hands(machine.dispenser::take);
    String after = state();
    assertThat(after).isNotEqualTo(before);
    assertThat(TestClient.code(client.call("CashDispenser.Dispense", order)))
        .isEqualTo("noCommandNonce");
    assertThat(state()).isEqualTo(after);
  }

  /// Every note and every counter there is.
  private String state() {
    return machine.hands(
        () ->
            machine.dispenser.units()
                + " "
                + machine.dispenser.stacker()
                + " "
                + machine.dispenser.transport()
                + " "
                + machine.dispenser.tray()
                + " "
                + machine.dispenser.taken());
  }

  private JsonObject over() {
    int fifties = random.nextInt(3);
    int twenties = 3 + random.nextInt(5);
    return Cash.request(20 * twenties + 50 * fifties, 0, twenties, fifties);
  }

  private Object hostile(Attack attack) {
    Object token =
        switch (attack) {
          case FORGED -> good.substring(0, good.length() - 64) + hex(32);
          case OTHER_KEY -> signed(nonce, "DISPENSE1=50.00EUR,", bytes(32));
          case NEARLY_THE_KEY -> {
            byte[] key = TestMachine.HOST_KEY.clone();
            key[random.nextInt(key.length)] ^= (byte) (1 << random.nextInt(8));
            yield signed(nonce, "DISPENSE1=50.00EUR,", key);
          }
          case DEVICE_KEY -> signed(nonce, "DISPENSE1=50.00EUR,", TestMachine.DEVICE_KEY);
          case REPLAYED -> used;
          case FOREIGN_NONCE -> Cash.token(hex(16), "50.00EUR");
          case OVER_VALUE -> good;
          case OTHER_CURRENCY ->
              Cash.token(nonce, "50.00" + (random.nextBoolean() ? "USD" : "XXX"));
          case CUT_AT_THE_END -> good.substring(0, random.nextInt(good.length()));
          case CUT_AT_THE_START -> good.substring(1 + random.nextInt(good.length() - 1));
          case CUT_INSIDE -> {
            int from = 1 + random.nextInt(good.length() - 2);
            int to = from + 1 + random.nextInt(good.length() - from - 1);
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
            yield good.substring(0, at) + more() + good.substring(at);
          }
          case TWO_IN_ONE -> good.replace(",HMAC", ",DISPENSE2=9999.00EUR,HMAC");
          case LOWER_CASE -> good.toLowerCase(java.util.Locale.ROOT);
          case NO_TEXT ->
              switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextBoolean();
                case 2 -> new JsonObject().put("token", good);
                default -> new JsonArray().add(good);
              };
        };
    if (attack != Attack.OVER_VALUE) assertThat(token).isNotEqualTo(good);
    return token;
  }

  private String more() {
    return switch (random.nextInt(4)) {
      case 0 -> ",DISPENSE1=9999.00EUR";
      case 1 -> " ";
      case 2 -> "0".repeat(1 + random.nextInt(4));
      default -> "A=B,".repeat(1 + random.nextInt(300));
    };
  }

  private static String signed(String nonce, String fields, byte[] key) {
    return DispenseToken.sign(nonce, fields, key).text();
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
